"""Indicator: one measure; its finding, one chart at a time, what to read with care, and the rest folded."""

from datetime import date
from itertools import compress

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.indicator.charts import CHARTS, INDICATORS, OTHER, can_be_charted
from dashboard.indicator.missing import missing_or_overdue
from dashboard.indicator.sections import folded_sections, other_figures, other_rows, panel_chart, then_and_now
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.page_address import expect_settings
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import caveats, page_header
from dashboard.shell.sections.forecast import SETTING as FORECAST
from dashboard.shell.sections.forecast import forecast_cited
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording.finding import finding_title, measure_lines, opening, refusal
from dashboard.shell.writing import links, notice
from indicators.core.ledger.entries import concerning
from indicators.core.model import Indicator, as_known
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.signposts import signposts_of

MINDED_AT_ONCE = 3


def draw_page() -> None:
    """Draw the page from top to bottom."""
    pick, tabs = st.columns([1, 2.6], gap="medium", vertical_alignment="bottom")
    with pick:
        names = {indicator.id: indicator.name for indicator in INDICATORS.values()}
        picked = INDICATORS[choice("Indicator", names, key="indicator", always=True)]
    snapshot = shown_snapshot()
    indicator = as_known(picked, snapshot.day)
    page_header(finding_title(indicator, snapshot), " ".join(measure_lines(indicator, snapshot)) or indicator.question)
    with pick:
        with_later = then_and_now(indicator, snapshot)
    _chart_slot(indicator, snapshot, tabs, with_later=with_later)
    caveats(indicator.caveats[:MINDED_AT_ONCE])
    folded_sections(indicator, snapshot, indicator.caveats[MINDED_AT_ONCE:])
    missing_or_overdue(indicator, snapshot)
    links(
        ("All rows as CSV", api_link(f"indicators/{indicator.id}", snapshot.day, format="csv")),
        ("As JSON", api_link(f"indicators/{indicator.id}", snapshot.day)),
        ("API documentation", documentation_link()),
    )


def _chart_slot(indicator: Indicator, snapshot: Snapshot, tabs: DeltaGenerator, *, with_later: bool) -> None:
    """Draw the one chart, or table, that the reader chose."""
    enough = [can_be_charted(indicator, panel, snapshot, with_later=with_later) for panel in indicator.panels]
    charted = {panel.id: panel for panel in compress(indicator.panels, enough)}
    others = other_rows(indicator, snapshot, [panel for panel in indicator.panels if panel.id not in charted])
    offered = {panel.id: panel.tab or panel.title for panel in charted.values()}
    if not others.empty:
        offered |= {OTHER: "Other figures"}
    expect_settings("chart")
    if not offered:
        notice(refusal(indicator, snapshot.day), "info")
        return
    with tabs:
        shown = choice("Chart", offered, key="chart", side_by_side=True, always=True)
    if shown == OTHER:
        other_figures(snapshot.evidence, others)
    else:
        panel_chart(indicator, charted[shown], snapshot, with_later=with_later)


def chosen_indicator(settings: Settings) -> Indicator:
    """Return the indicator that the indicator page shows for an address."""
    return INDICATORS.get(settings.get("indicator", ""), next(iter(INDICATORS.values())))


def page_opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return what the page says first: question, finding, source and the newest figures."""
    return opening(as_known(chosen_indicator(settings), snapshot.day), snapshot)


def _rows_cited(snapshot: Snapshot, settings: Settings) -> list[pd.DataFrame]:
    indicator, evidence, day = chosen_indicator(settings), snapshot.evidence, snapshot.day or date.max
    signposts = evidence.signposts[evidence.signposts["indicator"] == indicator.id]
    tables = [
        evidence.of_indicator(indicator.id),
        concerning(evidence.events, indicator.id),
        signposts[signposts["window_start"] <= pd.Timestamp(day)],
    ]
    if any(panel.kind == "mentions" for panel in indicator.panels):
        tables.append(evidence.mentions)
    return tables


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    indicator = chosen_indicator(settings).id
    day = snapshot.day or date.max
    changes = snapshot.rate_changes(indicator)
    signposts = signposts_of(indicator, snapshot.evidence, snapshot.derived(indicator), day)
    return {
        "derived": snapshot.derived_digest(indicator),
        "changes": [changes.sentence, changes.dated_sentence],
        "signposts": [signpost for signpost in signposts if signpost.window_start <= day],
        "forecast": forecast_cited(snapshot, settings),
    }


PAGE = Page(
    stem="indicator",
    title="Indicator",
    order=1,
    group="Indicators",
    draw=draw_page,
    settings=(*CHARTS[""].settings, FORECAST),
    opening=page_opening,
    rows=_rows_cited,
    result=_result_cited,
    charts=CHARTS,
    caveats=lambda _, settings: chosen_indicator(settings).caveats,
)
