"""The Kalman filter of a local level with given variances, which the level of a forecast must come close to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.methods.forecast.levels import Floats


@dataclass(frozen=True, kw_only=True)
class FilteredLevel:
    """The level, the weight of the newest error and the variance of the forecast at each value."""

    level: Floats
    gain: Floats
    variance: Floats
    log_likelihood: float


def filtered_level(values: Floats, noise: float, step: float, start: float | None = None) -> FilteredLevel:
    """Run the Kalman filter of z = mu + eps, mu <- mu + eta; the level starts at the first value if `start` is None."""
    first = 1.0 if start is None else start / (start + noise)
    level, variance, likelihood = first * float(values[0]), first * noise + step, 0.0
    rows = [(level, first, np.inf if start is None else start + noise)]
    for value in values[1:]:
        forecast_variance, gain = variance + noise, 0.0
        if not np.isnan(value):
            error = value - level
            gain = variance / forecast_variance
            level += gain * error
            likelihood -= 0.5 * (np.log(2 * np.pi * forecast_variance) + error**2 / forecast_variance)
        variance = variance * (1 - gain) + step
        rows.append((level, gain, forecast_variance))
    levels, gains, variances = (np.array(column) for column in zip(*rows, strict=True))
    return FilteredLevel(level=levels, gain=gains, variance=variances, log_likelihood=float(likelihood))
