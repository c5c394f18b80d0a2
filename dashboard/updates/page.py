"""What is new since a day that stands in the address, and how to follow it without an account."""

from datetime import date, timedelta

import streamlit as st

from dashboard.shell.addresses import api_link, page_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import escaped, link, markup, page_links
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import page_header
from dashboard.shell.settings_in_address import choice, day_input, switch
from dashboard.shell.writing import bullets, links, note, paragraph
from dashboard.updates import text as wording
from indicators.core.evidence.provenance import cited_pages
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.ledger.updates import Update, updates
from indicators.core.plain_text import read_day
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.core.text import count_text, day_text

SINCE, KIND, ALL = "since", "what", "all"
USUAL = timedelta(days=92)
MOST, LISTED, LINES = 40, 7, 3


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, how much is new, and the newest of it."""
    since = _since(snapshot, settings)
    found = _found(snapshot, since)
    return Opening(
        question=wording.QUESTION,
        answer=wording.updates_sentence(found, since),
        table=wording.opening_table(found[:LISTED]),
    )


def _today(snapshot: Snapshot) -> date:
    return snapshot.day or date.today()


def _since(snapshot: Snapshot, settings: Settings) -> date:
    try:
        return min(read_day(settings.get(SINCE, "")), _today(snapshot))
    except ValueError:
        return max(_today(snapshot) - USUAL, FULL_SCALE_INVASION)


def _found(snapshot: Snapshot, since: date) -> list[Update]:
    return updates(snapshot.evidence, {indicator.id: indicator.name for indicator in all_indicators()}, since)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    page_header(opening(snapshot, st.query_params.to_dict()))
    left, right = st.columns(2)
    with left:
        usual = _since(snapshot, {})
        since = day_input("Since", key=SINCE, first=FULL_SCALE_INVASION, last=_today(snapshot), default=usual) or usual
    with right:
        kind = choice("What", {ALL: "Everything"} | {one.value: name for one, name in wording.KINDS.items()}, key=KIND)
    found = [one for one in _found(snapshot, since) if kind in (ALL, one.kind)]
    follow(snapshot.day)
    if not found:
        paragraph(wording.NOTHING)
    most = min(len(found), MOST)
    whole = most <= LISTED or switch(f"List {most} updates", key="all")
    for one in found[: most if whole else LISTED]:
        entry(snapshot, one)
    if len(found) > MOST:
        note(f"{count_text(len(found) - MOST, 'older update')} in the feeds.")
    bullets(wording.CARE)


def follow(day: date | None) -> None:
    """Say how to follow what is new: by an address to keep, or by a feed."""
    feeds = (("Atom feed", api_link("feed.atom", day)), ("JSON feed", api_link("feed.json", day)))
    if day is not None:
        links(*feeds)
        return
    today = date.today()
    kept = page_link("updates", None, since=today.isoformat())
    links((f"Keep this link for your next visit: what is new since {day_text(today)}", kept), *feeds)


def entry(snapshot: Snapshot, one: Update) -> None:
    """Write one entry: its title as a link, its first lines, and the pages that print them."""
    stem, settings = ("indicator", {"indicator": one.indicator}) if one.indicator else ("corrections", {})
    paragraph(markup("**{}**: {}", day_text(one.day), link(one.title, page_link(stem, snapshot.day, **settings))))
    lines = [escaped(line) for line in one.lines[:LINES]]
    if len(one.lines) > LINES:
        lines.append(escaped(f"and {len(one.lines) - LINES} more"))
    bullets(lines)
    if one.source_ids:
        paragraph(markup("Source: {}.", page_links(cited_pages(snapshot.evidence, one.source_ids))))


PAGE = Page(
    stem="updates",
    title="What is new",
    group="Data",
    order=0,
    draw=draw_page,
    settings=(SINCE, KIND, "all"),
    opening=opening,
    result=lambda snapshot, settings: [one.id for one in _found(snapshot, _since(snapshot, settings))],
    opens_with_chart=False,
)
