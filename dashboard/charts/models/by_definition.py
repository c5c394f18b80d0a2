"""One projected figure against what was counted, one line for each definition and counter."""

import html
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.frame import Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.models.row_names import MARK_BELOW, ROW_HEIGHT, row_name
from dashboard.charts.models.tornado import AROUND, name_axis
from indicators.core.figures.rounding import two_digit_ratio
from indicators.core.text import is_number, number_text


def draw_by_definition(table: pd.DataFrame, *, projected: float, unit: str) -> Drawing:
    """Draw observed figures as marks with their bounds, and the projected figure as a line across.

    Args:
        table: Columns name, by, value, low, high (missing where there is no bound), own (whether it counts what was
            projected) and note, from top to bottom.

    Example:
        >>> table = pd.DataFrame({"name": ["Sentences"], "by": ["A"], "value": [8012.0], "low": [5132.0],
        ...                       "high": [17135.0], "own": [True], "note": [""]})
        >>> draw_by_definition(table, projected=5200, unit="in 52 weeks")["data"][0]["name"]
        'As projected'
    """
    rows = list(table.assign(place=range(len(table))).to_dict("records"))
    data = [
        _marks([row for row in rows if row["own"]], "As projected", "@observed", "circle"),
        _marks([row for row in rows if not row["own"]], "Another definition", "@second", "square"),
    ]
    ends = [projected, *(float(row[end]) for row in rows for end in ("value", "high") if is_number(row[end]))]
    figure = frame(
        [trace for trace in data if trace["x"]],
        x_title=unit,
        y_title="",
        height=AROUND + ROW_HEIGHT * max(len(rows), 1),
        xaxis={"tickformat": ",", "nticks": 4, "tickangle": 0, "showgrid": True, "gridcolor": "@grid"}
        | {"range": [0, 1.2 * max(ends)]},
        yaxis=name_axis([""] * len(rows)),
        shapes=[
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": projected,
                "x1": projected,
                "y0": 0,
                "y1": 1,
                "line": {"color": "@projected", "width": 2, "dash": "dash"},
                "label": {
                    "text": f"projected: {number_text(projected)}",
                    "textposition": "end",
                    "textangle": 0,
                    "yanchor": "bottom",
                    "font": {"color": "@projected"},
                },
            }
        ],
        annotations=[_name(row, projected) for row in rows],
        uirevision="by_definition",
    )
    if not rows:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def _marks(rows: Sequence[Mapping[Hashable, Any]], name: str, colour: str, symbol: str) -> Trace:
    values = [float(row["value"]) for row in rows]
    above = [row["high"] - row["value"] if is_number(row["high"]) else 0.0 for row in rows]
    below = [row["value"] - row["low"] if is_number(row["low"]) else 0.0 for row in rows]
    bounds = [
        f"{number_text(row['low'])} to {number_text(row['high'])}"
        if is_number(row["low"]) and is_number(row["high"])
        else ""
        for row in rows
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": values,
        "y": [row["place"] + MARK_BELOW for row in rows],
        "marker": {"color": colour, "symbol": symbol, "size": 11},
        "error_x": {"type": "data", "array": above, "arrayminus": below, "color": colour, "thickness": 2, "width": 5},
        "hovertext": [
            hover_text([f"{number_text(value)}", f"{row['name']}, by {row['by']}", bound, str(row["note"])])
            for value, bound, row in zip(values, bounds, rows, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _name(row: Mapping[Hashable, Any], projected: float) -> dict[str, Any]:
    times = number_text(two_digit_ratio(row["value"] / projected))
    text = f"{html.escape(str(row['name']))}<br>by {html.escape(str(row['by']))}: {times} times"
    return row_name(text, x=0.0, place=int(row["place"]))
