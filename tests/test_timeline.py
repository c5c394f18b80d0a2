"""All dated events and assessments in one list, and the part of it that a reader asks for."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from factories import bundled
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.timeline.text import LINES, STATUSES, count_sentence, entry_list
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.vocabulary import EventCategory
from indicators.core.ledger.timeline import ASSESSMENT, TIMELINE_COLUMNS, select, timeline

ENTRIES = timeline(bundled())


def test_every_event_and_every_assessment_is_there_once() -> None:
    assert list(ENTRIES.columns) == list(TIMELINE_COLUMNS)
    assert len(ENTRIES) == len(bundled().events) + len(bundled().mentions) >= 169
    assert ENTRIES["entry_id"].is_unique
    assert ENTRIES["date"].is_monotonic_increasing


def test_every_kind_and_status_has_a_name() -> None:
    assert set(ENTRIES["line"]) <= set(LINES) == {*EventCategory, ASSESSMENT}
    assert set(ENTRIES["status"]) <= set(STATUSES)


@pytest.mark.parametrize(
    ("condition", "column"),
    [({"line": "mutiny"}, "line"), ({"status": "denied"}, "status"), ({"line": ASSESSMENT}, "line")],
)
def test_a_condition_keeps_just_what_fits(condition: dict[str, str], column: str) -> None:
    (wanted,) = condition.values()
    kept = select(ENTRIES, **condition)  # type: ignore[arg-type]
    assert len(kept) == (ENTRIES[column] == wanted).sum() > 0
    assert set(kept[column]) == {wanted}


def test_an_indicator_keeps_the_entries_that_concern_it() -> None:
    kept = select(ENTRIES, indicator="leadership_shocks")
    assert "Prigozhin plane crash" in set(kept["title"])
    assert all("leadership_shocks" in cell.split(";") for cell in kept["indicators"])


def test_the_crash_week_holds_the_crash_and_the_denial() -> None:
    kept = select(ENTRIES, first=date(2023, 8, 23), last=date(2023, 8, 27))
    assert {"Prigozhin plane crash", "Kremlin rejects responsibility", "Genetic tests confirm death"} <= set(
        kept["title"]
    )
    assert kept["date"].max() <= pd.Timestamp("2023-08-27")


@settings(max_examples=25)
@given(st.dates(date(2022, 1, 1), date(2026, 12, 31)), st.dates(date(2022, 1, 1), date(2026, 12, 31)))
def test_periods_that_meet_share_only_what_spans_both(first: date, second: date) -> None:
    early, late = sorted((first, second))
    before, after = select(ENTRIES, last=early), select(ENTRIES, first=late)
    assert set(before["entry_id"]) <= set(select(ENTRIES, last=late)["entry_id"])
    both = set(before["entry_id"]) & set(after["entry_id"])
    spanning = ENTRIES[(ENTRIES["date"] <= pd.Timestamp(early)) & (ENTRIES["end_date"] >= pd.Timestamp(late))]
    assert both == set(spanning["entry_id"])


def test_the_list_links_sources_and_charts_and_names_who_denies() -> None:
    mutiny = select(ENTRIES, line="mutiny")
    items = entry_list(bundled(), mutiny).split("\n- ")
    assert len(items) == len(mutiny)
    assert all("Source: " in item and "](http" in item for item in items)
    assert all("](/indicator?indicator=leadership_shocks)" in item for item in items)
    assert any("Against it: Dmitry Peskov." in item for item in items)


def test_on_the_day_of_the_article_the_later_grenade_statement_is_not_there() -> None:
    then = timeline(as_of(bundled(), date(2023, 8, 30)))
    assert "Putin points to grenade fragments" in set(ENTRIES["title"])
    assert "Putin points to grenade fragments" not in set(then["title"])
    assert (then["known"] <= pd.Timestamp("2023-08-30")).all()


def test_the_sentence_counts_what_is_shown() -> None:
    assert count_sentence(select(ENTRIES, line="law"), ENTRIES).startswith(f"2 of {len(ENTRIES)} entries")
    assert count_sentence(ENTRIES.iloc[:0], ENTRIES) == f"None of {len(ENTRIES)} entries fits."
