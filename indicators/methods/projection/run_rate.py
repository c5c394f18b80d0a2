"""Run-rate arithmetic: what a weekly figure comes to if it goes on, and how growth is stated and fades.

Growth means the same in every layer. It is kept up to the horizon unless the reader lets it fade, since growth that is
kept up for a year is the commonest error of a run rate.
"""

import math

import numpy as np
import numpy.typing as npt

from indicators.core.figures.periods import WEEKS_PER_YEAR

FloatArray = npt.NDArray[np.float64]

WEEKS_PER_MONTH = WEEKS_PER_YEAR / 12
"""Weeks in a mean month of the Gregorian calendar."""

WEEKS_PER_YEAR_OF_COURTS = 52
WORKING_DAYS_PER_WEEK = 5
DEFAULT_WORKING_DAYS = 247
"""Working days in Russia in 2023."""

MAXIMUM_WEEKS = 156
FULL_WEEKS = 13
FADING = 0.9
"""Where a reader lets growth fade: the share of a week's growth that the next one keeps, after the full weeks."""


MONTHS_GONE: FloatArray = np.arange(MAXIMUM_WEEKS) / WEEKS_PER_MONTH
"""Months gone by when week 0, 1, ... begins."""


def weekly_from_monthly(growth_monthly: float) -> float:
    """Return the weekly growth that compounds to a monthly one: g_w = (1 + g_m)^(12 / 52.1775) - 1.

    Args:
        growth_monthly: Growth per mean month as a share, above -1.

    Raises:
        ValueError: If the growth is -1 or less.

    Example:
        >>> round(weekly_from_monthly(0.106), 6)
        0.023441
    """
    return math.expm1(_log_growth(growth_monthly) / WEEKS_PER_MONTH)


def monthly_from_weekly(growth_weekly: float) -> float:
    """Return the monthly growth to which a weekly one compounds: g_m = (1 + g_w)^(52.1775 / 12) - 1.

    Raises:
        ValueError: If the growth is -1 or less.

    Example:
        >>> round(monthly_from_weekly(0.0235523), 3)
        0.107
    """
    return math.expm1(_log_growth(growth_weekly) * WEEKS_PER_MONTH)


def growth_sum(weeks: float, growth_weekly: float) -> float:
    """Return the sum of undamped weekly factors: S = ((1 + g)^W - 1) / g, or W if g is 0.

    Args:
        weeks: W, at least 0; need not be whole.
        growth_weekly: g as a share, above -1.

    Raises:
        ValueError: If weeks are negative or the growth is -1 or less.

    Example:
        >>> round(growth_sum(52, 0.01), 6)
        67.768892
    """
    if weeks < 0:
        raise ValueError(f"expected a horizon of 0 weeks or more, got {weeks}")
    log_growth = _log_growth(growth_weekly)
    return float(weeks) if growth_weekly == 0 else math.expm1(weeks * log_growth) / growth_weekly


def headline(weekly: float, weeks: float, growth_weekly: float = 0.0) -> float:
    """Return the headline total: c ((1 + g)^W - 1) / g, or W c if g is 0; undamped and uncapped.

    Args:
        weekly: c, the figure of the first week, at least 0.
        weeks: W, the horizon.
        growth_weekly: g, growth per week as a share.

    Raises:
        ValueError: If the weekly figure or the horizon is negative, or the growth is -1 or less.

    References:
        Ministry of Defence (UK), intelligence update of 30 August 2023: 100 a week is about 5,200 a year.

    Example:
        >>> headline(100, 52)
        5200.0
        >>> round(headline(100, 52, 0.01), 3)
        6776.889
    """
    if weekly < 0:
        raise ValueError(f"expected a weekly figure of 0 or more, got {weekly}")
    return weekly * growth_sum(weeks, growth_weekly)


def calendar_share(working_days: float = DEFAULT_WORKING_DAYS) -> float:
    """Return the share of a 52-week year's weekdays on which courts sit: D / (5 * 52).

    Args:
        working_days: D, working days in a year.

    Example:
        >>> calendar_share(247)
        0.95
    """
    return working_days / (WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS)


def months_of_growth(fading: bool = False) -> FloatArray:
    """Return, for week 0 to 155, how many months of growth lie behind it: its pace is (1 + g_m)^t of the first week's.

    Args:
        fading: Whether the step from week h to week h + 1 counts 0.9^(h - 13) weeks where h is above 13; otherwise
            every week counts in full.

    Example:
        >>> [round(float(months[52] * WEEKS_PER_MONTH), 3) for months in (months_of_growth(), months_of_growth(True))]
        [52.0, 21.852]
    """
    if not fading:
        return MONTHS_GONE
    steps = FADING ** np.maximum(np.arange(1, MAXIMUM_WEEKS) - FULL_WEEKS, 0)
    return np.concatenate(([0.0], np.cumsum(steps))) / WEEKS_PER_MONTH


def rate_per_thousand(total: float, force_size: float, years: float = 1.0) -> float:
    """Return cases per 1,000 troops a year: r = 1000 x / (T years).

    Args:
        total: x, cases in the period.
        force_size: T, troops; above 0. A claim of its own with its own range.
        years: Length of the period in years; above 0.

    Raises:
        ValueError: If the force size or the period is not positive.

    Example:
        >>> [round(rate_per_thousand(5200, troops), 1) for troops in (190_000, 360_000, 420_000)]
        [27.4, 14.4, 12.4]
    """
    if force_size <= 0 or years <= 0:
        raise ValueError(f"expected a positive force size and period, got {force_size} troops over {years} years")
    return 1000 * total / (force_size * years)


def imprisoned(total: float, suspended_share: float) -> float:
    """Return the sentences that are served: x (1 - s).

    Args:
        total: x, sentences.
        suspended_share: s, the share of sentences that are suspended, 0 to 1.

    Raises:
        ValueError: If the share is outside 0 to 1.

    Example:
        >>> imprisoned(5200, 0.25)
        3900.0
    """
    if not 0 <= suspended_share <= 1:
        raise ValueError(f"expected a suspended share between 0 and 1, got {suspended_share}")
    return total * (1 - suspended_share)


def _log_growth(growth: float) -> float:
    if not growth > -1:
        raise ValueError(f"expected growth above -1 (a share per period), got {growth}")
    return math.log1p(growth)
