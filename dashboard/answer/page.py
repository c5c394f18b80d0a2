"""100 a week: the claim, what it counted, what happened, and the report it stood in, each a part to open."""

from collections.abc import Sequence

import pandas as pd

from dashboard.answer import text as wording
from dashboard.shell.addresses import api_link, page_link, query_on
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, Settings, link_to_page
from dashboard.shell.parts import section
from dashboard.shell.sections.answer_opening import answer_opening, draw_chart, draw_opening, followed_table
from dashboard.shell.sections.weekly_sentences import WEEKLY_SENTENCES
from dashboard.shell.writing import bullets, links, note, paragraph, table
from indicators.core.snapshot import Snapshot


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return what the page says first: the answer, and what followed by definition."""
    return answer_opening(snapshot, followed_table(snapshot.answer))


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    first = opening(snapshot, {})
    draw_opening(first)
    draw_chart(snapshot)
    answer = snapshot.answer
    if answer.cited is None:
        return
    section(
        "What was claimed",
        lambda: _said(answer.claimed, f"Source: {first.source}.", wording.WORDED),
        key="answer_claim",
    )
    section(
        "What the 100 a week counted",
        lambda: _said(answer.counted, answer.pace, answer.suspended),
        key="answer_counted",
    )
    if first.table:
        section("What happened in the year", lambda: _happened(snapshot, first.table), key="answer_happened")
    section("If it had gone on", lambda: _projection(snapshot), key="answer_projection")
    section("Were projections right?", lambda: _record(snapshot), key="answer_record")
    section("The report of August 2023, line by line", lambda: _report(snapshot), key="answer_report")
    links(
        ("This answer as JSON", api_link("answer", snapshot.day)),
        ("Sentences as CSV", api_link("indicators/refusal_sentences", snapshot.day, format="csv")),
    )


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


PAGE = Page(
    stem="answer",
    title="100 a week",
    order=1,
    draw=draw_page,
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("observations", "published_projections", "claims", "claim_links"),
    result=lambda snapshot, _: [snapshot.answer, snapshot.track_record, snapshot.article],
    charts={"": WEEKLY_SENTENCES},
)
