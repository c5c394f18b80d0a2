"""How a page begins: its snapshot, then its question and answer from its one builder."""

from __future__ import annotations

import streamlit as st

from dashboard.shell.header import drawn_header
from dashboard.shell.pages import Opening
from dashboard.shell.parts import page_header
from dashboard.shell.writing import note
from dashboard.snapshots import snapshot_on
from indicators.core.snapshot import Snapshot


def shown_snapshot() -> Snapshot:
    """Return the snapshot of the day whose knowledge counts on the page that is being drawn."""
    return snapshot_on(drawn_header().day)


def write_opening(opening: Opening) -> None:
    """Write what a page says first.

    Args:
        opening: Its question, answer and source.
    """
    page_header(opening.question, opening.answer)
    if opening.source:
        with drawn_header().words, st.container():
            note(opening.source)
