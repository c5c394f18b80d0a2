"""One function for each kind of panel: a group of rows becomes the traces that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard.charts.bands import band, outline
from dashboard.charts.frame import Trace, hatched
from dashboard.charts.groups import Group

MILLISECONDS_A_DAY = 86_400_000
BAND_OPACITY = 0.15
SPARSE = 40  # up to this many points each gets a marker; beyond it markers would hide the line


def intervals(group: Group, position: int, count: int) -> list[Trace]:
    """Draw a value held over a period as a horizontal segment, with its range as a band."""
    starts, ends = group.days("start"), group.days("after")
    middles = [f"{day:%Y-%m-%dT%H:%M}" for day in group.rows["middle"]]
    values, hover = group.values(), group.hover()
    x: list[str | None] = []
    y: list[float | None] = []
    texts: list[str | None] = []
    sizes: list[float] = []
    for start, middle, end, value, text in zip(starts, middles, ends, values, hover, strict=True):
        x += [start, middle, end, None]
        y += [value, value, value, None]
        texts += [text, text, text, None]
        sizes += [0, 7, 0, 0]
    trace = _scatter(group, x, y, texts, mode="lines+markers")
    trace["line"] |= {"width": 3}
    flagged = _flagged(group)
    trace["marker"] |= {
        "size": sizes,
        "symbol": [symbol for symbol in flagged["symbol"] for _ in range(4)],
        "color": [colour for colour in flagged["color"] for _ in range(4)],
    }
    stretches = [
        [(start, low, high), (end, low, high)]
        for start, end, (low, high) in zip(starts, ends, _held_bounds(group), strict=True)
    ]
    return [*_bands(group, stretches), trace]


def columns(group: Group, position: int, count: int) -> list[Trace]:
    """Draw one bar for each period, as wide as the period, groups side by side."""
    length = (group.rows["after"] - group.rows["start"]).dt.days * MILLISECONDS_A_DAY
    width = length * 0.86 / count
    offset = -0.43 * length + position * width
    statuses = group.rows["status"].tolist()
    edges = ["@contested" if status == "not_informative" else group.colour for status in statuses]
    solid = f"{group.colour}/0.35" if group.projected else group.colour
    # Where only some bars are hatched, Plotly takes the strokes' colour from the bar, not from the pattern.
    fills = [solid if status == "ok" else edge for status, edge in zip(statuses, edges, strict=True)]
    hatch = hatched("@contested") | {"shape": ["" if status == "ok" else "/" for status in statuses]}
    return [
        {
            "type": "bar",
            "name": group.label,
            "legendgroup": group.label,
            "x": [f"{day:%Y-%m-%dT%H:%M}" for day in group.rows["middle"]],
            "y": group.values(),
            "width": width.tolist(),
            "offset": offset.tolist(),
            "marker": {
                "color": fills,
                "line": {"color": edges, "width": 1},
                "pattern": hatch,
            },
            "error_y": _whiskers(group),
            "hovertext": group.hover(),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def line(group: Group, position: int, count: int) -> list[Trace]:
    """Draw evenly spaced values as a line that breaks where a period is missing or cannot be trusted."""
    days = list(group.rows["middle"])
    x = [f"{day:%Y-%m-%d}" for day in days]
    values, hover = group.values(), group.hover()
    thin = group.rows["status"].eq("not_informative").tolist()
    broken_x: list[str | None] = []
    broken_y: list[float | None] = []
    broken_hover: list[str | None] = []
    stretches: list[list[tuple[str, float | None, float | None]]] = [[]]
    limit = 1.6 * pd.Series(days).diff().median() if len(days) > 2 else None
    previous = None
    bounds = zip(group.values("low"), group.values("high"), strict=True)
    for row, (low, high) in enumerate(bounds):
        missing = previous is not None and limit is not None and days[row] - previous > limit
        if (missing or thin[row]) and broken_x:
            broken_x.append(None)
            broken_y.append(None)
            broken_hover.append(None)
            stretches.append([])
        previous = days[row]
        if not thin[row]:
            broken_x.append(x[row])
            broken_y.append(values[row])
            broken_hover.append(hover[row])
            stretches[-1].append((x[row], low, high))
    trace = _scatter(group, broken_x, broken_y, broken_hover, mode="lines+markers")
    trace["line"] |= {"width": 2}
    # A point with no neighbour has no line to either side: without a marker it would vanish.
    lone = [
        (broken_y[i - 1] if i else None) is None and (broken_y[i + 1] if i + 1 < len(broken_y) else None) is None
        for i in range(len(broken_y))
    ]
    small = 6 if len(values) <= SPARSE else 0
    trace["marker"] |= {"size": [6 if alone else small for alone in lone]}
    return [*_bands(group, stretches), trace, *_untrusted(group, x, values, hover, thin)]


def points(group: Group, position: int, count: int) -> list[Trace]:
    """Draw a marker at the middle of each period, with whiskers for its range."""
    x = [f"{day:%Y-%m-%dT%H:%M}" for day in group.rows["middle"]]
    trace = _scatter(group, x, group.values(), group.hover(), mode="markers")
    trace["marker"] |= _flagged(group) | {"size": 9}
    return [trace | {"error_y": _whiskers(group)}]


def steps(group: Group, position: int, count: int) -> list[Trace]:
    """Draw running totals at the day they run to; between two totals nothing is known."""
    x = group.days("end")
    values = group.values()
    trace = _scatter(group, x, values, group.hover(), mode="lines+markers")
    trace["line"] |= {"width": 1.5, "shape": "hv", "color": f"{group.colour}/0.6"}
    trace["marker"] |= _flagged(group) | {"size": 7 if len(values) <= SPARSE else 4}
    stretches = [list(zip(x, group.values("low"), group.values("high"), strict=True))]
    return [*_bands(group, stretches), trace]


def lollipop(group: Group, position: int, count: int) -> list[Trace]:
    """Draw a dated single day as a marker on a stem, which promises nothing about the days between."""
    trace = _scatter(group, group.days("start"), group.values(), group.hover(), mode="markers")
    trace["marker"] |= _flagged(group) | {"size": 9}
    stem = {
        "type": "data",
        "symmetric": False,
        "array": [0.0] * len(group.rows),
        "arrayminus": group.values(),
    }
    return [trace | {"error_y": stem | {"width": 0, "thickness": 1.5, "color": f"{group.colour}/0.5"}}]


KINDS: Mapping[str, Callable[[Group, int, int], list[Trace]]] = {
    "intervals": intervals,
    "columns": columns,
    "line": line,
    "points": points,
    "steps": steps,
    "lollipop": lollipop,
}
"""Drawing function by kind of panel; each takes a group, its position and the number of groups."""


def _scatter(group: Group, x: list[Any], y: list[Any], hover: list[Any], *, mode: str) -> Trace:
    return {
        "type": "scatter",
        "mode": mode,
        "name": group.label,
        "legendgroup": group.label,
        "x": x,
        "y": y,
        "connectgaps": False,
        "line": {"color": group.colour, "dash": "dash" if group.projected else "solid"},
        "marker": {"color": group.colour, "symbol": group.symbol, "line": {"width": 0}},
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _flagged(group: Group) -> dict[str, list[str]]:
    """Return symbols and colours: open where vintages are mixed, open and grey where nothing can be read."""
    statuses = group.rows["status"].tolist()
    return {
        "symbol": [group.symbol if status == "ok" else f"{group.symbol}-open" for status in statuses],
        "color": ["@contested" if status == "not_informative" else group.colour for status in statuses],
    }


def _untrusted(group: Group, x: list[str], y: list[Any], hover: list[str], thin: list[bool]) -> list[Trace]:
    if not any(thin):
        return []
    chosen = [row for row, flag in enumerate(thin) if flag]
    trace = _scatter(group, [x[i] for i in chosen], [y[i] for i in chosen], [hover[i] for i in chosen], mode="markers")
    trace["marker"] |= {
        "color": "@contested",
        "symbol": f"{group.symbol}-open",
        "size": 7,
        "line": {"width": 1},
    }
    return [trace | {"showlegend": False}]


def _bands(group: Group, stretches: list[list[tuple[Any, float | None, float | None]]]) -> list[Trace]:
    x, y = outline(stretches)
    return [band(x, y, colour=f"{group.colour}/{BAND_OPACITY}", group=group.label)] if x else []


def _held_bounds(group: Group) -> list[tuple[float | None, float | None]]:
    """Return the band of each held value; "up to" alone reaches down to zero, for nothing rules that out."""
    bounds = []
    for row in group.rows.to_dict("records"):
        low, high = row["low"], row["high"]
        if row["qualifier"] == "up_to" and low != low:
            low, high = 0.0, row["value"]
        bounds.append((low, high) if low == low and high == high and low < high else (None, None))
    return bounds


def _whiskers(group: Group) -> dict[str, Any]:
    values, lows, highs = group.values(), group.values("low"), group.values("high")
    above = [
        None if high is None or value is None else max(high - value, 0)
        for value, high in zip(values, highs, strict=True)
    ]
    below = [
        None if low is None or value is None else max(value - low, 0) for value, low in zip(values, lows, strict=True)
    ]
    if not any(above) and not any(below):
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": f"{group.colour}/0.6",
        "thickness": 1.5,
        "width": 3,
    }
