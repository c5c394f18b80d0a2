"""Numbers, shares, days, bounds and units as people write them: the one place for all pages, notes and answers."""

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from indicators.core.figures.rounding import two_digits

QUALIFIER_WORDS: Mapping[str, str] = {
    "exact": "",
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "about": "about",
    "estimate": "estimated",
    "projection": "projected",
}
"""Words that stand before a figure."""

STATUS_WORDS: Mapping[str, str] = {
    "not_informative": "not to be read: too few cases, or corrections among them",
    "mixed_vintages": "two editions mixed; may overstate the rise",
    "incomplete": "still incomplete",
    "revised": "below the total before it: its counter corrected the count downwards",
}
"""What a status other than "ok" means, in a few words."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Written out here because the system's own names follow the reader's locale."""


def number_text(value: float) -> str:
    """Write a number with thousands separated and no more digits than it deserves.

    Returns:
        The number with at least three significant digits and a true minus sign.

    Example:
        >>> number_text(5200.0), number_text(27.368), number_text(0.4567), number_text(-3)
        ('5,200', '27.4', '0.457', '−3')
    """
    size = abs(value)
    if size >= 100 or float(value).is_integer():
        text = f"{value:,.0f}"
    else:
        decimals = 1 if size >= 10 else 2 if size >= 1 else 3
        text = f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def rounded_text(value: float) -> str:
    """Write an estimate to two significant digits, and below 100 to units, since nothing finer is known.

    Example:
        >>> rounded_text(3786.67), rounded_text(45.2), rounded_text(-104)
        ('3,800', '45', '−100')
    """
    return number_text(two_digits(value))


def percent_text(share: float, decimals: int = 0) -> str:
    """Write a share as a percentage.

    Args:
        share: A share, mostly between 0 and 1.
        decimals: Most digits after the point.

    Example:
        >>> percent_text(0.806), percent_text(0.1234, 1), percent_text(1.0, 1)
        ('81 %', '12.3 %', '100 %')
    """
    return f"{number_text(round(100 * share, decimals))} %"


def chance_text(share: float) -> str:
    """Write a simulated probability without false precision; two thousand runs leave about a point of doubt.

    Args:
        share: A share between 0 and 1.

    Example:
        >>> [chance_text(share) for share in (0, 0.004, 0.125, 0.998, 1)]
        ['0 %', 'under 1 %', '13 %', 'over 99 %', '100 %']
    """
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{math.floor(100 * share + 0.5)} %"


def percents_text(low: float, high: float) -> str:
    """Write a range of shares as whole percentages.

    Example:
        >>> percents_text(0.55, 0.8)
        '55 to 80 %'
    """
    return f"{number_text(round(100 * low))} to {percent_text(high)}"


def count_text(count: int, what: str) -> str:
    """Write how many there are of something whose plural ends in s.

    Example:
        >>> count_text(1, "day"), count_text(1200, "figure")
        ('1 day', '1,200 figures')
    """
    return f"{number_text(count)} {what}" + ("" if count == 1 else "s")


def upper_first(text: str) -> str:
    """Begin a text with a capital and leave the rest as it is.

    Example:
        >>> upper_first("up to 100 a week, by ISW")
        'Up to 100 a week, by ISW'
    """
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Begin a text with a small letter and leave the rest as it is.

    Example:
        >>> lower_first("All others")
        'all others'
    """
    return text[:1].lower() + text[1:]


def figure_text(value: float, unit: str, qualifier: str = "exact", low: Any = None, high: Any = None) -> str:
    """Write one figure in full: qualifier, value, unit and range.

    Args:
        value: The figure; a share between 0 and 1 when ``unit`` is ``"share"``.
        unit: Unit in words, such as ``"sentences a week"``; ``"percent"`` and ``"share"`` become ``%``.
        low: Lower bound or a missing value.
        high: Upper bound or a missing value.

    Example:
        >>> figure_text(100.0, "convictions a week", "up_to")
        'up to 100 convictions a week'
        >>> figure_text(0.31, "share", "estimate", 0.25, 0.4)
        'estimated 31 % (25 to 40 %)'
    """
    scale, suffix = (100.0, " %") if unit == "share" else (1.0, " %" if unit == "percent" else f" {unit}")
    suffix = suffix.rstrip() if not unit else suffix
    words = QUALIFIER_WORDS.get(qualifier, qualifier.replace("_", " "))
    text = f"{words} {number_text(value * scale)}{suffix}".strip()
    if is_number(low) and is_number(high) and low < high:
        percent = " %" if suffix == " %" else ""
        text += f" ({number_text(low * scale)} to {number_text(high * scale)}{percent})"
    return text


def is_number(value: Any) -> bool:
    """Tell whether a table cell holds a finite number.

    Returns:
        False for text, missing values and infinities.

    Example:
        >>> is_number(3), is_number(float("nan")), is_number(None)
        (True, False, False)
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def as_day(day: Any) -> date | None:
    """Return a date for a date, a timestamp or an ISO text.

    Args:
        day: Any of these, or a missing value.

    Returns:
        The day, or None for a missing value.

    Raises:
        ValueError: If a text is not a date.

    Example:
        >>> as_day(pd.Timestamp("2023-08-30 12:00")), as_day(pd.NaT)
        (datetime.date(2023, 8, 30), None)
    """
    if day is None or day is pd.NaT or day == "" or (isinstance(day, float) and math.isnan(day)):
        return None
    if isinstance(day, datetime):  # a timestamp is one as well
        return day.date()
    if isinstance(day, date):
        return day
    if isinstance(day, str):
        return datetime.fromisoformat(day).date()
    return pd.Timestamp(day).date()


def day_text(day: Any) -> str:
    """Write a date the way a newspaper does.

    Args:
        day: A date, a timestamp or an ISO text; anything missing gives an empty text.

    Returns:
        Day without leading zero, short month, year.

    Example:
        >>> day_text("2023-08-30")
        '30 Aug 2023'
    """
    written = as_day(day)
    return "" if written is None else f"{written.day} {_month(written)} {written.year}"


def month_text(day: Any) -> str:
    """Write the month of a date.

    Args:
        day: A date, a timestamp or an ISO text; anything missing gives an empty text.

    Example:
        >>> month_text("2023-08-30")
        'Aug 2023'
    """
    written = as_day(day)
    return "" if written is None else f"{_month(written)} {written.year}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


def period_text(start: Any, end: Any) -> str:
    """Write an inclusive period as briefly as it can be said.

    Args:
        end: Last day, not before ``start``.

    Returns:
        A year, a month, a day or two dates.

    Raises:
        ValueError: If one of the days is missing.

    Example:
        >>> period_text("2023-01-01", "2023-12-31"), period_text("2024-02-01", "2024-02-29")
        ('2023', 'Feb 2024')
        >>> period_text("2011-01-01", "2019-12-31")
        '2011 to 2019'
        >>> period_text("2023-07-03", "2023-07-09"), period_text("2022-09-21", "2023-05-31")
        ('3 to 9 Jul 2023', '21 Sep 2022 to 31 May 2023')
    """
    first, last = as_day(start), as_day(end)
    if first is None or last is None:
        raise ValueError(f"a period needs two days, got {start!r} and {end!r}")
    if first == last:
        return day_text(first)
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    same_year = first.year == last.year
    if whole_months and first.month == 1 and last.month == 12:
        return f"{first.year}" if same_year else f"{first.year} to {last.year}"
    if whole_months and same_year and first.month == last.month:
        return month_text(first)
    if whole_months:
        return f"{_month(first)}{'' if same_year else f' {first.year}'} to {month_text(last)}"
    if same_year and first.month == last.month:
        return f"{first.day} to {day_text(last)}"
    return f"{first.day} {_month(first)} to {day_text(last)}" if same_year else f"{day_text(first)} to {day_text(last)}"
