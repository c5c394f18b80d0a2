"""Method: how each figure is computed, what the models assume, and what the words mean."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.method.glossary import GLOSSARY
from dashboard.method.text import ANSWER, LIMITS, METHODS, QUESTION, method_text, range_table, series_table
from dashboard.shell.addresses import query_on
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import escaped, markup
from dashboard.shell.pages import Opening, Page, Settings, link_to_page
from dashboard.shell.parts import page_header
from dashboard.shell.records import records
from dashboard.shell.wording.figure_text import definition_text
from dashboard.shell.writing import bullets, paragraph
from indicators.core.model import GROUPS, Indicator, as_known
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.core.text import number_text


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, how figures come about in three sentences, and where each group stands."""
    return Opening(
        question=QUESTION,
        answer=ANSWER,
        source=f"{number_text(len(snapshot.evidence.observations))} figures from "
        f"{number_text(len(snapshot.evidence.sources))} pages; every formula, assumption and word is below.",
        table=[("Indicator", "How it is computed"), *((one.name, one.formula) for one in known_indicators(snapshot))],
    )


def known_indicators(snapshot: Snapshot) -> list[Indicator]:
    """Return every indicator with the caveats that were known."""
    return [as_known(listed, snapshot.day) for listed in all_indicators()]


def indicators_of(snapshot: Snapshot, group: str) -> None:
    """Write how the indicators of a group are computed, one below the other."""
    for indicator in known_indicators(snapshot):
        if indicator.group == group:
            st.subheader(escaped(indicator.name), anchor=False)
            paragraph(markup("{}\n\n{}", indicator.question, definition_text(indicator)))
            bullets(indicator.caveats)
            link_to_page("indicator", "Its figures", query_on(snapshot.day, indicator=indicator.id))


def shared(snapshot: Snapshot) -> None:
    """Write the computations that pages share, one below the other."""
    for method in METHODS:
        st.subheader(escaped(method.name), anchor=False)
        paragraph(method_text(method, snapshot.day))


def assumptions(snapshot: Snapshot) -> None:
    """Show every default and range of a setting."""
    paragraph("“Assumed” means that nobody has measured it.")
    records(range_table(snapshot.evidence))


def series(snapshot: Snapshot) -> None:
    """Show every series with what it counts."""
    records(series_table(snapshot.evidence))


def words() -> None:
    """Write what each word means."""
    bullets(markup("**{}.** {}", word, meaning) for word, meaning in GLOSSARY)


def draw_page() -> None:
    """Draw the page from top to bottom; what is folded stands in the page all the same, to be searched and printed."""
    snapshot = shown_snapshot()
    page_header(opening(snapshot, {}))
    bullets(LIMITS)
    st.header("Indicators", anchor=False)
    for group in GROUPS:
        folded(group, partial(indicators_of, snapshot, group))
    st.header("Models, series and words", anchor=False)
    folded("Computations that pages share", partial(shared, snapshot))
    folded("What the models assume", partial(assumptions, snapshot))
    folded("Series and what they count", partial(series, snapshot))
    folded("What the words mean", words)


def folded(title: str, draw: Callable[[], None]) -> None:
    """Draw a part under its title, folded but in the page."""
    with st.expander(escaped(title)):
        draw()


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    indicators = (as_known(indicator, snapshot.day) for indicator in all_indicators())
    texts = [[indicator.id, indicator.formula, *indicator.caveats, *indicator.references] for indicator in indicators]
    return {"indicators": texts, "shared": METHODS, "words": GLOSSARY, "limits": LIMITS}


PAGE = Page(
    stem="method",
    title="Method",
    group="Data",
    order=3,
    draw=draw_page,
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("assumptions", "observations"),
    result=_result_cited,
    opens_with_chart=False,
)
