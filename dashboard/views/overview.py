"""Overview: where each indicator stands, by whose word, and what changed last."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.cards import CARDS_PER_ROW, group_cards, last_changes, rows_of_groups
from dashboard.components import page_header
from indicators.core.registry import all_indicators

as_of = page_header("Morale indicators", "Where does each sign of military morale stand, and on whose word?")
changes_shown = False
for row in rows_of_groups(all_indicators()):
    widths = [len(members) for _, members in row]
    free = CARDS_PER_ROW - sum(widths)
    columns = st.columns([*widths, free] if free > 0 else widths)
    for column, group in zip(columns, row, strict=False):
        with column:
            group_cards(group, as_of)
    if free > 0 and not changes_shown:
        with columns[-1]:
            last_changes(all_indicators(), as_of)
        changes_shown = True
st.caption(
    "A quoted figure is a claim, not a count. Relays of one count are one origin. "
    f"Data version {cache.evidence_on(as_of).data_version}."
)
