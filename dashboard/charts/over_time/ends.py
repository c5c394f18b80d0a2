"""Names at the ends of lines, in the lines' own colours: a reader need not look anything up in a legend."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.charts.frame import Drawing, Trace
from dashboard.charts.over_time.groups import Group
from indicators.core.text import is_number

ROOM = 1.12
"""Space above the highest mark, as a factor, for the figures written there."""


def name_at_ends(figure: Drawing, groups: Sequence[Group], *, lowest: float | None = None) -> None:
    """Tell the browser which names stand at the right edge, each at the height of its group's last figure.

    The browser knows the width: where the names fit beside the plot they replace their entries in the legend, and
    names of one height are moved apart. For that the value axis has a fixed range.

    Args:
        figure: Drawing to extend in place; its value axis is linear.
        groups: Groups of the chart, with at least one row each.
        lowest: Where the value axis begins, whatever is below; None for what the marks take. A share that corrections
            push below zero stands in the numbers alone.
    """
    low, high = value_range(figure["data"])
    figure["layout"]["yaxis"]["range"] = [low if lowest is None else lowest, high]
    figure["layout"].setdefault("meta", {})["ends"] = [
        {"group": group.label, "text": html.escape(group.label), "colour": group.colour, "value": _last(group)}
        for group in groups
    ]


def _last(group: Group) -> float:
    """Return the last figure of a group that may be read as it stands, or its last one."""
    readable = [row for row in group.rows if row.status not in ("not_informative", "incomplete")]
    return (readable or group.rows)[-1].value


def value_range(traces: Iterable[Trace]) -> list[float]:
    """Return the lowest and highest value that a chart's axis shows: all marks with their ranges, and zero.

    Example:
        >>> [round(end, 2) for end in value_range([{"y": [3.0, None, 100.0]}])]
        [0.0, 112.0]
    """
    ends = [0.0]
    for trace in traces:
        if trace.get("yaxis", "y") != "y":
            continue
        values = [value for value in trace["y"] if is_number(value)]
        error: dict[str, Any] = trace.get("error_y", {})
        above, below = (error.get(name) or [0.0] * len(values) for name in ("array", "arrayminus"))
        ends += values
        ends += [value + (more or 0.0) for value, more in zip(values, above, strict=False)]
        ends += [value - (less or 0.0) for value, less in zip(values, below, strict=False)]
    low, high = min(ends), max(ends)
    return [low * ROOM, (high or 1.0) * ROOM]
