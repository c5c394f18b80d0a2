"""A tiny line for a card: the shape of a series, without axes."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.frame import Drawing
from dashboard.charts.rows import Row, longest_step, prepared

HEIGHT = 36


def draw_sparkline(table: pd.DataFrame) -> Drawing:
    """Draw one evenly spaced series as a line without axes; gaps and untrusted values stay empty.

    Args:
        table: Rows of one series and one claimant: series, period_start, period_end, value and, if
            known, status.

    Returns:
        A figure with one trace.

    Raises:
        KeyError: If one of the four required columns is missing.

    Example:
        >>> table = pd.DataFrame({"series": "s", "period_start": ["2023-01-01", "2023-02-01"],
        ...                       "period_end": ["2023-01-31", "2023-02-28"], "value": [3, 5]})
        >>> draw_sparkline(table)["data"][0]["y"]
        [3.0, 5.0]
    """
    rows = prepared(table)
    limit = longest_step(rows)
    x: list[str] = []
    y: list[float | None] = []
    previous: Row | None = None
    for row in rows:
        if previous is not None and limit is not None and row.middle - previous.middle > limit:
            x.append((previous.middle + (row.middle - previous.middle) / 2).date().isoformat())
            y.append(None)
        x.append(row.middle.date().isoformat())
        y.append(None if row.status == "not_informative" else row.value)
        previous = row
    trace = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": "@observed", "width": 1.5}}
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4},
        "showlegend": False,
        "xaxis": hidden | {"type": "date"},
        "yaxis": hidden,
    }
    return {"data": [trace], "layout": layout}
