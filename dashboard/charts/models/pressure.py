"""The index of pressure over months: its line, the bands of other choices, carried weight, and refused months."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.charts.bands import band, outline
from dashboard.charts.frame import Drawing, Trace, date_axis, frame, hatched
from dashboard.charts.models.quantiles import BANDS, HOVER_LEVELS, INTERVALS

Numbers = Sequence[float | None]

HEIGHT = 380
TOP = 103.0
WORDS = {
    "band90": "90 % of 2,000 draws",
    "band80": "80 %",
    "band50": "50 %",
    "median": "Median of the draws",
    "index": "Index",
    "carried": "Weight carried from earlier months, %",
    "refused": "Refused: too little published",
}


def draw_pressure(
    months: Sequence[str], values: Numbers, levels: Mapping[float, Numbers], carried: Sequence[float]
) -> Drawing:
    """Draw the index, the bands of its draws, and where it rests on carried figures or is refused.

    The traces carry the ids of ``WORDS``, by which the panel moves them; ``pressure.js`` makes the same shapes.

    Args:
        months: Middle of each month, as an ISO date.
        values: Index of each month; None for a refused one.
        levels: Quantiles of the draws by level, one for each month; empty for none.

    Example:
        >>> drawing = draw_pressure(["2023-01-15", "2023-02-15"], [50.0, None], {}, [0.2, 0.0])
        >>> [trace["uid"] for trace in drawing["data"]]
        ['refused', 'carried', 'index']
    """
    data: list[Trace] = [
        _columns("refused", months, [TOP if value is None else 0.0 for value in values], "@contested/0.14"),
        _columns("carried", months, _carried(values, carried), "@contested/0.1"),
    ]
    data[1]["fillpattern"] = hatched()
    if levels:
        data += [_band(months, levels, *row) for row in BANDS] + [_median(months, levels)]
    x, y = gapped(months, values)
    data.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "uid": "index",
            "name": WORDS["index"],
            "x": x,
            "y": y,
            "line": {"color": "@observed", "width": 2.5},
            "marker": {"color": "@observed", "size": 5},
            "hovertemplate": "<b>%{y:.0f} of 100</b><br>%{x|%b %Y}<extra></extra>",
        }
    )
    return frame(
        data,
        x_title="Month",
        y_title="pressure, 1 to 100; higher means worse",
        height=HEIGHT,
        xaxis=date_axis(),
        yaxis={"range": [0, TOP], "nticks": 6},
        uirevision="pressure",
        hovermode="x",
    )


def gapped(months: Sequence[str], *columns: Numbers) -> tuple[list[str | None], ...]:
    """Return the months that have a value, and their values, with one gap between two runs.

    Args:
        columns: Values of each month; the first says which months have one.

    Example:
        >>> gapped(["a", "b", "c", "d"], [None, 1.0, None, 2.0])
        (['b', None, 'd'], [1.0, None, 2.0])
    """
    found: list[list[Any]] = [[], *([] for _ in columns)]
    pending = False
    for month, *row in zip(months, *columns, strict=True):
        if row[0] is None:
            pending = bool(found[0])
            continue
        if pending:
            for each in found:
                each.append(None)
        pending = False
        for each, cell in zip(found, [month, *row], strict=True):
            each.append(cell)
    return tuple(found)


def _carried(values: Numbers, carried: Sequence[float]) -> list[float]:
    return [0.0 if value is None else 100 * share for value, share in zip(values, carried, strict=True)]


def _columns(uid: str, months: Sequence[str], heights: Sequence[float], colour: str) -> Trace:
    """Return columns a month wide as one filled outline, whose corners the panel moves."""
    x: list[str | None] = []
    y: list[float | None] = []
    for month, height in zip(months, heights, strict=True):
        day = date.fromisoformat(month)
        first, last = day.replace(day=1), (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        x += [first.isoformat(), first.isoformat(), last.isoformat(), last.isoformat(), None]
        y += [0.0, height, height, 0.0, None]
    return band(x, y, colour=colour, group=uid, uid=uid, name=WORDS[uid])


def _band(
    months: Sequence[str],
    levels: Mapping[float, Numbers],
    uid: str,
    _: str,
    opacity: float,
    bounds: tuple[float, float, float, float],
) -> Trace:
    lowest, inner_low, inner_high, highest = (levels[level] for level in bounds)
    strips = [(lowest, highest)] if bounds[1] == bounds[2] else [(inner_high, highest), (lowest, inner_low)]
    x, y = outline([list(zip(months, low, high, strict=True)) for low, high in strips])
    return band(x, y, colour=f"@observed/{opacity}", group=uid, uid=uid, name=WORDS[uid])


def _median(months: Sequence[str], levels: Mapping[float, Numbers]) -> Trace:
    x, y, *others = gapped(months, levels[0.5], *(levels[level] for level in HOVER_LEVELS))
    intervals = "<br>".join(
        f"{share} of draws: %{{customdata[{2 * place}]:.0f}} to %{{customdata[{2 * place + 1}]:.0f}}"
        for place, (share, *_) in enumerate(INTERVALS)
    )
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": "median",
        "name": WORDS["median"],
        "x": x,
        "y": y,
        "customdata": [list(row) for row in zip(*others, strict=True)],
        "line": {"color": "@observed", "width": 1.5, "dash": "dot"},
        "hovertemplate": f"Median %{{y:.0f}}<br>{intervals}<extra></extra>",
    }
