"""Two counts of events over two exposures: how far apart their rates are."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from indicators.methods.counts import check_count


@dataclass(frozen=True, kw_only=True)
class PeriodComparison:
    """Two counts over two exposures.

    Args:
        ratio: Later rate over earlier rate.
        low: Lower end of its score interval.
        high: Upper end.
        p_value: Two-sided E-test of equal rates.
        p_value_conditional: Two-sided exact conditional test.
        probability_higher: Posterior probability that the later rate is the higher one, Jeffreys priors.
    """

    ratio: float
    low: float
    high: float
    p_value: float
    p_value_conditional: float
    probability_higher: float


def compare_periods(
    earlier_events: int, earlier_exposure: float, later_events: int, later_exposure: float
) -> PeriodComparison:
    """Compare the event rates of two periods.

    Args:
        earlier_events: Events in the earlier period.
        earlier_exposure: Its weeks (or troops times weeks); above 0.
        later_events: Events in the later period.
        later_exposure: Its exposure; above 0.

    Raises:
        ValueError: If an event number is negative, an exposure is not positive or the earlier period has no event.

    References:
        E-test: Krishnamoorthy and Thomson 2004, J. Stat. Plan. Inference 119:23, doi 10.1016/S0378-3758(02)00408-1.

    Example:
        >>> result = compare_periods(12, 12, 30, 12)
        >>> round(result.ratio, 2), round(result.p_value, 5), round(result.probability_higher, 5)
        (2.5, 0.00514, 0.99758)
    """
    # Imported here because it takes longer to import than all else in this package together.
    from statsmodels.stats import rates

    ratio, low, high = rate_ratio(earlier_events, earlier_exposure, later_events, later_exposure)
    counts = (later_events, later_exposure, earlier_events, earlier_exposure)
    # The later rate is the higher one where its share of all events exceeds its share of the exposure.
    share = stats.beta(later_events + 0.5, earlier_events + 0.5)
    return PeriodComparison(
        ratio=ratio,
        low=low,
        high=high,
        p_value=float(rates.test_poisson_2indep(*counts, method="etest").pvalue),
        p_value_conditional=float(rates.test_poisson_2indep(*counts, method="exact-cond").pvalue),
        probability_higher=float(share.sf(later_exposure / (later_exposure + earlier_exposure))),
    )


def rate_ratio(
    earlier_events: int, earlier_exposure: float, later_events: int, later_exposure: float
) -> tuple[float, float, float]:
    """Return the later rate over the earlier one and its 95 % score interval, quickly for counts of any size.

    Args:
        earlier_events: Events in the earlier period.
        earlier_exposure: Its weeks (or troops times weeks); above 0.
        later_events: Events in the later period.
        later_exposure: Its exposure; above 0.

    Raises:
        ValueError: If an event number is negative, an exposure is not positive or the earlier period has no event.

    Example:
        >>> [round(number, 3) for number in rate_ratio(12, 12, 30, 12)]
        [2.5, 1.295, 4.825]
    """
    check_count(earlier_events, earlier_exposure)
    check_count(later_events, later_exposure)
    if earlier_events == 0:
        raise ValueError("expected at least one event in the earlier period, got 0; a ratio to nothing is undefined")
    # Given the sum of both, the later count is binomial, and the score interval of its share is that of the ratio.
    shares = stats.binomtest(later_events, later_events + earlier_events).proportion_ci(method="wilson")
    low, high = (float(share / (1 - share) * earlier_exposure / later_exposure) for share in shares)
    return (later_events / later_exposure) / (earlier_events / earlier_exposure), low, high
