"""How fresh figures are: since when nothing newer was found, and which regular series are overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.figures.glance import Glance
from indicators.core.text import month_text

QUIET_MONTHS = 6
"""Months without a newer figure after which this is said."""

DAYS_PER_MONTH = 30.44

_STEPS: Mapping[str, pd.offsets.BaseOffset] = {
    "weekly": pd.offsets.Day(7),
    "monthly": pd.offsets.MonthEnd(1),
    "quarterly": pd.offsets.QuarterEnd(1),
    "yearly": pd.offsets.YearEnd(1),
}


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """The newest figure of a series, and when the next one was to be expected.

    Args:
        cadence: How often it comes, in the words of the data.
        due: Day by which the next figure is expected; None where figures come irregularly.
    """

    series: str
    label: str
    cadence: str
    period_end: date
    known: date
    due: date | None
    overdue: bool


def due_day(cadence: str, period_end: date, known: date) -> date | None:
    """Return the day by which a regular series brings its next figure: one period on, as late as the newest one came.

    Args:
        cadence: How often figures come; only weekly, monthly, quarterly and yearly without an addition are regular.
        period_end: End of the newest period; one that stops a week or more short of its month, quarter or year is
            expected again, whole.

    Returns:
        `next period's end + max(known - period_end, 0)`, or None where figures come irregularly.

    Example:
        >>> due_day("monthly", date(2026, 1, 31), date(2026, 2, 14)), due_day("irregular", date.min, date.min)
        (datetime.date(2026, 3, 14), None)
    """
    if cadence not in _STEPS:
        return None
    end, week = pd.Timestamp(period_end), pd.Timedelta(7, "D")
    upcoming: pd.Timestamp = end + _STEPS[cadence]
    upcoming = upcoming if upcoming - end >= week else upcoming + _STEPS[cadence]
    return (upcoming + max(pd.Timestamp(known) - end, pd.Timedelta(0))).date()


def freshness_of(evidence: Evidence, indicator_id: str, today: date) -> tuple[Freshness, ...]:
    """Return how fresh each series of an indicator is, those that are overdue for longest first."""
    cadences = evidence.series.set_index("series")["cadence"]
    found = []
    for series, rows in evidence.of_indicator(indicator_id).groupby("series", sort=False):
        newest = rows.sort_values(["period_end", "known"], kind="stable").iloc[-1]
        cadence, end, known = str(cadences[series]), newest["period_end"].date(), newest["known"].date()
        due = due_day(cadence, end, known)
        found.append(
            Freshness(
                series=str(series),
                label=newest["label"],
                cadence=cadence,
                period_end=end,
                known=known,
                due=due,
                overdue=due is not None and due < today,
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.overdue, one.due or date.max, one.known)))


def quiet_sentence(known: date, today: date, what: str = "figure") -> str:
    """Say that nothing newer was found, where that is so for more than `QUIET_MONTHS`; else "".

    Example:
        >>> quiet_sentence(date(2025, 6, 26), date(2026, 11, 28), "refusal count")
        'No newer refusal count has been found since Jun 2025.'
        >>> quiet_sentence(date(2026, 9, 1), date(2026, 11, 28))
        ''
    """
    if months_since(known, today) <= QUIET_MONTHS:
        return ""
    return f"No newer {what} has been found since {month_text(known)}."


def freshness_sentence(at_a_glance: Glance, today: date) -> str:
    """Say since when nothing newer than an indicator's newest figure or event was found; "" while it is fresh."""
    newest, what = at_a_glance.latest, "figure"
    if newest is None:
        newest, what = at_a_glance.latest_event, "entry"
    return "" if newest is None else quiet_sentence(newest["known"].date(), today, what)


def months_since(known: date, today: date) -> int:
    """Return the months between two days, rounded.

    Example:
        >>> months_since(date(2025, 6, 26), date(2026, 11, 28))
        17
    """
    return round((today - known).days / DAYS_PER_MONTH)
