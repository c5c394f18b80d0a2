"""Proper scores of quantile forecasts, and whether one forecaster is better than another."""

from dataclasses import dataclass

import numpy as np
import scipy

from indicators.methods.forecast.levels import HUB_LEVELS, INTERVALS, MEDIAN, Floats, bounds_of

FEWEST_ORIGINS = 10
"""Origins below which a backtest is insufficient and gives no skill."""

PIT_BINS = 10
MEMBERS = np.linspace(0.005, 0.995, 100)


def weighted_interval_score(quantiles: Floats, observed: Floats) -> Floats:
    """Return WIS = [|y - m| / 2 + sum over k of (a_k / 2) IS_k] / (K + 1/2), twice the mean pinball loss.

    Args:
        quantiles: Axes forecast, hub level.
        observed: y, one for each forecast.

    References:
        Bracher et al. (2021), doi:10.1371/journal.pcbi.1008618.

    Example:
        >>> from scipy.stats import norm
        >>> round(float(weighted_interval_score(norm.ppf([HUB_LEVELS]), np.array([1.0]))[0]), 7)
        0.5343862
    """
    return quantile_crps(quantiles, observed, HUB_LEVELS)


def quantile_crps(quantiles: Floats, observed: Floats, levels: tuple[float, ...]) -> Floats:
    """Return twice the mean pinball loss, the CRPS as seen through some levels; with central levels it is the WIS.

    Args:
        quantiles: Axes forecast, level.
        observed: y, one for each forecast.
        levels: Levels, each above 0 and below 1.

    Example:
        >>> toy = np.array([[80.0, 90, 100, 115, 140]])
        >>> round(float(quantile_crps(toy, np.array([120.0]), (0.025, 0.25, 0.5, 0.75, 0.975))[0]), 7)
        9.1
    """
    import scoringrules  # takes a while to import, and only a backtest needs it

    # Its `weighted_interval_score` is wrong without numba: it adds the median where the error of the median belongs.
    return np.asarray(scoringrules.crps_quantile(observed, quantiles, np.array(levels)))


def continuous_score(quantiles: Floats, observed: Floats) -> Floats:
    """Return the CRPS of the distribution that runs straight between the quantiles.

    Args:
        quantiles: Axes forecast, hub level.
        observed: y, one for each forecast.
    """
    import scoringrules

    members = np.array([np.interp(MEMBERS, HUB_LEVELS, row) for row in quantiles])
    return np.asarray(scoringrules.crps_ensemble(observed, members))


def covered(quantiles: Floats, observed: Floats, interval: float) -> Floats:
    """Return for each forecast 1 if its interval holds what was observed, else 0."""
    low, high = bounds_of(interval)
    return np.asarray((quantiles[:, low] <= observed) & (observed <= quantiles[:, high]), dtype=float)


def coverage(quantiles: Floats, observed: Floats) -> dict[float, float]:
    """Return the share of outcomes that each interval held."""
    return {interval: float(covered(quantiles, observed, interval).mean()) for interval in INTERVALS}


def expected_hits(number: int, interval: float) -> tuple[int, int]:
    """Return between how many of n outcomes a right interval holds in 95 % of cases, if they were independent.

    Example:
        >>> expected_hits(24, 0.9), expected_hits(50, 0.9)
        ((18, 24), (41, 49))
    """
    low, high = (int(scipy.stats.binom.ppf(share, number, interval)) for share in (0.025, 0.975))
    return low, high


def probability_bounds(quantiles: Floats, observed: Floats, *, counts: bool) -> tuple[Floats, Floats]:
    """Return F(y - 1) and F(y) of counts, or F(y) twice; F runs straight between the quantiles.

    Args:
        quantiles: Axes forecast, hub level.
        observed: y, one for each forecast.
    """
    at = np.array([_share_below(row, value) for row, value in zip(quantiles, observed, strict=True)])
    if not counts:
        return at, at
    return np.array([_share_below(row, value - 1) for row, value in zip(quantiles, observed, strict=True)]), at


def histogram_of(low: Floats, high: Floats, bins: int = PIT_BINS) -> list[float]:
    """Return the non-randomised PIT histogram: the share of outcomes in each bin, 1 / bins if calibrated.

    Each outcome is spread evenly over [F(y - 1), F(y)].

    Args:
        low: F(y - 1) of each outcome.
        high: F(y), the same or larger.

    References:
        Czado, Gneiting and Held (2009), doi:10.1111/j.1541-0420.2009.01191.x.

    Example:
        >>> histogram_of(np.array([0.0]), np.array([0.5]), 4)
        [0.5, 0.5, 0.0, 0.0]
    """
    edges = np.linspace(0, 1, bins + 1)[:, None]
    width = np.maximum(high - low, 1e-9)
    below = np.clip((edges - low) / width, 0, 1).mean(axis=1)
    below[0], below[-1] = 0.0, 1.0
    return [float(share) for share in np.diff(below)]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Diebold and Mariano's test of equal loss.

    Args:
        statistic: Below 0 where the first forecaster lost less.
        probability: Two-sided p of a difference as large by chance.
    """

    statistic: float
    probability: float
    number: int


def small_sample_factor(number: int, horizon: int) -> float:
    """Return Harvey, Leybourne and Newbold's sqrt((n + 1 - 2h + h (h - 1) / n) / n).

    References:
        Harvey, Leybourne and Newbold (1997), doi:10.1016/S0169-2070(96)00719-4.

    Example:
        >>> round(small_sample_factor(20, 1), 5), round(small_sample_factor(20, 3), 5)
        (0.97468, 0.87464)
    """
    return float(np.sqrt(max(number + 1 - 2 * horizon + horizon * (horizon - 1) / number, 0.0) / number))


def compare_losses(first: Floats, second: Floats, horizon: int) -> Comparison | None:
    """Test whether two forecasters lose the same on average, h steps ahead.

    DM = mean d / sqrt((g_0 + 2 sum over k < h of g_k) / n) times `small_sample_factor`, against Student's t with
    n - 1 degrees of freedom; d the differences of loss in order of origin, g_k their autocovariance.

    Args:
        second: Losses of the other, in the same order.
        horizon: h, 1 or more.

    Returns:
        The test, or None with fewer than 10 pairs or without a positive variance.
    """
    number = len(first)
    if number < FEWEST_ORIGINS:
        return None
    apart = first - second
    centred = apart - apart.mean()
    covariances = [float((centred[lag:] * centred[: number - lag]).sum()) / number for lag in range(horizon)]
    variance = covariances[0] + 2 * sum(covariances[1:])
    if variance <= 0:
        return None
    statistic = float(apart.mean() / np.sqrt(variance / number)) * small_sample_factor(number, horizon)
    probability = float(2 * scipy.stats.t.sf(abs(statistic), number - 1))
    return Comparison(statistic=statistic, probability=probability, number=number)


def median_error(quantiles: Floats, observed: Floats) -> Floats:
    """Return |y - m| of each forecast, m its median."""
    return np.asarray(np.abs(observed - quantiles[:, MEDIAN]))


def _share_below(quantiles: Floats, value: float) -> float:
    return float(np.interp(value, quantiles, HUB_LEVELS, left=0.0, right=1.0))
