"""Sources: every page the figures rest on, with who printed it, how reliable it is and what it repeats."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import joined
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import page_header, section
from dashboard.shell.settings_in_address import choice, filters, search_text, switch
from dashboard.shell.writing import bullets, links, note, paragraph, wide_table
from dashboard.sources import text as wording
from indicators.core.snapshot import Snapshot

ALL = "All"
LISTED = 12


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, how many sources there are, and the newest of them."""
    rows = wording.source_table(snapshot.evidence)
    return Opening(
        question=wording.QUESTION,
        answer=wording.sources_sentence(rows),
        source="Reliability A to E grades the publisher; F means that nobody can judge it.",
        table=wording.opening_table(rows.head(LISTED)),
    )


def value_or_all(label: str, values: pd.Series, key: str) -> str:
    """Let the reader pick one of a column's values, or all."""
    return choice(label, {ALL: ALL} | {value: value for value in sorted(values.unique())}, key=key)


def chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """Let the reader search, and filter behind one button; return the sources that fit."""
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        search = search_text("Search", key="search", placeholder="Publisher, title or address")
    with filters(right):
        wanted = {name: value_or_all(name, rows[name], name.lower()) for name in ("Stance", "Reliability", "Licence")}
    if search:
        text = rows["Publisher"] + " " + rows["Title"] + " " + rows["Address"]
        rows = rows[text.str.contains(search, case=False, regex=False)]
    for column, value in wanted.items():
        if value != ALL:
            rows = rows[rows[column] == value]
    return rows


def whole_table(rows: pd.DataFrame) -> None:
    """Show the sources in a table, with why each has its grade."""
    wide_table(
        rows.assign(Published=rows["Published"].map(wording.published_text)),
        alt="Sources with publisher, title, date, stance, reliability and licence.",
        address="Address",
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    everything = wording.source_table(snapshot.evidence)
    page_header(opening(snapshot, {}))
    rows = chosen(everything)
    if rows.empty:
        paragraph("No source fits this choice. Clear the search or choose All.")
    else:
        whole = len(rows) <= LISTED or switch(f"List all {len(rows)}", key="all")
        shown = rows if whole else rows.head(LISTED)
        note(wording.count_sentence(len(shown), len(rows), len(everything)))
        paragraph(joined("\n", (wording.source_line(row) for row in shown.to_dict("records"))))
        section("As a table, with the reason for each grade", partial(whole_table, rows), key="table")
    section("Read with care", partial(bullets, wording.CARE), key="care")
    links(
        (f"Whole data package as ZIP{', not replayed' if snapshot.day else ''}", api_link("package.zip", None)),
        ("Sources as CSV", api_link("sources", snapshot.day, format="csv")),
        ("Events as CSV", api_link("events", snapshot.day, format="csv")),
        ("API documentation", documentation_link()),
    )


PAGE = Page(
    stem="sources",
    title="Sources",
    group="Data",
    order=1,
    draw=draw_page,
    settings=("search", "stance", "reliability", "licence", "all"),
    opening=opening,
    opens_with_chart=False,
)
