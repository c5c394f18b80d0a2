"""Models of counts: a negative binomial trend, and the integer autoregression INARCH(1)."""

import numpy as np

from indicators.methods.forecast.levels import Floats
from indicators.methods.forecast.past_errors import MEMORY

DISPERSION = 0.1
"""alpha of Var = mu + alpha mu^2 in the weights of the trend: that of a negative binomial of size 10."""

UNDAMPED = 6
DAMPING = 0.9
"""The trend is damped by 0.9 for each month beyond the sixth."""

STEEPEST = 0.15
"""Largest monthly trend in ln mu that is carried on, up or down."""

MOST_PERSISTENT = 0.98
ROUNDS = 8


def negative_binomial_trend(counts: Floats, horizon: int) -> Floats:
    """Return exp(a + b (t + h)) at every origin t, fitted to the counts until then, the older the less.

    Iteratively reweighted least squares of a GLM with log link and weights 0.97^age mu / (1 + alpha mu); h counts
    fully up to 6 months and by 0.9^(h - 6) beyond.

    Args:
        counts: y, 0 or more; NaN where one is missing.

    Returns:
        Expected counts with axes t, h.

    References:
        Cameron and Trivedi (2013), doi:10.1017/CBO9781139013567, chapter 3.
    """
    months, there, recency = _until(counts)
    seen = np.where(there, counts, 0.0)
    mean = _average(seen, recency)
    level, slope = np.log(np.maximum(mean, 0.1)), np.zeros(len(counts))
    offset = np.minimum(months[None, :] - months[:, None], 0.0)
    for _ in range(ROUNDS):
        linear = np.clip(level[:, None] + slope[:, None] * offset, -8.0, np.log(4 * seen.max() + 1))
        expected = np.exp(linear)
        working = linear + (seen - expected) / expected
        level, slope = _weighted_line(offset, working, recency * expected / (1 + DISPERSION * expected))
        slope = np.clip(slope, -STEEPEST, STEEPEST)
    steps = np.cumsum(DAMPING ** np.maximum(np.arange(1, horizon + 1) - UNDAMPED, 0))
    return np.asarray(np.exp(np.minimum(level[:, None] + slope[:, None] * steps, np.log(4 * seen.max() + 1))))


def integer_autoregression(counts: Floats, horizon: int) -> Floats:
    """Return INARCH(1) at every origin: lambda = nu + phi y, so m + phi^h (y - m) with m = nu / (1 - phi).

    Weighted least squares with weights 1 / lambda; 0 <= phi <= 0.98.

    Args:
        counts: y, 0 or more; NaN where one is missing.

    Returns:
        Expected counts with axes t, h.

    References:
        Ferland, Latour and Oraichi (2006), doi:10.1111/j.1467-9892.2006.00496.x.
    """
    filled = carried_forward(counts)
    before = np.concatenate([filled[:1], filled[:-1]])
    pairs = ~np.isnan(counts) & ~np.isnan(np.concatenate([[np.nan], counts[:-1]]))
    _, there, recency = _until(np.where(pairs, counts, np.nan))
    recency = np.where(there, recency, 0.0)
    seen = np.where(pairs, filled, 0.0)
    lagged = np.repeat(before[None, :], len(counts), axis=0)
    expected = np.repeat(np.maximum(_average(seen, recency), 0.1)[:, None], len(counts), axis=1)
    persistence = base = np.zeros(len(counts))
    for _ in range(3):
        weights = recency / np.maximum(expected, 0.1)
        _, slope = _weighted_line(lagged, np.broadcast_to(seen, lagged.shape), weights)
        persistence = np.clip(slope, 0.0, MOST_PERSISTENT)
        base = np.maximum(_average(seen, weights) - persistence * _average(before, weights), 0.0)
        expected = base[:, None] + persistence[:, None] * lagged
    mean = base / (1 - persistence)
    powers = persistence[:, None] ** np.arange(1, horizon + 1)
    return np.asarray(mean[:, None] + powers * (filled - mean)[:, None])


def carried_forward(values: Floats) -> Floats:
    """Return values with each missing one replaced by the last before it, or the first after it.

    Example:
        >>> carried_forward(np.array([np.nan, 2.0, np.nan, 5.0])).tolist()
        [2.0, 2.0, 2.0, 5.0]
    """
    there = ~np.isnan(values)
    places = np.maximum.accumulate(np.where(there, np.arange(len(values)), int(np.argmax(there))))
    return np.asarray(values[places])


def _until(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return months, and for each origin which values it may use and how much they count."""
    months = np.arange(len(values), dtype=float)
    age = months[:, None] - months[None, :]
    there = ~np.isnan(values)
    return months, there, np.where((age >= 0) & there[None, :], MEMORY ** np.maximum(age, 0.0), 0.0)


def _average(values: Floats, weights: Floats) -> Floats:
    total = weights.sum(axis=1)
    return np.asarray((weights * values).sum(axis=1) / np.where(total > 0, total, 1.0))


def _weighted_line(across: Floats, up: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return intercept and slope of a weighted line for each row."""
    middle, height = _average(across, weights)[:, None], _average(up, weights)
    spread = (weights * (across - middle) ** 2).sum(axis=1)
    slope = (weights * (across - middle) * up).sum(axis=1) / np.where(spread > 1e-12, spread, np.inf)
    return np.asarray(height - slope * middle[:, 0]), np.asarray(slope)
