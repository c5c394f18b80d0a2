"""The controls of a reader's file: which of its columns holds what, and where its figures are drawn."""

from collections.abc import Mapping
from typing import get_args

import pandas as pd
import streamlit as st

from dashboard.own_evidence import text as wording
from dashboard.own_evidence.chart import OWN
from dashboard.shell.markdown import escaped
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.model import DATED_KINDS, Indicator, Panel, as_known
from indicators.core.own_evidence.observations import Length, Mapped, guessed_columns
from indicators.core.own_evidence.sheet import Sheet
from indicators.core.plain_text import visible
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot

NOTHING = "(no column)"
OWN_CHART = "A chart of its own"
LONGEST = 60
Place = tuple[Indicator, Panel]


def places(snapshot: Snapshot) -> dict[str, Place]:
    """Return every chart of figures by its name and unit."""
    known = (as_known(indicator, snapshot.day) for indicator in all_indicators())
    return {
        f"{indicator.name}: {panel.title} ({panel.unit})": (indicator, panel)
        for indicator in known
        for panel in indicator.panels
        if panel.kind not in DATED_KINDS
    }


def chosen_place(offered: Mapping[str, Place], key: str, *, first: int = 0) -> Place | None:
    """Let the reader choose the chart in which the figures stand; None for one of their own.

    Args:
        first: Which choice stands at first; 0 is a chart of their own.
    """
    name = st.selectbox("Draw it in", (OWN_CHART, *offered), index=min(first, len(offered)), key=f"own_place_{key}")
    return offered.get(name)


def places_of(own: pd.DataFrame, snapshot: Snapshot) -> dict[str, Place]:
    """Return the charts that show a series of a reader's file.

    Args:
        own: Figures from `own_rows`.
    """
    named = {series.removeprefix(OWN) for series in own["series"]}
    return {name: place for name, place in places(snapshot).items() if named & set(place[1].series)}


def mapped_columns(sheet: Sheet, place: Place | None, key: str) -> Mapped:
    """Let the reader say what the columns of a file hold.

    Args:
        place: The chart in which its figures stand; its unit is theirs.
    """
    guessed = guessed_columns(sheet)
    columns: dict[str, str] = {}
    needed = st.columns(len(wording.REQUIRED) + 2)
    for slot, field, start in zip(needed, wording.REQUIRED, (0, len(sheet.columns) - 1), strict=False):
        with slot:
            index = sheet.columns.index(guessed[field]) if field in guessed else start
            columns[field] = st.selectbox(
                escaped(wording.FIELDS[field]), sheet.columns, index=index, key=f"own_{field}_{key}"
            )
    with needed[-2]:
        name = st.text_input("Name of your figures", "Your figures", max_chars=LONGEST, key=f"own_name_{key}")
    with needed[-1]:
        unit = st.text_input("Unit", "figures", max_chars=LONGEST, key=f"own_unit_{key}") if place is None else ""
    fixed: dict[str, str] = {}
    with st.expander("More columns", key=f"own_more_{key}"):
        slots = st.columns(4)
        optional = [field for field in wording.FIELDS if field not in wording.REQUIRED]
        for number, field in enumerate(optional):
            with slots[number % len(slots)]:
                offered = (NOTHING, *sheet.columns)
                index = offered.index(guessed.get(field, NOTHING))
                picked = st.selectbox(escaped(wording.FIELDS[field]), offered, index=index, key=f"own_{field}_{key}")
            if picked != NOTHING:
                columns[field] = picked
        with slots[0]:
            lengths: tuple[Length, ...] = get_args(Length)
            words = wording.LENGTHS.__getitem__
            length = st.selectbox("A row covers", lengths, format_func=words, key=f"own_length_{key}")
        with slots[1]:
            if "qualifier" not in columns:
                qualifiers = [qualifier.value for qualifier in Qualifier]
                fixed["qualifier"] = st.selectbox("Every figure is", qualifiers, 0, key=f"own_every_{key}")
        with slots[2]:
            if "claimant" not in columns:
                fixed["claimant"] = st.text_input("Said by", max_chars=LONGEST, key=f"own_said_{key}").strip()
        with slots[3]:
            fixed["side"] = st.selectbox("Whose forces", ("RU", "UA"), key=f"own_side_{key}")
    return Mapped(
        columns=columns,
        fixed=fixed,
        name=visible(name.strip() or "Your figures"),
        unit=visible(unit.strip() or "figures") if place is None else place[1].unit,
        length=length,
    )
