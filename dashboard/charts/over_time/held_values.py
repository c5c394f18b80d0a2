"""Figures written straight into a chart of held values, where there is room for them."""

from collections.abc import Sequence

from dashboard.charts.frame import Trace
from dashboard.charts.over_time.groups import Group
from indicators.core.text import figure_text

MOST = 14  # with more values than this a chart is read by its shape, not by its figures
ACROSS, UP = 0.2, 0.09  # room one label takes, as shares of the plot's width (on a phone) and height


def direct_labels(groups: Sequence[Group]) -> list[Trace]:
    """Write values such as "up to 100" above their segments, leaving out those that would overlap.

    Bounds and estimates come first, for their qualifier is what a reader must not miss.

    Returns:
        One trace of text, or nothing if there are too many values.
    """
    candidates = [(row, group) for group in groups for row in group.rows]
    if not candidates or len(candidates) > MOST:
        return []
    start = min(row.start for row, _ in candidates)
    width = max((max(row.after for row, _ in candidates) - start).days, 1)
    height = max(max(row.value for row, _ in candidates), 1e-9)
    placed: list[tuple[float, float]] = []
    shown = []
    for row, group in sorted(candidates, key=lambda candidate: candidate[0].qualifier == "exact"):
        x, y = (row.middle.date() - start).days / width, row.value / height
        if all(abs(x - other_x) >= ACROSS or abs(y - other_y) >= UP for other_x, other_y in placed):
            placed.append((x, y))
            shown.append((row, group))
    return [
        {
            "type": "scatter",
            "uid": "labels",
            "mode": "markers+text",
            # An invisible marker keeps the text clear of the segment below it.
            "marker": {"size": 8, "opacity": 0},
            "name": "Values",
            "showlegend": False,
            "x": [row.middle.isoformat() for row, _ in shown],
            "y": [row.value for row, _ in shown],
            "text": [
                figure_text(row.value, group.unit if group.unit in {"share", "percent"} else "", row.qualifier)
                for row, group in shown
            ],
            "textposition": "top center",
            "textfont": {"size": 13, "color": [group.colour for _, group in shown]},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]
