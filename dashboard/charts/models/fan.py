"""The fan of a projection: nested bands, their median, the plain arithmetic, and what was counted since."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.columns import Columns, records
from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.models.quantiles import BANDS, median_line, nested_bands, plain
from indicators.core.text import as_day

# The browser writes the hover labels from the values, so that moving a trace needs no new texts.
HOVER_DAY = "%{x|%-d %b %Y}"
HEIGHT = 340
ROOM = 0.065
"""Room that a name at the end of a line takes, as a share of the highest value; the same as in fan.js."""

LINE_COLOURS = {"counted": "@observed", "headline": "@projected", "median": "@projected"}


def draw_fan(
    dates: Sequence[Any],
    levels: Mapping[float, Sequence[float]],
    *,
    headline: Sequence[float],
    counted: Columns | None = None,
    ends: Sequence[LineEnd] = (),
    unit: str = "persons",
    since: str = "",
) -> Drawing:
    """Draw a projection as a fan with what was counted since its first day; each line is named where it ends.

    The traces carry the ids ``band90``, ``band80``, ``band50``, ``counted``, ``headline``, ``median`` and ``ends``, by
    which the browser updates them in place.

    Args:
        dates: Target dates in order; the first is the first day, where every line starts.
        levels: Values by quantile level 0.05, 0.10, 0.25, 0.50, 0.75, 0.90 and 0.95, one per date.
            Empty where the reading gives no distribution: the fan is then the arithmetic alone.
        headline: Headline arithmetic, one value per date.
        counted: Columns day and value: what was counted since the first day; None or empty for nothing.

    Raises:
        ValueError: If a level is missing or its length differs from that of ``dates``.
    """
    days = _iso(dates)
    _check(days, levels)
    if len(headline) != len(days):
        raise ValueError(f"headline has {len(headline)} values for {len(days)} dates")
    since_then = [] if counted is None else records(counted, "day", "value")
    y_title = f"{unit} in total"
    data: list[Trace] = nested_bands(days, levels) if levels else []
    if since_then:
        observed = {"color": "@observed", "width": 2.5}
        data.append(
            _line(_iso(day for day, _ in since_then), plain([value for _, value in since_then]), "counted", observed)
            | {"name": "Counted", "hovertemplate": f"<b>about %{{y:,.0f}}</b> counted by {HOVER_DAY}<extra></extra>"}
        )
    dashed = {"color": "@projected", "width": 1.5, "dash": "dash"}
    data.append(
        _line(days, plain(headline), "headline", dashed)
        | {"name": "Every week", "hovertemplate": f"<b>%{{y:,.0f}}</b> every week, by {HOVER_DAY}<extra></extra>"}
    )
    if levels:
        heading = f"<b>about %{{y:,.0f}} {_escaped(y_title)}</b><br>by {HOVER_DAY}, if the assumptions hold"
        data.append(median_line(days, levels, name="Median", heading=heading, number=",.0f"))
    data.append(
        {
            "type": "scatter",
            "mode": "text",
            "uid": "ends",
            "x": [end.day for end in ends],
            "y": [end.value for end in ends],
            "text": [end.text for end in ends],
            "textposition": "top left",
            "textfont": {"size": 13, "color": [LINE_COLOURS[end.uid] for end in ends]},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    )
    return frame(
        data,
        x_title=f"Week ending ({since} = 0)" if since else "Week ending",
        y_title=y_title,
        height=HEIGHT,
        xaxis=date_axis(),
        uirevision="fan",
        showlegend=False,
        hovermode="x",
        hoverdistance=-1,
    )


@dataclass(frozen=True)
class LineEnd:
    """The name of a line, where it ends.

    Args:
        day: Day on which it ends, as an ISO date.
        value: Height of the name; at least the line's own.
    """

    uid: str
    day: str
    value: float
    text: str


def line_ends(ends: Sequence[LineEnd], room: float = ROOM) -> list[LineEnd]:
    """Return names of lines, moved upwards until none covers another; as lineEnds in fan.js.

    Args:
        room: Room that a name takes, as a share of the highest value.

    Example:
        >>> [end.value for end in line_ends([LineEnd("a", "", 100, ""), LineEnd("b", "", 99, "")], room=0.1)]
        [109.0, 99]
    """
    step = room * max((end.value for end in ends), default=0.0)
    moved: dict[LineEnd, LineEnd] = {}
    lowest = -math.inf
    for end in sorted(ends, key=lambda end: end.value):
        moved[end] = end if end.value >= lowest else replace(end, value=lowest)
        lowest = moved[end].value + step
    return [moved[end] for end in ends]


def _check(days: list[str], levels: Mapping[float, Sequence[float]]) -> None:
    if not levels:
        return
    needed = {level for *_, bounds in BANDS for level in bounds}
    absent = sorted(needed - set(levels))
    if absent:
        raise ValueError(f"a fan needs the levels {sorted(needed)}; missing: {absent}")
    for level in sorted(needed):
        if len(levels[level]) != len(days):
            raise ValueError(f"level {level} has {len(levels[level])} values for {len(days)} dates")


def _line(x: list[str], y: list[float], uid: str, line: dict[str, Any]) -> Trace:
    return {"type": "scatter", "mode": "lines", "uid": uid, "x": x, "y": y, "line": line}


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _iso(days: Iterable[Any]) -> list[str]:
    return [day.isoformat() for day in map(as_day, days) if day is not None]
