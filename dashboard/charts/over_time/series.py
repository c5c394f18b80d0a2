"""Panels of an indicator: a table of figures over time, drawn the way its kind asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.bands import hatched_stretch
from dashboard.charts.frame import SHARE_TICKS, Drawing, Trace, date_axis, frame, trace_id
from dashboard.charts.over_time.ends import name_at_ends
from dashboard.charts.over_time.events import add_events, add_overlay_axis
from dashboard.charts.over_time.groups import Group, split
from dashboard.charts.over_time.held_values import direct_labels
from dashboard.charts.over_time.marks import KINDS
from dashboard.charts.over_time.rows import Row, prepared, uncovered
from indicators.core.text import as_day

if TYPE_CHECKING:
    from indicators.core.model import Panel

Stretch = tuple[date, date, str]
"""First and last day of a hatched stretch, and its words in the legend."""

HEIGHT = 320
MOST_GROUPS = 4
PALE = 0.35
X_TITLES = {
    "intervals": "Period the figure covers (date)",
    "columns": "Period (date)",
    "line": "Middle of the period (date)",
    "points": "Middle of the period (date)",
    "steps": "Day that the figure is for (date)",
    "totals": "Day that the total runs to (date)",
    "lollipop": "Day (date)",
}


def draw(
    table: pd.DataFrame,
    panel: Panel,
    *,
    events: pd.DataFrame | None = None,
    incomplete_from: Any = None,
    gaps: Sequence[Stretch] = (),
    now: pd.DataFrame | None = None,
) -> Drawing:
    """Draw the figures of one panel over time.

    Args:
        table: Observation or derived rows: series, period_start, period_end, value and, where known,
            low, high, qualifier, claimant, known, status and label. Rows of other series are left out.
        panel: What to draw and how; its kind is one of ``marks.KINDS``.
        events: Columns date, title and, where known, summary and status; marked as numbered lines.
        incomplete_from: First day whose figures are still being completed: hatched from there on.
        gaps: Stretches without a figure, hatched with their words in the legend.
        now: The same figures as known today, drawn pale in the same colours behind those of a past day, on whose axis
            both stand; None for none.

    Returns:
        A figure of at most four groups, whose colours are tokens. Its ``layout.meta`` holds the names that stand at the
        ends of lines and the events for the list below it, or ``{"empty": True}`` where the table has no row to draw.

    Raises:
        ValueError: If the panel's kind is unknown.
        KeyError: If the table lacks one of the four required columns.
    """
    if panel.kind not in KINDS:
        raise ValueError(f"panel {panel.id!r} has kind {panel.kind!r}; expected one of {', '.join(KINDS)}")
    groups = shown_groups(table, panel)
    behind = [] if now is None else shown_groups(now, panel)
    looks = {group.label: (group.colour, group.symbol) for group in behind}
    groups = [_looking(group, *looks.get(group.label, (group.colour, group.symbol))) for group in groups]
    rows = [row for group in groups for row in group.rows]
    everything = [*rows, *(row for group in behind for row in group.rows)]
    draw_group = KINDS[panel.kind]
    data = [_pale(trace) for place, group in enumerate(behind) for trace in draw_group(group, place, len(behind))]
    data += [trace for place, group in enumerate(groups) for trace in draw_group(group, place, len(groups))]
    if panel.kind == "intervals" and not behind:
        data += direct_labels(groups)
    data += _explanations(rows, panel.kind)
    if behind:
        data.append(_entry("Pale: as known today", "@contested", hatch=False))
    figure = frame(
        data,
        x_title=X_TITLES[panel.kind],
        y_title=panel.unit,
        height=HEIGHT,
        xaxis=date_axis() | (year_ticks(everything) if panel.kind == "columns" else {}),
        hovermode="x" if panel.kind == "columns" else "closest",
        uirevision=panel.id,
    )
    figure["layout"]["yaxis"] |= _value_axis(panel.unit)
    if not everything:
        figure["layout"]["meta"] = {"empty": True}
        return figure
    if panel.kind != "columns":
        name_at_ends(figure, behind or groups, lowest=0.0 if panel.unit == "share" else None)
    start, end = min(row.start for row in everything), max(row.after for row in everything)
    last = max((row.after for row in rows), default=end)
    _shade(figure, [(first, last, "Still incomplete")] if (first := as_day(incomplete_from)) else [], last)
    _shade(figure, gaps, end)
    return add_events(figure, events, start, end)


def shown_groups(table: pd.DataFrame, panel: Panel) -> list[Group]:
    """Return the groups of rows that a panel's chart shows: at most four; the rest stands in the numbers.

    Each series comes first with the claimant who gives most figures of it, in the panel's order, then with others.

    Args:
        table: Rows, as in `draw`.
    """
    rows = [row for row in prepared(table) if row.series in panel.series]
    if panel.kind == "columns":  # where bars would stand in front of each other
        rows = uncovered(rows)
    groups = split(rows, panel.series, panel.unit)
    if len(groups) <= MOST_GROUPS:
        return groups
    seen: Counter[str] = Counter()
    ranked = []
    for group in sorted(groups, key=lambda group: -len(group.rows)):
        series = group.rows[0].series
        ranked.append((seen[series], groups.index(group), group))
        seen[series] += 1
    kept = {row for *_, group in sorted(ranked, key=lambda entry: entry[:2])[:MOST_GROUPS] for row in group.rows}
    return split([row for row in rows if row in kept], panel.series, panel.unit)


def year_ticks(rows: Sequence[Row]) -> dict[str, Any]:
    """Return an axis that names years in the middle of their bars, where every row is a whole year."""
    if not rows or any((row.start.month, row.start.day, row.end.month, row.end.day) != (1, 1, 12, 31) for row in rows):
        return {}
    middles = {row.start.year: row.middle.isoformat() for row in rows if row.start.year == row.end.year}
    first, last = min(middles), max(middles)
    step = max(1, (last - first) // 8)
    years = range(first, last + 1, step)
    ticks = {"tickmode": "array", "tickvals": [f"{year}-07-02" for year in years], "ticktext": [str(y) for y in years]}
    return ticks | {"title": {"text": "Year", "font": {"size": 12, "color": "@muted"}}}


def _looking(group: Group, colour: str, symbol: str) -> Group:
    return replace(group, colour=colour, symbol=symbol)


def _pale(trace: Trace) -> Trace:
    """Return a trace as it stands behind what was known on a past day."""
    plain = {name: value for name, value in trace.items() if name not in ("text", "textposition", "textfont")}
    return plain | {"opacity": PALE, "showlegend": False}


def _value_axis(unit: str) -> dict[str, Any]:
    if unit == "share":
        return {
            **SHARE_TICKS,
            "title": {"text": "share (percent)", "font": {"size": 12, "color": "@muted"}},
        }
    return {"ticksuffix": " %"} if unit == "percent" else {}


def _shade(figure: Drawing, stretches: Sequence[Stretch], end: date) -> None:
    named: set[str] = set()
    for start, last, name in stretches:
        if start >= end:
            continue
        trace = hatched_stretch(start.isoformat(), min(last, end).isoformat(), name=name)
        trace |= {"showlegend": name not in named, "uid": trace_id(f"{name} {start}")}
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
        entries.append(_entry("Two editions mixed; may overstate the rise", "@text", hatch=kind == "columns"))
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
