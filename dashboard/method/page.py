"""Method: how each figure is computed, what the models assume, and what the words mean."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.method.glossary import GLOSSARY
from dashboard.method.text import LIMITS, METHODS, method_text, range_table, series_table
from dashboard.shell.addresses import query_on
from dashboard.shell.figure_text import definition_text
from dashboard.shell.markdown import escaped, markup
from dashboard.shell.pages import Page, Settings, link_to_page
from dashboard.shell.parts import caveats, page_header
from dashboard.shell.writing import bullets, note, paragraph
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.model import GROUPS, as_known
from indicators.core.registry import all_indicators


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Method", "How is each figure computed, what is assumed, and what do the words mean?")
    evidence = snapshot_on(as_of).evidence
    st.header("Indicators", anchor=False)
    for group in GROUPS:
        note(group)
        for indicator in (as_known(listed, as_of) for listed in all_indicators()):
            if indicator.group == group:
                with st.expander(escaped(indicator.name)):
                    paragraph(markup("**{}**\n\n{}", indicator.question, definition_text(indicator)))
                    paragraph("What to mind:")
                    bullets(indicator.caveats)
                    query = query_on(as_of, indicator=indicator.id)
                    link_to_page("indicator", "Its figures", query)
    st.header("Computations that pages share", anchor=False)
    for method in METHODS:
        with st.expander(escaped(method.name)):
            paragraph(method_text(method, as_of))
    st.header("What the models assume", anchor=False)
    paragraph("Every default and range of a setting. “Assumed” means that nobody has measured it.")
    st.dataframe(
        range_table(evidence),
        hide_index=True,
        column_config={"Reason": st.column_config.TextColumn(width="large")},
        alt="Assumptions with default, range, unit, basis, source and reason.",
    )
    st.header("Series and what they count", anchor=False)
    st.dataframe(
        series_table(evidence),
        hide_index=True,
        column_config={"Definition": st.column_config.TextColumn(width="large")},
        alt="Series with definition, stage, unit and id.",
    )
    st.header("Words", anchor=False)
    bullets(markup("**{}.** {}", word, meaning) for word, meaning in GLOSSARY)
    caveats(LIMITS)


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.assumptions, evidence.observations]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    indicators = (as_known(indicator, day) for indicator in all_indicators())
    texts = [[indicator.id, indicator.formula, *indicator.caveats, *indicator.references] for indicator in indicators]
    return {"indicators": texts, "shared": METHODS, "words": GLOSSARY, "limits": LIMITS}


PAGE = Page(
    stem="method",
    title="Method",
    order=3,
    group="Data",
    draw=draw_page,
    rows=rows_cited,
    result=result_cited,
    opens_with_chart=False,
)
