"""Dated events and assessments: which entries a panel shows, and in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from factories import Row, evidence_of

from dashboard.charts.over_time.events import add_events
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import Evidence
from indicators.core.figures.derived import derived_table
from indicators.core.figures.glance import glance
from indicators.core.ledger.entries import ENTRY_COLUMNS, concerning, dated_entries, entries_of, places
from indicators.core.model import Indicator, Panel

EVENTS = Panel(id="events", title="Events", unit="event", series=("law", "mutiny"), kind="events")
MENTIONS = Panel(id="mentions", title="Mentions", unit="assessment", series=("supply",), kind="mentions")
INDICATOR = Indicator(
    id="sample", name="Sample", group="Refusal and law", question="What happened?", unit="events", direction=None,
    direction_reason="none", headline=(), formula="none", caveats=("c",), references=("r",), panels=(EVENTS, MENTIONS),
    compute=lambda evidence: derived_table([]),
)  # fmt: skip


def event(number: int, day: str, **cells: object) -> Row:
    """Return an event known on its day."""
    return {"event_id": f"e{number}", "date": day, "end_date": day, "known": day, **cells}


def evidence() -> Evidence:
    """Return evidence with four events, of which one concerns another indicator, and two assessments."""
    return evidence_of(
        series=[{}, *({"series": f"of_{other}", "indicator": other} for other in ("other", "sample_2"))],
        events=[
            event(1, "2023-03-01", geography="Crimea"),
            event(2, "2023-01-01", category="mutiny", indicators="sample;other"),
            event(3, "2023-02-01", indicators="sample_2"),
            event(4, "2023-04-01", category="other", geography="Russia"),
        ],
        mentions=[{}, {"mention_id": "m2", "theme": "losses"}],
    )


def test_events_of_an_indicator_by_category_in_order_of_date() -> None:
    entries = dated_entries("sample", EVENTS, evidence())
    assert tuple(entries.columns) == ENTRY_COLUMNS
    assert entries["entry_id"].tolist() == ["e2", "e1"]
    assert entries["line"].tolist() == ["mutiny", "law"]


def test_mentions_by_theme_carry_their_direction_as_status() -> None:
    (entry,) = dated_entries("sample", MENTIONS, evidence()).to_dict("records")
    assert (entry["entry_id"], entry["status"], entry["claimant"]) == ("m1", "discontent", "Counter")
    assert entry["title"] == entry["summary"] == "Complaints about supply."
    assert entry["date"] == entry["end_date"]


def test_a_panel_of_figures_has_no_entries() -> None:
    with pytest.raises(ValueError, match=r"'events' has the kind 'line'; expected one of events, mentions"):
        dated_entries("sample", replace(EVENTS, kind="line"), evidence())


def test_all_entries_of_an_indicator_stand_once() -> None:
    assert entries_of(INDICATOR, evidence())["entry_id"].tolist() == ["e2", "m1", "e1", "e4"]


def test_an_id_inside_another_id_does_not_concern_an_indicator() -> None:
    assert concerning(evidence().events, "sample")["event_id"].tolist() == ["e1", "e2", "e4"]
    assert concerning(evidence().events.iloc[:0], "sample").empty


def test_places_are_those_that_entries_name() -> None:
    assert places(entries_of(INDICATOR, evidence())) == ["Crimea", "Russia"]


def test_the_card_shows_the_newest_entry_of_the_first_panel() -> None:
    at_a_glance = glance(INDICATOR, evidence(), derived_table([]))
    assert at_a_glance.latest is None
    assert at_a_glance.latest_event is not None
    assert at_a_glance.latest_event["entry_id"] == "e1"
    assert at_a_glance.origins == 1


def test_an_event_known_later_is_not_on_the_card() -> None:
    past = as_of(evidence(), date(2023, 2, 15))
    entry = glance(INDICATOR, past, derived_table([])).latest_event
    assert entry is not None
    assert entry["entry_id"] == "e2"
    before = glance(INDICATOR, as_of(evidence(), date(2022, 12, 31)), derived_table([]))
    assert (before.latest, before.latest_event, before.origins) == (None, None, 0)


def test_an_indicator_needs_a_headline_or_a_first_panel_of_events() -> None:
    with pytest.raises(ValueError, match=r"give a headline series, or a first panel of events or mentions"):
        replace(INDICATOR, panels=(replace(EVENTS, kind="line", series=("cases_total",)),))
    assert pd.isna(INDICATOR.direction)


def test_an_event_of_which_only_the_month_is_known_is_dated_by_its_month() -> None:
    table = pd.DataFrame({"date": ["2025-06-01"], "end_date": ["2025-06-30"], "title": ["UK MoD update"]})
    figure = add_events({"data": [], "layout": {}}, table, "2025-01-01", "2025-12-31")
    assert figure["layout"]["meta"]["events"][0]["day"] == "Jun 2025"
    assert "1 Jun 2025" not in str(figure["data"])
