"""Indicator: one measure with its figures, events, claimants and sources."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.indicator.missing import missing_or_overdue
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
from dashboard.shell.pages import Page, Settings
from dashboard.shell.parts import caveats, page_header
from dashboard.shell.settings_in_address import choice
from dashboard.shell.writing import links
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.entries import concerning
from indicators.core.model import Indicator, as_known
from indicators.core.registry import all_indicators
from indicators.methods.comparison.signposts import signposts_of

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
    missing_or_overdue(indicator, as_of)
    signposts(indicator, as_of)
    definition(indicator)
    links(
        ("All rows as CSV", api_link(f"indicators/{indicator.id}", as_of, format="csv")),
        ("As JSON", api_link(f"indicators/{indicator.id}", as_of)),
        ("API documentation", documentation_link()),
    )


def chosen_indicator(settings: Settings) -> Indicator:
    """Return the indicator that the indicator page shows for an address.

    Args:
        settings: The page's settings, as in its address.
    """
    listed = {indicator.id: indicator for indicator in all_indicators()}
    return listed.get(settings.get("indicator", ""), next(iter(listed.values())))


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    indicator = chosen_indicator(settings)
    signposts = evidence.signposts[evidence.signposts["indicator"] == indicator.id]
    tables = [
        evidence.of_indicator(indicator.id),
        concerning(evidence.events, indicator.id),
        signposts[signposts["window_start"] <= pd.Timestamp(day)],
    ]
    if any(panel.kind == "mentions" for panel in indicator.panels):
        tables.append(evidence.mentions)
    return tables


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    indicator = chosen_indicator(settings).id
    changes = snapshot_on(day).rate_changes(indicator)
    signposts = signposts_of(indicator, snapshot_on(day).evidence, snapshot_on(day).derived(indicator), day)
    return {
        "derived": snapshot_on(day).derived_digest(indicator),
        "changes": [changes.sentence, changes.dated_sentence],
        "signposts": [signpost for signpost in signposts if signpost.window_start <= day],
    }


PAGE = Page(
    stem="indicator",
    title="Indicator",
    order=1,
    group="Indicators",
    draw=draw_page,
    rows=rows_cited,
    result=result_cited,
)
