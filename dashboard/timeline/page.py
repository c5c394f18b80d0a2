"""Timeline: dated events and assessments, newest first, with their sources and the indicators they concern."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.over_time.strip import draw_strip
from dashboard.component import ChartContent
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.exact_settings import NothingThereError, a_day, a_period, one_of
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, PageChart, Settings
from dashboard.shell.parts import chart, frames, page_header, section, source_line
from dashboard.shell.settings_in_address import BACKWARDS, choice, day_input, filters, search_text, switch
from dashboard.shell.writing import bullets, links, note, notice, paragraph
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
    return fitting(entries, line, standing, concerns, first, last, search)


def fitting(
    entries: pd.DataFrame, line: str, standing: str, concerns: str, first: date | None, last: date | None, words: str
) -> pd.DataFrame:
    """Return the entries that fit some choices."""
    line_, status, indicator = (None if chosen == ALL else chosen for chosen in (line, standing, concerns))
    return select(entries, line=line_, status=status, indicator=indicator, first=first, last=last, words=words)


def strip(evidence: Evidence, shown: pd.DataFrame, entries: pd.DataFrame) -> ChartContent:
    """Return the entries as marks on a time axis."""
    return {
        "figure": draw_strip(shown, PANEL, wording.LINES),
        "title": "Dated events and assessments, by kind",
        "subtitle": wording.count_sentence(shown, entries),
        "source": source_line(evidence, shown),
        "alt": f"Marks on a time axis, one line for each kind. {wording.count_sentence(shown, entries)}",
        "table": wording.number_table(shown),
        "file_name": "timeline",
    }


def strip_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    """Return the entries that an address asks for, taken as it is written, as marks on a time axis."""
    entries = timeline(snapshot.evidence)
    indicators = [indicator.id for indicator in all_indicators()]
    options = {"kind": list(wording.LINES), "status": list(wording.STATUSES), "concerns": indicators}
    line, status, concerns = (one_of(settings, name, [ALL, *allowed], ALL) for name, allowed in options.items())
    first, last = (a_day(settings, name, FULL_SCALE_INVASION, date.today()) for name in ("from", "to"))
    a_period(first, last)
    shown = fitting(entries, line, status, concerns, first, last, settings.get("search", ""))
    if shown.empty:
        raise NothingThereError("No event fits this choice.")
    return strip(snapshot.evidence, shown, entries)


STANDING = PageChart(content=strip_by_address, settings=("search", "kind", "status", "concerns", "from", "to"))


def draw_strip_of(evidence: Evidence, shown: pd.DataFrame, entries: pd.DataFrame) -> None:
    """Draw the entries as marks on a time axis."""
    chart(key="timeline", embed=frames("timeline", STANDING), **strip(evidence, shown, entries))


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
        section("On a time axis", partial(draw_strip_of, evidence, shown, entries), key="axis")
    section("Read with care", partial(bullets, wording.CARE), key="care")
    links(
        ("Events as CSV", api_link("events", snapshot.day, format="csv")),
        ("Events as JSON", api_link("events", snapshot.day)),
        ("API documentation", documentation_link()),
    )


PAGE = Page(
    stem="timeline",
    title="Timeline",
    group="Indicators",
    order=4,
    draw=draw_page,
    settings=(*STANDING.settings, "all"),
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("events", "mentions"),
    result=lambda snapshot, _: timeline(snapshot.evidence),
    charts={"": STANDING},
    opens_with_chart=False,
)
