"""Building blocks of pages: header, the replayed day, charts, tables and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.component import mount_chart
from indicators.core.observations import Evidence
from indicators.core.provenance import source_note

FIRST_DAY = date(2022, 2, 24)


def page_header(title: str, question: str) -> date | None:
    """Write a page's title and question, and let the reader choose the day whose knowledge counts.

    Args:
        title: Title of the page.
        question: The question that the page answers.

    Returns:
        The replayed day, or None for the latest evidence.
    """
    words, control = st.columns([4, 1], vertical_alignment="bottom")
    with words:
        st.title(title, anchor=False)
        st.markdown(question)
    with control:
        day = _as_of_control()
    if day is not None:
        st.info(
            f"Replaying {day:%-d %B %Y}: nothing that became known later is shown or counted.",
            icon=":material/history:",
        )
    return day


def _as_of_control() -> date | None:
    given = st.query_params.get("as_of")
    day: date | None = st.date_input(
        "As of",
        value=None,
        min_value=FIRST_DAY,
        max_value="today",
        key="as_of",
        bind="query-params",
        format="YYYY-MM-DD",
        help="Show only what the public could read by this day. Empty means the latest.",
    )
    if given and day is None:
        st.warning(
            f"The address asks for the day {given!r}. Expected YYYY-MM-DD since {FIRST_DAY}; the latest is shown."
        )
    return day


def chart(
    figure: Mapping[str, Any],
    *,
    key: str,
    title: str,
    subtitle: str = "",
    source: str,
    alt: str,
    table: pd.DataFrame | None,
    file_name: str,
) -> None:
    """Put a chart on the page: the only way a chart gets there.

    Args:
        figure: Figure from `dashboard.charts`.
        key: Unique on the page and the same on every run.
        title: What is shown, with its unit.
        subtitle: What to see in it.
        source: Who says so and since when.
        alt: The chart in one or two sentences, for readers who can't see it.
        table: The numbers behind it, with column names for people.
        file_name: Stem of downloaded files.
    """
    mount_chart(
        figure, key=key, title=title, subtitle=subtitle, source=source, alt=alt, table=table, file_name=file_name
    )


def source_line(evidence: Evidence, rows: pd.DataFrame) -> str:
    """Write the source line of a chart: claimants, then the pages that print their figures.

    Args:
        evidence: Evidence that holds the sources.
        rows: Rows drawn, with claimant, known and source_id.
    """
    if rows.empty:
        return "No source: nothing was known yet."
    ids = {source for cell in rows["source_id"] for source in cell.split(";")}
    claimants = ", ".join(rows["claimant"].drop_duplicates().head(4))
    known = f"{rows['known'].max():%-d %b %Y}"
    return f"Claimed by {claimants}. Printed by {source_note(evidence, ids)}. Newest known {known}."


def caveats(sentences: Iterable[str], *, heading: str = "What to mind") -> None:
    """List what a reader must know before using the figures."""
    st.subheader(heading, anchor=False)
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def links(*pairs: tuple[str, str]) -> None:
    """Write a line of links to the API, such as downloads.

    Args:
        pairs: Label and address each.
    """
    st.markdown(" · ".join(f"[{label}]({address})" for label, address in pairs))
