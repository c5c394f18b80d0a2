"""Exponential smoothing, run at once for many settings and at every origin."""

import numpy as np

from indicators.methods.forecast.levels import Floats
from indicators.methods.forecast.past_errors import blend

GAINS = (0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
TREND_GAINS = (0.1, 0.2, 0.4)
DAMPINGS = (0.8, 0.9)


def smoothed_paths(values: Floats, horizon: int, settings: tuple[tuple[float, float, float], ...]) -> Floats:
    """Return damped-trend forecasts: l + (phi + phi^2 + ... + phi^h) b at every origin and for every setting.

    e = z - l - phi b; l <- l + phi b + alpha e; b <- phi b + alpha beta e. A missing value leaves e out.

    Args:
        values: z; NaN where one is missing.
        settings: (alpha, beta, phi), each 0 to 1; beta 0 is simple smoothing.

    Returns:
        Forecasts with axes t, setting, h.

    References:
        Hyndman, Koehler, Ord and Snyder (2008), doi:10.1007/978-3-540-71918-2, model (A, Ad, N).
    """
    alpha, beta, phi = np.array(settings).T
    damped = np.cumsum(phi[:, None] ** np.arange(1, horizon + 1), axis=1)
    level = np.full(len(settings), values[~np.isnan(values)][:3].mean())
    trend = np.zeros(len(settings))
    paths = np.empty((len(values), len(settings), horizon))
    for origin, value in enumerate(values):
        expected = level + phi * trend
        error = 0.0 if np.isnan(value) else value - expected
        level, trend = expected + alpha * error, phi * trend + alpha * beta * error
        paths[origin] = level[:, None] + trend[:, None] * damped
    return paths


def simple_smoothing(values: Floats, horizon: int) -> Floats:
    """Return simple exponential smoothing, gains weighted by what they missed by before; axes t, h."""
    return blend(values, smoothed_paths(values, horizon, tuple((gain, 0.0, 1.0) for gain in GAINS)))


def damped_trend(values: Floats, horizon: int) -> Floats:
    """Return damped-trend smoothing, settings weighted by what they missed by before; axes t, h."""
    settings = tuple((gain, slope, phi) for gain in GAINS[1:] for slope in TREND_GAINS for phi in DAMPINGS)
    return blend(values, smoothed_paths(values, horizon, settings))
