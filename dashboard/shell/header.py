"""What stands above every page: the site's header, which day counts, and places that the page and its citation fill."""

from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell.addresses import settings_of
from dashboard.shell.menu import draw_menu, draw_site_header
from dashboard.shell.pages import Page
from dashboard.shell.replay import back_to_today, known_chip
from dashboard.shell.writing import DAY, notice
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.vocabulary import KnownBasis
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text

_KEY = "page_header"


@dataclass(kw_only=True)
class Header:
    """The replayed day, and the header's places: for words, what a reader can do with them, and below."""

    day: date | None
    words: DeltaGenerator
    actions: DeltaGenerator
    below: DeltaGenerator
    title: str = ""


def draw_header(page: Page) -> Header:
    """Draw the site's header with places for the rest, and keep them for the rest of this run."""
    menu, chip = draw_site_header()
    with chip:
        day = known_chip()
    st.session_state[DAY] = day
    with menu:
        draw_menu(page, day)
    if day is not None:
        _say_replaying(page, day)
    header = Header(
        day=day,
        words=st.container(gap="small", key="opening" if page.citable else "opening_alone"),
        actions=st.container(horizontal=True, gap="small", key="opening_actions"),
        below=st.container(),
    )
    st.session_state[_KEY] = header
    return header


def drawn_header() -> Header:
    """Return the header of the page that is being drawn."""
    header: Header = st.session_state[_KEY]
    return header


def shown_snapshot() -> Snapshot:
    """Return the snapshot of the day whose knowledge counts on the page that is being drawn."""
    return snapshot_on(drawn_header().day)


def _say_replaying(page: Page, day: date) -> None:
    rows = page.rows(snapshot_on(day), settings_of(st.query_params.to_dict()))
    bases = [basis for table in rows if "known_basis" in table for basis in table["known_basis"].tolist()]
    inferred = sum(basis == KnownBasis.INFERRED for basis in bases)
    unsure = f" For {inferred} of {len(bases)} rows behind it the day is inferred." if inferred else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        notice(f"You see what the public knew on {day_text(day)}.{unsure}", "info", icon=":material/history:")
        back_to_today()
