"""The article: a news report of August 2023, statement by statement, then and since."""

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.article import text as wording
from dashboard.shell.addresses import api_link, page_link, query_on
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import Markdown, link, markup, source_links
from dashboard.shell.pages import Opening, Page, Settings, all_pages, link_to_page
from dashboard.shell.parts import page_header, section
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording.claim_text import grades_text
from dashboard.shell.writing import bullets, links, note, notice, paragraph
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.consistency import split_ids
from indicators.core.ledger.claims import Annotation
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text

EVERY_STATEMENT = "all"
LEFT_OUT = "What became known later is left out."
SILENT = "No page among the sources speaks to it."
NAMES = {indicator.id: indicator.name for indicator in all_indicators()}


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, and its answer for all statements or for the one asked for."""
    article = snapshot.article
    asked = settings.get("statement", EVERY_STATEMENT)
    one = [annotation for annotation in article.statements if annotation.claim["claim_id"] == asked]
    later = later_counts(snapshot)
    rows = wording.brief_rows(article, snapshot.answer, later_counts=later)
    sentence = wording.article_sentence(rows, article, snapshot.answer, later_counts=later)
    if one:
        rows = [row for row in rows if row[0] == one[0].claim["statement"]]
        sentence = wording.statement_sentence(one[0].claim, *rows[0][1:], article.day, later_counts=later)
    heads = ("Statement", f"Known on {day_text(article.day)}", "Known since")
    source = "19FortyFive, 31 Aug 2023, in our words."
    return Opening(question=wording.QUESTION, answer=sentence, source=source, table=[heads, *rows] if rows else ())


def later_counts(snapshot: Snapshot) -> bool:
    """Return whether anything that became known after the report's day is told."""
    return snapshot.day is None or snapshot.day > snapshot.article.day


def evidence_of_statement(
    snapshot: Snapshot, annotation: Annotation, printed: Mapping[str, Markdown], *, alone: bool
) -> None:
    """Show who said a statement, what was known then and what became known later, each with its source."""
    claim, day = annotation.claim, snapshot.article.day
    known, became_known = wording.then_and_later(annotation, pd.Timestamp(day), printed)
    nothing_later = SILENT if later_counts(snapshot) else LEFT_OUT
    if later_counts(snapshot):
        became_known = [*wording.answer_lines(snapshot.answer, claim), *became_known]
    figure = wording.claim_figure(snapshot.evidence, claim)
    said = markup("By {}. Printed by {}. {}", claim["claimant"], printed[claim["source_id"]], claim["note"])
    paragraph(markup("{} {}", said, f"Figure: {figure}." if figure else ""))
    if wording.unmeasured(claim):
        paragraph(markup("**{}**", wording.UNMEASURED))
    parts = ((f"Known on {day_text(day)}", known, SILENT), ("Known since", became_known, nothing_later))
    for column, (heading, lines, otherwise) in zip(st.columns(2, gap="medium"), parts, strict=True):
        with column:
            paragraph(markup("**{}**", heading))
            bullets(lines) if lines else paragraph(otherwise)
    note(grades_text(claim))
    if not alone:
        address = page_link("article", snapshot.day, statement=claim["claim_id"])
        paragraph(link("Address of this statement alone", address))
    for page in (page for page in all_pages() if page.stem in split_ids(claim["pages"])):
        asked = {"of": claim["projection_id"]} if page.stem == "track_record" else {}
        link_to_page(page.stem, page.title, query_on(snapshot.day, **asked))
    for indicator in sorted(split_ids(claim["indicators"]) & NAMES.keys()):
        link_to_page("indicator", NAMES[indicator], query_on(snapshot.day, indicator=indicator))


def row(snapshot: Snapshot, annotation: Annotation, printed: Mapping[str, Markdown], *, alone: bool) -> None:
    """Write a statement in one line, and its evidence once it is opened."""
    claim = annotation.claim
    then, since = wording.in_brief(annotation, pd.Timestamp(snapshot.article.day), snapshot.answer)
    brief = wording.brief_text(then, since if later_counts(snapshot) else None)
    key = f"{claim['claim_id']}_row"
    place = st.expander(
        markup("**{}** {}", claim["statement"], brief), expanded=alone, key=f"{key}_alone" if alone else key,
        on_change="rerun",
    )  # fmt: skip
    if place.open:
        with place:
            evidence_of_statement(snapshot, annotation, printed, alone=alone)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    known = {annotation.claim["claim_id"]: annotation for annotation in snapshot.article.statements}
    if not known:
        page_header(opening(snapshot, {}))
        notice("Its first statement became known later.", "info")
        return
    names = {claim_id: f"{claim_id}: {one.claim['statement']}" for claim_id, one in known.items()}
    asked = choice("Statement", {EVERY_STATEMENT: f"All {len(known)} statements"} | names, key="statement")
    page_header(opening(snapshot, {"statement": asked}))
    printed = source_links(snapshot.evidence)
    shown = known if asked == EVERY_STATEMENT else {asked: known[asked]}
    for annotation in shown.values():
        row(snapshot, annotation, printed, alone=asked != EVERY_STATEMENT)
    if unread := wording.unread_sentence(len(known), len(snapshot_on(None).article.statements)):
        note(unread)
    section("Read with care", partial(bullets, wording.CARE), key="care")
    links(("Claims as JSON", api_link("claims", snapshot.day)))


def _rows_cited(snapshot: Snapshot, settings: Settings) -> list[pd.DataFrame]:
    evidence = snapshot.evidence
    graded = evidence.publishers[evidence.publishers["publisher"].isin(evidence.claims["claimant"])]
    answering = [evidence.observations, evidence.published_projections, evidence.events, evidence.mentions]
    return [evidence.claims, evidence.claim_links, graded, *answering]


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    return {
        "article": snapshot.article,
        "answer": snapshot.answer,
        "unread": len(snapshot_on(None).article.statements) - len(snapshot.article.statements),
    }


PAGE = Page(
    stem="article",
    title="The article, line by line",
    group="Claims",
    order=2,
    draw=draw_page,
    settings=("statement",),
    opening=opening,
    rows=_rows_cited,
    result=_result_cited,
    opens_with_chart=False,
)
