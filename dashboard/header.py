"""A page's header, noted while the page draws it, so that what comes after the page can be put into it."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_KEY = "page_header"


class Header(NamedTuple):
    """A page's title, a place beside the steps of the replay, and one below the title."""

    title: str
    beside: DeltaGenerator
    below: DeltaGenerator


def note_header(header: Header) -> None:
    """Keep the header for the rest of this run."""
    st.session_state[_KEY] = header


def noted_header() -> Header:
    """Return the header of the page that was drawn in this run."""
    header: Header = st.session_state.pop(_KEY)
    return header
