"""Overview: where each indicator stands, by whose word, and what changed last."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.now.cards import NO_SPACE_WHEN_STACKED, last_changes, row_of_cards, rows_of_groups
from dashboard.shell.pages import Page, Settings
from dashboard.shell.parts import page_header
from dashboard.shell.writing import note
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.registry import all_indicators


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Morale indicators", "Where does each sign of military morale stand, and on whose word?")
    st.html(NO_SPACE_WHEN_STACKED)
    free_columns = [row_of_cards(row, as_of) for row in rows_of_groups(all_indicators())]
    with next((column for column in free_columns if column is not None), st.container()):
        last_changes(all_indicators(), as_of)
    note(
        "A quoted figure is a claim, not a count. Relays of one count are one origin. "
        f"Data version {snapshot_on(as_of).evidence.data_version}."
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.observations, evidence.events, evidence.mentions]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    return [snapshot_on(day).derived_digest(indicator.id) for indicator in all_indicators()]


PAGE = Page(
    stem="overview",
    title="Now",
    order=0,
    draw=draw_page,
    rows=rows_cited,
    result=result_cited,
    opens_with_chart=False,
)
