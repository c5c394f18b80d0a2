"""Conflicting claims about one quantity: each claimant's interval on one axis, coloured by stance."""

from collections.abc import Mapping, Sequence

from dashboard.charts.frame import Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from indicators.core.evidence.vocabulary import Stance
from indicators.core.text import day_text, figure_text, period_text
from indicators.methods.comparison.claim_bounds import ClaimedInterval, CommonGround

ROW_HEIGHT = 42
AROUND = 110
OPEN_END = 1.08
"""Where an interval without an upper bound is drawn to, as a multiple of the largest number on the axis."""

LOOKS: Mapping[Stance, tuple[str, str, str]] = {
    Stance.BELLIGERENT: ("A side of the war", "@second", "diamond"),
    Stance.THIRD_PARTY_GOVERNMENT: ("Another government", "@observed", "square"),
    Stance.INDEPENDENT_COUNT: ("Independent count", "@third", "circle"),
    Stance.MEDIA: ("Media", "@event", "triangle-up"),
    Stance.RESEARCH: ("Research", "@projected", "star"),
}
"""Name, colour and symbol by stance."""


def draw_claim_bounds(intervals: Sequence[ClaimedInterval], ground: CommonGround, unit: str) -> Drawing:
    """Draw one line for each claimant, and the values that all of them allow as a shaded stretch.

    An interval without an upper bound ends in an arrow.

    Args:
        intervals: One interval for each claimant, from top to bottom.

    Example:
        >>> draw_claim_bounds([], CommonGround(intersection=None, hull=None), "persons")["layout"]["meta"]
        {'empty': True}
    """
    ends = [one.value if one.high is None else one.high for one in intervals]
    edge = max(ends, default=1.0) * OPEN_END
    stances = [stance for stance in LOOKS if any(one.stance is stance for one in intervals)]
    data = [trace for stance in stances for trace in _traces(stance, intervals, edge, unit)]
    names = [one.claimant for one in intervals]
    figure = frame(
        data,
        x_title=unit,
        y_title="",
        height=AROUND + ROW_HEIGHT * max(len(intervals), 1),
        xaxis={"rangemode": "tozero", "tickformat": ",", "showgrid": True, "gridcolor": "@grid", "nticks": 6},
        yaxis={"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": names, "showgrid": False},
    )
    figure["layout"]["yaxis"] |= {"range": [len(names) - 0.4, -0.6], "zeroline": False}
    if not intervals:
        figure["layout"]["meta"] = {"empty": True}
    if ground.intersection is not None:
        low, high = ground.intersection
        figure["layout"]["shapes"] = [
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": low,
                "x1": edge if high is None else high,
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"width": 1, "color": "@muted", "dash": "dot"},
                "fillcolor": "@muted/0.12",
            }
        ]
    return figure


def _traces(stance: Stance, intervals: Sequence[ClaimedInterval], edge: float, unit: str) -> list[Trace]:
    name, colour, symbol = LOOKS[stance]
    mine = [(place, one) for place, one in enumerate(intervals) if one.stance is stance]
    x: list[float | None] = []
    y: list[float | None] = []
    for place, one in mine:
        x += [one.low, edge if one.high is None else one.high, None]
        y += [place, place, None]
    spans: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": f"{colour}/0.55", "width": 7},
        "legendgroup": name,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    arrows: Trace = spans | {
        "mode": "markers",
        "x": [edge for _, one in mine if one.high is None],
        "y": [place for place, one in mine if one.high is None],
        "marker": {"symbol": "triangle-right", "size": 13, "color": colour},
    }
    marks: Trace = {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "legendgroup": name,
        "x": [one.value for _, one in mine],
        "y": [place for place, _ in mine],
        "marker": {"color": colour, "size": 11, "symbol": symbol},
        "hovertext": [_hover(one, unit) for _, one in mine],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return [spans, arrows, marks] if arrows["x"] else [spans, marks]


def _hover(one: ClaimedInterval, unit: str) -> str:
    figure = figure_text(one.value, unit, one.qualifier, one.low, one.high)
    period = period_text(one.period_start, one.period_end)
    return hover_text([figure, one.claimant, period, f"known {day_text(one.known)}"])
