"""Panels of an indicator: a table of figures over time, drawn the way its kind asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.bands import hatched_stretch
from dashboard.charts.events import add_events, add_overlay_axis
from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.groups import split
from dashboard.charts.held_values import direct_labels
from dashboard.charts.labels import as_day
from dashboard.charts.marks import KINDS
from dashboard.charts.rows import Row, prepared

if TYPE_CHECKING:
    from indicators.core.model import Panel

Stretch = tuple[date, date, str]
"""First and last day of a hatched stretch, and its words in the legend."""

X_TITLES = {
    "intervals": "Period the figure covers (date)",
    "columns": "Period (date)",
    "line": "Middle of the period (date)",
    "points": "Middle of the period (date)",
    "steps": "Day that the figure is for (date)",
    "lollipop": "Day (date)",
}


def draw(
    table: pd.DataFrame,
    panel: Panel,
    *,
    events: pd.DataFrame | None = None,
    incomplete_from: Any = None,
    gaps: Sequence[Stretch] = (),
) -> Drawing:
    """Draw the figures of one panel over time.

    Args:
        table: Observation or derived rows: series, period_start, period_end, value and, where known,
            low, high, qualifier, claimant, known, status and label. Rows of other series are left out.
        panel: What to draw and how; its kind is one of ``marks.KINDS``.
        events: Columns date, title and, where known, summary and status; marked as numbered lines.
        incomplete_from: First day whose figures are still being completed: hatched from there on.
        gaps: Stretches without a figure, hatched with their words in the legend.

    Returns:
        A figure whose colours are tokens. Its ``layout.meta`` holds the events for the list below it,
        or ``{"empty": True}`` where the table has no row to draw.

    Raises:
        ValueError: If the panel's kind is unknown.
        KeyError: If the table lacks one of the four required columns.
    """
    if panel.kind not in KINDS:
        raise ValueError(f"panel {panel.id!r} has kind {panel.kind!r}; expected one of {', '.join(KINDS)}")
    rows = [row for row in prepared(table) if row.series in panel.series]
    groups = split(rows, panel.series, panel.unit)
    data: list[Trace] = []
    for position, group in enumerate(groups):
        data += KINDS[panel.kind](group, position, len(groups))
    if panel.kind == "intervals":
        data += direct_labels(groups)
    data += _explanations(rows, panel.kind)
    figure = frame(data, x_title=X_TITLES[panel.kind], y_title=panel.unit, xaxis=date_axis(), uirevision=panel.id)
    figure["layout"]["yaxis"] |= _value_axis(panel.unit)
    if not rows:
        figure["layout"]["meta"] = {"empty": True}
        return figure
    start, end = min(row.start for row in rows), max(row.after for row in rows)
    _shade(figure, [(first, end, "Still incomplete")] if (first := as_day(incomplete_from)) else [], end)
    _shade(figure, gaps, end)
    return add_events(figure, events, start, end)


def _value_axis(unit: str) -> dict[str, Any]:
    if unit == "share":
        return {
            "tickformat": ",.0%",
            "title": {"text": "share (percent)", "font": {"size": 12, "color": "@muted"}},
        }
    return {"ticksuffix": " %"} if unit == "percent" else {}


def _shade(figure: Drawing, stretches: Sequence[Stretch], end: date) -> None:
    named: set[str] = set()
    for start, last, name in stretches:
        if start >= end:
            continue
        trace = hatched_stretch(start.isoformat(), min(last, end).isoformat(), name=name)
        trace |= {"showlegend": name not in named, "uid": f"{name} {start}"}
        named.add(name)
        figure["data"].append(trace)
        add_overlay_axis(figure)


def _explanations(rows: list[Row], kind: str) -> list[Trace]:
    """Return legend entries that say what hatched and open marks mean, where a chart has any."""
    statuses = {row.status for row in rows}
    entries: list[Trace] = []
    if "not_informative" in statuses:
        entries.append(_entry("Too few cases, or corrections among them", "@contested", hatch=kind == "columns"))
    if "mixed_vintages" in statuses:
        entries.append(_entry("Mixes figures known at different times", "@text", hatch=kind == "columns"))
    if "revised" in statuses:
        entries.append(_entry("Corrected downwards by its counter", "@text", hatch=kind == "columns"))
    return entries


def _entry(name: str, colour: str, *, hatch: bool) -> Trace:
    symbol = "square-open" if hatch else "circle-open"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None],
        "y": [None],
        "name": name,
        "marker": {"symbol": symbol, "color": colour, "size": 9, "line": {"width": 1}},
        "hoverinfo": "skip",
    }
