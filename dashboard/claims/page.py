"""Claims: each statement with who says so, suspects or denies it, and how many sources are independent."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.claims import charts
from dashboard.claims import text as wording
from dashboard.shell.addresses import api_link, documentation_link, embed_links, query_on
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import Markdown, joined, markup, source_links
from dashboard.shell.pages import Opening, Page, Settings, link_to_page, page_of, streamlit_page
from dashboard.shell.parts import chart, frames, page_header, section
from dashboard.shell.sections.echoes import echoes
from dashboard.shell.settings_in_address import BACKWARDS, choice, day_input, named
from dashboard.shell.writing import bullets, links, note, notice, paragraph, wide_table
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.claims import claim_echoes, ledger
from indicators.core.ledger.voices import Statement, independent_sources, statements_by_topic
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.claim_bounds import claimed_intervals, contested_series

FEWEST_PAGES_DRAWN = 3
"""A chain of two pages is said in a sentence."""

CARE = (
    "A letter is the usual reliability of a claimant, from A (best) to E; F means that nobody can judge it.",
    "A denial neither lowers nor raises a figure, and no verdict is given.",
    "Statements are in our words. Read the source before you quote one.",
)


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, and the answer for the topic asked for."""
    topics = statements_by_topic(snapshot.evidence)
    topic = settings.get("topic", "")
    topic = topic if topic in topics else next(iter(topics), "")
    return Opening(
        question=wording.QUESTION,
        answer=wording.claims_sentence(topics, topic),
        source=wording.claims_source(snapshot.evidence),
        table=wording.opening_table(topics.get(topic, ())),
    )


def strip(evidence: Evidence, topic: str) -> None:
    """Draw who says what on a topic."""
    content = charts.who_says_what_on(evidence, topic)
    chart(key="who_says_what", embed=frames("claims", charts.CHARTS[""]), **content)


def details(evidence: Evidence, statement: Statement, printed: Mapping[str, Markdown]) -> None:
    """Show the grades and pages of everybody who has part in a statement, and who repeats whom."""
    bullets(wording.details_lines(statement, printed))
    for voice in statement.voices:
        rows = pd.DataFrame([voice.claim])
        (graph,) = claim_echoes(evidence, rows)
        if len(graph.pages) >= FEWEST_PAGES_DRAWN:
            id_ = voice.claim["claim_id"]
            echoes(evidence, graph, rows, key=f"claim_{id_}", embed=claim_frames(id_))


def claim_frames(claim: str) -> dict[str, str]:
    """Return the addresses at which it stands by itself who repeats whom on a claim."""
    return embed_links("claims/echoes", shown_snapshot().day, date.today(), claim=claim)


def one_statement(evidence: Evidence, statement: Statement, printed: Mapping[str, Markdown], *, opened: bool) -> None:
    """Write a statement with the people below it, and their grades and pages once they are asked for."""
    urls = {str(source): row["url"] for source, row in evidence.source_rows.items()}
    paragraph(joined("  \n", (markup("**{}**", statement.claim["statement"]), *wording.voice_lines(statement, urls))))
    sources = wording.sources_sentence(independent_sources(evidence, statement))
    key = f"{statement.claim['claim_id']}_details"
    place = st.expander(markup("Details, {}", sources), expanded=opened, key=key, on_change="rerun", type="compact")
    if place.open:
        with place:
            details(evidence, statement, printed)


def bounds(evidence: Evidence) -> None:
    """Draw each claimant's interval for one quantity and period, and what all of them allow."""
    labels, listed = charts.series_names(evidence), charts.contested(evidence)
    if not listed:
        paragraph("No two claimants had stated a figure for the same quantity on this day.")
        return
    left, middle, right = st.columns(3)
    with left:
        names = {name: labels[name] for name in listed}
        series = choice("Quantity", names, key="quantity", always=True)
    with middle:
        start = (
            day_input("Figures from", key="bounds_from", first=charts.FIRST, last=charts.LAST, default=charts.START)
            or charts.FIRST
        )
    with right:
        end = (
            day_input("Figures to", key="bounds_to", first=charts.FIRST, last=charts.LAST, default=charts.END)
            or charts.LAST
        )
    if start > end:
        notice(BACKWARDS)
    content = charts.bounds_of(evidence, series, start, end)
    chart(key="claim_bounds", embed=frames("claims/bounds", charts.CHARTS["bounds"]), **content)
    note(
        "An independent count is read as a documented minimum, “up to” as everything from 0, an estimate without "
        "bounds as its own point, whoever states it. An arrow means that no upper bound was stated. A denial states no "
        "figure; it stands with the statement that it denies."
    )


def whole_ledger(rows: pd.DataFrame) -> None:
    """Show all statements of a topic in a table with every mark in a column of its own."""
    wide_table(
        wording.ledger_table(rows), alt="Statements with claimant, day known, grades, likelihood, confidence and kind."
    )


def statements(evidence: Evidence, shown: Sequence[Statement]) -> None:
    """Write the statements of a topic; the one with the claim that the address names has its details open."""
    claims = {voice.claim["claim_id"] for statement in shown for voice in statement.voices}
    asked = named("claim", claims, "the whole topic")
    printed = source_links(evidence)
    for statement in shown:
        opened = asked in {voice.claim["claim_id"] for voice in statement.voices}
        one_statement(evidence, statement, printed, opened=opened)


def draw_page() -> None:
    """Draw the page from top to bottom; a statement of the article has a page of its own."""
    if "statement" in st.query_params:
        st.switch_page(streamlit_page(page_of("article")), query_params=st.query_params.to_dict())
    snapshot = shown_snapshot()
    evidence = snapshot.evidence
    topics = statements_by_topic(evidence)
    if topics:
        link_to_page("article", "The article of 31 Aug 2023, line by line", query_on(snapshot.day))
        topic = choice("Topic", wording.topic_chips(topics), key="topic", side_by_side=True, always=True)
        page_header(opening(snapshot, {"topic": topic}))
        statements(evidence, topics[topic])
        rows = ledger(evidence)
        section("These statements on a time axis", partial(strip, evidence, topic), key="axis")
        section("All marks in a table", partial(whole_ledger, rows[rows["topic"] == topic]), key="ledger")
        settings = ("quantity", "bounds_from", "bounds_to")
        section("Conflicting figures for one quantity", partial(bounds, evidence), key="bounds", settings=settings)
        section("Read with care", partial(bullets, CARE), key="care")
    else:
        page_header(opening(snapshot, {}))
    links(
        ("Claims as JSON", api_link("claims", snapshot.day)),
        ("Claims as CSV", api_link("claims", snapshot.day, format="csv")),
        ("API documentation", documentation_link()),
    )


def _rows_cited(snapshot: Snapshot, settings: Settings) -> list[pd.DataFrame]:
    evidence = snapshot.evidence
    graded = evidence.publishers[evidence.publishers["publisher"].isin(evidence.claims["claimant"])]
    return [evidence.claims, evidence.claim_links, graded, evidence.observations]


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    evidence, day = snapshot.evidence, snapshot.day or date.max
    return {
        "ledger": ledger(evidence),
        "echoes": claim_echoes(evidence, evidence.claims),
        "statements": statements_by_topic(evidence),
        "intervals": [claimed_intervals(evidence, [name], date.min, day) for name in contested_series(evidence)],
    }


PAGE = Page(
    stem="claims",
    title="Claims",
    group="Claims",
    order=1,
    draw=draw_page,
    settings=("topic", "claim", "quantity", "bounds_from", "bounds_to"),
    opening=opening,
    rows=_rows_cited,
    result=_result_cited,
    charts=charts.CHARTS,
    opens_with_chart=False,
)
