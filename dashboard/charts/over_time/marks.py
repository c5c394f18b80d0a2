"""One function for each kind of panel: a group of rows becomes the traces that show it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.charts.bands import Point, band, outline
from dashboard.charts.frame import Trace, hatched
from dashboard.charts.over_time.groups import Group
from dashboard.charts.over_time.rows import Row, longest_step
from indicators.core.text import figure_text

MILLISECONDS_A_DAY = 86_400_000
BAND_OPACITY = 0.15
WRITTEN = 8  # up to this many bars have their figures above them
SPARSE = 40  # up to this many points each gets a marker; beyond it markers would hide the line


def intervals(group: Group, position: int, count: int) -> list[Trace]:
    """Draw a value held over a period as a horizontal segment, with its range as a band."""
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str | None] = []
    for row, text in zip(group.rows, group.hover(), strict=True):
        x += [row.start.isoformat(), row.middle.isoformat(), row.after.isoformat(), None]
        y += [row.value, row.value, row.value, None]
        hover += [text, text, text, None]
    flagged = _flagged(group)
    trace = _scatter(group, x, y, hover, mode="lines+markers")
    trace["line"] |= {"width": 3}
    trace["marker"] |= {
        "size": [0, 7, 0, 0] * len(group.rows),
        "symbol": [symbol for symbol in flagged["symbol"] for _ in range(4)],
        "color": [colour for colour in flagged["color"] for _ in range(4)],
    }
    return [*_bands(group, [_held(row) for row in group.rows]), trace]


def columns(group: Group, position: int, count: int) -> list[Trace]:
    """Draw one bar for each period, as wide as the period, groups side by side."""
    lengths = [(row.after - row.start).days * MILLISECONDS_A_DAY for row in group.rows]
    statuses = [row.status for row in group.rows]
    edges = ["@contested" if status == "not_informative" else group.colour for status in statuses]
    solid = f"{group.colour}/0.35" if group.projected else group.colour
    # Where only some bars are hatched, Plotly takes the strokes' colour from the bar, not from the pattern.
    fills = [solid if status == "ok" else edge for status, edge in zip(statuses, edges, strict=True)]
    hatch = hatched() | {"shape": ["" if status == "ok" else "/" for status in statuses]}
    return [
        {
            "type": "bar",
            "name": group.label,
            "legendgroup": group.label,
            "x": [row.middle.isoformat() for row in group.rows],
            "y": [row.value for row in group.rows],
            "width": [length * 0.86 / count for length in lengths],
            "offset": [length * (0.86 * position / count - 0.43) for length in lengths],
            "marker": {"color": fills, "line": {"color": edges, "width": 1}, "pattern": hatch},
            "error_y": _whiskers(group),
            "hovertext": group.hover(),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        | _written_values(group, count)
    ]


def line(group: Group, position: int, count: int) -> list[Trace]:
    """Draw evenly spaced values as a line that breaks where a period is missing or cannot be trusted."""
    limit = longest_step(group.rows)
    x: list[str | None] = []
    y: list[float | None] = []
    hover: list[str | None] = []
    stretches: list[list[Point]] = [[]]
    thin: list[tuple[Row, str]] = []
    previous: Row | None = None
    for row, text in zip(group.rows, group.hover(), strict=True):
        missing = previous is not None and limit is not None and row.middle - previous.middle > limit
        unreadable = row.status == "not_informative"
        if (missing or unreadable) and x:
            x.append(None)
            y.append(None)
            hover.append(None)
            stretches.append([])
        previous = row
        if unreadable:
            thin.append((row, text))
        else:
            x.append(row.middle.isoformat())
            y.append(row.value)
            hover.append(text)
            stretches[-1].append((row.middle.isoformat(), row.low, row.high))
    trace = _scatter(group, x, y, hover, mode="lines+markers")
    trace["line"] |= {"width": 2}
    # A point with no neighbour has no line to either side: without a marker it would vanish.
    padded = [None, *y, None]
    lone = [before is None and after is None for before, after in zip(padded, padded[2:], strict=False)]
    trace["marker"] |= {"size": [6 if alone or len(group.rows) <= SPARSE else 0 for alone in lone]}
    return [*_bands(group, stretches), trace, *_unreadable(group, thin)]


def points(group: Group, position: int, count: int) -> list[Trace]:
    """Draw a marker at the middle of each period, with whiskers for its range."""
    x = [row.middle.isoformat() for row in group.rows]
    trace = _scatter(group, x, [row.value for row in group.rows], group.hover(), mode="markers")
    trace["marker"] |= _flagged(group) | {"size": 9}
    return [trace | {"error_y": _whiskers(group)}]


def steps(group: Group, position: int, count: int) -> list[Trace]:
    """Draw what is set on a day and holds until the next, such as a price."""
    return _dated(group, "hv")


def totals(group: Group, position: int, count: int) -> list[Trace]:
    """Draw running totals at the day they run to, joined by a straight line: nobody has dated what lies between."""
    return _dated(group, "linear")


def _dated(group: Group, shape: str) -> list[Trace]:
    """Draw figures on their last day with a light line; a total that starts anew, as in January, starts a new line."""
    rows, texts, flagged = group.rows, group.hover(), _flagged(group)
    places: list[int | None] = []
    for place, row in enumerate(rows):
        if place > 0 and rows[place - 1].end < row.start < row.end:
            places.append(None)
        places.append(place)
    x = [None if place is None else rows[place].end.isoformat() for place in places]
    y = [None if place is None else rows[place].value for place in places]
    hover = [None if place is None else texts[place] for place in places]
    trace = _scatter(group, x, y, hover, mode="lines+markers")
    trace["line"] |= {"width": 1.5, "shape": shape, "color": f"{group.colour}/0.45"}
    trace["marker"] |= {key: [marks[place or 0] for place in places] for key, marks in flagged.items()}
    trace["marker"] |= {"size": 7 if len(x) <= SPARSE else 4}
    stretch: list[Point] = [(row.end.isoformat(), row.low, row.high) for row in group.rows]
    return [*_bands(group, [stretch]), trace]


def lollipop(group: Group, position: int, count: int) -> list[Trace]:
    """Draw a dated single day as a marker on a stem, which promises nothing about the days between."""
    values = [row.value for row in group.rows]
    trace = _scatter(group, [row.start.isoformat() for row in group.rows], values, group.hover(), mode="markers")
    trace["marker"] |= _flagged(group) | {"size": 9}
    stem = {"type": "data", "symmetric": False, "array": [0.0] * len(values), "arrayminus": values}
    return [trace | {"error_y": stem | {"width": 0, "thickness": 1.5, "color": f"{group.colour}/0.5"}}]


KINDS: Mapping[str, Callable[[Group, int, int], list[Trace]]] = {
    "intervals": intervals,
    "columns": columns,
    "line": line,
    "points": points,
    "steps": steps,
    "totals": totals,
    "lollipop": lollipop,
}
"""Drawing function by kind of panel; each takes a group, its position and the number of groups."""


def _written_values(group: Group, count: int) -> Trace:
    """Return the figures that stand above bars, where there are few enough to be read."""
    if len(group.rows) * count > WRITTEN:
        return {}
    unit = group.unit if group.unit in {"share", "percent"} else ""
    texts = [figure_text(row.value, unit, row.qualifier) for row in group.rows]
    return {"text": texts, "textposition": "outside", "textfont": {"size": 12}, "cliponaxis": False}


def _scatter(group: Group, x: Sequence[Any], y: Sequence[Any], hover: Sequence[Any], *, mode: str) -> Trace:
    return {
        "type": "scatter",
        "mode": mode,
        "name": group.label,
        "legendgroup": group.label,
        "x": list(x),
        "y": list(y),
        "connectgaps": False,
        "line": {"color": group.colour, "dash": "dash" if group.projected else "solid"},
        "marker": {"color": group.colour, "symbol": group.symbol, "line": {"width": 0}},
        "hovertext": list(hover),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _flagged(group: Group) -> dict[str, list[str]]:
    """Return symbols and colours: open where vintages are mixed, open and grey where nothing can be read."""
    statuses = [row.status for row in group.rows]
    return {
        "symbol": [group.symbol if status == "ok" else f"{group.symbol}-open" for status in statuses],
        "color": ["@contested" if status == "not_informative" else group.colour for status in statuses],
    }


def _unreadable(group: Group, thin: Sequence[tuple[Row, str]]) -> list[Trace]:
    if not thin:
        return []
    x, y = [row.middle.isoformat() for row, _ in thin], [row.value for row, _ in thin]
    trace = _scatter(group, x, y, [text for _, text in thin], mode="markers")
    trace["marker"] |= {"color": "@contested", "symbol": f"{group.symbol}-open", "size": 7, "line": {"width": 1}}
    return [trace | {"showlegend": False}]


def _bands(group: Group, stretches: Sequence[Sequence[Point]]) -> list[Trace]:
    x, y = outline(stretches)
    return [band(x, y, colour=f"{group.colour}/{BAND_OPACITY}", group=group.label)] if x else []


def _held(row: Row) -> list[Point]:
    """Return the band of a held value; "up to" alone reaches down to zero, for nothing rules that out."""
    low, high = row.low, row.high
    if row.qualifier == "up_to" and low is None:
        low, high = 0.0, row.value
    if low is None or high is None or low >= high:
        return []
    return [(row.start.isoformat(), low, high), (row.after.isoformat(), low, high)]


def _whiskers(group: Group) -> dict[str, Any]:
    above = [None if row.high is None else max(row.high - row.value, 0.0) for row in group.rows]
    below = [None if row.low is None else max(row.value - row.low, 0.0) for row in group.rows]
    if not any(above) and not any(below):
        return {"visible": False}
    look = {"color": f"{group.colour}/0.6", "thickness": 1.5, "width": 3}
    return {"type": "data", "symmetric": False, "array": above, "arrayminus": below} | look
