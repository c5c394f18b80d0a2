"""Tiny tables for tests: one valid row of each file, of which a test changes only what it is about."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from indicators.core.evidence.descriptor import CODEBOOK, DESCRIPTOR, Edition, sha256, write_descriptor
from indicators.core.evidence.load import DATA_DIRECTORY, Evidence, load_evidence
from indicators.core.evidence.parsing import DataError, parse_table
from indicators.core.evidence.schema import TABLES
from indicators.core.evidence.vocabulary import Assumption, KnownBasis, Qualifier
from indicators.core.figures.periods import Figure

Row = Mapping[str, object]

VALID: Mapping[str, Mapping[str, str]] = {
    "publishers": {
        "publisher": "Counter",
        "stance": "independent_count",
        "reliability": "B",
        "reason": "counts court files",
    },
    "sources": {
        "source_id": "page",
        "publisher": "Counter",
        "title": "A count",
        "url": "https://example.org/count",
        "page": "publisher",
        "published": "",
        "language": "en",
        "licence": "all rights reserved",
        "derived_from": "",
        "accessed": "",
    },
    "series": {
        "series": "cases_total",
        "indicator": "sample",
        "name": "Cases in total",
        "definition": "Cases since the first day.",
        "stage": "case",
        "unit": "cases",
        "direction": "-1",
        "direction_reason": "more cases, worse morale",
        "kind": "cumulative",
        "per": "",
        "counter_scope": "scope",
        "cadence": "irregular",
    },
    "observations": {
        "observation_id": "o1",
        "series": "cases_total",
        "period_start": "2023-01-01",
        "period_end": "2023-01-31",
        "value": "10",
        "low": "",
        "high": "",
        "unit": "cases",
        "qualifier": "exact",
        "side": "RU",
        "geography": "Russia",
        "claimant": "Counter",
        "known": "2023-02-01",
        "known_basis": "published",
        "source_id": "page",
        "locator": "",
        "note": "",
    },
    "events": {
        "event_id": "e1",
        "date": "2023-01-10",
        "end_date": "2023-01-10",
        "category": "law",
        "title": "A law",
        "summary": "A law was passed.",
        "geography": "",
        "status": "confirmed",
        "asserted_by": "Counter",
        "denied_by": "",
        "denied_known": "",
        "status_before": "",
        "indicators": "sample",
        "source_id": "page",
        "locator": "",
        "known": "2023-01-11",
        "known_basis": "published",
    },
    "mentions": {
        "mention_id": "m1",
        "date": "2023-01-12",
        "assessor": "Counter",
        "theme": "supply",
        "direction": "discontent",
        "summary": "Complaints about supply.",
        "source_id": "page",
        "known": "2023-01-13",
        "known_basis": "published",
    },
    "published_projections": {
        "projection_id": "p1",
        "reading_of": "",
        "projector": "Counter",
        "statement": "520 a year if it goes on",
        "published": "2023-02-01",
        "rule": "constant rate",
        "series": "",
        "outcome_series": "",
        "stage": "case",
        "rate_value": "10",
        "rate_per": "week",
        "qualifier": "projection",
        "value": "520",
        "low": "",
        "high": "",
        "unit": "cases",
        "window_start": "2023-02-01",
        "window_end": "2024-01-31",
        "window_basis": "stated",
        "source_id": "page",
        "known": "2023-02-01",
        "known_basis": "published",
        "note": "",
    },
    "assumptions": {
        "assumption_id": "weeks",
        "name": "Horizon",
        "default": "52",
        "minimum": "1",
        "maximum": "104",
        "step": "1",
        "unit": "weeks",
        "basis": "assumed",
        "source_id": "",
        "known": "",
        "reason": "a year",
    },
    "comparisons": {
        "comparison_id": "pair",
        "name": "A pair",
        "indicator": "sample",
        "ru_series": "cases_total",
        "ua_series": "cases_total",
    },
    "comparison_guards": {
        "guard_id": "pair-stage",
        "comparison_id": "pair",
        "aspect": "stage",
        "russia": "a case",
        "ukraine": "a case",
        "alike": "yes",
        "reason": "Both are cases.",
        "source_id": "page",
        "known": "2023-02-01",
        "known_basis": "published",
    },
    "claims": {
        "claim_id": "k1",
        "topic": "cases",
        "claimant": "Counter",
        "statement": "Cases are many.",
        "kind": "assessment",
        "observation_id": "",
        "projection_id": "",
        "event_id": "",
        "mention_id": "",
        "outcome_series": "",
        "answered_by": "",
        "credibility": "2",
        "credibility_reason": "counted",
        "likelihood_low": "",
        "likelihood_high": "",
        "likelihood_scale": "",
        "confidence": "",
        "indicators": "sample",
        "pages": "",
        "source_id": "page",
        "locator": "",
        "known": "2023-02-01",
        "known_basis": "published",
        "note": "",
        "note_known": "",
    },
    "claim_links": {
        "link_id": "l1",
        "from_claim": "k1",
        "to_claim": "k1",
        "relation": "repeats",
        "source_id": "page",
        "known": "2023-02-01",
        "known_basis": "published",
    },
    "gaps": {
        "gap_id": "g1",
        "series": "cases_total",
        "kind": "withheld",
        "period_start": "2023-02-01",
        "period_end": "",
        "reason": "The counter closed its list.",
        "source_id": "page",
        "known": "2023-02-01",
        "known_basis": "published",
    },
    "signposts": {
        "signpost_id": "s1",
        "indicator": "sample",
        "statement": "The total passes 20.",
        "series": "cases_total",
        "event_category": "",
        "comparison": "at_least",
        "threshold": "20",
        "claimant": "",
        "window_start": "2023-01-01",
        "due": "2023-12-31",
        "reason": "twice the first total",
        "source_id": "",
        "known": "",
        "known_basis": "",
    },
    "corrections": {
        "correction_id": "c1",
        "date": "2023-03-01",
        "file": "observations.csv",
        "row_id": "o1",
        "field": "value",
        "old": "9",
        "new": "10",
        "cause": "misread",
    },
}


EDITION = date(2026, 11, 28)
"""Day of every tiny edition."""


def raw_tables(**rows: Sequence[Row]) -> dict[str, pd.DataFrame]:
    """Return all tables as text; the named ones with the given rows, each completed from `VALID`, the rest with one."""
    first = {table: {**VALID[table], **next(iter(rows.get(table, [{}])), {})} for table in ("series", "observations")}
    series, observation = first["series"]["series"], first["observations"]["observation_id"]
    indicator, unit = first["series"]["indicator"], first["series"]["unit"]
    # What a test does not care about refers to the rows that it does care about.
    suited = {
        "comparisons": {"indicator": indicator, "ru_series": series, "ua_series": series},
        "signposts": {"indicator": indicator, "series": series},
        "gaps": {"series": series},
        "events": {"indicators": indicator},
        "claims": {"indicators": indicator},
        "published_projections": {"unit": unit},
        "corrections": {"row_id": observation},
    }
    page = next((row for row in rows.get("sources", []) if row.get("source_id", "page") == "page"), {})
    published = str(page.get("published", ""))
    for table, valid in VALID.items():
        if table not in rows and valid.get("source_id") == "page" and "known" in valid:
            known = max(valid["known"], published + "2023-01-01"[len(published) :])
            suited[table] = {**suited.get(table, {}), "known": known}
    given = {table: [{**suited.get(table, {}), **row} for row in rows.get(table, [{}])] for table in VALID}
    return {
        table: pd.DataFrame(
            [{**valid, **{key: str(cell) for key, cell in row.items()}} for row in _completed(table, given[table])],
            columns=list(valid),
            dtype=str,
        )
        for table, valid in VALID.items()
    }


def _completed(table: str, given: Sequence[Row]) -> Sequence[Row]:
    """Add the assumptions that are not given, since the evidence must have all, and let no figure be known early."""
    if table == "observations":
        early = VALID[table]["known"]
        return [{"known": max(early, str(row.get("period_end", early))), **row} for row in given]
    if table != "assumptions":
        return given
    named = {row.get("assumption_id", VALID[table]["assumption_id"]) for row in given}
    sourced = {"basis": "sourced", "source_id": "page", "known": "2023-02-01"}
    rest = [{"assumption_id": id_, **(sourced if id_ == "weekly" else {})} for id_ in Assumption if id_ not in named]
    return [*given, *rest]


def typed_tables(**rows: Sequence[Row]) -> dict[str, pd.DataFrame]:
    """Return all tables with their types; stops a test that plants a fault where it does not want one."""
    changed = raw_tables(**rows)
    return {table: _parsed(table, changed[table]) if table in rows else _valid_table(table) for table in VALID}


@cache
def _valid_table(table: str) -> pd.DataFrame:
    return _parsed(table, raw_tables()[table])


def _parsed(table: str, raw: pd.DataFrame) -> pd.DataFrame:
    typed, problems = parse_table(table, raw)
    if problems:
        raise DataError(problems)
    return typed


def evidence_of(**rows: Sequence[Row]) -> Evidence:
    """Return checked evidence made of a few rows, loaded the way the bundled files are."""
    with TemporaryDirectory() as folder:
        indicators = frozenset(raw_tables(**rows)["series"]["indicator"])
        return load_evidence(write_package(Path(folder), **rows), indicators=indicators)


def write_package(directory: Path, **rows: Sequence[Row]) -> Path:
    """Write a tiny valid data package and return its folder."""
    directory.mkdir(parents=True, exist_ok=True)
    written = {
        table: (len(frame), frame.to_csv(index=False, lineterminator="\n").encode())
        for table, frame in raw_tables(**rows).items()
    }
    for table, (_, content) in written.items():
        (directory / f"{table}.csv").write_bytes(content)
    edition = Edition(
        day=EDITION,
        version="0",
        rows={table: count for table, (count, _) in written.items()},
        hashes={table: sha256(content) for table, (_, content) in written.items()},
    )
    (directory / DESCRIPTOR).write_bytes(write_descriptor(edition))
    (directory / CODEBOOK).write_text("# Codebook\n")
    return directory


def copy_of_data(directory: Path) -> Path:
    """Copy the bundled data package into a folder and return it."""
    directory.mkdir(parents=True, exist_ok=True)
    for name in (*(f"{table}.csv" for table in TABLES), DESCRIPTOR, CODEBOOK):
        shutil.copy(DATA_DIRECTORY / name, directory)
    return directory


@cache
def bundled() -> Evidence:
    """Return the evidence that the project ships, read once."""
    return load_evidence()


def figure(
    value: float,
    end: str = "2023-01-31",
    *,
    start: str = "2023-01-01",
    qualifier: Qualifier = Qualifier.EXACT,
    low: float | None = None,
    high: float | None = None,
    known: str = "2023-02-01",
    basis: KnownBasis = KnownBasis.PUBLISHED,
    source: str = "page",
    row: str = "o1",
) -> Figure:
    """Return a figure with everything that a test does not care about filled in."""
    return Figure(
        period_start=date.fromisoformat(start),
        period_end=date.fromisoformat(end),
        value=value,
        low=low,
        high=high,
        qualifier=qualifier,
        known=date.fromisoformat(known),
        known_basis=basis,
        source_ids=(source,),
        inputs=(row,),
    )
