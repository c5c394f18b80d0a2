"""Both sides: Russian and Ukrainian series side by side where that is fair, and the reason where it is not."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.over_time.series import draw
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import chart, page_header, section, source_line
from dashboard.shell.records import records
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording import figure_text as wording
from dashboard.shell.writing import bullets, paragraph
from dashboard.sides.text import (
    CARE,
    QUESTION,
    comparison_sentence,
    guard_table,
    guards_source,
    opening_table,
    sides_finding,
)
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.model import Panel, PanelKind
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.two_sides import Comparison, comparisons


def draw_series(snapshot: Snapshot, comparison: Comparison, name: str, *series: str) -> None:
    """Draw one or both sides of a comparison in one chart."""
    rows = wording.in_order(snapshot.all_figures, series)
    title = f"{comparison.name}: {name}"
    if rows.empty:
        paragraph(f"{title}: no figure was known yet on this day.")
        return
    unit = rows["unit"].iloc[0]
    # Shares and polls are points in time; a rate holds for the whole of its period, which may be a year.
    kind: PanelKind = "line" if unit in ("share", "percent") else "intervals"
    panel = Panel(id="_".join(series), title=title, unit=unit, series=series, kind=kind)
    found = sides_finding(rows, comparison)
    chart(
        figure=draw(rows, panel),
        key=f"both_sides_{panel.id}",
        title=title,
        subtitle=found,
        source=source_line(snapshot.evidence, rows),
        alt=f"{title}. {found}",
        table=wording.number_table(rows),
        file_name=panel.id,
    )


def both_sides(snapshot: Snapshot, comparison: Comparison) -> None:
    """Draw both sides on one axis where they have one unit, else beside each other."""
    series = (comparison.ru_series, comparison.ua_series)
    rows = wording.in_order(snapshot.all_figures, series)
    if rows["unit"].nunique() == 1:
        draw_series(snapshot, comparison, "Russia and Ukraine", *series)
        return
    for place, name, one in zip(st.columns(2, gap="large"), ("Russia", "Ukraine"), series, strict=True):
        with place:
            draw_series(snapshot, comparison, name, one)


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, whether the chosen pair can be read side by side, and on which aspects that rests."""
    known = {pair.id: pair for pair in comparisons(snapshot.evidence)}
    if not known:
        return Opening(question=QUESTION, answer="Nothing was known by this day that could be compared.")
    asked = settings.get("comparison", "")
    pair = known[asked if asked in known else next(iter(known))]
    return Opening(
        question=QUESTION,
        answer=comparison_sentence(pair),
        source=guards_source(snapshot.evidence, pair.guards),
        table=opening_table(known.values()),
    )


def aspects(snapshot: Snapshot, pair: Comparison) -> None:
    """Show what a comparison rests on, aspect by aspect."""
    records(guard_table(snapshot.evidence, pair.guards))


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    known = {pair.id: pair for pair in comparisons(snapshot.evidence)}
    if not known:
        page_header(opening(snapshot, {}))
        return
    chosen = known[choice("Compare", {pair.id: pair.name for pair in known.values()}, key="comparison")]
    page_header(opening(snapshot, {"comparison": chosen.id}))
    if chosen.fair:
        both_sides(snapshot, chosen)
    section("Can they be compared?", partial(aspects, snapshot, chosen), key="aspects", on_demand=True)
    section("Read with care", partial(bullets, CARE), key="care", on_demand=True)


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.comparisons, evidence.comparison_guards, evidence.observations]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    compared = comparisons(snapshot_on(day).evidence)
    rows = snapshot_on(day).all_figures
    return {
        "comparisons": compared,
        "figures": rows[rows["series"].isin({name for pair in compared for name in (pair.ru_series, pair.ua_series)})],
    }


PAGE = Page(
    stem="both_sides",
    title="Both sides",
    group="Indicators",
    order=3,
    draw=draw_page,
    opening=opening,
    rows=rows_cited,
    result=result_cited,
)
