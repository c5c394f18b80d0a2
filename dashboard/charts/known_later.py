"""Then and now: figures that became known after the replayed day, laid over what was known on it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.charts.frame import Drawing
from dashboard.charts.labels import day_text, figure_text, hover_text, period_text
from dashboard.charts.rows import prepared

NAME = "Known later"


def add_known_later(figure: Drawing, table: pd.DataFrame, series: tuple[str, ...], unit: str, day: date) -> Drawing:
    """Add the figures of a panel that became known after a day, as open grey marks.

    Args:
        figure: Chart of what was known on the day.
        table: All figures as known today.
        series: Series of the panel.
        unit: Unit of the panel, in words.
        day: The replayed day.

    Returns:
        The chart with one more trace; the same chart where nothing became known later.

    Example:
        >>> table = pd.DataFrame({"series": ["s"], "period_start": ["2023-01-01"], "period_end": ["2023-12-31"],
        ...                       "value": [5024], "known": ["2023-12-29"]})
        >>> figure = add_known_later({"data": [], "layout": {}}, table, ("s",), "cases", date(2023, 8, 30))
        >>> [trace["name"] for trace in figure["data"]]
        ['Known later']
    """
    rows = [
        row
        for row in prepared(table[table["series"].isin(series)])
        if row.known is not None and row.known > day and row.status != "not_informative"
    ]
    if not rows:
        return figure
    trace = {
        "type": "scatter",
        "mode": "markers",
        "name": NAME,
        "x": [row.middle.isoformat() for row in rows],
        "y": [row.value for row in rows],
        "marker": {"symbol": "circle-open", "color": "@contested", "size": 8, "line": {"width": 1.5}},
        "hovertext": [
            hover_text(
                [
                    figure_text(row.value, unit, row.qualifier, row.low, row.high),
                    period_text(row.start, row.end),
                    row.label,
                    f"{row.claimant}, known only {day_text(row.known)}",
                ]
            )
            for row in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    layout = {key: value for key, value in figure["layout"].items() if key != "meta" or "empty" not in value}
    return {"data": [*figure["data"], trace], "layout": layout}
