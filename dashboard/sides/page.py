"""Both sides: Russian and Ukrainian series side by side where that is fair, and the reason where it is not."""

from functools import partial

import streamlit as st

from dashboard.charts.over_time.series import draw
from dashboard.component import ChartContent
from dashboard.shell.exact_settings import NothingThereError, RefusedError, one_of
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, PageChart, Settings
from dashboard.shell.parts import chart, frames, page_header, section, source_line
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
from indicators.core.model import Panel, PanelKind
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.two_sides import Comparison, comparisons

COMPARISON = "comparison"


def side_by_side(snapshot: Snapshot, pair: Comparison) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return names and series of the charts of a comparison: one of both sides where they have one unit, else two."""
    series = (pair.ru_series, pair.ua_series)
    if wording.in_order(snapshot.all_figures, series)["unit"].nunique() == 1:
        return {"": ("Russia and Ukraine", series)}
    return {"russia": ("Russia", series[:1]), "ukraine": ("Ukraine", series[1:])}


def series_chart(snapshot: Snapshot, pair: Comparison, name: str, series: tuple[str, ...]) -> ChartContent:
    """Return one or both sides of a comparison in one chart.

    Raises:
        RefusedError: If no figure was known on this day.
    """
    rows = wording.in_order(snapshot.all_figures, series)
    title = f"{pair.name}: {name}"
    if rows.empty:
        raise NothingThereError(f"{title}: no figure was known yet on this day.")
    unit = rows["unit"].iloc[0]
    # Shares and polls are points in time; a rate holds for the whole of its period, which may be a year.
    kind: PanelKind = "line" if unit in ("share", "percent") else "intervals"
    panel = Panel(id="_".join(series), title=title, unit=unit, series=series, kind=kind)
    found = sides_finding(rows, pair)
    return {
        "figure": draw(rows, panel),
        "title": title,
        "subtitle": found,
        "source": source_line(snapshot.evidence, rows),
        "alt": f"{title}. {found}",
        "table": wording.number_table(rows),
        "file_name": panel.id,
    }


def by_address(snapshot: Snapshot, settings: Settings, *, side: str) -> ChartContent:
    """Return the chart of an address, taken as it is written.

    Args:
        side: "russia" or "ukraine"; empty for both in one.
    """
    known = {pair.id: pair for pair in comparisons(snapshot.evidence)}
    if not known:
        raise NothingThereError("Nothing was known by this day that could be compared.")
    pair = known[one_of(settings, COMPARISON, known, next(iter(known)))]
    drawn = side_by_side(snapshot, pair) if pair.fair else {}
    if side not in drawn:
        instead = " Both sides stand in one chart." if side else f" Each side has a chart: {' and '.join(drawn)}."
        raise NothingThereError(f"{comparison_sentence(pair)}{instead if pair.fair else ''}")
    return series_chart(snapshot, pair, *drawn[side])


CHARTS = {
    side: PageChart(content=partial(by_address, side=side), settings=(COMPARISON,))
    for side in ("", "russia", "ukraine")
}


def both_sides(snapshot: Snapshot, pair: Comparison) -> None:
    """Draw both sides on one axis where they have one unit, else beside each other."""
    drawn = side_by_side(snapshot, pair)
    for place, (side, (name, series)) in zip(st.columns(len(drawn), gap="large"), drawn.items(), strict=True):
        with place:
            try:
                content = series_chart(snapshot, pair, name, series)
            except RefusedError as nothing:
                paragraph(str(nothing))
                continue
            path = f"both_sides/{side}".rstrip("/")
            chart(key=f"both_sides_{content['file_name']}", embed=frames(path, CHARTS[side]), **content)


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, whether the chosen pair can be read side by side, and on which aspects that rests."""
    known = {pair.id: pair for pair in comparisons(snapshot.evidence)}
    if not known:
        return Opening(question=QUESTION, answer="Nothing was known by this day that could be compared.")
    asked = settings.get(COMPARISON, "")
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
    chosen = known[choice("Compare", {pair.id: pair.name for pair in known.values()}, key=COMPARISON, always=True)]
    page_header(opening(snapshot, {COMPARISON: chosen.id}))
    if chosen.fair:
        both_sides(snapshot, chosen)
    section("Can they be compared?", partial(aspects, snapshot, chosen), key="aspects")
    section("Read with care", partial(bullets, CARE), key="care")


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    compared = comparisons(snapshot.evidence)
    rows = snapshot.all_figures
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
    settings=(COMPARISON,),
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("comparisons", "comparison_guards", "observations"),
    result=_result_cited,
    charts=CHARTS,
)
