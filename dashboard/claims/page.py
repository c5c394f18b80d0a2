"""Claims: who asserted, suspected or denied what, how many origins stand behind it, and one report line by line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts.claim_bounds import draw_claim_bounds
from dashboard.charts.labels import day_text
from dashboard.charts.who_says_what import draw_who_says_what
from dashboard.claims import bounds_text as claim_bounds_wording
from dashboard.claims import text as wording
from dashboard.shell.addresses import api_link, documentation_link, page_link, query_on
from dashboard.shell.echoes import echoes
from dashboard.shell.markdown import Markdown, link, markup, source_links
from dashboard.shell.pages import Page, Settings, all_pages, link_to_page
from dashboard.shell.parts import caveats, chart, page_header, source_line
from dashboard.shell.settings_in_address import BACKWARDS, choice, day_input
from dashboard.shell.writing import bullets, links, note, notice, paragraph
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.claims import Annotation, claim_echoes, ledger, topics, who_says_what
from indicators.core.registry import all_indicators
from indicators.methods.comparison.claim_bounds import claimed_intervals, common_ground, contested_series
from indicators.methods.track_record.answer import Answer

BOUNDS_SERIES = "ru_force_in_ukraine"
BOUNDS_START, BOUNDS_END = date(2023, 8, 1), date(2023, 12, 31)
FIRST, LAST = date(2014, 1, 1), date(2100, 12, 31)
LEFT_OUT = "What became known later is left out."
EVERY_STATEMENT = "all"
NAMES = {indicator.id: indicator.name for indicator in all_indicators()}


def strip(evidence: Evidence, topic: str) -> None:
    """Draw who says what on a topic."""
    rows = who_says_what(evidence, topic)
    chart(
        figure=draw_who_says_what(rows),
        key="who_says_what",
        title=f"Who says what: {topic}",
        subtitle=wording.strip_finding(rows),
        source=source_line(evidence, rows),
        alt=f"Claims on {topic} by claimant and day. {wording.strip_finding(rows)}",
        table=wording.strip_table(rows),
        file_name=f"claims_{topic.replace(' ', '_')}",
    )


def one_claim(evidence: Evidence, rows: pd.DataFrame) -> None:
    """Show the marks of one claim, apart from each other, and the pages it goes back to."""
    statements = dict(zip(rows["claim_id"], rows["claim_id"] + ": " + rows["statement"], strict=True))
    picked = choice("Claim", statements, key="claim")
    chosen = rows[rows["claim_id"] == picked]
    claim = chosen.iloc[0]
    for column, (name, words) in zip(st.columns(4), wording.marks(claim).items(), strict=True):
        with column:
            paragraph(markup("**{}**", name))
            paragraph(words)
    (graph,) = claim_echoes(evidence, chosen)
    echoes(evidence, graph, chosen, key="claim")


def statement(
    evidence: Evidence, annotation: Annotation, day: date, printed: Mapping[str, Markdown], answer: Answer
) -> None:
    """Show one statement of the report beside what was known then and what became known later."""
    claim = annotation.claim
    with st.container(border=True):
        said, then, later = st.columns(3, gap="medium")
        figure = wording.claim_figure(evidence, claim)
        with said:
            address = page_link("claims", evidence.as_of, statement=claim["claim_id"])
            paragraph(markup("**{}** {}", link(claim["claim_id"], address), claim["statement"]))
            source = printed[claim["source_id"]]
            note(markup("By {}. Printed by {}. {}", claim["claimant"], source, claim["note"]))
            note(wording.grade_sentence(claim))
            if wording.unmeasured(claim):
                paragraph(markup("**{}**", wording.UNMEASURED))
            if figure:
                paragraph(f"Figure: {figure}")
        known, became_known = wording.then_and_later(annotation, pd.Timestamp(day), printed)
        silent = "No page among the sources speaks to it."
        later_counts = evidence.as_of is None or evidence.as_of > day
        nothing_later = silent if later_counts else LEFT_OUT
        if later_counts:
            became_known = [*wording.answer_lines(answer, claim), *became_known]
        for column, heading, lines, otherwise in (
            (then, f"Known on {day_text(day)}", known, silent),
            (later, "Known later", became_known, nothing_later),
        ):
            with column:
                paragraph(markup("**{}**", heading))
                bullets(lines) if lines else paragraph(otherwise)
        with said:
            for page in (page for page in all_pages() if page.stem in split_ids(claim["pages"])):
                asked = {"of": claim["projection_id"]} if page.stem == "track_record" else {}
                link_to_page(page.stem, page.title, query_on(evidence.as_of, **asked))
            for indicator in sorted(split_ids(claim["indicators"]) & NAMES.keys()):
                link_to_page("indicator", NAMES[indicator], query_on(evidence.as_of, indicator=indicator))


def report(evidence: Evidence, shown: tuple[Annotation, ...], day: date) -> None:
    """Show statements of the report, each beside what was known then and later."""
    st.header("A news report of August 2023, statement by statement", anchor=False)
    paragraph(
        "Our paraphrase; what was known then and later is computed from the evidence. "
        f"Day compared: {day_text(day)}. The id of a statement is a link to it alone."
    )
    printed = source_links(evidence)
    for annotation in shown:
        statement(evidence, annotation, day, printed, snapshot_on(evidence.as_of).answer)


def bounds(evidence: Evidence) -> None:
    """Draw each claimant's interval for one quantity and period, and what all of them allow."""
    labels = evidence.series.set_index("series")["name"]
    contested = contested_series(evidence)
    listed = sorted(contested, key=lambda name: (name != BOUNDS_SERIES, labels[name]))
    if not listed:
        notice("No two claimants had stated a figure for the same quantity on this day.", "info")
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
        "figure; it stands in the ledger above."
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Claims", "Who asserted, suspected or denied what, and how many origins stand behind it?")
    evidence = snapshot_on(as_of).evidence
    if evidence.claims.empty:
        notice("No claim of the ledger was known yet on this day.", "info")
    else:
        article = snapshot_on(as_of).article
        notes = {annotation.claim["claim_id"]: annotation for annotation in article.statements}
        statements = {claim_id: f"{claim_id}: {note.claim['statement']}" for claim_id, note in notes.items()}
        asked = choice("Statement of the report", {EVERY_STATEMENT: "All of them"} | statements, key="statement")
        if asked != EVERY_STATEMENT:
            report(evidence, (notes[asked],), article.day)
        topic = choice("Topic", {name: name.capitalize() for name in topics(evidence)}, key="topic")
        strip(evidence, topic)
        everything = ledger(evidence)
        rows = everything[everything["topic"] == topic]
        st.header("Ledger of assertions and denials", anchor=False)
        st.dataframe(
            wording.ledger_table(rows),
            hide_index=True,
            alt="Claims with claimant, statement, kind, day known, grades, likelihood and confidence.",
            column_config={"Known": st.column_config.DateColumn(format="D MMM YYYY")},
        )
        st.header("One claim: its marks and its origins", anchor=False)
        one_claim(evidence, rows)
        if asked == EVERY_STATEMENT:
            report(evidence, article.statements, article.day)
        every = len(snapshot_on(None).article.statements)
        note(wording.unread_sentence(len(article.statements), every))
        st.header("Conflicting figures for one quantity", anchor=False)
        bounds(evidence)
    caveats(
        (
            "A denial is a record of its own. It neither lowers nor raises a number, and no verdict is given.",
            "F and 6 mean that something can't be judged; that is not the same as bad.",
            "A likelihood is the band of the source's own word; most sources state neither likelihood nor confidence.",
            "Statements are paraphrased. Read the source before you quote one.",
        )
    )
    links(
        ("Claims as JSON", api_link("claims", as_of)),
        ("Claims as CSV", api_link("claims", as_of, format="csv")),
        ("API documentation", documentation_link()),
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    graded = evidence.publishers[evidence.publishers["publisher"].isin(evidence.claims["claimant"])]
    answering = [evidence.observations, evidence.published_projections, evidence.events, evidence.mentions]
    return [evidence.claims, evidence.claim_links, graded, *answering]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    evidence = snapshot_on(day).evidence
    article = snapshot_on(day).article
    return {
        "ledger": ledger(evidence),
        "echoes": claim_echoes(evidence, evidence.claims),
        "article": article,
        "unread": len(snapshot_on(None).article.statements) - len(article.statements),
        "intervals": [claimed_intervals(evidence, [name], date.min, day) for name in contested_series(evidence)],
    }


PAGE = Page(
    stem="claims", title="Claims", order=1, group="Claims", draw=draw_page, rows=rows_cited, result=result_cited
)
