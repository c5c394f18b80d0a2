"""Who says what, and since when: one line for each claimant, one mark for each assertion, suspicion or denial."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.hover import hover_text
from indicators.core.text import day_text

ROW_HEIGHT = 40
AROUND = 110
OFFSET = 0.14

LOOKS: Mapping[str, tuple[str, str, str]] = {
    "asserts": ("Asserts", "circle", "@observed"),
    "suspects": ("Suspects", "diamond", "@projected"),
    "denies": ("Denies", "x", "@second"),
    "confirms": ("Confirms", "square", "@third"),
    "repeats": ("Repeats", "circle-open", "@event"),
    "corrects": ("Corrects", "triangle-up", "@third"),
}
"""Name, symbol and colour by relation."""


def draw_who_says_what(rows: pd.DataFrame) -> Drawing:
    """Draw claims as marks at the day they became known.

    Args:
        rows: Result of ``claims.who_says_what``.

    Example:
        >>> rows = pd.DataFrame({"claimant": ["Kremlin"], "relation": ["denies"], "about": ["It was ordered."],
        ...                      "statement": ["A lie."], "known": [pd.Timestamp("2023-08-25")]})
        >>> [trace["name"] for trace in draw_who_says_what(rows)["data"]]
        ['Denies']
    """
    names = list(dict.fromkeys(rows["claimant"]))
    heights = {name: place for place, name in enumerate(names)}
    # Marks of one claimant on one day are set side by side vertically; the offset means nothing.
    offset = rows.groupby(["claimant", "known"]).cumcount() * OFFSET
    placed = rows.assign(y=rows["claimant"].map(heights).astype(float) + offset)
    data = [_marks(placed[placed["relation"] == relation], relation) for relation in LOOKS]
    figure = frame(
        [trace for trace in data if trace["x"]],
        x_title="Day it became known",
        y_title="",
        height=AROUND + ROW_HEIGHT * max(len(names), 1),
        xaxis=date_axis() | {"showgrid": True, "gridcolor": "@grid", "nticks": 4},
        yaxis={"tickmode": "array", "tickvals": list(heights.values()), "ticktext": names},
    )
    figure["layout"]["yaxis"] |= {"range": [len(names) - 0.4, -0.6], "zeroline": False}
    if rows.empty:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def _marks(rows: pd.DataFrame, relation: str) -> Trace:
    name, symbol, colour = LOOKS[relation]
    about = rows["about"].map(lambda text: f"about: {text}" if text else "")
    columns = zip(rows["statement"], rows["claimant"], about, rows["known"], strict=True)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [f"{day:%Y-%m-%d}" for day in rows["known"]],
        "y": rows["y"].tolist(),
        "marker": {"symbol": symbol, "color": colour, "size": 12},
        "hovertext": [
            hover_text([statement, f"{claimant} {relation}", other, f"known {day_text(known)}"])
            for statement, claimant, other, known in columns
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
