"""Echo graph: origins on the left, the pages that repeat them to the right."""

from __future__ import annotations

from dashboard.charts.frame import HIDDEN_AXIS, Figure, Trace, frame
from dashboard.charts.labels import hover_text
from indicators.core.echoes import EchoGraph, Page

ROW_HEIGHT = 34
AROUND = 70
STEP_NAMES = ("Origin", "Repeats it", "Repeats the repeat")
LOOKS = (("circle", "@observed"), ("square", "@second"), ("diamond", "@third"))
"""Symbol and colour by step from the origin; the last stands for all further steps."""


def draw_echoes(graph: EchoGraph) -> Figure:
    """Draw pages as marks and repeats as lines between them.

    Args:
        graph: Pages and who repeats whom.

    Returns:
        A figure whose colours are tokens; ``{"empty": True}`` in ``layout.meta`` without pages.

    Example:
        >>> page = Page(source_id="count", publisher="Counter", published="2023-07-19", step=0)
        >>> figure = draw_echoes(EchoGraph(pages=(page,), repeats=(), sources=1, origins=1))
        >>> [trace["name"] for trace in figure["data"]]
        ['Origin']
    """
    steps = sorted({page.step for page in graph.pages})
    columns = {step: [page for page in graph.pages if page.step == step] for step in steps}
    rows = max((len(column) for column in columns.values()), default=1)
    places = {
        page.source_id: (float(step), (rows - len(column)) / 2 + number)
        for step, column in columns.items()
        for number, page in enumerate(column)
    }
    data = [_lines(graph, places)] if graph.repeats else []
    # A line leaves a repeated page to the right, so its name stands above the line.
    repeated = {parent for _, parent in graph.repeats}
    data += [_marks(step, column, places, repeated) for step, column in columns.items()]
    figure = frame(
        data,
        x_title="",
        y_title="",
        height=AROUND + ROW_HEIGHT * rows,
        xaxis=HIDDEN_AXIS | {"range": [-0.15, max(steps, default=0) + 0.75]},
        yaxis=HIDDEN_AXIS | {"range": [rows - 0.4, -0.6]},
    )
    if not graph.pages:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def _lines(graph: EchoGraph, places: dict[str, tuple[float, float]]) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for child, parent in graph.repeats:
        x += [places[parent][0], places[child][0], None]
        y += [places[parent][1], places[child][1], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": "@muted/0.5", "width": 1.5},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(step: int, pages: list[Page], places: dict[str, tuple[float, float]], repeated: set[str]) -> Trace:
    symbol, colour = LOOKS[min(step, len(LOOKS) - 1)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": STEP_NAMES[min(step, len(STEP_NAMES) - 1)],
        "x": [places[page.source_id][0] for page in pages],
        "y": [places[page.source_id][1] for page in pages],
        "text": [f" {page.publisher}" for page in pages],
        "textposition": ["top right" if page.source_id in repeated else "middle right" for page in pages],
        "textfont": {"size": 12, "color": "@text"},
        "cliponaxis": False,
        "marker": {"symbol": symbol, "color": colour, "size": 11},
        "hovertext": [
            hover_text([page.publisher, page.published or "page without a date", page.source_id]) for page in pages
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
