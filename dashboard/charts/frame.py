"""What all charts share: axes, margins and how figures are put together."""

import re
from typing import Any

Trace = dict[str, Any]
Drawing = dict[str, Any]
"""What the browser draws: traces and layout as Plotly takes them; figures are the numbers in it."""

HEIGHT = 380
FONT_SIZE = 13

DATE_FORMATS = [
    {"dtickrange": [None, 86_400_000 * 27], "value": "%-d %b\n%Y"},
    {"dtickrange": [86_400_000 * 27, "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]
"""Day and month below four weeks between ticks, month below a year, otherwise the year alone."""

SHARE_TICKS: dict[str, Any] = {
    "tickformat": ".0%",
    "labelalias": {f"{percent}%": f"{percent} %" for percent in range(201)},
}
"""An axis of shares, in percent as sentences write it."""

HIDDEN_AXIS: dict[str, Any] = {"range": [0, 1], "visible": False, "fixedrange": True, "showgrid": False}
"""A second vertical axis from 0 to 1 for marks that span the whole height of the plot."""


def frame(data: list[Trace], *, x_title: str, y_title: str, height: int = HEIGHT, **layout: Any) -> Drawing:
    """Put traces into a figure with the axes, margins and fonts that every chart has.

    Args:
        height: Height of the plot in pixels.
        **layout: Further layout entries; dictionaries are merged one level deep.

    Example:
        >>> frame([], x_title="Date", y_title="cases a week")["layout"]["yaxis"]["title"]["text"]
        'cases a week'
    """
    axis = {"automargin": True, "linecolor": "@grid", "tickcolor": "@grid", "tickfont": {"size": 12}}
    title = {"font": {"size": 12, "color": "@muted"}, "standoff": 8}
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 24, "b": 8},
        "paper_bgcolor": "rgba(0, 0, 0, 0)",
        "plot_bgcolor": "rgba(0, 0, 0, 0)",
        "font": {"size": FONT_SIZE, "color": "@text"},
        "hovermode": "closest",
        "hoverdistance": -1,  # the nearest mark answers wherever the pointer is
        "hoverlabel": {
            "bgcolor": "@background",
            "bordercolor": "@muted",
            "align": "left",
            "font": {"size": FONT_SIZE, "color": "@text"},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": -0.22,
            "yanchor": "top",
            "itemsizing": "constant",
            "font": {"size": 12},
        },
        "showlegend": True,
        "xaxis": axis | {"title": title | {"text": x_title}, "showgrid": False, "showline": True, "zeroline": False},
        "yaxis": axis
        | {
            "title": title | {"text": y_title},
            "gridcolor": "@grid",
            "zerolinecolor": "@muted",
            "zerolinewidth": 1,
            "rangemode": "tozero",
            "tickformat": ",",
            "fixedrange": True,
            "nticks": 7,
        },
    }
    for key, value in layout.items():
        base[key] = base[key] | value if isinstance(value, dict) and key in base else value
    for trace in data:
        if "uid" in trace:
            trace["uid"] = trace_id(trace["uid"])
    return {"data": data, "layout": base}


def trace_id(text: str) -> str:
    """Return a text as a trace's id: Plotly looks for it as a class name, where a space or a bracket is no selector.

    Examples:
        >>> trace_id("up to 100 (UK MoD)")
        'up_to_100_UK_MoD_'
    """
    return re.sub(r"[^\w-]+", "_", text)


def date_axis() -> dict[str, Any]:
    """Return the settings of a horizontal axis of dates.

    Example:
        >>> date_axis()["type"]
        'date'
    """
    return {"type": "date", "tickformatstops": DATE_FORMATS, "nticks": 8, "ticks": "outside", "ticklen": 4}


def hatched() -> dict[str, Any]:
    """Return a hatched fill that reads as "do not trust this as much as the rest".

    Example:
        >>> hatched()["shape"]
        '/'
    """
    return {"shape": "/", "fgcolor": "@contested", "bgcolor": "rgba(0, 0, 0, 0)", "size": 6, "solidity": 0.25}
