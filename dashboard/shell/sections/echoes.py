"""The echo graph as a part of several pages."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.claims.echoes import draw_echoes
from dashboard.component import ChartContent
from dashboard.shell.parts import chart, source_line
from dashboard.shell.wording.figure_text import origins_text
from indicators.core.evidence.echoes import EchoGraph
from indicators.core.evidence.load import Evidence


def echoes(
    evidence: Evidence, graph: EchoGraph, rows: pd.DataFrame, *, key: str, embed: Mapping[str, str] | None = None
) -> None:
    """Draw who repeats whom, and say how many origins are left.

    Args:
        key: What it is about, for file names and the chart's place on the page.
        embed: Addresses at which the chart stands by itself, by what they show; None for none.
    """
    chart(key=f"echoes_{key}", embed=embed, **echo_content(evidence, graph, rows, key=key))


def echo_content(evidence: Evidence, graph: EchoGraph, rows: pd.DataFrame, *, key: str) -> ChartContent:
    """Return who repeats whom, and how many origins are left.

    Args:
        graph: Pages behind figures or claims.
        rows: These figures or claims.
        key: What it is about, for file names.
    """
    return {
        "figure": draw_echoes(graph),
        "title": "Who repeats whom",
        "subtitle": f"{echo_text(graph)}. A page that repeats another adds no weight.",
        "source": source_line(evidence, rows),
        "alt": f"Pages that print this and what they repeat: {echo_text(graph)}.",
        "table": echo_table(graph),
        "file_name": f"echoes_{key}",
    }


def echo_text(graph: EchoGraph) -> str:
    """Say on how many pages something stands and how many origins are behind them.

    Example:
        >>> echo_text(EchoGraph(pages=(), repeats=(), sources=0))
        '0 pages, 0 independent sources'
    """
    return f"{graph.sources} page{'' if graph.sources == 1 else 's'}, {origins_text(graph.origins)}"


def echo_table(graph: EchoGraph) -> pd.DataFrame:
    """Return the pages of an echo graph with what each repeats."""
    publishers = {page.source_id: page.publisher for page in graph.pages}
    above = {
        page.source_id: "; ".join(publishers[parent] for child, parent in graph.repeats if child == page.source_id)
        for page in graph.pages
    }
    return pd.DataFrame(
        {
            "Publisher": [page.publisher for page in graph.pages],
            "Published": [page.published or "undated" for page in graph.pages],
            "Repeats": [above[page.source_id] or "nobody" for page in graph.pages],
            "Source": [page.source_id for page in graph.pages],
        }
    )
