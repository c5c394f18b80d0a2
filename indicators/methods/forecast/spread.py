"""How far a forecast may be out, from what the same model missed by at past origins."""

from functools import cache

import numpy as np
import scipy

from indicators.methods.forecast.levels import HUB_LEVELS, MEDIAN, Floats
from indicators.methods.forecast.past_errors import past_errors

WARM_UP = 6
HALF_LIFE = 12.0
"""Months after which an error counts half."""

LARGEST = 3.0
"""Errors beyond three standard deviations count as three: one wild month does not decide the width."""

DEGREES_OF_FREEDOM = 4
SMALL_SAMPLE = 1.0
"""Variance is multiplied by 1 + 1 / n, n the number of errors that count."""

SLOWEST, FASTEST = 0.02, 1.2
"""Bounds of the growth of the variance per step, in variances of one step; a random walk has 1."""


CONFORMAL_SHARE = 0.25
"""Share of the half-width of an interval that past errors decide where they are enough."""

RECENT = 24
"""Newest origins whose errors calibrate the intervals: older ones stem from another scatter."""


def spread_by_horizon(values: Floats, paths: Floats) -> Floats:
    """Return the standard deviation of a model's errors at each horizon: sqrt(v (1 + c (h - 1)) (1 + 1 / n)).

    v(h) is the mean of e(t, h)^2 over past origins, halved in weight every 12 months; c is fitted to v(h) / v(1) by
    least squares, and v is the mean of v(h) / (1 + c (h - 1)), both weighted by the number of errors.

    Args:
        values: z, one for each t; NaN where one is missing.
        paths: One model's forecasts with axes t, h.
    """
    errors = past_errors(values, paths)[WARM_UP:]
    later, there = np.arange(paths.shape[1]), ~np.isnan(errors)
    age = len(errors) - 1 - np.arange(len(errors))[:, None] - later
    recency = np.where(there & (there.sum(axis=0) >= 2), 0.5 ** (age / HALF_LIFE), 0.0)
    number = recency.sum(axis=0)
    variance = _trimmed_variance(np.where(there, errors, 0.0), recency)
    if np.isnan(variance[0]):
        steps = np.diff(values[~np.isnan(values)])
        variance[0], number[0] = np.mean(steps**2), 1.0
    there = ~np.isnan(variance)
    first = max(variance[0], 1e-12)
    pull = float((number * later**2)[there].sum())
    rise = float((number * later * (variance / first - 1))[there].sum() / pull) if pull else FASTEST
    shape = 1 + np.clip(rise, SLOWEST, FASTEST) * later
    level = float((number * variance / shape)[there].sum() / number[there].sum())
    return np.asarray(np.sqrt(level * shape * (1 + SMALL_SAMPLE / max(number[0], 1.0))))


def _trimmed_variance(errors: Floats, recency: Floats) -> Floats:
    """Return the variance at each h; NaN where no error counts."""
    number = np.where(recency.any(axis=0), recency.sum(axis=0), np.nan)
    most = LARGEST * np.sqrt((recency * errors**2).sum(axis=0) / number)
    return np.asarray((recency * np.clip(errors, -most, most) ** 2).sum(axis=0) / number)


@cache
def standard_quantiles() -> Floats:
    """Return the hub quantiles of Student's t with 4 degrees of freedom, scaled to a standard deviation of 1."""
    heavy = scipy.stats.t.ppf(HUB_LEVELS, DEGREES_OF_FREEDOM)
    return np.asarray(heavy * np.sqrt((DEGREES_OF_FREEDOM - 2) / DEGREES_OF_FREEDOM))


def conformal_rank(errors: int, level: float) -> int | None:
    """Return which of n past errors, by size, bounds an interval: the ceil((n + 1) level)-th smallest.

    Args:
        errors: n, number of past errors.
        level: Share of outcomes that the interval should hold, above 0 and below 1.

    Returns:
        The rank from 1 to n, or None if n errors are too few for that level.

    References:
        Lei et al. (2018), doi:10.1080/01621459.2017.1307116.

    Example:
        >>> conformal_rank(9, 0.9), conformal_rank(8, 0.9), conformal_rank(19, 0.95), conformal_rank(18, 0.95)
        (9, None, 19, None)
    """
    rank = int(np.ceil(round((errors + 1) * level, 9)))
    return rank if rank <= errors else None


def calibrated_quantiles(values: Floats, paths: Floats, spread: Floats) -> Floats:
    """Return quantiles for a standard deviation of 1: Student's, drawn towards past errors where these are enough.

    At a central level the half-width is 3/4 of Student's and 1/4 of the conformal one: the rank of `conformal_rank`
    among |e(t, h)| / s(h) of the newest 24 origins, n their number since errors of one origin are not independent.

    Args:
        values: z, one for each t; NaN where one is missing.
        paths: One model's forecasts with axes t, h.
        spread: s, standard deviation at each h.
    """
    quantiles = standard_quantiles().copy()
    sizes = np.abs(past_errors(values, paths))[WARM_UP:][-RECENT:] / spread
    origins = int((~np.isnan(sizes[:, 0])).sum())
    pooled = sizes[~np.isnan(sizes)]
    ranks = [conformal_rank(origins, 1 - 2 * level) for level in HUB_LEVELS[:MEDIAN]]
    known = [place for place, rank in enumerate(ranks) if rank is not None]
    if known:
        seen = np.quantile(pooled, [rank / origins for rank in ranks if rank is not None])
        for place, half_width in zip(known, seen, strict=True):
            half = (1 - CONFORMAL_SHARE) * -quantiles[place] + CONFORMAL_SHARE * float(half_width)
            quantiles[place], quantiles[-1 - place] = -half, half
    return np.sort(quantiles)
