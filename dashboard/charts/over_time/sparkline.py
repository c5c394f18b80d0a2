"""A small line for a row of a table: all rows share one axis of time, so that one can be read above the other."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from xml.etree.ElementTree import Element

from dashboard.charts.elements import element


class Stretch(NamedTuple):
    """One figure and the days it holds for, or a dated entry without a figure."""

    start: date
    end: date
    value: float | None = None


def sparkline(stretches: Sequence[Stretch], first: date, last: date, *, alt: str) -> Element:
    """Draw figures as columns over their periods, entries without a figure as ticks, for a place of any size.

    Args:
        stretches: What is drawn, in order of time; a figure below 0 is drawn as 0.
        first: First day of the axis that all rows share.

    Example:
        >>> january, february = (Stretch(date(2023, m, 1), date(2023, m, 28), v) for m, v in ((1, 5), (2, 10)))
        >>> drawn = sparkline([january, february], date(2023, 1, 1), date(2023, 4, 11), alt="Two figures")
        >>> [column.get("style") for column in drawn]
        ['left:0.0%;width:28.0%;height:50%', 'left:31.0%;width:28.0%;height:100%']
    """

    def across(day: date) -> float:
        return 100 * min(max((day - first).days / max((last - first).days, 1), 0), 1)

    highest = max((stretch.value or 0 for stretch in stretches), default=0) or 1
    columns = []
    for start, end, value in stretches:
        left, right = across(start), across(end + timedelta(days=1))
        height = "" if value is None else f";height:{max(100 * value / highest, 0):.0f}%"
        columns.append(element("i", style=f"left:{left:.1f}%;width:{right - left:.1f}%{height}"))
    return element("div", *columns, role="img", aria_label=alt)


def year_labels(first: date, last: date) -> Iterable[Element]:
    """Yield the years of the shared axis, each at its place, for the head of the column."""
    for year in years_between(first, last):
        place = 100 * (date(year, 1, 1) - first).days / max((last - first).days, 1)
        yield element("span", str(year), style=f"left:{place:.1f}%")


def years_between(first: date, last: date) -> range:
    """Return the years that begin on the axis and have room for their name.

    Example:
        >>> list(years_between(date(2022, 1, 1), date(2026, 11, 28)))
        [2022, 2023, 2024, 2025, 2026]
    """
    return range(first.year + (first > date(first.year, 1, 1)), last.year + ((last - date(last.year, 1, 1)).days > 60))
