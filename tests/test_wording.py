"""Sentences built from figures, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from factories import evidence_of

from dashboard.shell.wording import figure_text as wording
from dashboard.sources.text import source_table
from indicators.core.evidence.as_of import as_of
from indicators.core.figures.glance import Glance
from indicators.core.registry import get_indicator

BASE = {
    "series": "weekly",
    "label": "Sentences a week",
    "period_start": "2023-07-18",
    "period_end": "2023-08-30",
    "value": 100.0,
    "low": float("nan"),
    "high": float("nan"),
    "unit": "convictions per week",
    "qualifier": "up_to",
    "side": "RU",
    "claimant": "UK Ministry of Defence",
    "known": "2023-08-30",
    "known_basis": "published",
    "source_id": "page",
    "status": "ok",
    "stage": "sentence",
    "note": "",
}


def table(*changes: dict[str, object]) -> pd.DataFrame:
    """Return rows that differ from the hundred a week by the given cells."""
    rows = pd.DataFrame([{**BASE, **change} for change in changes] or [], columns=list(BASE))
    days = ["period_start", "period_end", "known"]
    return rows.assign(**{day: pd.to_datetime(rows[day]) for day in days})


def row(**changes: object) -> pd.Series:
    """Return one row."""
    return table(changes).iloc[0]


def at_a_glance(latest: pd.Series | None, previous: pd.Series | None = None) -> Glance:
    """Return a glance of two rows."""
    return Glance(latest=latest, previous=previous, history=table(), origins=1, evenly_spaced=False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "up to 100 convictions per week"),
        ({"qualifier": "exact", "value": 5024, "unit": "cases"}, "5,024 cases"),
        ({"qualifier": "at_least", "value": 13, "unit": "days"}, "at least 13 days"),
        (
            {"qualifier": "about", "value": 184.12, "low": 183.0, "high": 185.5},
            "about 184 convictions per week (183 to 186)",
        ),
        ({"qualifier": "estimate", "value": 0.35721, "unit": "share"}, "estimated 35.7 %"),
        ({"qualifier": "exact", "value": 72.7, "unit": "percent"}, "72.7 %"),
        ({"low": 0.0, "high": 100.0}, "up to 100 convictions per week"),
    ],
)  # fmt: skip
def test_a_figure_in_words(changes: dict[str, object], expected: str) -> None:
    assert wording.row_text(row(**changes)) == expected


FEBRUARY = {"period_start": "2026-02-01", "period_end": "2026-02-28"}
MONTH = {"period_start": "2023-06-01", "period_end": "2023-06-30", "qualifier": "exact", "value": 80.0}


def test_what_is_newer_but_unreadable_stands_with_its_reason() -> None:
    few = row(unit="share", status="not_informative", note="1 of 158 vehicles: too few to read", **FEBRUARY)
    part = row(value=2, unit="days", qualifier="at_least", status="incomplete", **FEBRUARY)
    texts = [wording.unreadable_text(replace(at_a_glance(row()), unreadable=later)) for later in (few, part, None)]
    assert texts == [
        "Feb 2026: 1 of 158 vehicles: too few to read",
        "Feb 2026: at least 2 days, still incomplete",
        "",
    ]


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 independent sources"), (1, "1 independent source"), (2, "2 independent sources")]
)
def test_origins_are_counted_in_words(count: int, expected: str) -> None:
    assert wording.origins_text(count) == expected


def test_a_period_in_words() -> None:
    assert wording.period_of(row()) == "18 Jul to 30 Aug 2023"
    assert wording.period_of(row(**MONTH)) == "Jun 2023"


def test_a_finding_names_newest_and_oldest_of_the_first_series() -> None:
    rows = table({}, {**MONTH}, {"series": "other", "value": 7.0, "period_end": "2024-01-31"})
    assert wording.finding(rows) == (
        "Up to 100 convictions per week (18 Jul to 30 Aug 2023), by UK Ministry of Defence; "
        "80 convictions per week (Jun 2023) at the start."
    )


def test_a_finding_does_not_join_two_claimants() -> None:
    rows = table({**MONTH, "claimant": "Mediazona"}, {})
    assert wording.finding(rows) == "Up to 100 convictions per week (18 Jul to 30 Aug 2023), by UK Ministry of Defence."


def test_a_finding_leaves_out_what_is_not_informative() -> None:
    rows = table(MONTH, {"status": "not_informative"})
    assert wording.finding(rows) == "80 convictions per week (Jun 2023), by UK Ministry of Defence."
    assert wording.finding(table({"status": "not_informative"})) == ""
    assert wording.finding(table()) == ""


def test_rows_come_in_the_order_in_which_series_are_drawn() -> None:
    rows = table(
        {"series": "a", "value": 1.0}, {"series": "b", **MONTH}, {"series": "b", "value": 3.0}, {"series": "c"}
    )
    ordered = wording.in_order(rows, ("b", "a"))
    assert ordered["series"].tolist() == ["b", "b", "a"]
    assert ordered["value"].tolist() == [80.0, 3.0, 1.0]
    assert list(ordered.columns) == list(rows.columns)


def test_a_chart_in_words() -> None:
    indicator = get_indicator("refusal_sentences")
    text = wording.alternative_text(indicator, "Per week", table(MONTH, {}))
    assert text.startswith(
        "Per week (Sentences for refusing to serve). 2 figures, from 1 Jun 2023 to 30 Aug 2023. Up to"
    )
    assert wording.alternative_text(indicator, "Per week", table({})).startswith(
        "Per week (Sentences for refusing to serve). 1 figure, from 18 Jul 2023"
    )
    assert wording.alternative_text(indicator, "Per week", table()) == "Per week: no figures were known on this day."


def test_the_number_table_is_for_people() -> None:
    numbers = wording.number_table(table({"known_basis": "reported_next_day"}, MONTH))
    assert list(numbers.columns) == [
        "Series", "From", "To", "Value", "Low", "High", "Unit", "Qualifier", "Claimant", "Side", "Known",
        "Days until known", "Known by", "Note", "Source",
    ]  # fmt: skip
    assert numbers["Qualifier"].tolist() == ["up to", "exact"]
    assert numbers["Days until known"].tolist() == [0, 61]
    assert numbers["Known by"].tolist() == ["reported next day", "published"]
    assert wording.number_table(table()).empty


SOURCES = [
    {"source_id": "page", "published": "2023-01-31"},
    {"source_id": "relay", "publisher": "Paper", "published": "2023-05", "derived_from": "page;other"},
    {"source_id": "other", "publisher": "Other", "published": ""},
]
PUBLISHERS = [{}, {"publisher": "Paper", "stance": "third_party_government"}, {"publisher": "Other"}]


def test_sources_come_newest_first_and_name_whom_they_relay() -> None:
    sources = source_table(evidence_of(publishers=PUBLISHERS, sources=SOURCES))
    assert sources["Publisher"].tolist() == ["Paper", "Counter", "Other"]
    assert sources["Relays"].tolist() == ["Counter; Other", "", ""]
    assert sources["Figures"].tolist() == [0, 1, 0]
    assert sources["Stance"].tolist() == ["third party government", "independent count", "independent count"]


def test_before_the_first_source_the_table_is_empty() -> None:
    sources = source_table(as_of(evidence_of(publishers=PUBLISHERS, sources=SOURCES), date(1990, 1, 1)))
    assert sources.empty
    assert "Relays" in sources.columns
