"""Which assumption matters most: one bar for each, from its lower to its upper result."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.columns import Columns, records
from dashboard.charts.frame import Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from indicators.core.text import number_text, rounded_text

BAR_HEIGHT = 34
AROUND = 96  # axis, title and margins


def draw_tornado(table: Columns, *, base: float, unit: str) -> Drawing:
    """Draw how far each assumption alone moves a result, widest first.

    Args:
        table: Columns name, low_result and high_result (the result at the assumption's lower and upper
            end), and if known low_value and high_value (those ends, in words or numbers).

    Raises:
        KeyError: If name, low_result or high_result is missing.

    Example:
        >>> table = {"name": ["Growth", "Reading"], "low_result": [4800.0, 2600.0], "high_result": [5600.0, 5200.0]}
        >>> draw_tornado(table, base=3787.0, unit="convictions")["layout"]["yaxis"]["ticktext"]
        ['Reading', 'Growth']
    """
    rows = records(table, "name", "low_result", "high_result")
    widest = sorted(range(len(rows)), key=lambda place: -abs(rows[place][2] - rows[place][1]))
    names = [str(rows[place][0]) for place in widest]

    def ends(end: str) -> list[tuple[float, Any]]:
        settings = table.get(f"{end}_value", [None] * len(rows))
        return [(float(table[f"{end}_result"][place]), settings[place]) for place in widest]

    data = [
        _bars(names, ends("low"), base, "low", "@second", "Lower end of the assumption", unit),
        _bars(names, ends("high"), base, "high", "@observed", "Upper end of the assumption", unit),
    ]
    figure = frame(
        data,
        x_title=unit,
        y_title="Assumption",
        height=AROUND + BAR_HEIGHT * max(len(names), 1),
        barmode="overlay",
        bargap=0.35,
        uirevision="tornado",
        xaxis={"tickformat": ",", "nticks": 6, "showgrid": True, "gridcolor": "@grid"},
        yaxis=name_axis(names),
        shapes=[
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": base,
                "x1": base,
                "y0": 0,
                "y1": 1,
                "line": {"color": "@text", "width": 1},
                "label": {
                    "text": f"about {rounded_text(base)}",
                    "textposition": "end",
                    "textangle": 0,
                    "yanchor": "bottom",
                },
            }
        ],
    )
    if not names:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def name_axis(names: list[str]) -> dict[str, object]:
    """Return a vertical axis with one line of text for each bar, the first on top.

    Example:
        >>> name_axis(["a", "b"])["range"]
        [1.5, -0.5]
    """
    return {
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "tickformat": None,
        "rangemode": "normal",
        "ticklabelstandoff": 6,
    }


def _bars(
    names: Sequence[str], ends: Sequence[tuple[float, Any]], base: float, uid: str, colour: str, name: str, unit: str
) -> Trace:
    hover = [
        hover_text(
            [
                f"about {rounded_text(result)} {unit}",
                f"{assumption} at {setting if isinstance(setting, str) else number_text(setting)}"
                if setting is not None
                else f"{assumption}: {name.lower()}",
                f"about {rounded_text(result - base)} against all at their middle",
            ]
        )
        for assumption, (result, setting) in zip(names, ends, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "uid": uid,
        "name": name,
        "y": list(range(len(ends))),
        "x": [result - base for result, _ in ends],
        "base": [base] * len(ends),
        "marker": {"color": colour},
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
