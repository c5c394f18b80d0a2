"""Indicator: one measure with its figures, events, claimants and sources."""

from __future__ import annotations

import streamlit as st

from dashboard.indicator.sections import (
    changes_of_rate,
    definition,
    from_the_article,
    headline,
    origins,
    panel_chart,
    signposts,
    single_figures,
    then_and_now,
    vintages,
)
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.parts import caveats, page_header
from dashboard.shell.settings_in_address import choice
from dashboard.shell.writing import links
from indicators.core.model import as_known
from indicators.core.registry import all_indicators

INDICATORS = {indicator.id: indicator for indicator in all_indicators()}


def draw_page() -> None:
    """Draw the page from top to bottom."""
    main_figures, main_chart = st.columns([1, 2.4], gap="large")
    with main_figures:
        names = {indicator.id: indicator.name for indicator in INDICATORS.values()}
        indicator = INDICATORS[choice("Indicator", names, key="indicator")]
    as_of = page_header(indicator.name, indicator.question)
    indicator = as_known(indicator, as_of)
    with main_figures:
        headline(indicator, as_of)
        with_later = then_and_now(indicator, as_of)
    with main_chart:
        panel_chart(indicator, indicator.panels[0], as_of, with_later=with_later)
    for panel in indicator.panels[1:]:
        panel_chart(indicator, panel, as_of, with_later=with_later)
    caveats(indicator.caveats)
    from_the_article(indicator, as_of)
    origins(indicator, as_of)
    changes_of_rate(indicator, as_of)
    single_figures(indicator, as_of)
    vintages(indicator, as_of)
    signposts(indicator, as_of)
    definition(indicator)
    links(
        ("All rows as CSV", api_link(f"indicators/{indicator.id}", as_of, format="csv")),
        ("As JSON", api_link(f"indicators/{indicator.id}", as_of)),
        ("API documentation", documentation_link()),
    )
