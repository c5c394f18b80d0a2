"""Sentences a week between dated totals beside the weekly figure that was published, each named where it ends."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.palette import CATEGORICAL
from indicators.core.text import day_text, number_text, period_text

HEIGHT = 216
ROOM = 1.18  # above the highest level, for its name
ROOM_FOR_NAME = 0.35  # share of the axis that a name takes on a phone
SHORTEST_NAMED = 0.15  # share of the axis that a level takes to have its number written above it


class Level(NamedTuple):
    """One average over the days between two totals."""

    name: str
    start: date
    end: date
    value: float
    claimant: str
    known: date


def draw_weekly_sentences(levels: Sequence[Level], cited: float, cited_name: str) -> Drawing:
    """Draw weekly averages as level lines over their periods, and the published figure dashed across all of them.

    Args:
        levels: Averages by name and in order of time; the first name takes the first colour.
        cited_name: Its name in the chart, such as "up to 100 (UK MoD)".

    Example:
        >>> level = Level("absence", date(2023, 4, 27), date(2023, 11, 21), 96.6, "Mediazona", date(2023, 11, 24))
        >>> drawn = draw_weekly_sentences([level], 100, "up to 100 (UK MoD)")
        >>> [text for trace in drawn["data"] for text in trace.get("text", []) if text]
        ['up to 100 (UK MoD)', '97 absence']
    """
    if not levels:
        return {"data": [], "layout": {"meta": {"empty": True}, "height": HEIGHT}}
    first, last = min(level.start for level in levels), max(level.end for level in levels)
    names = list(dict.fromkeys(level.name for level in levels))
    data = [_line([first, last], [cited, cited], "@projected", cited_name, dash="dash")]
    data.append(_label(last, cited, cited_name, "@projected", "top left"))
    for place, name in enumerate(names):
        data += _levels([level for level in levels if level.name == name], cited, CATEGORICAL[place], (first, last))
    figure = frame(
        data, x_title="", y_title="sentences a week", height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 8, "b": 8}, xaxis=date_axis() | {"range": [_iso(first), _iso(last)]},
        uirevision="weekly_sentences",
    )  # fmt: skip
    figure["layout"]["yaxis"] |= {"range": [0, ROOM * max(cited, *(level.value for level in levels))], "nticks": 5}
    return figure


def _levels(levels: Sequence[Level], cited: float, colour: str, axis: tuple[date, date]) -> list[Trace]:
    x = [day for level in levels for day in (level.start, level.end)]
    hover = [_hover(level) for level in levels for _ in range(2)]
    line = _line(x, [level.value for level in levels for _ in range(2)], colour, levels[0].name, hover=hover)
    *before, end = levels
    labels = [
        _label(level.start + (level.end - level.start) / 2, level.value, number_text(round(level.value)), colour, "top")
        for level in before
        if (level.end - level.start) / (axis[1] - axis[0]) >= SHORTEST_NAMED and level.value > cited / 2
    ]
    # Below the published line nothing is written but the names of lines that lie there.
    room = (axis[1] - end.end) / (axis[1] - axis[0]) > ROOM_FOR_NAME
    side = "top left" if end.value > cited else "bottom right" if room else "bottom left"
    return [line, *labels, _label(end.end, end.value, f"{number_text(round(end.value))} {end.name}", colour, side)]


def _line(
    x: Sequence[date], y: Sequence[float], colour: str, name: str, dash: str = "solid", hover: Sequence[str] = ()
) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": name,
        "name": name,
        "showlegend": False,
        "x": [_iso(day) for day in x],
        "y": [float(value) for value in y],
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hovertext": list(hover) or hover_text([name]),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _label(day: date, value: float, text: str, colour: str, side: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "uid": f"label {text}",
        "name": text,
        "showlegend": False,
        "x": [_iso(day)],
        "y": [float(value)],
        "text": [text],
        "textposition": "top center" if side == "top" else side,
        "textfont": {"size": 13, "color": colour},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _hover(level: Level) -> str:
    return hover_text(
        [
            f"{number_text(round(level.value))} a week, {level.name}",
            period_text(level.start, level.end),
            f"between two totals by {level.claimant}, known {day_text(level.known)}",
        ]
    )


def _iso(day: date) -> str:
    return day.isoformat()[:10]
