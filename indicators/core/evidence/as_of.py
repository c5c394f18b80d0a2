"""The evidence as it stood on a past day."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import with_ancestors
from indicators.core.evidence.schema import TABLES

DATED_TABLES = {table: "known" for table, columns in TABLES.items() if "known" in columns} | {"corrections": "date"}
"""Tables whose rows the public could read from a day on, and the column that has it; all others hold definitions, and
`sources` follows from what is left."""


def as_of(evidence: Evidence, day: date | None) -> Evidence:
    """Drop every row that the public could not have read by `day`.

    Sources that no remaining row rests on go too. Assumptions whose source came later fall back to "assumed" by
    dropping out; a slider then uses the model's own default. Signposts that nobody published are questions of ours, not
    evidence, and stay on every day.

    Args:
        evidence: The evidence, unrestricted or restricted to a later day.
        day: Last day whose publications count; None returns the evidence as it is.

    Returns:
        The restricted evidence; its tables keep their columns, even when no row is left.
    """
    if day is None:
        return evidence
    tables: dict[str, Any] = {
        table: _known_by(getattr(evidence, table), day, column) for table, column in DATED_TABLES.items()
    }
    entries = {*tables["events"]["event_id"], *tables["mentions"]["mention_id"]}
    tables["claims"] = _answered_among(tables["claims"], entries)
    used = {source for table in tables.values() if "source_id" in table for source in table["source_id"]}
    kept = with_ancestors(evidence.sources, used)
    sources = evidence.sources[evidence.sources["source_id"].isin(kept)].reset_index(drop=True)
    return replace(evidence, **tables, sources=sources, as_of=day)


def _answered_among(claims: pd.DataFrame, entries: Set[str]) -> pd.DataFrame:
    """Name only those answers to a claim that are among the entries."""
    kept = [";".join(id_ for id_ in cell.split(";") if id_ in entries) for cell in claims["answered_by"]]
    return claims.assign(answered_by=pd.Series(kept, index=claims.index, dtype=claims["answered_by"].dtype))


def _known_by(table: pd.DataFrame, day: date, column: str) -> pd.DataFrame:
    # A missing day (an assumption or a signpost that nobody published) is later than nothing, so it stays.
    return table[~(table[column] > pd.Timestamp(day))].reset_index(drop=True)
