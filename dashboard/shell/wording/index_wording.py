"""Where the index of pressure stands, in words that more than one page uses."""

import pandas as pd

from indicators.core.text import month_text
from indicators.methods.index.coverage import MonthState
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.robustness import Robustness

FINDING = (
    "Pressure stood at {value} of 100 in {month}, the newest month with enough figures. "
    "Other reasonable choices give {low} to {high}."
)
REFUSED = "It can't be told for {month}: {reason}. "
STOOD = "In {month}{which} pressure stood at {value} of 100 ({low} to {high} by other reasonable choices){rose}."
IN_SHORT = "{value} of 100 in {month}, {low} to {high} by other reasonable choices."
SINCE = " Too little was published since."
NOTHING = "No month has enough figures with these weights and on this day."
REFUSAL = "No value for {month}: {reason}."


def month_name(month: pd.Period) -> str:
    """Write a month.

    Example:
        >>> month_name(pd.Period("2025-07", "M"))
        'Jul 2025'
    """
    return month_text(month.start_time)


def newest(index: MoraleIndex) -> MonthState | None:
    """Return the newest published month; None without any."""
    return index.published[-1] if index.published else None


def newest_parts(index: MoraleIndex, drawn: Robustness) -> dict[str, object]:
    """Return what a sentence says of the newest published month: value, month, and the ends of 90 % of the draws.

    Args:
        index: The index, with some month published.
    """
    month = index.published[-1].month
    return {
        "value": round(index.value_of[month]),
        "month": month_name(month),
        "low": round(drawn.levels[0.05][-1]),
        "high": round(drawn.levels[0.95][-1]),
    }


def finding(index: MoraleIndex, drawn: Robustness) -> str:
    """Say in one or two sentences where the index stands."""
    return FINDING.format(**newest_parts(index, drawn)) if index.published else NOTHING


def in_short(index: MoraleIndex, drawn: Robustness) -> str:
    """Say in few words where the index stands, or that it has no value."""
    if not index.published:
        return "no month has enough figures for a value."
    return IN_SHORT.format(**newest_parts(index, drawn)) + (SINCE if refusal_text(index) else "")


def refusal_text(index: MoraleIndex) -> str:
    """Say why the newest month has no value; "" if it has one."""
    last = index.states[-1] if index.states else None
    if last is None or last.published:
        return ""
    return REFUSAL.format(month=month_name(last.month), reason=last.reason)
