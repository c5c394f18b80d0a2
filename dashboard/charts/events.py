"""Dated events as thin numbered lines behind a chart, with the list that explains the numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts.frame import HIDDEN_AXIS, Figure
from dashboard.charts.labels import day_text, hover_text

STEPS = 8  # points along a line, so that a pointer near any part of it finds the event
FULL_HEIGHT = 8  # more events than this become ticks at the upper edge, or they would stripe the chart
TICK_FOOT = 0.95
NUMBERS_ACROSS = 20  # room for this many numbers side by side, even on a phone


def add_events(figure: Figure, events: pd.DataFrame | None, start: Any, end: Any) -> Figure:
    """Add event marks to a figure with a date axis.

    Events outside the stretch are left out. The list goes into ``layout.meta["events"]``, where the
    component finds what to print below the chart.

    Args:
        figure: Figure to extend.
        events: Columns date and title, and if known summary and status; None or empty adds nothing.
        start: First day the chart shows.
        end: Last day the chart shows.

    Returns:
        The same figure, extended.

    Example:
        >>> table = pd.DataFrame({"date": ["2023-06-24", "2030-01-01"], "title": ["Mutiny", "Later"]})
        >>> figure = add_events({"data": [], "layout": {}}, table, "2023-01-01", "2023-12-31")
        >>> [(event["number"], event["title"]) for event in figure["layout"]["meta"]["events"]]
        [(1, 'Mutiny')]
    """
    shown = _within(events, start, end)
    if shown.empty:
        return figure
    span = pd.Timestamp(end) - pd.Timestamp(start)
    foot = 0.0 if len(shown) <= FULL_HEIGHT else TICK_FOOT
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str | None] = []
    numbered: list[tuple[str, str]] = []
    entries = []
    last_numbered = None
    for number, row in enumerate(shown.to_dict("records"), start=1):
        day = row["day"]
        title, status = _cell(row, "title"), _cell(row, "status")
        label = hover_text([f"{number}. {title}", day_text(day), "" if status == "confirmed" else status])
        room = last_numbered is None or day - last_numbered >= span / NUMBERS_ACROSS
        last_numbered = day if room else last_numbered
        x += [f"{day:%Y-%m-%d}"] * (STEPS + 1) + [None]
        y += [foot + (1 - foot) * step / STEPS for step in range(STEPS + 1)] + [None]
        hover += [label] * (STEPS + 1) + [None]
        if room:
            numbered.append((f"{day:%Y-%m-%d}", str(number)))
        entries.append(
            {
                "number": number,
                "day": day_text(day),
                "title": title,
                "summary": _cell(row, "summary"),
                "status": status,
            }
        )
    common = {"type": "scatter", "name": "Event (listed below)", "legendgroup": "events", "yaxis": "y2"}
    marks = common | {
        "uid": "events",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": "@event/0.45", "width": 1},
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    # A trace of its own: mixed with the points of the lines, some of the numbers would not be drawn.
    numbers = common | {
        "uid": "event_numbers",
        "mode": "text",
        "x": [day for day, _ in numbered],
        "y": [1.0] * len(numbered),
        "text": [number for _, number in numbered],
        "textposition": "top center",
        "textfont": {"size": 12, "color": "@event"},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    figure["data"] += [marks, numbers]
    add_overlay_axis(figure)
    figure["layout"].setdefault("meta", {})["events"] = entries
    return figure


def add_overlay_axis(figure: Figure) -> None:
    """Give a figure the hidden axis from 0 to 1 that full-height marks are drawn on.

    Args:
        figure: Figure to extend in place.

    Example:
        >>> figure = {"data": [], "layout": {}}
        >>> add_overlay_axis(figure)
        >>> figure["layout"]["yaxis2"]["overlaying"]
        'y'
    """
    figure["layout"]["yaxis2"] = HIDDEN_AXIS | {"overlaying": "y"}


def _within(events: pd.DataFrame | None, start: Any, end: Any) -> pd.DataFrame:
    if events is None or events.empty:
        return pd.DataFrame()
    dated = events.assign(day=pd.to_datetime(events["date"], errors="coerce"))
    inside = dated["day"].between(pd.Timestamp(start), pd.Timestamp(end))
    return dated[inside].sort_values("day", kind="stable")


def _cell(row: dict[Any, Any], column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""
