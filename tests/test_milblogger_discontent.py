"""Assessments of war bloggers are shown one by one and never counted."""

from __future__ import annotations

import pandas as pd
from factories import bundled

from indicators.core.evidence.as_of import as_of
from indicators.core.figures.glance import figures_without_chart, glance
from indicators.core.ledger.entries import dated_entries
from indicators.milblogger_discontent import INDICATOR, THEMES


def test_nothing_is_computed_from_assessments() -> None:
    assert INDICATOR.compute(bundled()).empty
    assert INDICATOR.headline == ()
    assert {panel.kind for panel in INDICATOR.panels} == {"events", "mentions"}


def test_every_assessment_stands_on_the_strip_once() -> None:
    entries = dated_entries(INDICATOR.id, INDICATOR.panels[0], bundled())
    assert sorted(entries["entry_id"]) == sorted(bundled().mentions["mention_id"])
    assert set(entries["line"]) == set(THEMES)


def test_the_themes_of_the_article_come_first() -> None:
    assert THEMES[:6] == ("command", "losses", "censorship", "rear_strikes", "retaliation", "capital_strikes")


def test_the_card_shows_the_newest_assessment_with_date_and_source() -> None:
    at_a_glance = glance(INDICATOR, bundled(), INDICATOR.compute(bundled()))
    entry = at_a_glance.latest_event
    assert at_a_glance.latest is None
    assert entry is not None
    assert (entry["entry_id"], entry["date"]) == ("isw-command-2026-02-26", pd.Timestamp("2026-02-26"))
    assert (entry["status"], entry["claimant"]) == ("discontent", "Institute for the Study of War")
    assert entry["source_id"] == "institute-for-the-study-of-war-2026-02-26"


def test_on_the_day_of_the_article_the_card_shows_what_was_known() -> None:
    past = as_of(bundled(), pd.Timestamp("2023-08-30").date())
    entry = glance(INDICATOR, past, INDICATOR.compute(past)).latest_event
    assert entry is not None
    assert entry["known"] <= pd.Timestamp("2023-08-30")
    assert entry["date"] == pd.Timestamp("2023-08-25")


def test_volumes_of_channels_stand_in_no_chart() -> None:
    rows = figures_without_chart(INDICATOR, bundled(), INDICATOR.compute(bundled()))
    assert len(rows) == 11
    assert "milblog_views" in set(rows["series"])


def test_the_sampling_caveat_is_in_plain_sight() -> None:
    assert "convenience sample" in INDICATOR.caveats[0]
    assert "convenience sample" in INDICATOR.panels[0].note
