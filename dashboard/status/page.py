"""Status: the edition in use, when live sources were reached, and apart from that how old their figures are."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard.shell.addresses import api_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import page_header, section
from dashboard.shell.writing import bullets, links, note, paragraph, table
from dashboard.snapshots import edition_in_use
from dashboard.status import text as wording
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.core.environment import REFRESH
from indicators.core.evidence.contacts import read_contacts
from indicators.core.evidence.load import editions_folder
from indicators.core.figures.freshness import Freshness, freshness_of
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, and how fresh the figures are."""
    series = all_series(snapshot)
    rows = wording.content_table(series)
    return Opening(
        question=wording.QUESTION,
        answer=wording.freshness_sentence(snapshot.evidence.edition.day, series),
        table=[tuple(rows.columns), *rows.itertuples(index=False, name=None)] if len(rows) else (),
    )


def all_series(snapshot: Snapshot) -> list[Freshness]:
    """Return how fresh each series is."""
    today = snapshot.day or date.today()
    return [one for indicator in all_indicators() for one in freshness_of(snapshot.evidence, indicator.id, today)]


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    page_header(opening(snapshot, {}))
    if snapshot.day is None:
        st.header("When sources were reached", anchor=False)
        transport()
    st.header("How old their figures are", anchor=False)
    table(wording.content_table(all_series(snapshot)), alt="Regular series and when they are due.")
    section("Read with care", partial(bullets, wording.CARE), key="care")
    links(("Indicators with their freshness as JSON", api_link("indicators", snapshot.day)))


def transport() -> None:
    """Say what the server has, since when, and how it comes by newer figures."""
    used, hours = edition_in_use(), REFRESH.read()
    contacts = sorted(read_contacts(editions_folder()).values(), key=lambda contact: contact.source)
    if contacts:
        table(wording.contact_table(contacts), alt="Live sources and when they were reached.")
    else:
        paragraph(wording.NEVER_ASKED)
    schedule = f"It asks the sources every {hours} hours." if hours else "It asks no source by itself."
    note(
        f"This server took data version {used.evidence.data_version} on {day_text(used.taken)} at "
        f"{used.taken:%H:%M} UTC, with code version {code_version(__version__)}. {schedule}"
    )


PAGE = Page(
    stem="status",
    title="Status",
    group="Data",
    order=5,
    draw=draw_page,
    opening=opening,
    result=lambda snapshot, _: all_series(snapshot),
    opens_with_chart=False,
)
