"""Why a projection missed: each part of the miss as a factor, on a log scale on which the parts add up."""

import html
import math
from collections.abc import Mapping

from dashboard.charts.frame import Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.models.row_names import MARK_BELOW, ROW_HEIGHT, row_name
from dashboard.charts.models.tornado import AROUND, name_axis
from indicators.core.figures.rounding import two_digit_ratio
from indicators.core.text import number_text

TICKS = (0.1, 0.2, 0.5, 0.8, 1.0, 1.25, 2.0, 5.0, 10.0)
SMALLEST_REACH = math.log(1.25)


def draw_miss_split(parts: Mapping[str, float | None], total: float) -> Drawing:
    """Draw the parts of ln(observed / projected) as bars that start at "no miss", the whole miss last.

    Args:
        parts: Part by name, in the order in which they add up; None where a part can't be told.

    Example:
        >>> drawn = draw_miss_split({"Rate": 0.3417, "Delay": None}, 0.3417)
        >>> [name["text"] for name in drawn["layout"]["annotations"]]
        ['Rate: times 1.4', 'Delay: not known', 'Observed over projected: times 1.4']
    """
    names = [*parts, "Observed over projected"]
    values = [*parts.values(), total]
    texts = [_factor_text(value) for value in values]
    lengths = [0.0 if value is None else value for value in values]
    reach = max(SMALLEST_REACH, *(abs(length) for length in lengths)) * 1.2
    ticks = [tick for tick in TICKS if abs(math.log(tick)) <= reach]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "uid": "miss_split",
        "name": "Part of the miss",
        "showlegend": False,
        "y": [place + MARK_BELOW for place in range(len(names))],
        "x": lengths,
        "width": 0.35,
        "marker": {"color": ["@projected"] * len(parts) + ["@observed"]},
        "hovertext": [hover_text([text, name]) for text, name in zip(texts, names, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    figure = frame(
        [bars],
        x_title="factor (log scale)",
        y_title="",
        height=AROUND + (ROW_HEIGHT - 14) * len(names),
        annotations=[
            row_name(f"{html.escape(name)}: {text}", x=-reach, place=place)
            for place, (name, text) in enumerate(zip(names, texts, strict=True))
        ],
        uirevision="miss_split",
        xaxis={
            "range": [-reach, reach],
            "tickvals": [math.log(tick) for tick in ticks],
            "ticktext": [number_text(tick) for tick in ticks],
            "showgrid": True,
            "gridcolor": "@grid",
            "zeroline": True,
            "zerolinecolor": "@muted",
            "fixedrange": True,
        },
        yaxis=name_axis([""] * len(names)),
    )
    return figure


def _factor_text(part: float | None) -> str:
    if part is None:
        return "not known"
    return "no change" if abs(part) < 1e-9 else f"times {number_text(two_digit_ratio(math.exp(part)))}"
