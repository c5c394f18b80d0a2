"""Charts of a what-if cascade: fan over weeks, histogram of outcomes, who feels whom, and which setting decides."""

from collections.abc import Mapping, Sequence

from dashboard.charts.frame import SHARE_TICKS, Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.models.quantiles import median_line, nested_bands
from dashboard.charts.models.tornado import AROUND, BAR_HEIGHT, name_axis
from indicators.core.text import chance_text, percent_text

HEIGHT = 380
LOW_HEIGHT = 300
PERCENT_AXIS = SHARE_TICKS | {"range": [0, 1.03]}
SHADES = ("@projected", "@projected/0.5", "@projected/0.2")
"""Fills of up to three groups of bars, told apart by lightness, outline and the legend."""


def draw_cascade_fan(levels: Mapping[float, Sequence[float]]) -> Drawing:
    """Draw the broken share over weeks as a fan.

    The traces carry the ids ``band90``, ``band80``, ``band50`` and ``median``, by which the panel moves them.

    Args:
        levels: Broken share by quantile level 0.05, 0.10, 0.25, 0.50, 0.75, 0.90 and 0.95; week 0 first.

    Example:
        >>> figure = draw_cascade_fan({level: [0.1, 0.2] for level in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)})
        >>> [trace["uid"] for trace in figure["data"]]
        ['band90', 'band80', 'band50', 'median']
    """
    weeks = list(range(len(levels[0.5])))
    median = median_line(
        weeks,
        levels,
        name="Middle run",
        heading="<b>%{y:.0%} of units broken</b><br>by week %{x}",
        number=".0%",
        of=" of runs",
    )
    return frame(
        [*nested_bands(weeks, levels), median],
        x_title="Weeks after the first break",
        y_title="broken units, as a share of all",
        height=HEIGHT,
        uirevision="cascade_fan",
        xaxis={"rangemode": "tozero", "nticks": 8, "ticks": "outside", "ticklen": 4},
        yaxis=PERCENT_AXIS,
    )


def draw_outcomes(histogram: Sequence[float]) -> Drawing:
    """Draw the share of runs by final broken share.

    Args:
        histogram: Share of runs in each of equal classes from 0 to 1.

    Example:
        >>> draw_outcomes([0.75, 0.25])["data"][0]["x"]
        [0.25, 0.75]
    """
    width = 1 / len(histogram)
    bars: Trace = {
        "type": "bar",
        "uid": "outcomes",
        "name": "Runs",
        "showlegend": False,
        "x": [(place + 0.5) * width for place in range(len(histogram))],
        "width": [width * 0.9] * len(histogram),
        "y": list(histogram),
        "marker": {"color": "@projected"},
        "hovertext": [
            hover_text(
                [
                    f"{percent_text(share, 1)} of runs",
                    f"end with {100 * place * width:.0f} to {percent_text((place + 1) * width)} broken",
                ]
            )
            for place, share in enumerate(histogram)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return frame(
        [bars],
        x_title="units broken in the end, as a share of all",
        y_title="share of runs",
        height=LOW_HEIGHT,
        uirevision="outcomes",
        xaxis=SHARE_TICKS | {"range": [0, 1], "nticks": 6, "fixedrange": True},
        yaxis=SHARE_TICKS,
    )


def draw_chances(chances: Mapping[str, Sequence[float]], shares: Sequence[str]) -> Drawing:
    """Draw the probabilities of some broken shares side by side for each way in which units feel each other.

    Args:
        chances: Up to three groups by name; one probability for each share.

    Example:
        >>> draw_chances({"All": [0.5], "Ring": [0.1]}, ["10 %"])["data"][1]["text"]
        ['10 %']
    """
    data: list[Trace] = [
        {
            "type": "bar",
            "uid": f"chances{place}",
            "name": name,
            "x": list(shares),
            "y": list(values),
            # As in the tiles, but short enough for a narrow bar.
            "text": [chance_text(value).replace("under ", "<").replace("over ", ">") for value in values],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": SHADES[place], "line": {"color": "@projected", "width": 1}},
            "hovertext": [hover_text([f"{percent_text(value, 1)} of runs", name]) for value in values],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        for place, (name, values) in enumerate(chances.items())
    ]
    return frame(
        data,
        x_title="units broken in the end",
        y_title="share of runs",
        height=LOW_HEIGHT,
        uirevision="chances",
        barmode="group",
        bargap=0.25,
        # Otherwise "10 %" would be read as a number.
        xaxis={"type": "category", "fixedrange": True},
        yaxis=PERCENT_AXIS | {"range": [0, 1.1], "tickvals": [0, 0.25, 0.5, 0.75, 1]},
    )


def draw_importance(
    outcomes: Mapping[str, Mapping[str, float]], *, x_title: str = "PAWN index", y_title: str = "Setting"
) -> Drawing:
    """Draw how much each input bears on some outcomes, as horizontal bars.

    Args:
        outcomes: Index by input name, by outcome; inputs in the order of the first outcome.

    Example:
        >>> draw_importance({"any": {"R": 0.2, "nothing": 0.04}})["layout"]["yaxis"]["ticktext"]
        ['R', 'nothing']
    """
    names = list(next(iter(outcomes.values())))
    data: list[Trace] = [
        {
            "type": "bar",
            "orientation": "h",
            "uid": f"importance{place}",
            "name": outcome,
            "y": list(range(len(names))),
            "x": [index[name] for name in names],
            "marker": {"color": SHADES[place], "line": {"color": "@projected", "width": 1}},
            "hovertext": [hover_text([f"{index[name]:.2f}", name, outcome]) for name in names],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        for place, (outcome, index) in enumerate(outcomes.items())
    ]
    return frame(
        data,
        x_title=x_title,
        y_title=y_title,
        height=AROUND + BAR_HEIGHT * len(names),
        barmode="group",
        bargap=0.3,
        uirevision="importance",
        xaxis={
            "rangemode": "tozero",
            "nticks": 5,
            "tickangle": 0,
            "showgrid": True,
            "gridcolor": "@grid",
            "fixedrange": True,
        },
        yaxis=name_axis(names),
    )
