"""The evidence as it stood on a past day."""

from collections.abc import Mapping, Set
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
LATER_CELLS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "events": ("denied_known", {"denied_by": "", "status": "status_before"}),
    "claims": ("note_known", {"note": ""}),
}
"""Cells that became known after their row: the column with that day, and what stands in each cell before it: the word
of another column, or nothing."""


def as_of(evidence: Evidence, day: date | None) -> Evidence:
    """Drop every row that the public could not have read by `day`.

    Sources that no remaining row rests on go too, and cells that became known after their row are taken back.
    Assumptions whose source came later fall back to "assumed" by dropping out; a slider then uses the model's own
    default. Those without a source stay, without a reason that came later. Signposts that nobody published are
    questions of ours, not evidence; they stand from the first day of their window on.

    Args:
        evidence: The evidence, unrestricted or restricted to a later day.
        day: Last day whose publications count; None returns the evidence as it is.

    Returns:
        The restricted evidence; its tables keep their columns, even when no row is left.
    """
    if day is None:
        return evidence
    until = pd.Timestamp(day)
    tables: dict[str, Any] = {
        table: _known_by(getattr(evidence, table), until, column) for table, column in DATED_TABLES.items()
    }
    tables |= {table: _taken_back(tables[table], until, *later) for table, later in LATER_CELLS.items()}
    tables["assumptions"] = _as_assumed(evidence.assumptions, until)
    tables["signposts"] = _asked(tables["signposts"], until)
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


def _taken_back(rows: pd.DataFrame, day: pd.Timestamp, known: str, before: Mapping[str, str]) -> pd.DataFrame:
    later = rows[known] > day
    cells = {column: rows[column].mask(later, rows[word] if word else "") for column, word in before.items()}
    words = {word: rows[word].mask(later, "") for word in before.values() if word}
    return rows.assign(**cells, **words, **{known: rows[known].mask(later)})


def _as_assumed(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    later = rows["known"] > day
    kept = rows.assign(reason=rows["reason"].mask(later, ""), known=rows["known"].mask(later))
    return kept[~later | (rows["source_id"] == "")].reset_index(drop=True)


def _asked(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return rows[rows["known"].notna() | (rows["window_start"] <= day)].reset_index(drop=True)


def _known_by(table: pd.DataFrame, day: pd.Timestamp, column: str) -> pd.DataFrame:
    # A missing day (a signpost that nobody published) is later than nothing, so it stays.
    return table[~(table[column] > day)].reset_index(drop=True)
