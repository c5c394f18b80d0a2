"""Claims: each statement with who says so, suspects or denies it, and how many sources are independent."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.claims.claim_bounds import draw_claim_bounds
from dashboard.charts.claims.who_says_what import draw_who_says_what
from dashboard.claims import bounds_text as claim_bounds_wording
from dashboard.claims import text as wording
from dashboard.shell.addresses import api_link, documentation_link, query_on
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import Markdown, joined, markup, source_links
from dashboard.shell.pages import Opening, Page, Settings, link_to_page, page_of, streamlit_page
from dashboard.shell.parts import chart, page_header, section, source_line
from dashboard.shell.sections.echoes import echoes
from dashboard.shell.settings_in_address import BACKWARDS, choice, day_input, named
from dashboard.shell.writing import bullets, links, note, notice, paragraph
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.claims import claim_echoes, ledger, who_says_what
from indicators.core.ledger.voices import Statement, independent_sources, statements_by_topic
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.claim_bounds import claimed_intervals, common_ground, contested_series

BOUNDS_SERIES = "ru_force_in_ukraine"
BOUNDS_START, BOUNDS_END = date(2023, 8, 1), date(2023, 12, 31)
FIRST, LAST = date(2014, 1, 1), date(2100, 12, 31)
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
    rows = who_says_what(evidence, topic)
    chart(
        figure=draw_who_says_what(rows),
        key="who_says_what",
        title=f"Who says what: {wording.topic_name(topic)}",
        subtitle=wording.strip_finding(rows),
        source=source_line(evidence, rows),
        alt=f"Claims on {topic} by claimant and day. {wording.strip_finding(rows)}",
        table=wording.strip_table(rows),
        file_name=f"claims_{topic.replace(' ', '_')}",
    )


def details(evidence: Evidence, statement: Statement, printed: Mapping[str, Markdown]) -> None:
    """Show the grades and pages of everybody who has part in a statement, and who repeats whom."""
    bullets(wording.details_lines(statement, printed))
    for voice in statement.voices:
        rows = pd.DataFrame([voice.claim])
        (graph,) = claim_echoes(evidence, rows)
        if len(graph.pages) >= FEWEST_PAGES_DRAWN:
            echoes(evidence, graph, rows, key=f"claim_{voice.claim['claim_id']}")


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
    labels = evidence.series.set_index("series")["name"]
    contested = contested_series(evidence)
    listed = sorted(contested, key=lambda name: (name != BOUNDS_SERIES, labels[name]))
    if not listed:
        paragraph("No two claimants had stated a figure for the same quantity on this day.")
        return
    left, middle, right = st.columns(3)
    with left:
        series = choice("Quantity", {name: str(labels[name]) for name in listed}, key="quantity")
    with middle:
        start = day_input("Figures from", key="bounds_from", first=FIRST, last=LAST, default=BOUNDS_START) or FIRST
    with right:
        end = day_input("Figures to", key="bounds_to", first=FIRST, last=LAST, default=BOUNDS_END) or LAST
    if start > end:
        notice(BACKWARDS)
    intervals = claimed_intervals(evidence, [series], start, end)
    ground = common_ground(intervals)
    unit = str(evidence.series.set_index("series").at[series, "unit"])
    chart(
        figure=draw_claim_bounds(intervals, ground, unit),
        key="claim_bounds",
        title=f"{labels[series]}, {unit}, as claimed",
        subtitle=claim_bounds_wording.bounds_finding(ground, unit, intervals),
        source=source_line(evidence, claim_bounds_wording.bounds_sources(intervals)),
        alt=f"Interval of each claimant. {claim_bounds_wording.bounds_finding(ground, unit, intervals)}",
        table=claim_bounds_wording.bounds_table(intervals),
        file_name=f"claim_bounds_{series}",
    )
    note(
        "An independent count is read as a documented minimum, “up to” as everything from 0, an estimate without "
        "bounds as its own point, whoever states it. An arrow means that no upper bound was stated. A denial states no "
        "figure; it stands with the statement that it denies."
    )


def whole_ledger(rows: pd.DataFrame) -> None:
    """Show all statements of a topic in a table with every mark in a column of its own."""
    st.dataframe(
        wording.ledger_table(rows),
        hide_index=True,
        alt="Statements with claimant, day known, grades, likelihood, confidence and kind.",
        column_config={
            "Statement (our words)": st.column_config.TextColumn(width="large"),
            "Known": st.column_config.DateColumn(format="D MMM YYYY"),
        },
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
        topic = choice("Topic", wording.topic_chips(topics), key="topic", side_by_side=True)
        page_header(opening(snapshot, {"topic": topic}))
        statements(evidence, topics[topic])
        rows = ledger(evidence)
        part = partial(section, on_demand=True)
        part("These statements on a time axis", partial(strip, evidence, topic), key="axis")
        part("All marks in a table", partial(whole_ledger, rows[rows["topic"] == topic]), key="ledger")
        settings = ("quantity", "bounds_from", "bounds_to")
        part("Conflicting figures for one quantity", partial(bounds, evidence), key="bounds", settings=settings)
        part("Read with care", partial(bullets, CARE), key="care")
    else:
        page_header(opening(snapshot, {}))
    links(
        ("Claims as JSON", api_link("claims", snapshot.day)),
        ("Claims as CSV", api_link("claims", snapshot.day, format="csv")),
        ("API documentation", documentation_link()),
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    graded = evidence.publishers[evidence.publishers["publisher"].isin(evidence.claims["claimant"])]
    return [evidence.claims, evidence.claim_links, graded, evidence.observations]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    evidence = snapshot_on(day).evidence
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
    opening=opening,
    rows=rows_cited,
    result=result_cited,
    opens_with_chart=False,
)
