"""Dated events and assessments as marks on a time axis, one line for each type: what happened, never how much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.frame import Figure, Trace, date_axis, frame
from dashboard.charts.labels import day_text, hover_text, period_text
from dashboard.charts.rows import days

if TYPE_CHECKING:
    from indicators.core.model import Panel

AROUND = 110  # title of the axis and margins, in pixels
LINE_HEIGHT = 46
CROWDED = timedelta(days=12)
LEVELS = (0.0, 0.2, -0.2, 0.38, -0.38)

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


def draw_strip(entries: pd.DataFrame, panel: Panel, names: Mapping[str, str]) -> Figure:
    """Draw dated entries as marks, one line for each category or theme that has any.

    Entries close together on one line are set side by side vertically; the offset means nothing.

    Args:
        entries: Columns line, date, end_date, title, summary, status and claimant.
        panel: What to draw; its series are the lines from top to bottom.
        names: Display name by line.

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
    heights = {line: len(lines) - 1 - place for place, line in enumerate(lines)}
    marks: dict[str, list[tuple[date, float, str]]] = {status: [] for status in LOOKS}
    spans: list[tuple[str, str, float]] = []
    for line, rows in entries[entries["line"].isin(lines)].groupby("line"):
        rows = rows.sort_values("date", kind="stable")
        previous: date | None = None
        levels = cycle(LEVELS)
        level = 0.0
        for day, last, row in zip(days(rows["date"]), days(rows["end_date"]), rows.to_dict("records"), strict=True):
            if day is None:
                continue
            if previous is None or day - previous > CROWDED:
                levels = cycle(LEVELS)
            level = next(levels)
            previous = day
            height = heights[str(line)] + level
            marks[row["status"]].append((day, height, _hover(row, day, last)))
            if last is not None and last > day:
                spans.append((day.isoformat(), last.isoformat(), height))
    data = [_marks(status, points) for status, points in marks.items() if points]
    if spans:
        data.insert(0, _spans(spans))
    figure = frame(
        data,
        x_title="Day (date)",
        y_title="",
        height=AROUND + LINE_HEIGHT * max(len(lines), 1),
        xaxis=date_axis(),
        yaxis={
            "tickmode": "array",
            "tickvals": list(heights.values()),
            "ticktext": [names.get(line, line.replace("_", " ").capitalize()) for line in heights],
            "range": [-0.6, max(len(lines), 1) - 0.4],
            "rangemode": "normal",
            "zeroline": False,
        },
        uirevision=panel.id,
    )
    if not data:
        figure["layout"]["meta"] = {"empty": True}
    return figure


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


def _hover(row: Mapping[Any, Any], day: date, last: date | None) -> str:
    when = day_text(day) if last is None or last == day else period_text(day, last)
    name = LOOKS[row["status"]][0]
    summary = row["summary"] if row["summary"] != row["title"] else ""
    return hover_text([row["title"], f"{when}, {name.lower()}", row["claimant"], summary])
