"""No computation, answer or table uses what became known later than the day asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.core.evidence import schema
from indicators.core.evidence.as_of import DATED_TABLES, as_of
from indicators.core.evidence.load import Evidence
from indicators.core.figures.glance import figure_table, glance
from indicators.core.registry import all_indicators

TABLES = (
    "publishers", "sources", "series", "observations", "events", "mentions", "published_projections", "assumptions",
    "corrections",
)  # fmt: skip
KNOWN = {
    "observations": "known",
    "events": "known",
    "mentions": "known",
    "published_projections": "known",
    "assumptions": "known",
    "comparison_guards": "known",
    "claims": "known",
    "claim_links": "known",
    "gaps": "known",
    "signposts": "known",
    "corrections": "date",
}
DEFINITIONS = {"publishers", "sources", "series", "comparisons"}
FIRST, LAST = date(2021, 1, 1), date(2026, 12, 31)
DAYS = st.dates(min_value=FIRST, max_value=LAST)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def sample() -> Evidence:
    """Return evidence whose rows became known one after the other."""
    total = {"period_start": "2022-01-01"}
    observations: list[Row] = [
        {**total, "observation_id": "o1", "value": "10", "period_end": "2022-12-31", "known": "2023-01-10"},
        {**total, "observation_id": "o2", "value": "12", "period_end": "2022-12-31", "known": "2023-06-10",
         "source_id": "edition"},
        {**total, "observation_id": "o3", "value": "20", "period_end": "2023-05-31", "known": "2023-06-20",
         "source_id": "relay"},
    ]  # fmt: skip
    return evidence_of(
        sources=[
            {},
            {"source_id": "edition", "published": "2023-06-10"},
            {"source_id": "relay", "published": "2023-06-20", "derived_from": "own"},
            {"source_id": "own", "published": "2023-06-19"},
            {"source_id": "unused", "published": "2024-01-01"},
        ],
        observations=observations,
        events=[{}, {"event_id": "e2", "known": "2023-07-01"}],
        mentions=[{}, {"mention_id": "m2", "known": "2023-07-02"}],
        published_projections=[{}, {"projection_id": "p2", "known": "2023-07-03"}],
        assumptions=[
            {},
            {"assumption_id": "weekly", "basis": "sourced", "source_id": "relay", "known": "2023-06-20"},
        ],
        corrections=[{}, {"correction_id": "c2", "date": "2023-08-01"}],
    )


@pytest.mark.parametrize(
    ("day", "table", "column", "expected"),
    [
        (date(2023, 1, 9), "observations", "observation_id", []),
        (date(2023, 1, 10), "observations", "observation_id", ["o1"]),
        (date(2023, 6, 10), "observations", "observation_id", ["o1", "o2"]),
        (date(2023, 6, 20), "observations", "observation_id", ["o1", "o2", "o3"]),
        (date(2023, 6, 30), "events", "event_id", ["e1"]),
        (date(2023, 7, 1), "events", "event_id", ["e1", "e2"]),
        (date(2023, 7, 1), "mentions", "mention_id", ["m1"]),
        (date(2023, 7, 2), "published_projections", "projection_id", ["p1"]),
        (date(2023, 7, 31), "corrections", "correction_id", ["c1"]),
        (date(2023, 6, 19), "assumptions", "assumption_id", ["weeks"]),
        (date(2023, 6, 20), "assumptions", "assumption_id", ["weeks", "weekly"]),
        (date(2023, 1, 1), "sources", "source_id", []),
        (date(2023, 6, 19), "sources", "source_id", ["page", "edition"]),
        (date(2023, 6, 20), "sources", "source_id", ["page", "edition", "relay", "own"]),
    ],
)
def test_a_row_stands_from_the_day_it_was_known(day: date, table: str, column: str, expected: list[str]) -> None:
    kept = getattr(as_of(sample(), day), table)[column]
    # Of the assumptions, all of which must be there, those that rest on no source stand on every day.
    assert [id_ for id_ in kept if table != "assumptions" or id_ in ("weeks", "weekly")] == expected


def test_no_day_means_the_evidence_as_it_is() -> None:
    assert as_of(sample(), None) is sample()


def test_the_day_is_kept_and_the_version_stays() -> None:
    restricted = as_of(sample(), date(2023, 6, 10))
    assert restricted.as_of == date(2023, 6, 10)
    assert restricted.data_version == sample().data_version


def test_before_the_first_row_every_table_keeps_its_columns() -> None:
    empty = as_of(sample(), date(1990, 1, 1))
    for table in KNOWN:
        left, whole = getattr(empty, table), getattr(sample(), table)
        assert list(left.columns) == list(whole.columns)
        assert left.dtypes.tolist() == whole.dtypes.tolist()
    assert empty.observations.empty


def assert_same(first: Evidence, second: Evidence) -> None:
    """Fail unless two evidences hold the same rows."""
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(first, table), getattr(second, table))


@few
@given(DAYS)
def test_restricting_twice_is_restricting_once(day: date) -> None:
    once = as_of(bundled(), day)
    assert_same(as_of(once, day), once)


@few
@given(DAYS, DAYS)
def test_an_earlier_day_knows_a_part_of_what_a_later_day_knows(first: date, second: date) -> None:
    early, late = sorted((first, second))
    assert_same(as_of(as_of(bundled(), late), early), as_of(bundled(), early))
    for table in ("observations", "events", "mentions", "published_projections", "sources"):
        key = getattr(bundled(), table).columns[0]
        before, after = (set(getattr(as_of(bundled(), day), table)[key]) for day in (early, late))
        assert before <= after


def test_every_table_is_restricted_or_holds_definitions() -> None:
    assert DATED_TABLES == KNOWN
    assert set(schema.TABLES) == {*KNOWN, *DEFINITIONS}


@few
@given(DAYS)
def test_no_table_holds_a_row_known_later(day: date) -> None:
    restricted = as_of(bundled(), day)
    for table, column in KNOWN.items():
        known = getattr(restricted, table)[column].dropna()
        assert not (known > pd.Timestamp(day)).any(), table


@few
@given(DAYS)
def test_no_source_was_published_later(day: date) -> None:
    sources = as_of(bundled(), day).sources
    later = sources.loc[sources["published"].str.len().eq(10) & (sources["published"] > day.isoformat()), "source_id"]
    assert later.tolist() == []


@few
@given(DAYS)
def test_every_source_a_row_names_is_still_there(day: date) -> None:
    restricted = as_of(bundled(), day)
    left = set(restricted.sources["source_id"])
    for table in KNOWN.keys() - {"corrections"}:
        assert set(getattr(restricted, table)["source_id"]) - {""} <= left, table
    assert {part for cell in restricted.sources["derived_from"] for part in cell.split(";") if part} <= left


@few
@given(DAYS)
def test_no_derived_row_and_no_glance_was_known_later(day: date) -> None:
    restricted = as_of(bundled(), day)
    ids = set(restricted.observations["observation_id"])
    for indicator in all_indicators():
        derived = indicator.compute(restricted)
        assert not (derived["known"] > pd.Timestamp(day)).any(), indicator.id
        assert {part for cell in derived["inputs"] for part in cell.split(";")} <= ids, indicator.id
        at_a_glance = glance(indicator, restricted, derived)
        shown = [at_a_glance.history, figure_table(indicator, restricted, derived)]
        assert all(not (table["known"] > pd.Timestamp(day)).any() for table in shown), indicator.id
        if at_a_glance.latest is not None:
            assert at_a_glance.latest["known"] <= pd.Timestamp(day)


@few
@given(DAYS)
def test_rows_known_later_change_nothing_that_was_computed_before(day: date) -> None:
    restricted = as_of(bundled(), day)
    later = bundled().observations["known"] > pd.Timestamp(day)
    spoilt = bundled().observations.copy()
    spoilt.loc[later, "value"] = spoilt.loc[later, "value"] * 7 + 1
    altered = as_of(replace(bundled(), observations=spoilt), day)
    for indicator in all_indicators():
        pd.testing.assert_frame_equal(indicator.compute(altered), indicator.compute(restricted))
