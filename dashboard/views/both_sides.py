"""Both sides: Russian and Ukrainian series side by side where that is fair, and the reason where it is not."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, wording
from dashboard.charts.series import draw
from dashboard.components import caveats, chart, choice, page_header, source_line
from indicators.core.model import Panel
from indicators.methods.two_sides import Comparison, comparisons, verdict


def side_chart(comparison: Comparison, side: str, series: str) -> None:
    """Draw one side of a comparison with its own axis; a shared axis would hide unlike denominators."""
    rows = wording.in_order(cache.all_figures_on(as_of), (series,))
    name = {"RU": "Russia", "UA": "Ukraine"}[side]
    if rows.empty:
        st.info(f"{name}: no figure was known yet on this day.")
        return
    panel = Panel(id=f"{comparison.id}_{side}", title=name, unit=rows["unit"].iloc[0], series=(series,), kind="line")
    chart(
        draw(rows, panel),
        key=f"both_sides_{comparison.id}_{side}",
        title=f"{name}: {wording.first_small(rows['label'].iloc[0])}",
        subtitle=wording.finding(rows),
        source=source_line(cache.evidence_on(as_of), rows),
        alt=f"{name}. {comparison.name}. {wording.finding(rows)}",
        table=wording.number_table(rows),
        file_name=f"{comparison.id}_{side.lower()}",
    )


as_of = page_header("Both sides", "Can a Russian and a Ukrainian figure be read side by side?")
known = {comparison.id: comparison for comparison in comparisons(cache.evidence_on(as_of))}
chosen = known[choice("Compare", {pair.id: pair.name for pair in known.values()}, key="comparison")]
if chosen.fair:
    st.success(verdict(chosen.guards), icon=":material/compare_arrows:")
    left, right = st.columns(2, gap="large")
    with left:
        side_chart(chosen, "RU", chosen.ru_series)
    with right:
        side_chart(chosen, "UA", chosen.ua_series)
else:
    st.warning(verdict(chosen.guards), icon=":material/block:")
st.subheader("What the comparison rests on", anchor=False)
st.table(
    wording.guard_table(cache.evidence_on(as_of), chosen.guards),
    border="horizontal",
    hide_index=True,
    alt="Stage, legal definition, coverage, openness and population at risk of both sides, and whether they are alike.",
)
caveats(
    (
        "One aspect that is unlike is enough to refuse: a chart would invite a reading that the figures can't bear.",
        "Each side keeps its own axis, unit and claimant. No ratio of the two sides is computed.",
    )
)
