"""Building blocks of pages: title, parts, charts, tables and notes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import wraps
from typing import ParamSpec, Unpack

import pandas as pd
import streamlit as st

from dashboard.component import ChartContent, Stamp, expected_height, mount_chart
from dashboard.component.copy import mount_copy
from dashboard.component.source_line import SourceLine
from dashboard.shell.addresses import CITE, embed_links
from dashboard.shell.header import drawn_header
from dashboard.shell.markdown import escaped
from dashboard.shell.page_address import expect_settings, keep_settings
from dashboard.shell.pages import Opening, PageChart, reads
from dashboard.shell.writing import bullets, note, paragraph, reserved
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.text import day_text

CLAIMANTS = 4
"""Claimants that a source line names."""

P = ParamSpec("P")


def page_header(opening: Opening | str, question: str = "") -> date | None:
    """Write a page's question as its title and the answer below it, and return the day whose knowledge counts.

    Args:
        opening: What the page says first; or its title alone, where `question` is all that follows.
    """
    header = drawn_header()
    said = Opening(question=opening, answer="") if isinstance(opening, str) else opening
    header.title = said.question
    with header.words:
        st.title(escaped(said.question), anchor=False)
        if question:
            paragraph(question)
        if said.answer:
            with st.container(key="opening_answer"):
                paragraph(said.answer)
        if said.source:
            note(said.source)
    if said.answer:
        with header.actions:
            source = f" Source: {said.source.rstrip('.')}." if said.source else ""
            mount_copy(said.answer + source, label="Copy sentence with source", key="copy_answer")
    return header.day


def alone(draw: Callable[P, None]) -> Callable[P, None]:
    """Let a part of a page run again by itself when the reader moves something in it.

    Args:
        draw: Draws the part, with everything on the page that depends on its settings.

    Returns:
        The same function, run alone from then on. A page that was opened with a citation says above its parts whether
        they are as cited, so there every setting runs the whole page.
    """

    @wraps(draw)
    def draw_and_keep(*args: P.args, **kwargs: P.kwargs) -> None:
        draw(*args, **kwargs)
        keep_settings()

    return draw if CITE in st.query_params else st.fragment(draw_and_keep)


def section(title: str, draw: Callable[[], None], *, key: str, settings: Collection[str] = ()) -> None:
    """Draw a part of a page under its title once the reader asks for it.

    Args:
        settings: Names of the part's own settings in the address; a link with one of them opens the part, which stays
            open when Streamlit drops a value that makes no sense.
    """
    expect_settings(*settings)
    if any(name in st.query_params for name in settings):
        st.session_state.setdefault(f"{key}_section", True)
    place = st.expander(escaped(title), key=f"{key}_section", on_change="rerun")
    if place.open:
        with place:
            draw()


def chart(*, key: str, embed: Mapping[str, str] | None = None, **content: Unpack[ChartContent]) -> None:
    """Put a chart on the page: the only way a chart gets there.

    Args:
        embed: Addresses at which the chart stands by itself, by what they show; None for none.
    """
    reserved(key, expected_height(content["figure"], content.get("subtitle", "")))
    mount_chart(with_pages(content), key=key, stamp=export_stamp(), embed=embed)


def frames(path: str, standing: PageChart) -> dict[str, str]:
    """Return the addresses at which a chart of the page stands by itself, by what they show.

    Args:
        path: Page and chart, such as ``cascade/outcomes``.
        standing: The chart; its settings are those that the page's address has now.
    """
    given = {name: text for name, text in st.query_params.items() if reads(standing.settings, name)}
    # The answer of the page can stand alone beside its first chart.
    return embed_links(path, drawn_header().day, date.today(), sentence=None if "/" in path else given, **given)


def with_pages(content: ChartContent) -> ChartContent:
    """Return what a chart shows with links to pages in its table's column "Source" in place of ids of sources."""
    table = content["table"]
    if table is None or "Source" not in table:
        return content
    evidence = snapshot_on(None).evidence
    cells = {cell: cited_pages(evidence, cell) for cell in set(table["Source"]) if isinstance(cell, str)}
    sources = [found if (found := cells.get(cell)) and found.pages else cell for cell in table["Source"]]
    if isinstance(table, pd.DataFrame):
        return {**content, "table": table.assign(Source=pd.Series(sources, index=table.index, dtype=object))}
    return {**content, "table": {**table, "Source": sources}}


def export_stamp() -> Stamp:
    """Return what saved files say about the figures of the page: the day whose knowledge counts, and the data."""
    return stamp_of(drawn_header().day)


def stamp_of(day: date | None) -> Stamp:
    """Return what saved files say about figures of a day."""
    return Stamp(as_of=(day or date.today()).isoformat(), data_version=snapshot_on(None).evidence.data_version)


def source_line(evidence: Evidence, rows: pd.DataFrame) -> SourceLine:
    """Return the source line of a chart: claimants, then the pages that print their figures."""
    if rows.empty:
        return ("No source: nothing was known yet.",)
    ids = {source for cell in rows["source_id"].tolist() for source in cell.split(";")}
    claimants = list(dict.fromkeys(rows["claimant"].tolist()))
    more = len(claimants) - CLAIMANTS
    others = f" and {more} other{'' if more == 1 else 's'}" if more > 0 else ""
    known = f"latest published {day_text(rows['known'].max())}"
    return (f"Source: {', '.join(claimants[:CLAIMANTS])}{others} ({known}), reported by ", cited_pages(evidence, ids))


def caveats(sentences: Iterable[str]) -> None:
    """List what a reader must know before using the figures."""
    st.header("Read with care", anchor=False)
    bullets(sentences)
