"""Dated events with their status; no effect is computed."""

from __future__ import annotations

import pandas as pd
import pytest
from factories import bundled

from indicators.core.figures.glance import figures_without_chart, glance
from indicators.core.ledger.entries import concerning, dated_entries
from indicators.leadership_shocks import INDICATOR


def entries() -> pd.DataFrame:
    return dated_entries(INDICATOR.id, INDICATOR.panels[0], bundled())


def test_nothing_is_computed_from_events() -> None:
    assert INDICATOR.compute(bundled()).empty
    assert INDICATOR.direction is None


def test_every_event_that_concerns_it_stands_on_the_strip() -> None:
    concerned = concerning(bundled().events, INDICATOR.id)
    assert sorted(entries()["entry_id"]) == sorted(concerned["event_id"])


def test_assertion_and_denial_about_the_crash_stand_side_by_side() -> None:
    rows = entries().set_index("title")
    assert rows.loc["ISW: Putin almost certainly ordered it", ["status", "denied_by"]].tolist() == [
        "contested",
        "Kremlin",
    ]
    assert rows.loc["Kremlin rejects responsibility", "status"] == "denied"
    assert rows.loc["Prigozhin plane crash", "status"] == "confirmed"


def test_the_card_shows_the_newest_event_with_its_source() -> None:
    entry = glance(INDICATOR, bundled(), INDICATOR.compute(bundled())).latest_event
    assert entry is not None
    assert (entry["title"], entry["status"]) == ("Two more ministry officials arrested", "confirmed")
    assert entry["source_id"] == "meduza-2024-05-24"


def test_two_counts_of_arrests_stand_apart_in_no_chart() -> None:
    rows = figures_without_chart(INDICATOR, bundled(), INDICATOR.compute(bundled()))
    arrests = rows[rows["series"] == "ru_mod_senior_arrests_2024_cumulative"]
    assert dict(zip(arrests["claimant"], arrests["value"], strict=True)) == {"Meduza": 4, "bluewin": 13}


@pytest.mark.parametrize(
    ("series", "may", "june"),
    [("levada_support_total", 76, 73), ("levada_peace_talks", 45, 53), ("levada_continue_war", 48, 39)],
)
def test_polls_around_the_mutiny(series: str, may: int, june: int) -> None:
    waves = bundled().of_series(series).set_index("period_end")["value"]
    assert (waves[pd.Timestamp("2023-05-31")], waves[pd.Timestamp("2023-06-28")]) == (may, june)
