"""Now: the answer, its chart, what is new, and where each sign of morale stands."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.now.news import newest, news_sentences
from dashboard.now.signs import Sign, all_signs
from dashboard.now.table import STYLE, signs_rows, signs_table
from dashboard.shell.addresses import page_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import link, markup
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.sections.answer_opening import answer_opening, draw_chart, draw_opening
from dashboard.shell.sections.weekly_sentences import WEEKLY_SENTENCES
from dashboard.shell.wording.index_wording import in_short
from dashboard.shell.writing import bullets, elements, note, paragraph
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text
from indicators.methods.index.parameters import DEFAULTS

CHANGES = 3
SMALL_PRINT = """<style>
.st-key-what_is_new { gap: 8px; }
.st-key-what_is_new p, .st-key-what_is_new li { font-size: 0.875rem; line-height: 1.4; }
</style>"""


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return what the page says first: the answer, and where each sign of morale stands."""
    return answer_opening(snapshot, signs_rows(all_signs(snapshot)))


def what_is_new(snapshot: Snapshot, signs: Sequence[Sign], today: date) -> None:
    """Say when something was last published, and list what became known last."""
    st.header("What is new", anchor=False)
    paragraph(" ".join(news_sentences(snapshot, signs, today)))
    bullets(
        markup("{}: {}", day_text(news.known), link(news.said, _address(news.indicator, snapshot.day)))
        for news in newest(snapshot, signs, CHANGES)
    )
    paragraph(link("All news", page_link("updates", snapshot.day)))


def pressure(snapshot: Snapshot) -> None:
    """Say where the index of pressure stands, with its range, or why it has no value."""
    index, drawn = snapshot.index(DEFAULTS), snapshot.index_robustness(DEFAULTS)
    where = link("Index of pressure on morale", page_link("index", snapshot.day))
    paragraph(markup("{}, higher means worse: {}", where, in_short(index, drawn)))


def _address(indicator: str, day: date | None) -> str:
    return page_link("indicator", day, indicator=indicator) if indicator else page_link("timeline", day)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    today = snapshot.day or date.today()
    signs = all_signs(snapshot)
    first = answer_opening(snapshot, signs_rows(signs))
    draw_opening(first)
    chart, news = st.columns([1.9, 1], gap="medium")
    with chart:
        draw_chart(snapshot)
    with news, st.container(key="what_is_new"):
        what_is_new(snapshot, signs, today)
        st.html(SMALL_PRINT)
    st.html(STYLE)
    elements(signs_table(signs, snapshot.day, today))
    pressure(snapshot)
    note(
        "A quoted figure is a claim, not a count. “Better” and “worse” follow each indicator's definition. "
        f"Data version {snapshot.evidence.data_version}."
    )


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    return [snapshot.answer, [snapshot.derived_digest(indicator.id) for indicator in all_indicators()]]


PAGE = Page(
    stem="overview",
    title="Now",
    order=0,
    draw=draw_page,
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("observations", "events", "mentions", "published_projections"),
    result=_result_cited,
    charts={"": WEEKLY_SENTENCES},
)
