"""Days that can't be true stop the loading, whatever the row; and no row of the data has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from factories import EDITION, Row, bundled, write_package
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import load_evidence
from indicators.core.evidence.parsing import DataError
from indicators.core.evidence.schema import TABLES

AFTER = st.integers(1, 20_000).map(lambda days: EDITION + timedelta(days=days))
BEFORE_2000 = st.dates(date(1, 1, 1), date(1999, 12, 31))
PUBLISHED = "2023-01-05"
DATED: Mapping[str, Row] = {
    table: {"source_id": "dated"} for table, columns in TABLES.items() if {"known", "source_id"} <= set(columns)
} | {
    "assumptions": {"source_id": "dated", "basis": "sourced"},
    "signposts": {"source_id": "dated", "known_basis": "published"},
}
"""A row of each table that rests on a page with a date."""
HAPPENED = {
    "observations": "period_end",
    "events": "end_date",
    "mentions": "date",
    "published_projections": "published",
}
PAST = [(table, name) for table, columns in TABLES.items() for name, column in columns.items() if column.past]
DAYS = [(table, name) for table, columns in TABLES.items() for name, column in columns.items() if column.type == "date"]


def assert_refused(table: str, row: Row, column: str, words: str, today: date = date.min) -> None:
    """Load evidence with one row changed and expect its cell to be named."""
    rows: dict[str, list[Row]] = {"sources": [{}, {"source_id": "dated", "published": PUBLISHED}]}
    rows[table] = [*rows.get(table, []), row]
    place = len(rows[table]) + 1
    with TemporaryDirectory() as folder, pytest.raises(DataError) as caught:
        load_evidence(write_package(Path(folder), **rows), today=today, indicators={"sample"})
    found = [problem for problem in caught.value.problems if (problem.file, problem.column) == (f"{table}.csv", column)]
    assert any(problem.row == place and words in problem.reason for problem in found), str(caught.value)


@settings(max_examples=20)
@given(st.sampled_from(PAST), AFTER)
def test_nothing_happened_or_was_known_after_the_edition(place: tuple[str, str], day: date) -> None:
    table, column = place
    row = {"source_id": "later"} if table == "sources" else {}
    assert_refused(table, {**DATED.get(table, {}), **row, column: day}, column, "expected a day")


@settings(max_examples=15)
@given(st.sampled_from(DAYS), BEFORE_2000)
def test_no_day_is_before_2000(place: tuple[str, str], day: date) -> None:
    table, column = place
    row = {"source_id": "early"} if table == "sources" else {}
    assert_refused(table, {**DATED.get(table, {}), **row, column: day.isoformat()}, column, "2000-01-01")


@settings(max_examples=15)
@given(st.sampled_from(sorted(HAPPENED)), st.integers(1, 300))
def test_nothing_is_known_before_it_happened(table: str, days: int) -> None:
    happened = date(2024, 1, 1)
    row = {HAPPENED[table]: happened, "known": happened - timedelta(days=days)}
    assert_refused(table, row, "known", f"expected no day before {HAPPENED[table]}")


@settings(max_examples=15)
@given(st.sampled_from(sorted(DATED)), st.integers(1, 3_000))
def test_nothing_is_known_before_its_page_was_published(table: str, days: int) -> None:
    known = date.fromisoformat(PUBLISHED) - timedelta(days=days)
    assert_refused(table, {**DATED[table], "known": known}, "known", "before the source was published")


def test_the_present_day_counts_where_it_is_later_than_the_edition(tmp_path: Path) -> None:
    day = EDITION + timedelta(days=30)
    folder = write_package(tmp_path, observations=[{"period_end": EDITION, "known": day}])
    assert load_evidence(folder, today=day, indicators={"sample"}).observations["known"].item() == pd.Timestamp(day)
    assert_refused("observations", {"known": day}, "known", "not later than", today=day - timedelta(days=1))


def test_plans_may_be_later_than_the_edition(tmp_path: Path) -> None:
    folder = write_package(
        tmp_path,
        observations=[{"period_end": "2027-12-31", "known": "2023-02-01", "qualifier": "projection"}],
        published_projections=[{"window_end": "2100-12-31"}],
        signposts=[{"due": "2099-12-31"}],
    )
    assert load_evidence(folder, indicators={"sample"}).signposts["due"].item() == pd.Timestamp("2099-12-31")


def test_no_row_of_the_data_has_an_impossible_day() -> None:
    evidence = bundled()
    printed = evidence.sources.set_index("source_id")["published"]
    latest = pd.Timestamp(evidence.edition.day)
    early, late, seen = [], [], 0
    for table, columns in TABLES.items():
        rows = getattr(evidence, table)
        for name, column in columns.items():
            if column.type == "date":
                days = rows[name].dropna()
                seen += len(days)
                last = latest if column.past else pd.Timestamp("2100-12-31")
                late += days[(days > last) | (days < pd.Timestamp("2000-01-01"))].index.tolist()
        for row in rows.to_dict("records") if {"known", "source_id"} <= set(columns) else ():
            known, published = str(row["known"])[:10], printed.get(row["source_id"], "")
            if known[: len(published)] < published:
                early.append(row)
            happened = row.get("period_end", row.get("end_date", row.get("date")))
            if happened is not None and row["known"] < happened and row.get("qualifier") != "projection":
                early.append(row)
    assert seen > 4_000
    assert (early, late) == ([], [])


def test_a_replay_shows_the_british_averages_that_were_published_by_then() -> None:
    def averages(day: date) -> dict[str, float]:
        rows = as_of(bundled(), day).of_series("ukmod_ru_casualties_avg_daily")
        return dict(zip(rows["period_end"].dt.strftime("%Y-%m-%d"), rows["value"], strict=True))

    assert averages(date(2023, 4, 24)) == {}
    assert averages(date(2023, 6, 1)) == {"2023-03-31": 776, "2023-04-25": 568}
    assert averages(date(2024, 7, 12)).keys() == {
        "2023-03-31", "2023-04-25", "2024-04-30", "2024-05-31", "2024-06-30",
    }  # fmt: skip
    assert len(averages(date(2025, 1, 7))) == 35
    assert len(averages(date(2026, 2, 14))) == 48


def test_a_file_is_not_known_before_it_was_first_public() -> None:
    area = bundled().of_series("ru_controlled_area_change")
    assert area["known"].min() == pd.Timestamp("2025-07-07")
    assert as_of(bundled(), date(2025, 7, 6)).of_series("ru_controlled_area_change").empty
    reconstructed = area[area["known_basis"] == "reconstructed"]
    assert len(reconstructed) == 38
