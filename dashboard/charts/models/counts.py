"""Counts since a day against the line that was projected: what had been counted, and what was known when."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.charts.bands import band, outline, projected_stretch
from dashboard.charts.columns import Columns, records
from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.palette import CATEGORICAL
from indicators.core.text import day_text, number_text

HEIGHT = 420
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")


class Count(NamedTuple):
    """What one counter had counted up to a day."""

    label: str
    day: Any
    value: float
    low: float | None
    high: float | None
    note: str


def draw_counts(
    counts: Columns,
    *,
    projected: Sequence[tuple[Any, float]],
    unit: str,
    levels: Sequence[tuple[Any, float, float]] = (),
    earlier: Columns | None = None,
    earlier_name: str = "",
) -> Drawing:
    """Draw counts since a day over the projected line.

    Args:
        counts: Columns label, day, value, low, high and note; the first label's bounds are drawn as a band, the
            others' stand in the hover label.
        projected: Day and projected total, from the first day on.
        levels: Day, lower and upper end of the projection's 90 % interval; empty for none.
        earlier: The same columns as known on an earlier day, drawn dotted over what is known now.
        earlier_name: Their one entry in the legend, such as "As known on 28 Aug 2024".

    Example:
        >>> counts = {"label": ["Sentences"], "day": ["2024-06-18"], "value": [5477.0], "low": [0.0], "high": [8234.0],
        ...           "note": [""]}
        >>> line = [("2023-08-29", 0.0), ("2024-08-27", 5200.0)]
        >>> [trace["name"] for trace in draw_counts(counts, projected=line, unit="sentences")["data"]]
        ['Possible range of the first count', 'Projected', 'Sentences']
    """
    data: list[Trace] = []
    if levels:
        x, y = outline([[(_iso(day), low, high) for day, low, high in levels]])
        data.append(band(x, y, colour="@projected/0.15", group="interval", uid="interval", name="90 % of outcomes"))
    now = _by_label(counts)
    then = {} if earlier is None else _by_label(earlier)
    for rows in list(now.values())[:1]:
        data += _range(rows, projected)
    data.append(_projected(projected, unit))
    for place, (label, rows) in enumerate(now.items()):
        data.append(_line(rows, projected, label, label, place, unit))
    for place, label in enumerate(now):
        if label in then:
            first = not any(trace["uid"].startswith("then") for trace in data)
            line = _line(then[label], projected, label, earlier_name, place, unit, dotted=True)
            data.append(line | {"legendgroup": "then", "showlegend": first})
    figure = frame(
        data, x_title="Counted up to this day (date)", y_title=f"{unit} since the first day", height=HEIGHT,
        xaxis=date_axis(), uirevision="counts",
    )  # fmt: skip
    if not projected:
        figure["layout"]["meta"] = {"empty": True}
        return figure
    figure["layout"]["shapes"] = [projected_stretch(_iso(projected[0][0]), _iso(projected[-1][0]), "top left")]
    return figure


def _by_label(table: Columns) -> dict[str, list[Count]]:
    """Return the counts of each label, in the order of their first row."""
    groups: dict[str, list[Count]] = {}
    for row in records(table, *Count._fields):
        groups.setdefault(row[0], []).append(Count(*row))
    return groups


def _range(rows: Sequence[Count], projected: Sequence[tuple[Any, float]]) -> list[Trace]:
    points = [(_iso(row.day), row.low, row.high) for row in rows if row.low is not None and row.high is not None]
    if projected:
        points.insert(0, (_iso(projected[0][0]), 0.0, 0.0))
    x, y = outline([points])
    return [band(x, y, colour="@observed/0.1", group="range", uid="range", name="Possible range of the first count")]


def _projected(line: Sequence[tuple[Any, float]], unit: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": "projected",
        "name": "Projected",
        "x": [_iso(day) for day, _ in line],
        "y": [value for _, value in line],
        "line": {"color": "@projected", "width": 2.5, "dash": "dash"},
        "hovertext": [
            hover_text([f"{number_text(value)} {unit}", f"projected by {day_text(day)}"]) for day, value in line
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _line(
    counts: Sequence[Count],
    projected: Sequence[tuple[Any, float]],
    label: str,
    name: str,
    place: int,
    unit: str,
    *,
    dotted: bool = False,
) -> Trace:
    colour = CATEGORICAL[place % len(CATEGORICAL)]
    symbol = SYMBOLS[place % len(SYMBOLS)]
    # Every count starts with 0 where the projection does.
    start = [_iso(day) for day, _ in projected[:1]]
    hover = [""] * len(start) + [
        hover_text(
            [
                f"{number_text(count.value)} {unit}",
                f"{label}, counted by {day_text(count.day)}",
                _between(count),
                count.note,
            ]
        )
        for count in counts
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "uid": f"{'then' if dotted else 'now'}{place}",
        "name": name,
        "x": [*start, *(_iso(count.day) for count in counts)],
        "y": [*(0.0 for _ in start), *(count.value for count in counts)],
        "line": {"color": colour, "width": 2, "dash": "dot" if dotted else "solid"},
        "marker": {"symbol": f"{symbol}-open" if dotted else symbol, "size": 12 if dotted else 8, "color": colour},
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _between(count: Count) -> str:
    if count.low is None or count.high is None:
        return ""
    return f"between {number_text(count.low)} and {number_text(count.high)}"


def _iso(day: Any) -> str:
    return str(day)[:10]
