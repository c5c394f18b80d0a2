"""Nested bands of a distribution over time and the line in their middle, as every fan draws them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.bands import band, outline
from dashboard.charts.frame import Trace

BANDS: tuple[tuple[str, str, float, tuple[float, float, float, float]], ...] = (
    ("band90", "90 % of outcomes", 0.22, (0.05, 0.10, 0.90, 0.95)),
    ("band80", "80 %", 0.34, (0.10, 0.25, 0.75, 0.90)),
    ("band50", "50 %", 0.48, (0.25, 0.50, 0.50, 0.75)),
)
"""Id, legend entry, opacity, and the levels that bound a band's lower and its upper strip."""

INTERVALS = (("50 %", 0.25, 0.75), ("80 %", 0.10, 0.90), ("90 %", 0.05, 0.95))
"""Intervals in the median's hover label, whose bounds it carries along in this order; the same as in fan.js."""

HOVER_LEVELS = tuple(level for _, *bounds in INTERVALS for level in bounds)


def nested_bands(x: Sequence[Any], levels: Mapping[float, Sequence[float]]) -> list[Trace]:
    """Return the bands with the ids ``band90``, ``band80`` and ``band50``.

    Each band is drawn as the two strips that lie outside the next narrower one, so the opacities of nested bands do
    not add up.

    Args:
        levels: Values by quantile level, one for each coordinate.

    Returns:
        Traces whose colours are tokens, the widest band first.

    Example:
        >>> levels = {level: [level] for level in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)}
        >>> nested_bands([0], levels)[2]["y"]
        [0.25, 0.75, 0.25]
    """
    return [_band(x, levels, *row) for row in BANDS]


def median_line(
    x: Sequence[Any], levels: Mapping[float, Sequence[float]], *, name: str, heading: str, number: str, of: str = ""
) -> Trace:
    """Return the median with the id ``median``; its hover label is written by the browser from the values.

    Args:
        levels: Values by quantile level, one for each coordinate.
        heading: First lines of the hover label, as a Plotly template.
        number: Format of the bounds of the intervals in it.
        of: What the intervals are shares of, with a space before it.

    Example:
        >>> levels = {level: [level] for level in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)}
        >>> median_line([0], levels, name="Median", heading="", number=".0f")["customdata"]
        [[0.25, 0.75, 0.1, 0.9, 0.05, 0.95]]
    """
    intervals = "<br>".join(
        f"{share}{of}: %{{customdata[{2 * place}]:{number}}} to %{{customdata[{2 * place + 1}]:{number}}}"
        for place, (share, *_) in enumerate(INTERVALS)
    )
    others = [plain(levels[level]) for level in HOVER_LEVELS]
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": "median",
        "name": name,
        "x": list(x),
        "y": plain(levels[0.5]),
        "line": {"color": "@projected", "width": 2.5},
        "customdata": [list(row) for row in zip(*others, strict=True)],
        "hovertemplate": f"{heading}<br>{intervals}<extra></extra>",
    }


def _band(
    x: Sequence[Any],
    levels: Mapping[float, Sequence[float]],
    uid: str,
    name: str,
    opacity: float,
    bounds: tuple[float, float, float, float],
) -> Trace:
    lowest, inner_low, inner_high, highest = (plain(levels[level]) for level in bounds)
    if bounds[1] == bounds[2]:
        stretches = [list(zip(x, lowest, highest, strict=True))]
    else:
        stretches = [
            list(zip(x, inner_high, highest, strict=True)),
            list(zip(x, lowest, inner_low, strict=True)),
        ]
    outline_x, outline_y = outline(stretches)
    return band(outline_x, outline_y, colour=f"@projected/{opacity}", group=uid, uid=uid, name=name)


def plain(values: Sequence[Any]) -> list[float]:
    """Return numbers of any kind, such as those of an array, as JSON knows them."""
    return [float(value) for value in values]
