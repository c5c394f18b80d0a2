"""How the pages about "100 a week" open: question, answer, source and what a reader takes away."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.shell.addresses import embed_links
from dashboard.shell.pages import Opening
from dashboard.shell.parts import chart, page_header
from dashboard.shell.sections.weekly_sentences import weekly_sentences
from indicators.core.figures.rounding import lower_limit, two_digit_ratio
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text, number_text, rounded_text
from indicators.methods.track_record.answer import Answer

# The question stands small above the answer. The answer is long, so it is not as large as a short one.
ANSWER_FIRST = """<style>
[data-testid="stHeading"]:has(h1) h1 { font-size: 1.125rem; padding: 0; }
.stApp .st-key-opening .st-key-opening_answer p,
[data-testid="stElementContainer"]:has(h1) + [data-testid="stElementContainer"] p {
  font-size: 1.25rem; line-height: 1.4; max-width: none; text-wrap: pretty;
}
@media (max-width: 640px) {
  .stApp .st-key-opening .st-key-opening_answer p,
  [data-testid="stElementContainer"]:has(h1) + [data-testid="stElementContainer"] p { font-size: 1rem; }
}
</style>"""


def answer_opening(snapshot: Snapshot, table: Sequence[Sequence[str]]) -> Opening:
    """Return question, answer and source as known on a day."""
    answer = snapshot.answer
    return Opening(question=answer.question, answer=answer.sentence, source=answer_source(snapshot), table=table)


def answer_source(snapshot: Snapshot) -> str:
    """Say who counted and who reported it last; "" before anything was published."""
    answer, evidence = snapshot.answer, snapshot.evidence
    reported = [evidence.source_rows[id_] for id_ in answer.source_ids]
    reported.sort(key=lambda row: str(row["published"]), reverse=True)
    if answer.cited is None or not reported:
        return ""
    counters = " and ".join(dict.fromkeys(one.claimant for one in answer.weekly))
    newest, *others = reported
    day = f" ({day_text(newest['published'])})" if newest["published"] else ""
    more = f" and {len(others)} other{'' if len(others) == 1 else 's'}" if others else ""
    return f"{counters + ', reported' if counters else 'Reported'} by {newest['publisher']}{day}{more}"


def followed_table(answer: Answer) -> list[list[str]]:
    """Return what followed the projection, by definition, under a row of headings; empty where nothing was counted."""
    rows = [
        [
            one.name,
            number_text(lower_limit(one.figure.low)) if one.figure.low else "",
            rounded_text(one.figure.value),
            f"{two_digit_ratio(one.ratio):g}",
        ]
        for one in answer.figures
    ]
    return [["Counted", "At least", "Probably about", "Times projected"], *rows] if rows else []


def draw_opening(opening: Opening) -> None:
    """Write question and answer."""
    page_header(opening)
    st.html(ANSWER_FIRST)


def draw_chart(snapshot: Snapshot) -> None:
    """Draw the chart of weekly sentences; nothing while no count is known."""
    content = weekly_sentences(snapshot)
    if content is not None:
        chart(key="weekly_sentences", embed=embed_links("answer", snapshot.day, date.today(), sentence={}), **content)
