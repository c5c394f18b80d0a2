"""The claim ledger and the corrections over HTTP."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from corrections_undone import before_corrections
from factories import bundled
from hypothesis import given, settings
from hypothesis import strategies as st
from test_api import client, table

from indicators.core.evidence.load import DATA_DIRECTORY


@cache
def ledger(day: str = "") -> Any:
    """Return the claims as known on a day."""
    response = client().get("/v1/claims", {"as_of": day} if day else None)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_crash_is_denied_and_suspected_by_different_claimants() -> None:
    claims = {claim["claim_id"]: claim for claim in ledger()["claims"]}
    links = [link for link in ledger()["links"] if claims[link["to_claim"]]["topic"] == "crash"]
    by = {
        relation: {claims[link["from_claim"]]["claimant"] for link in links if link["relation"] == relation}
        for relation in ("denies", "suspects", "asserts")
    }
    assert by["denies"] == {"Kremlin"}
    assert len(by["suspects"] | by["asserts"]) >= 2


def test_the_hundred_a_week_has_several_sources_and_one_origin() -> None:
    (claim,) = [claim for claim in ledger()["claims"] if claim["claim_id"] == "A03"]
    assert claim["claimant"] == "UK Ministry of Defence"
    assert claim["sources"] >= 5
    assert claim["origins"] == 1


def test_a_claim_names_the_pages_that_work_with_it() -> None:
    pages = {claim["claim_id"]: claim["pages"] for claim in ledger()["claims"]}
    assert (pages["A04"], pages["A01"]) == ("projection;track_record", "")


def test_every_claim_has_its_source_and_every_link_its_claims() -> None:
    ids = {claim["claim_id"] for claim in ledger()["claims"]}
    sources = {source["source_id"] for source in ledger()["sources"]}
    assert {claim["source_id"] for claim in ledger()["claims"]} <= sources
    assert {link[end] for link in ledger()["links"] for end in ("from_claim", "to_claim")} <= ids
    assert ledger()["data_version"] == bundled().data_version


@settings(max_examples=10)
@given(st.dates(min_value=date(2022, 2, 24), max_value=date(2026, 6, 30)))
def test_no_claim_or_link_of_an_answer_was_known_later(day: date) -> None:
    answer = ledger(day.isoformat())
    ids = {claim["claim_id"] for claim in answer["claims"]}
    assert all(row["known"] <= day.isoformat() for row in answer["claims"] + answer["links"])
    assert {link[end] for link in answer["links"] for end in ("from_claim", "to_claim")} <= ids
    assert answer["as_of"] == day.isoformat()


def test_the_ledger_can_be_downloaded_as_known_on_a_day() -> None:
    rows = table("/v1/claims", as_of="2023-08-30")
    assert {row["claim_id"] for row in rows} == {claim["claim_id"] for claim in ledger("2023-08-30")["claims"]}


def as_text(file: str) -> pd.DataFrame:
    """Return a bundled file with its cells as text."""
    return pd.read_csv(DATA_DIRECTORY / file, dtype=str, keep_default_na=False)


def test_history_can_be_rebuilt_from_the_record_of_corrections() -> None:
    corrections = bundled().corrections
    assert not corrections.empty
    for file in corrections["file"].unique():
        now = as_text(file)
        before = before_corrections(now, corrections, file, date(2022, 1, 1))
        assert before.shape == now.shape
        first = corrections[corrections["file"] == file].drop_duplicates(["row_id", "field"])
        for change in first.to_dict("records"):
            row = before[before.iloc[:, 0] == change["row_id"]]
            assert row[change["field"]].tolist() == [change["old"]]
        assert before_corrections(now, corrections, file, date(2100, 1, 1)).equals(now)


def test_a_chain_of_corrections_is_undone_in_order_and_a_broken_one_is_refused() -> None:
    table = pd.DataFrame({"id": ["r"], "value": ["3"]})
    steps = [("c1", "2024-01-01", "1", "2"), ("c2", "2024-01-01", "2", "3")]
    record = pd.DataFrame(
        [(key, pd.Timestamp(day), "t.csv", "r", "value", old, new, "") for key, day, old, new in steps],
        columns=["correction_id", "date", "file", "row_id", "field", "old", "new", "cause"],
    )
    assert before_corrections(table, record, "t.csv", date(2023, 12, 31))["value"].tolist() == ["1"]
    with pytest.raises(ValueError, match="c1 says that value of r"):
        before_corrections(table, record.head(1), "t.csv", date(2023, 12, 31))
