"""Several measures one above the other on one axis of time, each with its own scale, and events as lines across all."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.charts.frame import SHARE_TICKS, Drawing, Trace, date_axis, frame
from dashboard.charts.over_time.ends import value_range
from dashboard.charts.over_time.events import event_lines
from dashboard.charts.over_time.groups import Group, split
from dashboard.charts.over_time.marks import KINDS
from dashboard.charts.over_time.rows import prepared

AROUND = 64  # margins and the axis of time, in pixels
ROW = 160
GAP = 0.3  # of a row, for its title


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of a stacked chart.

    Args:
        kind: Form of drawing; one of ``marks.KINDS``.
        table: Its rows, as in ``series.draw``, of one series and claimant.
    """

    title: str
    unit: str
    kind: str
    table: pd.DataFrame

    @property
    def group(self) -> Group:
        """The measure's rows, drawn alike."""
        rows = prepared(self.table)
        return split(rows, [rows[0].series], self.unit)[0]


def draw_stacked(measures: Sequence[Measure], events: pd.DataFrame, start: date, end: date) -> Drawing:
    """Draw measures one above the other, the first on top.

    Args:
        measures: Measures with at least one row each.
        events: Columns date, title, summary and status; marked as numbered lines across all measures.

    Example:
        >>> table = pd.DataFrame({"series": ["s"], "period_start": ["2023-01-01"], "period_end": ["2023-01-31"],
        ...                       "value": [3], "label": ["Cases"]})
        >>> measure = Measure(title="Cases", unit="cases", kind="points", table=table)
        >>> days = date(2023, 1, 1), date(2023, 12, 31)
        >>> figure = draw_stacked([measure, measure], pd.DataFrame({"date": [], "title": []}), *days)
        >>> [trace["yaxis"] for trace in figure["data"]]
        ['y', 'y2']
    """
    data: list[Trace] = []
    axes: dict[str, Any] = {}
    titles = []
    count = max(len(measures), 1)
    for place, measure in enumerate(measures):
        number = "" if place == 0 else str(place + 1)
        bottom, top = 1 - (place + 1) / count, 1 - (place + GAP) / count
        traces = [
            trace | {"yaxis": f"y{number}", "showlegend": False} for trace in KINDS[measure.kind](measure.group, 0, 1)
        ]
        limits = value_range([{**trace, "yaxis": "y"} for trace in traces])
        data += traces
        axes[f"yaxis{number}"] = {
            "domain": [bottom, top],
            "range": limits,
            "title": {"text": ""},
            "nticks": 4,
            "anchor": "x",
            "fixedrange": True,
            "gridcolor": "@grid",
            "automargin": True,
            "tickfont": {"size": 12},
        } | (SHARE_TICKS if measure.unit == "share" else {"tickformat": ","})
        titles.append(_title(measure, top))
    lines = event_lines(events, start, end)
    layout = {"xaxis": date_axis() | {"range": [start.isoformat(), end.isoformat()], "anchor": "free", "position": 0}}
    figure = frame(
        data,
        x_title="Day (date)",
        y_title="",
        height=AROUND + ROW * count,
        annotations=titles,
        shapes=lines["shapes"],
        showlegend=False,
        uirevision="stacked",
        **layout,
        **axes,
    )
    figure["layout"]["meta"] = {"events": lines["entries"]} if measures else {"empty": True}
    return figure


def _title(measure: Measure, top: float) -> dict[str, Any]:
    unit = {"share": "share in percent", "percent": "percent"}.get(measure.unit, measure.unit)
    return {
        "text": f"<b>{html.escape(measure.title)}</b><br>{html.escape(unit)}",
        "align": "left",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": top,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13, "color": "@text"},
        "bgcolor": "@background",
    }
