"""Overview: where each indicator stands, by whose word, and what changed last."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.now.cards import NO_SPACE_WHEN_STACKED, last_changes, row_of_cards, rows_of_groups
from dashboard.shell.parts import page_header
from dashboard.shell.writing import note
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
        f"Data version {cache.evidence_on(as_of).data_version}."
    )
