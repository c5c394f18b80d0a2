"""Overview: where each indicator stands, by whose word, and what changed last."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import streamlit as st

from dashboard import cache, wording
from dashboard.charts.sparkline import draw_sparkline
from dashboard.component import mount_sparkline
from dashboard.components import page_header
from indicators.core.model import Indicator
from indicators.core.registry import all_indicators

CARDS_PER_ROW = 3


def card(indicator: Indicator, day: date | None) -> None:
    """Draw one indicator's card."""
    at_a_glance = cache.glance_on(indicator.id, day)
    with st.container(border=True, height="stretch"):
        st.page_link("views/indicator.py", label=f"**{indicator.name}**", query_params={"indicator": indicator.id})
        latest = at_a_glance.latest
        if latest is None:
            st.markdown("No figure was known yet on this day.")
            return
        value, unit = wording.card_value(latest)
        st.metric(unit, value)
        st.markdown(f"{wording.period_of(latest)}, {wording.change_text(at_a_glance)}")
        st.caption(f"{latest['label']}, by {latest['claimant']}")
        if at_a_glance.evenly_spaced:
            mount_sparkline(
                draw_sparkline(at_a_glance.history),
                key=f"sparkline_{indicator.id}",
                alt=f"{indicator.name} over time, ending at {wording.row_text(latest)}.",
            )
        st.caption(
            f"{wording.origins_text(at_a_glance.origins)} · known {latest['known']:%-d %b %Y} · "
            f"{wording.age_text(latest['known'], day or date.today())}"
        )


as_of = page_header("Morale indicators", "Where does each sign of military morale stand, and on whose word?")
newest = max(
    (
        at_a_glance.latest
        for indicator in all_indicators()
        if (at_a_glance := cache.glance_on(indicator.id, as_of)).latest is not None
    ),
    key=lambda row: row["known"],
    default=None,
)
if newest is not None:
    st.markdown(
        f"**What changed last:** {newest['label']}, {wording.row_text(newest)} in {wording.period_of(newest)} "
        f"({newest['claimant']}, known {newest['known']:%-d %b %Y})."
    )
for group, members in groupby(all_indicators(), key=lambda indicator: indicator.group):
    st.subheader(group, anchor=False)
    cards = list(members)
    for start in range(0, len(cards), CARDS_PER_ROW):
        for column, indicator in zip(st.columns(CARDS_PER_ROW), cards[start : start + CARDS_PER_ROW], strict=False):
            with column:
                card(indicator, as_of)
st.caption(
    "A quoted figure is a claim, not a count. Relays of one count are one origin. "
    f"Data version {cache.evidence_on(as_of).data_version}."
)
