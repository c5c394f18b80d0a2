"""Engine: a slider step of the projection on the server, against drawing all paths anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.engines import Timing
from benchmarks.samples import time_calls
from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.lookup import NoiseKey, build_table
from indicators.methods.projection.claim_layer.pace import WHOLE_MONTHS
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project
from indicators.methods.projection.readings import Factor
from indicators.methods.projection.run_rate import months_of_growth

PATHS = 10_000


def parameters_of(repeat: int) -> ProjectionParameters:
    """Return the settings of a step; each differs from the one before."""
    return ProjectionParameters(weekly=100 + repeat, weeks=104, growth_monthly=0.02)


def draw_paths(parameters: ProjectionParameters) -> np.ndarray:
    """Draw 10,000 paths of the claim layer and take the quantiles of their running totals."""
    rng = np.random.default_rng(20230830)
    months, whole = months_of_growth()[: parameters.weeks], WHOLE_MONTHS[: parameters.weeks].astype(int)
    growth = parameters.log_growth + parameters.growth_sd * rng.standard_normal((PATHS, 1))
    steps = parameters.drift * rng.standard_normal((PATHS, whole[-1] + 1)) - parameters.drift**2 / 2
    steps[:, 0] = 0.0
    factors = np.exp(growth * months + np.cumsum(steps, axis=1)[:, whole])
    low, mode, high = parameters.share_low, parameters.share_mode, parameters.share_high
    shares = rng.triangular(low, mode, high, (PATHS, 1))
    means = parameters.weekly * parameters.court_share * factors * shares
    counts = rng.poisson(means * rng.gamma(parameters.size, 1 / parameters.size, means.shape))
    return np.quantile(counts.cumsum(axis=1), LEVELS, axis=0)


def build_another_table(repeat: int) -> None:
    """Build a table that was not asked for before."""
    build_table(NoiseKey(Factor("triangular", (0.4, 0.6, 0.8 + repeat / 1000))))


def measure(python: Path, repeats: int) -> list[Timing]:
    """Time a step with a table that is there, and building a table."""
    drawn = time_calls(lambda repeat: draw_paths(parameters_of(repeat)), repeats)
    alternative = f"{PATHS:,} paths and np.quantile"
    return [
        Timing(
            what="Projection, 104 weeks, table at hand",
            ours=time_calls(lambda repeat: project(parameters_of(repeat)), repeats),
            alternative=alternative,
            theirs=drawn,
        ),
        Timing(
            what="Projection table for another reading (all rates, horizons and growths)",
            ours=time_calls(build_another_table, repeats),
            alternative=f"{alternative}, one setting",
            theirs=drawn,
        ),
    ]
