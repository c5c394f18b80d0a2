"""Building blocks of pages: title, parts, charts, tables and notes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import ParamSpec, Unpack

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.cited_views import CITE
from dashboard.component import ChartContent, Stamp, mount_chart
from dashboard.header import drawn_header
from indicators.core.observations import Evidence
from indicators.core.provenance import source_note

P = ParamSpec("P")


def page_header(title: str, question: str) -> date | None:
    """Write a page's title and question, and return the day whose knowledge counts.

    Args:
        title: Title of the page.
        question: The question that the page answers.

    Returns:
        The replayed day, or None for the latest evidence.
    """
    header = drawn_header()
    header.title = title
    with header.words:
        st.title(title, anchor=False)
        st.markdown(question)
    return header.day


def alone(draw: Callable[P, None]) -> Callable[P, None]:
    """Let a part of a page run again by itself when the reader moves something in it.

    Args:
        draw: Draws the part, with everything on the page that depends on its settings.

    Returns:
        The same function, run alone from then on. A page that was opened with a citation says above its parts whether
        they are as cited, so there every setting runs the whole page.
    """
    return draw if CITE in st.query_params else st.fragment(draw)


def section(title: str, draw: Callable[[], None], *, key: str, settings: Collection[str] = (), on_demand: bool) -> None:
    """Draw a part of a page under its title, at once or when the reader asks for it.

    Args:
        title: Title of the part.
        draw: Draws what stands below the title.
        key: Unique on the page and the same on every run.
        settings: Names of the part's own settings in the address; a link with one of them opens the part.
        on_demand: Whether it waits: where the server answers every move of a slider, it works out what is looked at.
    """
    if not on_demand:
        st.header(title, anchor=False)
        draw()
        return
    asked = any(name in st.query_params for name in settings)
    place = st.expander(title, expanded=asked, key=f"{key}_section", on_change="rerun")
    if place.open:
        with place:
            draw()


def choice(label: str, options: Mapping[str, str], *, key: str, help_text: str | None = None) -> str:
    """Let the reader pick one of several named things, and keep the pick's id in the address.

    Streamlit's own binding would write the display name into the address, where it would change with the wording.

    Args:
        label: Label of the control.
        options: Display name by id; the first is the default and leaves no trace in the address.
        key: Name of the setting in the address and of the control.
        help_text: What stands behind the info mark.

    Returns:
        The chosen id.
    """
    given, seen = st.query_params.get(key), f"{key}_in_address"
    if given in options and (given != st.session_state.get(seen) or key not in st.session_state):
        st.session_state[key] = given
    picked = st.selectbox(label, list(options), format_func=lambda option: options[option], key=key, help=help_text)
    if given is not None and given not in options:
        st.warning(f"The address asks for {key} {given!r}, which does not exist; {options[picked]!r} is shown.")
    if picked == next(iter(options)):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = picked
    st.session_state[seen] = picked
    return picked


def chart(*, key: str, embed: Mapping[str, str] | None = None, **content: Unpack[ChartContent]) -> None:
    """Put a chart on the page: the only way a chart gets there.

    Args:
        key: Unique on the page and the same on every run.
        embed: Addresses at which the chart stands by itself, by what they show; None for none.
        content: What the chart shows.
    """
    mount_chart(content, key=key, stamp=export_stamp(), embed=embed)


def export_stamp() -> Stamp:
    """Return what saved files say about the figures of the page: the day whose knowledge counts, and the data."""
    return stamp_of(drawn_header().day)


def stamp_of(day: date | None) -> Stamp:
    """Return what saved files say about figures of a day.

    Args:
        day: The replayed day; None for the latest.
    """
    return Stamp(as_of=(day or date.today()).isoformat(), data_version=cache.evidence_on(None).data_version)


def source_line(evidence: Evidence, rows: pd.DataFrame) -> str:
    """Write the source line of a chart: claimants, then the pages that print their figures.

    Args:
        evidence: Evidence that holds the sources.
        rows: Rows drawn, with claimant, known and source_id.
    """
    if rows.empty:
        return "No source: nothing was known yet."
    ids = {source for cell in rows["source_id"].tolist() for source in cell.split(";")}
    claimants = ", ".join(list(dict.fromkeys(rows["claimant"].tolist()))[:4])
    known = f"{rows['known'].max():%-d %b %Y}"
    return f"Claimed by {claimants}. Printed by {source_note(evidence, ids)}. Newest known {known}."


def caveats(sentences: Iterable[str]) -> None:
    """List what a reader must know before using the figures."""
    st.header("What to mind", anchor=False)
    bullets(sentences)


def bullets(lines: Iterable[str]) -> None:
    """List lines of Markdown."""
    st.markdown("\n".join(f"- {line}" for line in lines))


def links(*pairs: tuple[str, str]) -> None:
    """Write a line of links to the API, such as downloads.

    Args:
        pairs: Label and address each.
    """
    st.markdown(" · ".join(f"[{label}]({address})" for label, address in pairs))
