"""Dated events and assessments as marks on a time axis, one line for each type: what happened, never how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.over_time.rows import days
from indicators.core.text import period_text

if TYPE_CHECKING:
    from indicators.core.model import Panel

AROUND = 110  # title of the axis and margins, in pixels
LINE_HEIGHT = 42
LEVEL_HEIGHT = 12
MARKS_ACROSS = 20  # room for this many marks side by side, even on a phone

LOOKS: Mapping[str, tuple[str, str, str]] = {
    "confirmed": ("Confirmed", "circle", "@observed"),
    "assessed": ("Judgement of an institute", "diamond", "@third"),
    "claimed": ("Claimed", "circle-open", "@observed"),
    "contested": ("Contested", "x", "@second"),
    "denied": ("Denied", "x-open", "@second"),
    "discontent": ("Discontent", "circle", "@second"),
    "mixed": ("Mixed", "diamond", "@muted"),
    "support": ("Support", "triangle-up", "@third"),
}
"""Name, symbol and colour by status of an event or direction of an assessment; symbol and colour both differ."""


def draw_strip(entries: pd.DataFrame, panel: Panel, names: Mapping[str, str]) -> Drawing:
    """Draw dated entries as marks, one line for each category or theme that has any.

    Entries close together on one line are set side by side vertically; the offset means nothing.

    Args:
        entries: Columns line, date, end_date, title, summary, status and claimant.
        panel: What to draw; its series are the lines from top to bottom.

    Returns:
        A figure with one trace for each status, and ``{"empty": True}`` in ``layout.meta`` without entries.

    Example:
        >>> from indicators.core.model import Panel
        >>> table = pd.DataFrame({"line": ["mutiny"], "date": ["2023-06-24"], "end_date": ["2023-06-24"],
        ...     "title": ["Deal"], "summary": [""], "status": ["confirmed"], "claimant": ["Kremlin"]})
        >>> panel = Panel(id="e", title="Events", unit="event", series=("mutiny",), kind="events")
        >>> [trace["name"] for trace in draw_strip(table, panel, {"mutiny": "Mutiny"})["data"]]
        ['Confirmed']
    """
    lines = [line for line in panel.series if line in set(entries["line"])]
    dated = _dated(entries[entries["line"].isin(lines)])
    levels = _levels(dated)
    middles, total = _middles(lines, dated, levels)
    marks: dict[str, list[tuple[date, float, str]]] = {status: [] for status in LOOKS}
    spans: list[tuple[str, str, float]] = []
    for (day, last, row), level in zip(dated, levels, strict=True):
        # Around the middle of the line: 0, 1 above, 1 below, 2 above, ...
        steps = (level + 1) // 2 * (1 if level % 2 else -1)
        height = middles[row["line"]] + LEVEL_HEIGHT * steps
        marks[row["status"]].append((day, height, _hover(row, day, last)))
        if last > day:
            spans.append((day.isoformat(), last.isoformat(), height))
    data = [_marks(status, points) for status, points in marks.items() if points]
    if spans:
        data.insert(0, _spans(spans))
    figure = frame(
        data,
        x_title="Day (date)",
        y_title="",
        height=AROUND + total,
        xaxis=date_axis(),
        yaxis={
            "tickmode": "array",
            "tickvals": list(middles.values()),
            "ticktext": [names.get(line, line.replace("_", " ").capitalize()) for line in middles],
            "range": [0, total],
            "rangemode": "normal",
            "zeroline": False,
        },
        uirevision=panel.id,
    )
    if not data:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def _dated(entries: pd.DataFrame) -> list[tuple[date, date, dict[Any, Any]]]:
    """Return first day, last day and cells of each entry, in order of time."""
    rows = entries.sort_values("date", kind="stable")
    columns = zip(days(rows["date"]), days(rows["end_date"]), rows.to_dict("records"), strict=True)
    return [(first, last or first, row) for first, last, row in columns if first is not None]


def _levels(dated: list[tuple[date, date, dict[Any, Any]]]) -> list[int]:
    """Return for each entry the lowest level of its line on which no mark stands close before it."""
    if not dated:
        return []
    room = (dated[-1][0] - dated[0][0]) / MARKS_ACROSS
    taken: dict[tuple[str, int], date] = {}
    found = []
    for day, _, row in dated:
        line = row["line"]
        free = (level for level in count() if (line, level) not in taken or day - taken[line, level] > room)
        level = next(free)
        taken[line, level] = day
        found.append(level)
    return found


def _middles(
    lines: Sequence[str], dated: list[tuple[date, date, dict[Any, Any]]], levels: Sequence[int]
) -> tuple[dict[str, int], int]:
    """Return the height of each line's middle above the axis and the height of all lines, in pixels."""
    most = dict.fromkeys(lines, 0)
    for (_, _, row), level in zip(dated, levels, strict=True):
        most[row["line"]] = max(most[row["line"]], level)
    middles, top = {}, 0
    for line in reversed(lines):
        height = max(LINE_HEIGHT, LEVEL_HEIGHT * (most[line] + 2))
        middles[line] = top + height // 2
        top += height
    return {line: middles[line] for line in lines}, max(top, LINE_HEIGHT)


def _marks(status: str, points: list[tuple[date, float, str]]) -> Trace:
    name, symbol, colour = LOOKS[status]
    return {
        "type": "scatter",
        "mode": "markers",
        "uid": status,
        "name": name,
        "x": [day.isoformat() for day, _, _ in points],
        "y": [height for _, height, _ in points],
        "marker": {"symbol": symbol, "color": colour, "size": 10, "line": {"width": 1.5, "color": colour}},
        "hovertext": [text for _, _, text in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _spans(spans: list[tuple[str, str, float]]) -> Trace:
    """Return one trace of horizontal strokes for events that lasted longer than a day."""
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": "spans",
        "name": "Lasted several days",
        "x": [day for first, last, _ in spans for day in (first, last, None)],
        "y": [value for _, _, height in spans for value in (height, height, None)],
        "line": {"color": "@observed/0.5", "width": 4},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _hover(row: Mapping[Any, Any], day: date, last: date) -> str:
    when = period_text(day, last)
    name = LOOKS[row["status"]][0]
    summary = row["summary"] if row["summary"] != row["title"] else ""
    return hover_text([row["title"], f"{when}, {name.lower()}", row["claimant"], summary])
