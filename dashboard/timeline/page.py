"""Timeline: dated events and assessments, filtered, with their sources and the charts they belong to."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts.strip import draw_strip
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.pages import Page, Settings
from dashboard.shell.parts import caveats, chart, page_header, source_line
from dashboard.shell.settings_in_address import BACKWARDS, choice, day_input, switch
from dashboard.shell.writing import links, notice, paragraph
from dashboard.snapshots import snapshot_on
from dashboard.timeline import text as timeline_wording
from indicators.core.evidence.load import Evidence
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.ledger.timeline import select, timeline
from indicators.core.model import Dated, Panel
from indicators.core.registry import all_indicators

ALL = "all"
LISTED = 20


def any_or(options: dict[str, str]) -> dict[str, str]:
    """Put the choice of everything before the others."""
    return {ALL: "All", **options}


def day(label: str, key: str) -> date | None:
    """Let the reader bound the period; empty bounds nothing."""
    return day_input(label, key=key, first=FULL_SCALE_INVASION, last=date.today())


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Timeline", "What happened when, who says so, and which indicator does it concern?")
    evidence = snapshot_on(as_of).evidence
    entries = timeline(evidence)
    kind, status, indicator, since, until = st.columns(5)
    with kind:
        line = choice("Kind", any_or(timeline_wording.LINES), key="kind")
    with status:
        standing = choice("Status", any_or(timeline_wording.STATUSES), key="status")
    with indicator:
        concerns = choice("Indicator", any_or({item.id: item.name for item in all_indicators()}), key="concerns")
    with since:
        first = day("From", "from")
    with until:
        last = day("To", "to")
    if first and last and first > last:
        notice(BACKWARDS)
    shown = select(
        entries,
        line=None if line == ALL else line,
        status=None if standing == ALL else standing,
        indicator=None if concerns == ALL else concerns,
        first=first,
        last=last,
    )
    panel = Panel(
        id="timeline", title="Dated events", unit="event", series=tuple(timeline_wording.LINES), kind="events"
    )
    chart(
        figure=draw_strip(shown, panel, timeline_wording.LINES),
        key="timeline",
        title="Dated events and assessments, by kind",
        subtitle=timeline_wording.count_sentence(shown, entries),
        source=source_line(evidence, shown),
        alt=f"Marks on a time axis, one line for each kind. {timeline_wording.count_sentence(shown, entries)}",
        table=timeline_wording.number_table(shown),
        file_name="timeline",
    )
    if shown.empty:
        notice("No event fits this choice. Choose All or a longer period.", "info")
    else:
        st.header("Newest first", anchor=False)
        whole = len(shown) <= LISTED or switch(f"List all {len(shown)}", key="all")
        paragraph(timeline_wording.entry_list(evidence, shown if whole else shown.tail(LISTED)))
    links(
        ("Events as CSV", api_link("events", as_of, format="csv")),
        ("Events as JSON", api_link("events", as_of)),
        ("API documentation", documentation_link()),
    )
    caveats(
        (
            Dated(
                "A selection, densest in summer 2023: the number of marks shows coverage, not how much happened.",
                date(2023, 9, 1),
                before="A selection: the number of marks shows coverage, not how much happened.",
            ),
            "Contested means that parties disagree; the page gives no verdict. A denial stands beside what it denies.",
            "Assessments about military bloggers were mostly found by looking for complaints.",
        )
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.events, evidence.mentions]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    return timeline(snapshot_on(day).evidence)


PAGE = Page(
    stem="timeline", title="Timeline", order=4, group="Indicators", draw=draw_page, rows=rows_cited, result=result_cited
)
