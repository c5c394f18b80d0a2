"""The echo graph as a part of several pages."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.echoes import draw_echoes
from dashboard.claims.text import echo_table, echo_text
from dashboard.shell.parts import chart, source_line
from indicators.core.evidence.echoes import EchoGraph
from indicators.core.evidence.load import Evidence


def echoes(evidence: Evidence, graph: EchoGraph, rows: pd.DataFrame, *, key: str) -> None:
    """Draw who repeats whom, and say how many origins are left.

    Args:
        evidence: Evidence that holds the sources.
        graph: Pages behind figures or claims.
        rows: These figures or claims.
        key: What it is about, for file names and the chart's place on the page.
    """
    chart(
        figure=draw_echoes(graph),
        key=f"echoes_{key}",
        title="Who repeats whom",
        subtitle=f"{echo_text(graph)}. A page that repeats another adds no weight.",
        source=source_line(evidence, rows),
        alt=f"Pages that print this and what they repeat: {echo_text(graph)}.",
        table=echo_table(graph),
        file_name=f"echoes_{key}",
    )
