"""Timeline: dated events and assessments, newest first, with their sources and the indicators they concern."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.over_time.strip import draw_strip
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import chart, page_header, section, source_line
from dashboard.shell.settings_in_address import BACKWARDS, choice, day_input, filters, search_text, switch
from dashboard.shell.writing import bullets, links, note, notice, paragraph
from dashboard.snapshots import snapshot_on
from dashboard.timeline import text as wording
from indicators.core.evidence.load import Evidence
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.ledger.timeline import select, timeline
from indicators.core.model import Panel
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot

ALL = "all"
LISTED = 8
PANEL = Panel(id="timeline", title="Dated events", unit="event", series=tuple(wording.LINES), kind="events")


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, how many entries there are and which is the newest."""
    entries = timeline(snapshot.evidence)
    newest = entries.iloc[::-1].head(LISTED)
    return Opening(
        question=wording.QUESTION,
        answer=wording.newest_sentence(entries),
        source=wording.newest_source(snapshot.evidence, entries),
        table=wording.opening_table(newest),
    )


def any_or(options: dict[str, str]) -> dict[str, str]:
    """Put the choice of everything before the others."""
    return {ALL: "All", **options}


def day(label: str, key: str) -> date | None:
    """Let the reader bound the period; empty bounds nothing."""
    return day_input(label, key=key, first=FULL_SCALE_INVASION, last=date.today())


def chosen(entries: pd.DataFrame) -> pd.DataFrame:
    """Let the reader search, and filter behind one button; return the entries that fit."""
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        search = search_text("Search", key="search", placeholder="Name, place or word")
    with filters(right):
        line = choice("Kind", any_or(wording.LINES), key="kind")
        standing = choice("Status", any_or(wording.STATUSES), key="status")
        concerns = choice("Indicator", any_or({item.id: item.name for item in all_indicators()}), key="concerns")
        first, last = day("From", "from"), day("To", "to")
    if first and last and first > last:
        notice(BACKWARDS)
    return select(
        entries,
        line=None if line == ALL else line,
        status=None if standing == ALL else standing,
        indicator=None if concerns == ALL else concerns,
        first=first,
        last=last,
        words=search,
    )


def strip(evidence: Evidence, shown: pd.DataFrame, entries: pd.DataFrame) -> None:
    """Draw the entries as marks on a time axis."""
    chart(
        figure=draw_strip(shown, PANEL, wording.LINES),
        key="timeline",
        title="Dated events and assessments, by kind",
        subtitle=wording.count_sentence(shown, entries),
        source=source_line(evidence, shown),
        alt=f"Marks on a time axis, one line for each kind. {wording.count_sentence(shown, entries)}",
        table=wording.number_table(shown),
        file_name="timeline",
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    evidence = snapshot.evidence
    entries = timeline(evidence)
    page_header(opening(snapshot, {}))
    shown = chosen(entries)
    if shown.empty:
        paragraph("No event fits this choice. Clear the search, or choose All or a longer period.")
    else:
        whole = len(shown) <= LISTED or switch(f"List all {len(shown)}", key="all")
        listed = "" if whole else f" The newest {LISTED} are listed."
        note(wording.count_sentence(shown, entries) + listed)
        paragraph(wording.entry_list(evidence, shown if whole else shown.tail(LISTED)))
        section("On a time axis", partial(strip, evidence, shown, entries), key="axis", on_demand=True)
    section("Read with care", partial(bullets, wording.CARE), key="care", on_demand=True)
    links(
        ("Events as CSV", api_link("events", snapshot.day, format="csv")),
        ("Events as JSON", api_link("events", snapshot.day)),
        ("API documentation", documentation_link()),
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.events, evidence.mentions]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    return timeline(snapshot_on(day).evidence)


PAGE = Page(
    stem="timeline",
    title="Timeline",
    group="Indicators",
    order=4,
    draw=draw_page,
    opening=opening,
    rows=rows_cited,
    result=result_cited,
    opens_with_chart=False,
)
