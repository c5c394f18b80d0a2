"""Indicator: one measure with its figures, claimants, events and sources."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import cache, wording
from dashboard.charts.series import draw
from dashboard.components import caveats, chart, choice, links, page_header, source_line
from indicators.core.model import Indicator, Panel
from indicators.core.registry import all_indicators

INDICATORS = {indicator.id: indicator for indicator in all_indicators()}


def panel_chart(indicator: Indicator, panel: Panel, day: date | None) -> None:
    """Draw one panel with its source line, numbers and downloads."""
    evidence = cache.evidence_on(day)
    figures = cache.figures_on(indicator.id, day)
    rows = wording.in_order(figures, panel.series)
    concerned = evidence.events["indicators"].str.split(";").map(lambda ids: indicator.id in ids)
    chart(
        draw(rows, panel, events=evidence.events[concerned]),
        key=f"{indicator.id}_{panel.id}",
        title=f"{panel.title}",
        subtitle=" ".join(part for part in (wording.finding(rows), panel.note) if part),
        source=source_line(evidence, rows),
        alt=wording.alternative_text(indicator, panel.title, rows),
        table=wording.number_table(rows),
        file_name=f"{indicator.id}_{panel.id}",
    )


def headline(indicator: Indicator, day: date | None) -> None:
    """Show the newest figure, what it rests on and how old it is."""
    at_a_glance = cache.glance_on(indicator.id, day)
    latest = at_a_glance.latest
    if latest is None:
        st.info("No figure was known yet on this day.")
        return
    value, unit = wording.card_value(latest)
    st.metric(unit, value)
    st.markdown(f"{wording.period_of(latest)}, {wording.change_text(at_a_glance)}.")
    st.caption(
        f"{latest['label']}, by {latest['claimant']}. {wording.origins_text(at_a_glance.origins)}. "
        f"Known {latest['known']:%-d %b %Y}, {wording.age_text(latest['known'], day or date.today())}."
    )
    if latest["note"]:
        st.caption(f"{latest['note']}.")


def definition(indicator: Indicator) -> None:
    """Say how the indicator is computed, which way it points and where it comes from."""
    st.subheader("How it is computed", anchor=False)
    st.markdown(f"`{indicator.formula}`")
    arrow = {1: "Higher means better morale.", -1: "Higher means worse morale.", None: "No direction."}
    st.markdown(f"{arrow[indicator.direction]} {indicator.direction_reason}")
    st.markdown("\n".join(f"- {reference}" for reference in indicator.references))


header = st.container()
main_figures, main_chart = st.columns([1, 2.4], gap="large")
with main_figures:
    names = {indicator.id: indicator.name for indicator in INDICATORS.values()}
    indicator = INDICATORS[choice("Indicator", names, key="indicator")]
with header:
    as_of = page_header(indicator.name, indicator.question)
with main_figures:
    headline(indicator, as_of)
with main_chart:
    panel_chart(indicator, indicator.panels[0], as_of)
for panel in indicator.panels[1:]:
    panel_chart(indicator, panel, as_of)
caveats(indicator.caveats)
definition(indicator)
suffix = f"&as_of={as_of}" if as_of else ""
links(
    ("All rows as CSV", f"/api/v1/indicators/{indicator.id}?format=csv{suffix}"),
    ("As JSON", f"/api/v1/indicators/{indicator.id}?{suffix.removeprefix('&')}"),
    ("API documentation", "/api/docs"),
)
