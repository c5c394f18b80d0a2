"""Bands between a lower and an upper line, as closed outlines that leave gaps open, and marked stretches of time."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.charts.frame import Trace, hatched

Point = tuple[Any, float | None, float | None]


def outline(stretches: Iterable[Sequence[Point]]) -> tuple[list[Any], list[float | None]]:
    """Return the closed outlines of several stretches, separated by gaps.

    Args:
        stretches: Points (x, low, high) in order of x; points without both bounds split a stretch.

    Returns:
        Coordinates x and y with None between outlines.

    Example:
        >>> outline([[(1, 0.0, 2.0), (2, 1.0, 3.0)]])
        ([1, 2, 2, 1, 1], [0.0, 1.0, 3.0, 2.0, 0.0])
    """
    x: list[Any] = []
    y: list[float | None] = []
    for stretch in stretches:
        for part in _complete(stretch):
            if x:
                x.append(None)
                y.append(None)
            x += [point[0] for point in part] + [point[0] for point in reversed(part)] + [part[0][0]]
            y += [point[1] for point in part] + [point[2] for point in reversed(part)] + [part[0][1]]
    return x, y


def band(x: list[Any], y: list[float | None], *, colour: str, group: str, uid: str = "", name: str = "") -> Trace:
    """Return a filled trace for outlines made by ``outline``.

    Args:
        group: Legend group; the band is shown and hidden with it.
        uid: Stable id of the trace, if it is to be updated in place.
        name: Entry in the legend; empty for none.

    Example:
        >>> band([1, 2, 1], [0, 1, 0], colour="@observed/0.15", group="A")["fill"]
        'toself'
    """
    trace: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
        "legendgroup": group,
        "showlegend": bool(name),
        "name": name or group,
    }
    return trace | {"uid": uid} if uid else trace


def hatched_stretch(start: str, end: str, *, name: str) -> Trace:
    """Return a hatched band over the whole height of a plot, for a stretch that is not to be trusted yet.

    It is drawn on the hidden second axis of ``events.add_overlay_axis``.

    Example:
        >>> hatched_stretch("2025-01-01", "2025-06-30", name="Still incomplete")["yaxis"]
        'y2'
    """
    x, y = outline([[(start, 0.0, 1.0), (end, 0.0, 1.0)]])
    trace = band(x, y, colour="@contested/0.1", group=name, name=name)
    return trace | {"yaxis": "y2", "fillpattern": hatched(), "uid": "incomplete"}


def projected_stretch(start: str, end: str, corner: str) -> dict[str, Any]:
    """Return the shaded background that marks the projected part of a chart.

    Args:
        start: First projected day, as an ISO date.
        end: Last day drawn, as an ISO date.

    Example:
        >>> projected_stretch("2023-08-30", "2024-08-28", "top left")["label"]["text"]
        'projected'
    """
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": start,
        "x1": end,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": "@projected/0.06",
        "label": {
            "text": "projected",
            "textposition": corner,
            "padding": 18,
            "font": {"size": 12, "color": "@projected"},
        },
    }


def _complete(stretch: Sequence[Point]) -> list[list[tuple[Any, float, float]]]:
    parts: list[list[tuple[Any, float, float]]] = [[]]
    for x, low, high in stretch:
        if low is None or high is None:
            parts.append([])
        else:
            parts[-1].append((x, low, high))
    return [part for part in parts if part]
