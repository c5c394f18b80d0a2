"""The status page: freshness of what was fetched and of what is in it, apart from each other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from test_pages import open_page, texts

from dashboard.status import text as wording
from indicators.core.evidence.contacts import Contact, note_contacts
from indicators.core.figures.freshness import Freshness

NOON = datetime(2026, 11, 27, 12, 5, tzinfo=UTC)


def fresh(label: str, due: date | None, *, overdue: bool) -> Freshness:
    """Return how fresh a made-up series is."""
    return Freshness(
        series=label, label=label, cadence="monthly", period_end=date(2026, 9, 30), known=date(2026, 10, 1), due=due,
        overdue=overdue,
    )  # fmt: skip


def test_the_sentence_counts_regular_series_that_are_overdue() -> None:
    series = [fresh("a", date(2026, 11, 1), overdue=True), fresh("b", date(2027, 1, 1), overdue=False)]
    irregular = fresh("c", None, overdue=False)
    said = wording.freshness_sentence(date(2026, 11, 28), [*series, irregular])
    assert said == (
        "The data in use are the edition of 28 Nov 2026. The newest regular figure was published on 1 Oct 2026; "
        "of 2 regular series, 1 is overdue."
    )
    assert wording.freshness_sentence(date(2026, 11, 28), series[1:]).endswith("of 1 regular series, none is overdue.")
    table = wording.content_table([*series, irregular])
    assert table["Series"].tolist() == ["a", "b"]
    assert table["State"].tolist() == ["overdue", "in time"]


def test_a_source_that_failed_keeps_when_it_was_reached() -> None:
    failed = Contact(source="oryx", asked=NOON, reached=datetime(2026, 11, 20, 6, tzinfo=UTC), fault="expected JSON")
    (row,) = wording.contact_table([failed]).to_dict("records")
    assert row == {
        "Source": "Losses listed by Oryx",
        "Last asked": "27 Nov 2026, 12:05 UTC",
        "Last reached": "20 Nov 2026, 06:00 UTC",
        "Outcome": "expected JSON",
    }


def test_the_page_tells_transport_and_content_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.status.page.editions_folder", lambda: tmp_path)
    said = texts(open_page("status"))
    assert wording.NEVER_ASKED in said
    assert "It asks no source by itself." in said
    note_contacts(tmp_path, ["oryx"], NOON, "<b>expected</b> JSON")
    monkeypatch.setenv("MORALE_INDICATORS_REFRESH", "24")
    page = open_page("status")
    said = texts(page)
    assert "It asks the sources every 24 hours." in said
    assert said.index("When sources were reached") < said.index("How old their figures are")
    assert wording.NEVER_ASKED not in said


def test_a_replayed_day_tells_only_of_content() -> None:
    said = texts(open_page("status", as_of="2023-08-30"))
    assert "When sources were reached" not in said
    assert "How old their figures are" in said
