"""Tables of sources and of corrections, for people."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.labels import day_text
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence


def source_table(evidence: Evidence) -> pd.DataFrame:
    """Return all sources with the stance and grade of their publisher, newest first.

    Args:
        evidence: Evidence that holds sources, publishers and observations.
    """
    sources = evidence.sources.merge(evidence.publishers, on="publisher", how="left")
    relays = sources["derived_from"].map(
        lambda cell: "; ".join(sorted({evidence.publisher_of[source] for source in split_ids(cell)}))
    )
    figures = evidence.observations["source_id"].value_counts()
    table = pd.DataFrame(
        {
            "Publisher": sources["publisher"],
            "Title": sources["title"],
            "Published": sources["published"],
            "Figures": sources["source_id"].map(figures).fillna(0).astype(int),
            "Stance": sources["stance"].str.replace("_", " "),
            "Reliability": sources["reliability"],
            "Why": sources["reason"],
            "Relays": relays,
            "Page": sources["page"],
            "Language": sources["language"],
            "Licence": sources["licence"],
            "Address": sources["url"],
        }
    )
    return table.sort_values("Published", ascending=False, kind="stable").reset_index(drop=True)


def correction_table(evidence: Evidence) -> pd.DataFrame:
    """Return all corrections of figures for people, newest first.

    Args:
        evidence: Evidence that holds the corrections.
    """
    rows = evidence.corrections.sort_values("date", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Corrected": [day_text(day) for day in rows["date"]],
            "Row": rows["row_id"],
            "Column": rows["field"],
            "Was": rows["old"],
            "Is now": rows["new"],
            "Why": rows["cause"],
            "File": rows["file"],
        }
    )
