"""100 a week: the claim, what it counted, what happened, and the report it stood in, each a part to open."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from dashboard.answer import text as wording
from dashboard.shell.addresses import api_link, page_link, query_on
from dashboard.shell.header import drawn_header
from dashboard.shell.pages import Opening, Page, Settings, link_to_page
from dashboard.shell.parts import section
from dashboard.shell.sections.answer_opening import answer_opening, draw_chart, draw_opening, followed_table
from dashboard.shell.sections.weekly_sentences import WEEKLY_SENTENCES
from dashboard.shell.writing import bullets, links, note, paragraph, table
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.snapshot import Snapshot


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return what the page says first: the answer, and what followed by definition."""
    return answer_opening(snapshot, followed_table(snapshot.answer))


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = snapshot_on(drawn_header().day)
    first = opening(snapshot, {})
    draw_opening(first)
    draw_chart(snapshot)
    answer = snapshot.answer
    if answer.cited is None:
        return
    _part("claim", "What was claimed", lambda: _said(answer.claimed, f"Source: {first.source}.", wording.WORDED))
    _part("counted", "What the 100 a week counted", lambda: _said(answer.counted, answer.pace, answer.suspended))
    if first.table:
        _part("happened", "What happened in the year", lambda: _happened(snapshot, first.table))
    _part("projection", "If it had gone on", lambda: _projection(snapshot))
    _part("record", "Were projections right?", lambda: _record(snapshot))
    _part("report", "The report of August 2023, line by line", lambda: _report(snapshot))
    links(
        ("This answer as JSON", api_link("answer", snapshot.day)),
        ("Sentences as CSV", api_link("indicators/refusal_sentences", snapshot.day, format="csv")),
    )


def _part(key: str, title: str, draw: Callable[[], None]) -> None:
    section(title, draw, key=f"answer_{key}", on_demand=True)


def _said(*sentences: str) -> None:
    for sentence in sentences:
        if sentence:
            paragraph(sentence)


def _happened(snapshot: Snapshot, rows: Sequence[Sequence[str]]) -> None:
    paragraph(snapshot.answer.happened)
    table(_frame(rows), alt="What followed the projection, by definition")
    _said(snapshot.answer.latest)
    note(wording.WAYS)


def _projection(snapshot: Snapshot) -> None:
    paragraph(wording.carried_on(snapshot.answer))
    link_to_page("projection", "Move the assumptions", query_on(snapshot.day))


def _record(snapshot: Snapshot) -> None:
    paragraph(wording.record_sentence(snapshot.track_record))
    table(_frame(wording.record_rows(snapshot.track_record)), alt="Published projections and what became of them")
    link_to_page("track_record", "Every definition and why it missed", query_on(snapshot.day))


def _report(snapshot: Snapshot) -> None:
    article = snapshot.article
    later = snapshot.day is None or snapshot.day > article.day
    bullets(
        wording.statement_line(
            annotation, page_link("article", snapshot.day, statement=annotation.claim["claim_id"]), later
        )
        for annotation in article.statements
    )


def _frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    head, *body = rows
    return pd.DataFrame(list(body), columns=list(head))


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.observations, evidence.published_projections, evidence.claims, evidence.claim_links]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    snapshot = snapshot_on(day)
    return [snapshot.answer, snapshot.track_record, snapshot.article]


PAGE = Page(
    stem="answer",
    title="100 a week",
    order=1,
    draw=draw_page,
    opening=opening,
    rows=rows_cited,
    result=result_cited,
    charts={"": WEEKLY_SENTENCES},
)
