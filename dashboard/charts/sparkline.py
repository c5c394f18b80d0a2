"""A small line for a row of a table: all rows share one axis of time, so that one can be read above the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from dashboard.charts.elements import element

WIDTH, HEIGHT = 200, 28
EDGE = 3
SHORTEST = 1.5  # a figure for one day is still seen


class Stretch(NamedTuple):
    """One figure and the days it holds for, or a dated entry without a figure."""

    start: date
    end: date
    value: float | None = None


def sparkline(stretches: Sequence[Stretch], first: date, last: date, *, joined: bool, alt: str) -> Element:
    """Draw figures as level lines over their periods; entries without a figure as ticks.

    Args:
        stretches: What is drawn, in order of time.
        first: First day of the axis that all rows share.
        last: Its last day.
        joined: Whether the figures are one unbroken run, so that a line may join them.
        alt: The line in words.

    Example:
        >>> day = date(2023, 1, 1)
        >>> drawn = sparkline([Stretch(day, day)], day, date(2023, 12, 31), joined=False, alt="One entry")
        >>> [part.tag for part in drawn], drawn.get("aria-label")
        (['path', 'path'], 'One entry')
    """

    def across(day: date) -> float:
        return WIDTH * min(max((day - first).days / max((last - first).days, 1), 0), 1)

    values = [stretch.value for stretch in stretches if stretch.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])

    def up(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / ((high - low) or 1)

    parts = []
    for stretch in stretches:
        left = across(stretch.start)
        right = max(across(stretch.end), left + SHORTEST)
        if stretch.value is None:
            parts.append(f"M{left:.1f} {HEIGHT / 4:g}V{HEIGHT * 3 / 4:g}")
        else:
            parts.append(f"M{left:.1f} {up(stretch.value):.1f}H{right:.1f}")
    if joined:
        parts += [
            f"M{across(before.end):.1f} {up(before.value):.1f}L{across(after.start):.1f} {up(after.value):.1f}"
            for before, after in pairwise(stretches)
            if before.value is not None and after.value is not None
        ]
    years = "".join(f"M{across(date(year, 1, 1)):.1f} 0V{HEIGHT}" for year in years_between(first, last))
    return element(
        "svg",
        element("path", d=years, class_="mi-year"),
        element("path", d="".join(parts), class_="mi-line"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=alt,
    )


def year_labels(first: date, last: date) -> Iterable[Element]:
    """Yield the years of the shared axis, each at its place, for the head of the column.

    Args:
        first: First day of the axis.
        last: Its last day.
    """
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
