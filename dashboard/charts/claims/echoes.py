"""Echo graph: origins on the left, the pages that repeat them to the right."""

from collections.abc import Mapping, Sequence

from dashboard.charts.frame import HIDDEN_AXIS, Drawing, Trace, frame
from dashboard.charts.hover import hover_text
from indicators.core.evidence.echoes import EchoGraph, Page

ROW_HEIGHT = 34
AROUND = 70
STEP_NAMES = ("Origin", "Repeats it", "Repeats the repeat")
LOOKS = (("circle", "@observed"), ("square", "@second"), ("diamond", "@third"))
"""Symbol and colour by step from the origin; the last stands for all further steps."""


Node = tuple[int, str]
"""Step and publisher: pages of one publisher at the same step are drawn as one mark."""


def draw_echoes(graph: EchoGraph) -> Drawing:
    """Draw publishers as marks and repeats as lines between them.

    Example:
        >>> page = Page(source_id="count", publisher="Counter", published="2023-07-19", step=0)
        >>> figure = draw_echoes(EchoGraph(pages=(page,), repeats=(), sources=1))
        >>> [trace["name"] for trace in figure["data"]]
        ['Origin']
    """
    node_of: dict[str, Node] = {page.source_id: (page.step, page.publisher) for page in graph.pages}
    pages: dict[Node, list[Page]] = {}
    for page in graph.pages:
        pages.setdefault(node_of[page.source_id], []).append(page)
    lines = sorted({(node_of[child], node_of[parent]) for child, parent in graph.repeats})
    columns = {step: [node for node in pages if node[0] == step] for step in sorted({step for step, _ in pages})}
    rows = max((len(column) for column in columns.values()), default=1)
    places = {
        node: (float(step), (rows - len(column)) / 2 + number)
        for step, column in columns.items()
        for number, node in enumerate(column)
    }
    # A line leaves a repeated page to the right, so its name stands above the line.
    repeated = {parent for _, parent in lines}
    data = [_lines(lines, places)] if lines else []
    data += [_marks(step, {node: pages[node] for node in column}, places, repeated) for step, column in columns.items()]
    figure = frame(
        data,
        x_title="",
        y_title="",
        height=AROUND + ROW_HEIGHT * rows,
        xaxis=HIDDEN_AXIS | {"range": [-0.15, max(columns, default=0) + 0.75]},
        yaxis=HIDDEN_AXIS | {"range": [rows - 0.4, -0.6]},
    )
    if not graph.pages:
        figure["layout"]["meta"] = {"empty": True}
    return figure


def _lines(lines: Sequence[tuple[Node, Node]], places: Mapping[Node, tuple[float, float]]) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for child, parent in lines:
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


def _marks(
    step: int, nodes: Mapping[Node, list[Page]], places: Mapping[Node, tuple[float, float]], repeated: set[Node]
) -> Trace:
    symbol, colour = LOOKS[min(step, len(LOOKS) - 1)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": STEP_NAMES[min(step, len(STEP_NAMES) - 1)],
        "x": [places[node][0] for node in nodes],
        "y": [places[node][1] for node in nodes],
        "text": [_label(node, pages) for node, pages in nodes.items()],
        "textposition": ["top right" if node in repeated else "middle right" for node in nodes],
        "textfont": {"size": 12, "color": "@text"},
        "cliponaxis": False,
        "marker": {"symbol": symbol, "color": colour, "size": 11},
        "hovertext": [hover_text([node[1], _dates(pages)]) for node, pages in nodes.items()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _label(node: Node, pages: Sequence[Page]) -> str:
    return f" {node[1]}" + (f" ({len(pages)} pages)" if len(pages) > 1 else "")


def _dates(pages: Sequence[Page]) -> str:
    dated = sorted(page.published for page in pages if page.published)
    if not dated:
        return "no day of publication"
    return f"published {dated[0]}" if dated[0] == dated[-1] else f"published {dated[0]} to {dated[-1]}"
