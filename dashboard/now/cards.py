"""Cards of the overview: where one indicator stands, on one glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts.sparkline import draw_sparkline
from dashboard.component import mount_sparkline
from dashboard.shell import figure_text as wording
from dashboard.shell.addresses import query_on
from dashboard.shell.figure_text import change_sentence, entry_day, entry_status, known_day
from dashboard.shell.markdown import escaped, markup
from dashboard.shell.pages import link_to_page
from dashboard.shell.writing import figure, note, paragraph
from dashboard.snapshots import snapshot_on
from indicators.core.figures.glance import Glance
from indicators.core.model import Indicator

CARDS_PER_ROW = 4
CHANGES = 3
HEADING_HEIGHT = 33  # a group's name, in pixels
# Streamlit stacks columns on screens this narrow; a space beside a heading would then be a gap between two cards.
NO_SPACE_WHEN_STACKED = "<style>@media (max-width: 640px) { [class*='st-key-beside_'] { display: none; } }</style>"

Group = tuple[str, list[Indicator]]


def card(indicator: Indicator, day: date | None) -> None:
    """Draw one indicator's card."""
    at_a_glance = snapshot_on(day).glance(indicator.id)
    with st.container(border=True, height="stretch"):
        query = query_on(day, indicator=indicator.id)
        link_to_page("indicator", markup("**{}**", indicator.name), query)
        known = known_day(at_a_glance)
        if known is None:
            paragraph("Its main figure was not known yet on this day.")
            return
        if at_a_glance.latest is not None:
            _figure(indicator, at_a_glance, at_a_glance.latest)
        elif at_a_glance.latest_event is not None:
            _event(at_a_glance.latest_event)
        note(
            f"{wording.origins_text(at_a_glance.origins)} · known {known:%-d %b %Y} · "
            f"{wording.age_text(known, day or date.today())}"
        )


def _figure(indicator: Indicator, at_a_glance: Glance, latest: pd.Series) -> None:
    value, unit = wording.card_value(latest)
    figure(unit, value)
    paragraph(f"{wording.period_of(latest)}, {wording.change_text(at_a_glance)}")
    basis = f"{latest['note']}, 95 % range {wording.range_text(latest)}. " if latest["unit"] == "share" else ""
    newer = wording.unreadable_text(at_a_glance)
    note(f"{basis}{latest['label']}, by {latest['claimant']}" + (f". Newer: {newer}" if newer else ""))
    if at_a_glance.evenly_spaced:
        mount_sparkline(
            draw_sparkline(at_a_glance.history),
            key=f"sparkline_{indicator.id}",
            alt=f"{indicator.name} over time, ending at {wording.row_text(latest)}.",
        )


def _event(entry: pd.Series) -> None:
    paragraph(markup("### {}", entry["title"]))
    paragraph(f"{entry_day(entry)}, {entry_status(entry)}")
    note(f"Newest of the dated marks, by {entry['claimant']}")


def rows_of_groups(indicators: Iterable[Indicator]) -> list[list[Group]]:
    """Put groups side by side, in their order, as long as their cards fit in one row.

    Args:
        indicators: Indicators in the order of their groups.
    """
    rows: list[list[Group]] = []
    for name, members in groupby(indicators, key=lambda indicator: indicator.group):
        cards = list(members)
        free = CARDS_PER_ROW - sum(len(others) for _, others in rows[-1]) if rows else 0
        if len(cards) > free:
            rows.append([])
        rows[-1].append((name, cards))
    return rows


def row_of_cards(groups: Sequence[Group], day: date | None) -> DeltaGenerator | None:
    """Draw the cards of some groups side by side, the group's name above its first card.

    Args:
        groups: Groups with at most `CARDS_PER_ROW` cards together, or one larger group.
        day: The replayed day, or None for the latest.

    Returns:
        A free column at the end of the row, or None if the row is full.
    """
    cards = [(name if place == 0 else "", member) for name, members in groups for place, member in enumerate(members)]
    columns = st.columns(CARDS_PER_ROW)
    for place, (name, indicator) in enumerate(cards):
        with columns[place % CARDS_PER_ROW]:
            if name:
                st.header(escaped(name), anchor=False)
            else:
                with st.container(key=f"beside_{indicator.id}"):
                    st.space(HEADING_HEIGHT)
            card(indicator, day)
    return columns[-1] if len(cards) < CARDS_PER_ROW else None


def last_changes(indicators: Iterable[Indicator], day: date | None) -> None:
    """List what became known last, newest first."""
    glances = [(indicator, snapshot_on(day).glance(indicator.id)) for indicator in indicators]
    dated = [(known, indicator, glance) for indicator, glance in glances if (known := known_day(glance)) is not None]
    newest = sorted(dated, key=lambda pair: pair[0], reverse=True)[:CHANGES]
    st.header("What changed last", anchor=False)
    with st.container(border=True, height="stretch"):
        if not newest:
            paragraph("Nothing was known yet on this day.")
        for known, indicator, glance in newest:
            paragraph(markup("**{:%-d %b %Y}**  \n{}: {}", known, indicator.name, change_sentence(glance)))
