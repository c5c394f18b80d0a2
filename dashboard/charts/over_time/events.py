"""Dated events as thin numbered lines behind a chart, with the list that explains the numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.charts.columns import Columns
from dashboard.charts.frame import HIDDEN_AXIS, Drawing
from dashboard.charts.hover import hover_text
from indicators.core.text import as_day, period_text

FULL_HEIGHT = 8  # more events than this become ticks at the upper edge, or they would stripe the chart
FULL_LINE = [step / 8 for step in range(9)]  # several points, so that a pointer near any part finds the event
TICK = [0.95, 1.0]
NUMBERS_ACROSS = 20  # room for this many numbers side by side, even on a phone


def add_events(figure: Drawing, events: pd.DataFrame | Columns | None, start: Any, end: Any) -> Drawing:
    """Add event marks to a figure with a date axis.

    Events outside the stretch are left out. The list goes into ``layout.meta["events"]``, where the
    component finds what to print below the chart.

    Args:
        events: Date and title, and if known summary and status; None or empty adds nothing.

    Example:
        >>> table = pd.DataFrame({"date": ["2023-06-24", "2030-01-01"], "title": ["Mutiny", "Later"]})
        >>> figure = add_events({"data": [], "layout": {}}, table, "2023-01-01", "2023-12-31")
        >>> [(event["number"], event["title"]) for event in figure["layout"]["meta"]["events"]]
        [(1, 'Mutiny')]
    """
    shown = _within(events, start, end)
    if not shown:
        return figure
    first, last = as_day(start), as_day(end)
    room = (last - first) / NUMBERS_ACROSS if first and last else timedelta(0)
    heights = FULL_LINE if len(shown) <= FULL_HEIGHT else TICK
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str | None] = []
    numbered: list[tuple[str, str]] = []
    last_numbered: date | None = None
    for number, (day, when, title, _, status) in enumerate(shown, start=1):
        label = hover_text([f"{number}. {title}", when, "" if status == "confirmed" else status])
        x += [day.isoformat()] * len(heights) + [None]
        y += [*heights, None]
        hover += [label] * len(heights) + [None]
        if last_numbered is None or day - last_numbered >= room:
            numbered.append((day.isoformat(), str(number)))
            last_numbered = day
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
    figure["layout"].setdefault("meta", {})["events"] = _entries(shown)
    return figure


def event_lines(events: pd.DataFrame | Columns | None, start: Any, end: Any) -> dict[str, list[Any]]:
    """Return event marks as shapes, for a chart that moves: unlike marks on an axis of their own they cost no time.

    Args:
        events: Dated events, as in `add_events`.

    Returns:
        Days as ISO dates, shapes, and entries of the list that explains the numbers, one each per event.

    Example:
        >>> table = pd.DataFrame({"date": ["2023-06-24", "2030-01-01"], "title": ["Mutiny", "Later"]})
        >>> lines = event_lines(table, "2023-01-01", "2023-12-31")
        >>> lines["days"], lines["shapes"][0]["label"]["text"], lines["entries"][0]["title"]
        (['2023-06-24'], '1', 'Mutiny')
    """
    shown = _within(events, start, end)
    days = [day.isoformat() for day, *_ in shown]
    label = {"textposition": "end", "textangle": 0, "xanchor": "center", "yanchor": "bottom"}
    shapes = [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": day,
            "x1": day,
            "y0": 0,
            "y1": 1,
            "line": {"color": "@event/0.45", "width": 1},
            "label": label | {"text": str(number), "font": {"size": 12, "color": "@event"}},
        }
        for number, day in enumerate(days, start=1)
    ]
    return {"days": days, "shapes": shapes, "entries": _entries(shown)}


def _entries(shown: list[_Event]) -> list[dict[str, Any]]:
    return [
        {"number": number, "day": when, "title": title, "summary": summary, "status": status}
        for number, (_, when, title, summary, status) in enumerate(shown, start=1)
    ]


def add_overlay_axis(figure: Drawing) -> None:
    """Give a figure the hidden axis from 0 to 1 that full-height marks are drawn on.

    Example:
        >>> figure = {"data": [], "layout": {}}
        >>> add_overlay_axis(figure)
        >>> figure["layout"]["yaxis2"]["overlaying"]
        'y'
    """
    figure["layout"]["yaxis2"] = HIDDEN_AXIS | {"overlaying": "y"}


_Event = tuple[date, str, str, str, str]
"""First day, day or days in words, title, summary and status."""


def _within(events: pd.DataFrame | Columns | None, start: Any, end: Any) -> list[_Event]:
    """Return the events that begin between two days, in order."""
    if events is None:
        return []
    first, last = as_day(start), as_day(end)
    dates = [as_day(day) for day in events["date"]]
    ends = [as_day(day) for day in events["end_date"]] if "end_date" in events else dates
    # Of some events only the month is known: a day alone would say more than that.
    when = [period_text(day, last_day or day) if day else "" for day, last_day in zip(dates, ends, strict=True)]
    texts = (
        [cell if isinstance(cell, str) else "" for cell in events[name]] if name in events else [""] * len(dates)
        for name in ("title", "summary", "status")
    )
    dated = zip(dates, when, *texts, strict=True)
    inside = [row for row in dated if row[0] is not None and first is not None and last is not None]
    return sorted((row for row in inside if first <= row[0] <= last), key=lambda row: row[0])
