"""Counts of dated events: intervals, predicted totals, spread between weeks, missing records."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from indicators.methods.levels import LEVELS

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class PredictedTotal:
    """A total over coming weeks that counted weeks lead one to expect.

    Args:
        mean: Expected total.
        standard_deviation: Its standard deviation.
        quantiles: Quantile by level; whole counts.
    """

    mean: float
    standard_deviation: float
    quantiles: dict[float, float]


@dataclass(frozen=True, kw_only=True)
class RecordedShare:
    """All cases behind a recorded number under an assumed recording probability.

    Args:
        mode: x / p.
        low: Lower end of the central interval.
        high: Upper end.
    """

    mode: float
    low: float
    high: float


def garwood_interval(events: int, exposure: float = 1.0, *, coverage: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a Poisson rate: chi2(a/2; 2x) / 2 to chi2(1 - a/2; 2x + 2) / 2, per exposure.

    Args:
        events: x, a whole number of 0 or more.
        exposure: Weeks (or troops, or days) in which they were counted; above 0.
        coverage: 1 - a, between 0 and 1.

    Raises:
        ValueError: If events are negative, exposure is not positive or coverage is outside 0 to 1.

    References:
        Garwood 1936, Biometrika 28:437, doi 10.1093/biomet/28.3-4.437.

    Example:
        >>> [round(bound, 6) for bound in garwood_interval(5)]
        [1.623486, 11.668332]
    """
    check_count(events, exposure)
    tail = (1 - _check_coverage(coverage)) / 2
    low = 0.0 if events == 0 else float(stats.chi2.ppf(tail, 2 * events)) / 2
    high = float(stats.chi2.ppf(1 - tail, 2 * events + 2)) / 2
    return low / exposure, high / exposure


def predict_total(
    events: int,
    exposure: float,
    horizon: float,
    *,
    prior_shape: float = 0.5,
    prior_exposure: float = 0.0,
    levels: Sequence[float] = LEVELS,
) -> PredictedTotal:
    """Return the total over a horizon given a count: NB(size a + x, probability (b + e) / (b + e + H)).

    Args:
        events: x, counted events.
        exposure: e, weeks counted; above 0.
        horizon: H, weeks ahead; above 0.
        prior_shape: a; Jeffreys one half.
        prior_exposure: b; Jeffreys 0.
        levels: Quantile levels to return.

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
    size, known = prior_shape + events, prior_exposure + exposure
    mean = size * horizon / known
    quantiles = np.asarray(stats.nbinom.ppf(levels, size, known / (known + horizon)))
    return PredictedTotal(
        mean=mean,
        standard_deviation=math.sqrt(mean * (1 + horizon / known)),
        quantiles=dict(zip(levels, quantiles.tolist(), strict=True)),
    )


def dispersion_size(counts: Sequence[float]) -> float:
    """Return the size r of a negative binomial with the counts' mean and variance: r = m^2 / (v - m).

    Args:
        counts: Counts of equal periods, at least two.

    Returns:
        r, infinite where the counts vary no more than Poisson counts do.

    Raises:
        ValueError: If there are fewer than two counts.

    Example:
        >>> round(dispersion_size([80, 120, 90, 110]), 3)
        42.857
    """
    mean, variance = _moments(counts)
    return math.inf if variance <= mean else mean**2 / (variance - mean)


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


def deviation_of_total(
    weekly_mean: float, weeks: int, *, size: float = math.inf, autocorrelation: float = 0.0
) -> float:
    """Return the standard deviation of a total: sqrt(W (m + m^2 / r) (1 + rho) / (1 - rho)).

    Args:
        weekly_mean: m, at least 0.
        weeks: W, at least 0.
        size: r of the negative binomial; infinite for Poisson.
        autocorrelation: rho, lag-1 correlation of the weeks; above -1, below 1.

    Raises:
        ValueError: If the size is not positive or the correlation is outside its range.

    Example:
        >>> round(deviation_of_total(100, 52, size=10)), round(deviation_of_total(100, 52))
        (239, 72)
    """
    if not size > 0 or not -1 < autocorrelation < 1:
        raise ValueError(
            f"expected a positive size and a correlation between -1 and 1, got {size} and {autocorrelation}"
        )
    variance = weeks * (weekly_mean + weekly_mean**2 / size)
    return math.sqrt(variance * (1 + autocorrelation) / (1 - autocorrelation))


def all_cases(recorded: int, recording: float, *, coverage: float = 0.95) -> RecordedShare:
    """Return all cases behind a recorded number: N = x + NB(x + 1, p) under a flat prior.

    Nothing in one source identifies p; it is an assumption and must be labelled so.

    Args:
        recorded: x, recorded cases.
        recording: p, probability that a case is recorded; above 0, at most 1.
        coverage: Of the central interval.

    Raises:
        ValueError: If x is negative or p or coverage are out of range.

    Example:
        >>> all_cases(100, 0.5)
        RecordedShare(mode=200.0, low=175.0, high=230.0)
    """
    check_count(recorded, 1.0)
    if not 0 < recording <= 1:
        raise ValueError(f"expected a recording probability above 0 and at most 1, got {recording}")
    tail = (1 - _check_coverage(coverage)) / 2
    if recording == 1:
        return RecordedShare(mode=float(recorded), low=float(recorded), high=float(recorded))
    missed = stats.nbinom(recorded + 1, recording)
    return RecordedShare(
        mode=recorded / recording,
        low=recorded + float(missed.ppf(tail)),
        high=recorded + float(missed.ppf(1 - tail)),
    )


def chapman_estimate(first: int, second: int, both: int) -> float:
    """Return the number of cases behind two overlapping lists: (n1 + 1)(n2 + 1) / (m + 1) - 1.

    Args:
        first: n1, cases on the first list.
        second: n2, cases on the second.
        both: m, cases on both.

    Raises:
        ValueError: If a number is negative or more cases are on both lists than on one.

    References:
        Chapman 1951, University of California Publications in Statistics 1:131.

    Example:
        >>> round(chapman_estimate(100, 80, 40), 2)
        198.54
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"expected 0 <= both <= each list, got {first}, {second} and {both} on both")
    return (first + 1) * (second + 1) / (both + 1) - 1


def check_count(events: int, exposure: float) -> None:
    """Refuse a negative count or an exposure that is not positive.

    Raises:
        ValueError: In either case.
    """
    if events < 0 or not exposure > 0:
        raise ValueError(f"expected 0 or more events in a positive exposure, got {events} in {exposure}")


def _check_coverage(coverage: float) -> float:
    if not 0 < coverage < 1:
        raise ValueError(f"expected a coverage between 0 and 1, got {coverage}")
    return coverage


def _moments(counts: Sequence[float]) -> tuple[float, float]:
    values = np.asarray(counts, dtype=np.float64)
    if len(values) < 2:
        raise ValueError(f"expected at least two counts, got {len(values)}")
    return float(values.mean()), float(values.var(ddof=1))
