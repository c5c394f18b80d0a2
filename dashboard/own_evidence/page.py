"""Your own evidence: a reader's file, checked like our data and drawn beside our figures, for this visit only."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.own_evidence import text as wording
from dashboard.own_evidence.backtest import backtest_section, forget_backtest
from dashboard.own_evidence.chart import OWN, beside, own_rows
from dashboard.own_evidence.controls import chosen_place, mapped_columns, places, places_of
from dashboard.shell.addresses import api_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import escaped
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import chart, page_header, section
from dashboard.shell.writing import bullets, links, note, notice, table
from dashboard.snapshots import snapshot_on
from indicators.core.own_evidence.observations import (
    OwnFigures,
    is_observations,
    observations_as_they_are,
    observations_mapped,
)
from indicators.core.own_evidence.sheet import Sheet, SheetError, sheet_of
from indicators.core.snapshot import Snapshot

FILE, KEPT = "own_file", "own_evidence_kept"
EXAMPLE = "levada_support_total"


@dataclass(frozen=True)
class Kept:
    """What this visit keeps of a file.

    Args:
        id: Differs for every file.
    """

    id: str
    sheet: Sheet | str


def take_file() -> None:
    """Read the file that was opened, or forget the one that was taken away."""
    uploaded = st.session_state.get(FILE)
    forget()
    if uploaded is None:
        return
    try:
        sheet: Sheet | str = sheet_of(uploaded.getvalue(), uploaded.name)
    except SheetError as error:
        sheet = str(error)
    st.session_state[KEPT] = Kept(uploaded.file_id, sheet)


def forget() -> None:
    """Forget the file and what is under way for it."""
    st.session_state.pop(KEPT, None)
    forget_backtest()


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    page_header(wording.QUESTION, f"{wording.ANSWER} {wording.SOURCE}")
    uploaded = st.file_uploader(
        "Your file (CSV or XLSX)", key=FILE, on_change=take_file, max_upload_size=1, help=escaped(wording.FILE_HELP)
    )
    kept: Kept | None = st.session_state.get(KEPT)
    if kept is not None:
        if uploaded is None:  # the reader came back from another page
            st.button("Forget this file", key="own_forget", on_click=forget)
        if isinstance(kept.sheet, str):
            notice(kept.sheet)
        else:
            note(f"{kept.sheet.name}: {' '.join(kept.sheet.notes)}")
            show(kept.sheet, kept.id, snapshot)
    section("Which files open", partial(bullets, wording.FORM), key="own_form")
    links(("A series of ours in this form (CSV)", api_link(f"series/{EXAMPLE}", snapshot.day, format="csv")))


def show(sheet: Sheet, key: str, snapshot: Snapshot) -> None:
    """Check a file and draw it, or say what is wrong with it."""
    latest, today = snapshot_on(None).evidence, date.today()
    if is_observations(sheet):
        figures = observations_as_they_are(sheet, latest, today)
        if refused(figures):
            return
        own = own_rows(figures.rows)
        place = chosen_place(places_of(own, snapshot), key, first=1)
        if place is None:
            own = own[own["unit"] == own["unit"].iloc[0]]
        else:
            own = own[own["series"].str.removeprefix(OWN).isin(place[1].series)]
    else:
        place = chosen_place(places(snapshot), key)
        figures = observations_mapped(sheet, mapped_columns(sheet, place, key), latest, today)
        if refused(figures):
            return
        own = own_rows(figures.rows)
        if place is not None:
            note(wording.unit_sentence(place[1].unit))
    for sentence in figures.notes:
        note(sentence)
    known = own if snapshot.day is None else own[own["known"] <= pd.Timestamp(snapshot.day)]
    note(wording.shown_sentence(len(known), len(own) - len(known)))
    if known.empty:
        note(wording.KNOWN_TODAY)
    else:
        chart(**beside(known, place, snapshot, sheet.name), key="own_chart")
        section("How well can it be forecast?", partial(backtest_section, known, key), key="own_tested")


def refused(figures: OwnFigures) -> bool:
    """Say what is wrong with a file, if anything is."""
    if figures.problems:
        notice(wording.problems_sentence(figures.problems))
        table(wording.problem_table(figures.problems), alt="What is wrong, by row and column of your file.")
    return bool(figures.problems)


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return what the page is for."""
    return Opening(question=wording.QUESTION, answer=wording.ANSWER, source=wording.SOURCE)


PAGE = Page(
    stem="own_evidence",
    title="Your own evidence",
    group="Data",
    order=4,
    draw=draw_page,
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("series"),  # that a file may name; what it holds stands in no address
    result=lambda *_: "",
)
