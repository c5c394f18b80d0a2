"""Random settings of the projection, spread over the ranges of its sliders."""

from __future__ import annotations

import numpy as np

from indicators.methods.projection.parameters import ProjectionParameters

READINGS: tuple[dict[str, object], ...] = (
    {},
    {"share_low": 0.2, "share_mode": 0.6, "share_high": 0.7},
    {"share_low": 0.9, "share_mode": 0.9, "share_high": 0.9},
    {"reading": "mean"},
    {"reading": "maximum"},
    {"reading": "maximum", "observed_weeks": 4, "dispersion": "poisson"},
    {"reading": "maximum", "observed_weeks": 52, "dispersion": 3.0},
    {"qualifier": "at_least"},
    {"qualifier": "about"},
    {"qualifier": "exact"},
)
"""Each needs a table of its own; everything else is drawn anew for every setting."""


def random_settings(count: int, seed: int = 1) -> list[ProjectionParameters]:
    """Return settings whose readings follow each other in the order of `READINGS`."""
    draws = np.random.default_rng(seed)
    settings = []
    for number in range(count):
        values: dict[str, object] = {
            "weekly": round(float(draws.uniform(0, 22)) ** 2, 1),
            "weeks": int(draws.integers(4, 157)),
            "growth_monthly": round(0.005 * int(draws.integers(-20, 27)), 3),
            "recording": 1.0 if draws.random() < 0.3 else round(float(draws.uniform(0.1, 1)), 2),
            "working_days": int(draws.integers(220, 261)),
            "drift": 0.0 if draws.random() < 0.2 else round(float(draws.uniform(0, 0.15)), 2),
            "growth_sd": 0.0 if draws.random() < 0.2 else round(float(draws.uniform(0, 0.05)), 3),
            "damping": "on" if draws.random() < 0.3 else "off",
            "dispersion": "poisson" if draws.random() < 0.1 else round(float(draws.uniform(3, 100))),
        }
        settings.append(ProjectionParameters.model_validate(values | READINGS[number % len(READINGS)]))
    return settings
