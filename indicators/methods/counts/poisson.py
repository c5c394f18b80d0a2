"""Counts of dated events: predicted totals and the spread between counts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from indicators.methods.levels import LEVELS

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class PredictedTotal:
    """A total over coming weeks that counted weeks lead one to expect.

    Args:
        mean: Expected total.
        quantiles: Quantile by level; whole counts.
    """

    mean: float
    standard_deviation: float
    quantiles: dict[float, float]


def predict_total(events: int, exposure: float, horizon: float) -> PredictedTotal:
    """Return the total over a horizon given a count: NB(size 1/2 + x, probability e / (e + H)), by Jeffreys' prior.

    Args:
        events: x, counted events.
        exposure: e, weeks counted; above 0.
        horizon: H, weeks ahead; above 0.

    Raises:
        ValueError: If events are negative or exposure or horizon are not positive.

    Example:
        >>> total = predict_total(100, 1, 52)
        >>> round(total.mean, 6), total.quantiles[0.05], total.quantiles[0.95]
        (5226.0, 4391.0, 6120.0)
    """
    check_count(events, exposure)
    if horizon <= 0:
        raise ValueError(f"expected a horizon above 0, got {horizon}")
    size = 0.5 + events
    mean = size * horizon / exposure
    quantiles = np.asarray(scipy.stats.nbinom.ppf(LEVELS, size, exposure / (exposure + horizon)))
    return PredictedTotal(
        mean=mean,
        standard_deviation=math.sqrt(mean * (1 + horizon / exposure)),
        quantiles=dict(zip(LEVELS, quantiles.tolist(), strict=True)),
    )


def pearson_dispersion(
    counts: Sequence[float] | Floats, expected: Sequence[float] | Floats | None = None, *, fitted: int = 1
) -> float:
    """Return the quasi-Poisson factor: sum of (y - m)^2 / m over n - k; 1 for Poisson counts.

    Args:
        counts: y, counts.
        expected: m, what was expected of each; None for their mean. Where it is 0 the count has to be 0 too.
        fitted: k, number of parameters that were fitted to get it.

    Raises:
        ValueError: If there are no more counts than parameters, or something was counted where nothing was expected.

    Example:
        >>> round(pearson_dispersion([80, 120, 90, 110]), 4)
        3.3333
    """
    observed = np.asarray(counts, dtype=np.float64)
    if len(observed) <= fitted:
        raise ValueError(f"expected more counts than fitted parameters, got {len(observed)} counts and {fitted}")
    mean = np.full(len(observed), observed.mean()) if expected is None else np.asarray(expected, dtype=np.float64)
    possible = mean > 0
    if not possible.any() or observed[~possible].any():
        raise ValueError("expected counts above 0 only where something is expected, and at least one such place")
    return float(((observed - mean)[possible] ** 2 / mean[possible]).sum() / (len(observed) - fitted))


def check_count(events: int, exposure: float) -> None:
    """Refuse a negative count or an exposure that is not positive.

    Raises:
        ValueError: In either case.
    """
    if events < 0 or not exposure > 0:
        raise ValueError(f"expected 0 or more events in a positive exposure, got {events} in {exposure}")
