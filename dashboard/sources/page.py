"""Sources and data: every page the figures rest on, every figure, and what was corrected."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.markdown import markup
from dashboard.shell.pages import Page
from dashboard.shell.parts import caveats, page_header
from dashboard.shell.settings_in_address import choice, search_text
from dashboard.shell.writing import links, notice, paragraph
from dashboard.snapshots import snapshot_on
from dashboard.sources.text import correction_table, source_table

ALL = "All"


def value_or_all(label: str, values: pd.Series, key: str) -> str:
    """Let the reader pick one of a column's values, or all."""
    return choice(label, {ALL: ALL} | {value: value for value in sorted(values.unique())}, key=key)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Sources and data", "Who printed each figure, who asserted it, and how far can it be trusted?")
    evidence = snapshot_on(as_of).evidence
    rows = source_table(evidence)
    first, second, third, fourth = st.columns(4)
    with first:
        search = search_text("Search", key="search", placeholder="Publisher, title or address")
    with second:
        stance = value_or_all("Stance", rows["Stance"], "stance")
    with third:
        reliability = value_or_all("Reliability", rows["Reliability"], "reliability")
    with fourth:
        licence = value_or_all("Licence", rows["Licence"], "licence")
    if search:
        text = rows["Publisher"] + " " + rows["Title"] + " " + rows["Address"]
        rows = rows[text.str.contains(search, case=False, regex=False)]
    for column, value in (("Stance", stance), ("Reliability", reliability), ("Licence", licence)):
        if value != ALL:
            rows = rows[rows[column] == value]
    paragraph(
        markup(
            "**{:,} sources.** Reliability A to E grades the publisher; F means that it cannot be judged.",
            len(rows),
        )
    )
    if rows.empty:
        notice("No source fits this choice. Clear the search or choose All.", "info")
    else:
        st.dataframe(
            rows,
            hide_index=True,
            height=440,
            column_config={"Address": st.column_config.LinkColumn("Address", display_text="open")},
            alt="Sources with publisher, title, date, stance, reliability and licence.",
        )
    links(
        (f"Whole data package as ZIP{', not replayed' if as_of else ''}", api_link("package.zip", None)),
        ("Sources as CSV", api_link("sources", as_of, format="csv")),
        ("Events as CSV", api_link("events", as_of, format="csv")),
        ("Corrections as Atom feed", api_link("corrections.atom", as_of)),
        ("API documentation", documentation_link()),
    )
    st.header("Figures that were corrected", anchor=False)
    if evidence.corrections.empty:
        paragraph("No correction was on record on this day.")
    else:
        st.dataframe(
            correction_table(evidence),
            hide_index=True,
            height=440,
            alt="Corrections with day, row, column, old and new value, cause and file.",
        )
    caveats(
        (
            "A relay of a count is not a second count: the column Relays names what a page repeats.",
            "A page seen only as a repost, or inferred from a mirror, is marked as such.",
            "Our tables are licensed CC BY 4.0; every source keeps its own terms.",
        )
    )


PAGE = Page(stem="sources", title="Sources", order=1, group="Data", draw=draw_page, opens_with_chart=False)
