"""How far scenarios lie apart: the distribution of each difference, around zero."""

import html
from collections.abc import Mapping, Sequence

from dashboard.charts.frame import Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.models.tornado import AROUND, BAR_HEIGHT, name_axis
from indicators.core.text import number_text


def draw_differences(names: Sequence[str], differences: Sequence[Mapping[float, float]], *, unit: str) -> Drawing:
    """Draw the middle, the half and the 90 % of every difference as nested bars.

    Args:
        differences: Difference by level 0.05, 0.25, 0.5, 0.75 and 0.95, one mapping for each name.

    Raises:
        ValueError: If there are not as many differences as names.

    Example:
        >>> levels = {0.05: -10.0, 0.25: -5.0, 0.5: 0.0, 0.75: 5.0, 0.95: 10.0}
        >>> [trace["name"] for trace in draw_differences(["Halved"], [levels], unit="persons")["data"]]
        ['90 % of paired draws', '50 %', 'Middle']
    """
    if len(names) != len(differences):
        raise ValueError(f"expected a difference for each name, got {len(differences)} for {len(names)}")
    outer = _bars(differences, 0.05, 0.95, "90 % of paired draws", "@projected/0.25")
    inner = _bars(differences, 0.25, 0.75, "50 %", "@projected/0.6")
    middles: Trace = {
        "type": "scatter",
        "mode": "markers",
        "name": "Middle",
        "x": [levels[0.5] for levels in differences],
        "y": list(range(len(names))),
        "marker": {"color": "@text", "symbol": "line-ns-open", "size": 14, "line": {"width": 2}},
        "hovertext": [
            hover_text([f"{number_text(levels[0.5])} {unit}", name, _interval(levels)])
            for name, levels in zip(names, differences, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    figure = frame(
        [outer, inner, middles],
        x_title=unit,
        y_title="",
        height=AROUND + 20 + BAR_HEIGHT * max(len(names), 1),
        barmode="overlay",
        bargap=0.45,
        xaxis={"tickformat": ",", "nticks": 5, "showgrid": True, "gridcolor": "@grid"}
        | {"zeroline": True, "zerolinecolor": "@text", "zerolinewidth": 1},
        yaxis=name_axis([html.escape(name) for name in names]),
        uirevision="differences",
    )
    if not names:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def _bars(differences: Sequence[Mapping[float, float]], low: float, high: float, name: str, colour: str) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": list(range(len(differences))),
        "x": [levels[high] - levels[low] for levels in differences],
        "base": [levels[low] for levels in differences],
        "marker": {"color": colour},
        "hoverinfo": "skip",
    }


def _interval(levels: Mapping[float, float]) -> str:
    return f"90 %: {number_text(levels[0.05])} to {number_text(levels[0.95])}"
