"""Why a range is wide: the share of its variance that each cause accounts for."""

from collections.abc import Mapping

from dashboard.charts.frame import Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.models.tornado import AROUND, BAR_HEIGHT, name_axis
from indicators.core.text import percent_text


def draw_shares(shares: Mapping[str, float]) -> Drawing:
    """Draw shares that sum to 1 as horizontal bars, in the order given.

    Args:
        shares: Share between 0 and 1 by cause; causes in the order in which variance was attributed.

    Raises:
        ValueError: If a share lies outside 0 to 1.

    Example:
        >>> draw_shares({"reading": 0.75, "future": 0.25})["data"][0]["text"]
        ['75 %', '25 %']
    """
    outside = {cause: share for cause, share in shares.items() if not 0 <= share <= 1}
    if outside:
        raise ValueError(f"shares must lie between 0 and 1, got {outside}")
    names, values = list(shares), [float(share) for share in shares.values()]
    texts = [percent_text(value, 0 if value >= 0.1 else 1) for value in values]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "uid": "shares",
        "name": "Share of the variance",
        "showlegend": False,
        "y": list(range(len(names))),
        "x": [100 * value for value in values],
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": "@projected"},
        "hovertext": [hover_text([text, name]) for text, name in zip(texts, names, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    figure = frame(
        [bars],
        x_title="share of the variance (percent)",
        y_title="Cause",
        height=AROUND + BAR_HEIGHT * max(len(names), 1),
        bargap=0.4,
        uirevision="shares",
        xaxis={"ticksuffix": " %", "nticks": 5, "range": [0, 108], "fixedrange": True},
        yaxis=name_axis(names),
    )
    if not names:
        figure["layout"]["meta"] = {"empty": True}
    return figure
