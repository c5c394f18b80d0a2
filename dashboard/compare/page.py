"""Compare: several indicators one above the other on one axis of time, with chosen events as lines."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.charts.over_time.stacked import Measure, draw_stacked
from dashboard.compare.text import CAVEATS, QUESTION, joined_names, not_drawn, opening
from dashboard.component import ChartContent
from dashboard.shell.addresses import page_link
from dashboard.shell.exact_settings import NothingThereError, a_day, a_period, some_of
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, PageChart, Settings
from dashboard.shell.parts import caveats, chart, frames, page_header, source_line
from dashboard.shell.settings_in_address import BACKWARDS, day_input, several
from dashboard.shell.wording.figure_text import number_table
from dashboard.shell.writing import links, note, notice
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.model import Indicator
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text

INDICATORS = {indicator.id: indicator for indicator in all_indicators()}
MOST, MOST_EVENTS = 4, 8
AT_FIRST = ("refusal_cases", "refusal_sentences", "personnel_losses")
EVENTS_AT_FIRST = (
    "tougher-penalties-for-desertion-2022-09-01",
    "partial-mobilisation-announced-2022-09-21",
    "wagner-mutiny-2023-06-23",
    "prigozhin-plane-crash-2023-08-23",
)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    which, events_place, first, last = st.columns([2.3, 2.3, 1.2, 1.2])
    with which:
        names = {indicator.id: indicator.name for indicator in INDICATORS.values()}
        ids = several(
            "Indicators", names, key="indicators", default=AT_FIRST, most=MOST, placeholder="Choose up to four"
        )
    chosen = [INDICATORS[id_] for id_ in ids]
    known = snapshot.evidence.events.sort_values("date")
    titles = {str(row["event_id"]): f"{row['title']} ({day_text(row['date'])})" for row in known.to_dict("records")}
    with events_place:
        picked = several(
            "Events", titles, key="events", default=EVENTS_AT_FIRST, most=MOST_EVENTS, placeholder="No event marked"
        )
    today = snapshot.day or date.today()
    with first:
        start = day_input("From", key="from", first=FULL_SCALE_INVASION, last=today) or FULL_SCALE_INVASION
    with last:
        asked_end = day_input("To", key="to", first=FULL_SCALE_INVASION, last=today)
    end = asked_end or _last_day(chosen, snapshot, today)
    page_header("Compare indicators", QUESTION)
    if start >= end:
        notice(BACKWARDS)
        return
    drawn = _measures(chosen, snapshot, start, end)
    for indicator in chosen:
        if indicator.id not in drawn:
            note(not_drawn(indicator, snapshot, start, end))
    if not drawn:
        notice("Choose an indicator that has figures in this period.", "info")
        return
    marked = known[known["event_id"].isin(picked)]
    chart(key="compare", embed=frames("compare", STANDING), **_content(drawn, marked, snapshot, start, end))
    caveats(CAVEATS)
    links(
        *((INDICATORS[id_].name, page_link("indicator", snapshot.day, indicator=id_)) for id_ in drawn),
    )


def _by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    """Return what the chart shows for an address, taken as it is written."""
    chosen = [INDICATORS[id_] for id_ in some_of(settings, "indicators", INDICATORS, AT_FIRST, MOST)]
    known = snapshot.evidence.events.sort_values("date")
    picked = some_of(settings, "events", known["event_id"].tolist(), EVENTS_AT_FIRST, MOST_EVENTS)
    today = snapshot.day or date.today()
    start, asked_end = (a_day(settings, name, FULL_SCALE_INVASION, today) for name in ("from", "to"))
    start, end = start or FULL_SCALE_INVASION, asked_end or _last_day(chosen, snapshot, today)
    a_period(start, end)
    drawn = _measures(chosen, snapshot, start, end)
    if not drawn:
        raise NothingThereError("None of these indicators has figures in this period.")
    return _content(drawn, known[known["event_id"].isin(picked)], snapshot, start, end)


STANDING = PageChart(content=_by_address, settings=("indicators", "events", "from", "to"))


def _content(
    measures: Mapping[str, Measure], events: pd.DataFrame, snapshot: Snapshot, start: date, end: date
) -> ChartContent:
    rows = pd.concat([measure.table for measure in measures.values()], ignore_index=True)
    title = f"{joined_names([measure.title for measure in measures.values()])}, Russia"
    span = f"{day_text(start)} to {day_text(end)}"
    return {
        "figure": draw_stacked(list(measures.values()), events, start, end),
        "title": title,
        "subtitle": f"{span}. Scales differ; lines across all rows are events, listed below.",
        "source": source_line(snapshot.evidence, rows),
        "alt": f"{title}, {span}, one above the other: {len(rows)} figures and {len(events)} events.",
        "table": number_table(rows),
        "file_name": f"compare_{'_'.join(measures)}",
    }


def _measures(chosen: Sequence[Indicator], snapshot: Snapshot, start: date, end: date) -> dict[str, Measure]:
    found = {indicator.id: _measure(indicator, snapshot, start, end) for indicator in chosen}
    return {id_: measure for id_, measure in found.items() if measure is not None}


def _measure(indicator: Indicator, snapshot: Snapshot, start: date, end: date) -> Measure | None:
    """Return an indicator's main series within a period, or None where it has nothing to draw."""
    history = snapshot.glance(indicator.id).history
    if history.empty:
        return None
    rows = history[(history["period_end"] >= pd.Timestamp(start)) & (history["period_start"] <= pd.Timestamp(end))]
    if rows.empty:
        return None
    series = rows["series"].iloc[-1]
    kind = next((panel.kind for panel in indicator.panels if series in panel.series), "points")
    return Measure(title=indicator.name, unit=str(rows["unit"].iloc[-1]), kind=kind, table=rows)


def _last_day(indicators: Sequence[Indicator], snapshot: Snapshot, today: date) -> date:
    ends = [snapshot.glance(indicator.id).history["period_end"].max() for indicator in indicators]
    days = [end.date() for end in ends if not pd.isna(end)]
    return min(max(days, default=today), today)


def chosen_indicators(settings: Settings) -> list[Indicator]:
    """Return the indicators that an address asks for."""
    ids = settings["indicators"].split(",") if "indicators" in settings else AT_FIRST
    return [INDICATORS[id_] for id_ in dict.fromkeys(ids) if id_ in INDICATORS][:MOST]


def page_opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return what the page says first."""
    return opening(chosen_indicators(settings), snapshot)


def _rows_cited(snapshot: Snapshot, settings: Settings) -> list[pd.DataFrame]:
    events = settings["events"].split(",") if "events" in settings else EVENTS_AT_FIRST
    evidence = snapshot.evidence
    chosen = [evidence.of_indicator(indicator.id) for indicator in chosen_indicators(settings)]
    return [*chosen, evidence.events[evidence.events["event_id"].isin(events)]]


PAGE = Page(
    stem="compare",
    title="Compare",
    order=2,
    group="Indicators",
    draw=draw_page,
    settings=STANDING.settings,
    opening=page_opening,
    rows=_rows_cited,
    result=lambda snapshot, settings: [snapshot.derived_digest(one.id) for one in chosen_indicators(settings)],
    caveats=lambda *_: CAVEATS,
    charts={"": STANDING},
)
