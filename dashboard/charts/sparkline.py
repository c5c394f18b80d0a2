"""A tiny line for a card: the shape of a series, without axes."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.frame import Figure
from dashboard.charts.groups import prepared

HEIGHT = 36


def draw_sparkline(table: pd.DataFrame, *, colour: str = "@observed", height: int = HEIGHT) -> Figure:
    """Draw one evenly spaced series as a line without axes; gaps and untrusted values stay empty.

    Args:
        table: Rows of one series and one claimant: series, period_start, period_end, value and, if
            known, status.
        colour: Colour token of the line.
        height: Height in pixels.

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
    days = list(rows["middle"])
    limit = 1.6 * pd.Series(days).diff().median() if len(days) > 2 else None
    x: list[str] = []
    y: list[float | None] = []
    for row, (value, status) in enumerate(zip(rows["value"], rows["status"], strict=True)):
        if row and limit is not None and days[row] - days[row - 1] > limit:
            x.append(f"{days[row - 1] + (days[row] - days[row - 1]) / 2:%Y-%m-%d}")
            y.append(None)
        x.append(f"{days[row]:%Y-%m-%d}")
        y.append(None if status == "not_informative" else float(value))
    trace = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": colour, "width": 1.5}}
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4},
        "showlegend": False,
        "xaxis": hidden | {"type": "date"},
        "yaxis": hidden,
    }
    return {"data": [trace], "layout": layout}
