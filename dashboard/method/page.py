"""Method: how each figure is computed, what the models assume, and what the words mean."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.indicator.text import definition_text
from dashboard.method.glossary import GLOSSARY
from dashboard.method.text import LIMITS, METHODS, method_text, range_table, series_table
from dashboard.shell.addresses import query_on
from dashboard.shell.markdown import escaped, markup
from dashboard.shell.parts import caveats, page_header
from dashboard.shell.writing import bullets, note, paragraph
from indicators.core.model import GROUPS, as_known
from indicators.core.registry import all_indicators


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Method", "How is each figure computed, what is assumed, and what do the words mean?")
    evidence = cache.evidence_on(as_of)
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
                    st.page_link("views/indicator.py", label="Its figures", query_params=query)
    st.header("Computations that pages share", anchor=False)
    for method in METHODS:
        with st.expander(escaped(method.name)):
            paragraph(method_text(method))
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
