"""Figures written straight into a chart of held values, where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.frame import Trace
from dashboard.charts.groups import Group
from dashboard.charts.labels import QUALIFIER_WORDS, number_text

MOST = 14  # with more values than this a chart is read by its shape, not by its figures
ACROSS, UP = 0.2, 0.09  # room one label takes, as shares of the plot's width (on a phone) and height


def direct_labels(groups: Sequence[Group]) -> list[Trace]:
    """Write values such as "up to 100" above their segments, leaving out those that would overlap.

    Bounds and estimates come first, for their qualifier is what a reader must not miss.

    Args:
        groups: Groups of a chart of held values.

    Returns:
        One trace of text, or nothing if there are too many values.
    """
    candidates = [
        (str(row["qualifier"]) == "exact", row, group) for group in groups for row in group.rows.to_dict("records")
    ]
    if not candidates or len(candidates) > MOST:
        return []
    start = min(row["start"] for _, row, _ in candidates)
    width = max((max(row["after"] for _, row, _ in candidates) - start).days, 1)
    height = max(max(row["value"] for _, row, _ in candidates), 1e-9)
    placed: list[tuple[float, float]] = []
    labels: list[dict[str, Any]] = []
    for _, row, group in sorted(candidates, key=lambda candidate: candidate[0]):
        x, y = (row["middle"] - start).days / width, row["value"] / height
        if any(abs(x - other_x) < ACROSS and abs(y - other_y) < UP for other_x, other_y in placed):
            continue
        placed.append((x, y))
        percent = {"share": 100.0}.get(group.unit, 1.0)
        words = QUALIFIER_WORDS.get(str(row["qualifier"]), "")
        suffix = " %" if group.unit in {"share", "percent"} else ""
        text = f"{words} {number_text(row['value'] * percent)}{suffix}".strip()
        labels.append({"x": f"{row['middle']:%Y-%m-%d}", "y": row["value"], "text": text, "colour": group.colour})
    return [
        {
            "type": "scatter",
            "uid": "labels",
            "mode": "markers+text",
            # An invisible marker keeps the text clear of the segment below it.
            "marker": {"size": 8, "opacity": 0},
            "name": "Values",
            "showlegend": False,
            "x": [label["x"] for label in labels],
            "y": [label["y"] for label in labels],
            "text": [label["text"] for label in labels],
            "textposition": "top center",
            "textfont": {"size": 13, "color": [label["colour"] for label in labels]},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]
