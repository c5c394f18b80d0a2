"""Run-rate arithmetic: what a weekly figure comes to if it goes on, and how growth is stated and damped.

The headline is pure arithmetic: no damping, no cap, no calendar. The damped factors belong to the layers that carry
uncertainty, because growth that is kept up for a year is the commonest error of a run rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.core.periods import WEEKS_PER_YEAR

FloatArray = npt.NDArray[np.float64]

WEEKS_PER_MONTH = WEEKS_PER_YEAR / 12
"""Weeks in a mean month of the Gregorian calendar."""

WEEKS_PER_YEAR_OF_COURTS = 52
WORKING_DAYS_PER_WEEK = 5
DEFAULT_WORKING_DAYS = 247
"""Working days in Russia in 2023."""

MAXIMUM_WEEKS = 156
GROWTH_CAP = 0.03
"""Largest weekly growth, in either direction, that the damped layers follow."""

UNDAMPED_WEEKS = 13
DAMPING = 0.9


@dataclass(frozen=True, kw_only=True, eq=False)
class GrowthPath:
    """Weekly factors of a growing rate with their running sums, for horizons of 1 to 156 weeks.

    Args:
        factors: Rate of week s relative to week 1.
        sums: S(W) = sum of the factors up to week W.
        square_sums: Q(W) = sum of their squares; S squared over Q is the number of equal weeks with the same spread.
    """

    factors: FloatArray
    sums: FloatArray
    square_sums: FloatArray


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


def calendar_ceiling(
    weekly: float, weeks: float, growth_weekly: float = 0.0, *, working_days: float = DEFAULT_WORKING_DAYS
) -> float:
    """Return the headline restricted to days on which courts sit: c (D / 5) (W / 52), times growth where there is any.

    Args:
        weekly: c, the figure of a full week.
        weeks: W, the horizon.
        growth_weekly: g, growth per week as a share; undamped as in the headline.
        working_days: D, working days in a year.

    Raises:
        ValueError: As `headline`.

    Example:
        >>> calendar_ceiling(100, 52), calendar_ceiling(100, 26)
        (4940.0, 2470.0)
    """
    return headline(weekly, weeks, growth_weekly) * working_days / (WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS)


def undamped_growth(growth_weekly: float) -> GrowthPath:
    """Return weekly factors (1 + g)^(s - 1) and their running sums for horizons of 1 to 156 weeks.

    Raises:
        ValueError: If the growth is -1 or less.

    Example:
        >>> round(float(undamped_growth(0.01).sums[51]), 4)
        67.7689
    """
    return _path(np.full(MAXIMUM_WEEKS - 1, _log_growth(growth_weekly)))


def damped_growth(growth_weekly: float) -> GrowthPath:
    """Return weekly factors whose growth is capped at 3 % a week and fades after 13 weeks.

    The step from week h to week h + 1 grows by g for h up to 13 and by g * 0.9^(h - 13) after that.

    Args:
        growth_weekly: g as a share, above -1; cut to the range -0.03 to 0.03.

    Raises:
        ValueError: If the growth is -1 or less.

    Example:
        >>> path = damped_growth(0.01)
        >>> round(float(path.factors[13]), 6) == round(1.01 ** 13, 6)
        True
        >>> round(float(path.sums[51]), 3), float(damped_growth(0.0).sums[51])
        (61.29, 52.0)
    """
    _log_growth(growth_weekly)
    capped = min(max(growth_weekly, -GROWTH_CAP), GROWTH_CAP)
    steps = np.arange(1, MAXIMUM_WEEKS)
    return _path(np.log1p(capped * DAMPING ** np.maximum(steps - UNDAMPED_WEEKS, 0)))


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


def unrecorded_included(recorded: float, recording: float) -> float:
    """Return the cases behind a recorded number: N = x / p.

    Args:
        recorded: x, cases on record.
        recording: p, the assumed probability that a case is recorded; above 0, at most 1.

    Raises:
        ValueError: If the probability is outside that range.

    Example:
        >>> unrecorded_included(100, 0.5)
        200.0
    """
    if not 0 < recording <= 1:
        raise ValueError(f"expected a recording probability above 0 and at most 1, got {recording}")
    return recorded / recording


def _log_growth(growth: float) -> float:
    if not growth > -1:
        raise ValueError(f"expected growth above -1 (a share per period), got {growth}")
    return math.log1p(growth)


def _path(log_steps: FloatArray) -> GrowthPath:
    factors = np.exp(np.concatenate(([0.0], np.cumsum(log_steps))))
    return GrowthPath(factors=factors, sums=np.cumsum(factors), square_sums=np.cumsum(factors**2))
