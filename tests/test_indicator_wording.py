"""Sentences, tables and the order of cards, worked by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
from factories import bundled

from dashboard.indicator.text import (
    entries_alternative,
    entries_finding,
    entry_table,
    incomplete_sentence,
    revision_table,
    signpost_sentence,
    single_figures_table,
)
from dashboard.shell.wording.figure_text import LINE_NAMES
from indicators.core.evidence.vocabulary import EventCategory, Theme
from indicators.core.ledger.entries import dated_entries, entries_of
from indicators.core.ledger.timeline import ASSESSMENT
from indicators.core.registry import all_indicators, get_indicator
from indicators.methods.comparison.signposts import Sighting, Signpost, SignpostStatus
from indicators.methods.counts.vintages import revisions


def test_a_signpost_says_status_window_and_reason() -> None:
    signpost = Signpost(
        signpost_id="s", indicator="sample", statement="Cases pass 100.", reason="Twice as many.",
        window_start=date(2026, 1, 1), due=date(2026, 6, 30), status=SignpostStatus.NO_DATA, sighting=None,
    )  # fmt: skip
    assert signpost_sentence(signpost) == (
        "**No data since the deadline.** Cases pass 100 (counts from 1 Jan 2026 to 30 Jun 2026). Twice as many."
    )


def test_a_signpost_that_was_seen_says_what_met_it() -> None:
    sighting = Sighting(row="o", day=date(2026, 3, 31), known=date(2026, 4, 2), value=1200.0, source_id="page")
    signpost = Signpost(
        signpost_id="s", indicator="sample", statement="Cases pass 100.", reason="Twice as many.",
        window_start=date(2026, 1, 1), due=date(2026, 6, 30), status=SignpostStatus.SEEN, sighting=sighting,
    )  # fmt: skip
    assert "(1,200 on 31 Mar 2026, known 2 Apr 2026)" in signpost_sentence(signpost)


def test_incomplete_figures_are_said_to_stand_in_no_headline() -> None:
    sentence = incomplete_sentence(pd.Timestamp("2024-09-01"), 1)
    assert sentence.startswith("Figures from 1 Sep 2024 on are incomplete: they stand in no headline, change or study.")
    assert sentence.endswith("a period is known in 1 edition.")


def test_a_revision_stands_with_both_figures_and_their_days() -> None:
    (row,) = revision_table(revisions(bundled().of_indicator("refusal_cases"))).to_dict("records")
    assert (row["First figure"], row["Known"]) == ("5,024", "29 Dec 2023")
    assert (row["Newest figure"], row["Known since"], row["Change"]) == ("5,096", "17 Oct 2024", "+1.4 %")


def test_a_strip_is_described_for_readers_who_cannot_see_it() -> None:
    indicator = get_indicator("leadership_shocks")
    entries = dated_entries(indicator.id, indicator.panels[0], bundled())
    text = entries_alternative(indicator, "Events", entries)
    assert text.startswith(f"Events ({indicator.name}). 28 marks from 23 Jun 2023 to 23 May 2024: mutiny")
    assert text.endswith(entries_finding(entries))
    nothing = entries.iloc[:0]
    assert entries_alternative(indicator, "Events", nothing) == "Events: nothing was known on this day."
    assert entries_finding(nothing) == ""


def test_the_table_under_a_strip_has_names_for_people_and_no_ids_of_types() -> None:
    for indicator in all_indicators():
        table = entry_table(entries_of(indicator, bundled()))
        assert set(table["Type"]) <= set(LINE_NAMES.values())
        assert not table["Status"].str.contains("_").any()
    assert set(LINE_NAMES) == {*EventCategory, *Theme, ASSESSMENT}


def test_single_figures_keep_their_qualifier() -> None:
    rows = bundled().of_series("milblog_views")
    (row,) = single_figures_table(bundled(), rows).to_dict("records")
    assert row["Figure"] == "at least 17,000,000,000 views"
    assert row["Known"] == "2023-08-30"
