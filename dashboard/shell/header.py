"""A page's header: the replayed day, drawn before the page, and places that the page and its citation fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell.replay import as_of_control
from dashboard.shell.writing import notice

_KEY = "page_header"


@dataclass(kw_only=True)
class Header:
    """The replayed day, and the header's places: for words, beside the steps of the replay, and below.

    Args:
        day: The replayed day, or None for the latest evidence.
        words: Where title and question stand.
        beside: A place beside the steps.
        below: A place below the title.
        title: Title of the page, once it is written.
    """

    day: date | None
    words: DeltaGenerator
    beside: DeltaGenerator
    below: DeltaGenerator
    title: str = ""


def draw_header() -> Header:
    """Draw the control of the replayed day with places for the rest, and keep them for the rest of this run.

    This belongs to the entry of all pages: a control that a page draws itself, and its entry in the address, would be
    taken away when the reader goes on to another page.
    """
    words, control = st.columns([4, 1], vertical_alignment="bottom")
    with control:
        day, beside = as_of_control()
    header = Header(day=day, words=words, beside=beside, below=st.container())
    if day is not None:
        notice(
            f"Replaying {day:%-d %B %Y}: nothing that became known later is shown or counted.",
            "info",
            icon=":material/history:",
        )
    st.session_state[_KEY] = header
    return header


def drawn_header() -> Header:
    """Return the header of the page that is being drawn."""
    header: Header = st.session_state[_KEY]
    return header
