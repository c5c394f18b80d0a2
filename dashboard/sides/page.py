"""Both sides: Russian and Ukrainian series side by side where that is fair, and the reason where it is not."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, wording
from dashboard.charts.series import draw
from dashboard.shell.parts import caveats, chart, page_header, source_line
from dashboard.shell.settings_in_address import choice
from dashboard.shell.writing import notice, table
from indicators.core.model import Panel, PanelKind
from indicators.methods.comparison.two_sides import Comparison, comparisons, verdict


def draw_series(comparison: Comparison, name: str, *series: str) -> None:
    """Draw one or both sides of a comparison in one chart."""
    rows = wording.in_order(cache.all_figures_on(as_of), series)
    title = f"{comparison.name}: {name}"
    if rows.empty:
        notice(f"{title}: no figure was known yet on this day.", "info")
        return
    unit = rows["unit"].iloc[0]
    # Shares and polls are points in time; a rate holds for the whole of its period, which may be a year.
    kind: PanelKind = "line" if unit in ("share", "percent") else "intervals"
    panel = Panel(id="_".join(series), title=title, unit=unit, series=series, kind=kind)
    chart(
        figure=draw(rows, panel),
        key=f"both_sides_{panel.id}",
        title=title,
        subtitle=wording.finding(rows),
        source=source_line(cache.evidence_on(as_of), rows),
        alt=f"{title}. {wording.finding(rows)}",
        table=wording.number_table(rows),
        file_name=panel.id,
    )


def both_sides(comparison: Comparison) -> None:
    """Draw both sides on one axis where they have one unit, else beside each other."""
    series = (comparison.ru_series, comparison.ua_series)
    rows = wording.in_order(cache.all_figures_on(as_of), series)
    if rows["unit"].nunique() == 1:
        draw_series(comparison, "Russia and Ukraine", *series)
        return
    for place, name, one in zip(st.columns(2, gap="large"), ("Russia", "Ukraine"), series, strict=True):
        with place:
            draw_series(comparison, name, one)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Both sides", "Can a Russian and a Ukrainian figure be read side by side?")
    known = {comparison.id: comparison for comparison in comparisons(cache.evidence_on(as_of))}
    chosen = known[choice("Compare", {pair.id: pair.name for pair in known.values()}, key="comparison")]
    if chosen.fair:
        notice(verdict(chosen.guards), "success", icon=":material/compare_arrows:")
        both_sides(chosen)
    else:
        notice(verdict(chosen.guards), icon=":material/block:")
    st.header("What the comparison rests on", anchor=False)
    table(
        wording.guard_table(cache.evidence_on(as_of), chosen.guards),
        alt="Stage, legal definition, coverage, openness and population at risk of both sides, and whether they are alike.",
    )
    caveats(
        (
            "One aspect that is unlike is enough to refuse: a chart would invite a reading that the figures can't bear.",
            "Figures of unlike units stand beside each other, each on its own axis. No ratio of the two sides is computed.",
        )
    )
