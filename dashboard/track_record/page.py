"""Track record: what became of published projections, by every definition that counts allow."""

from contextlib import suppress
from functools import partial

import streamlit as st

from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.exact_settings import RefusedError
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import chart, frames, page_header, section
from dashboard.shell.sections.forecast import SETTING as FORECAST
from dashboard.shell.sections.forecast import forecast_cited, forecast_section
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording import forecast_text as forecast_wording
from dashboard.shell.writing import bullets, links, note, paragraph, table
from dashboard.snapshots import ledger_on
from dashboard.track_record import charts
from dashboard.track_record import miss_text as miss_wording
from dashboard.track_record import text as wording
from indicators.core.snapshot import Snapshot
from indicators.methods.track_record.scored_projection import ScoredProjection


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, the answer to the projection of August 2023, and all projections in a table."""
    rows = wording.record_table(snapshot.track_record)
    return Opening(
        question=wording.QUESTION,
        answer=snapshot.answer.sentence,
        source=wording.answer_source(snapshot.evidence, snapshot.answer),
        table=[list(rows.columns), *rows.to_numpy().tolist()] if len(rows) else (),
    )


def over_time(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Draw running counts within the window over the projected line."""
    try:
        content = charts.over_time(snapshot, scored)
    except RefusedError as nothing:
        paragraph(str(nothing))
    else:
        chart(
            key="track_record_over_time",
            embed=frames("track_record/over_time", charts.CHARTS["over_time"]),
            **content,
        )


def miss(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Draw the parts of the miss for a definition that the reader picks."""
    names = charts.split_names(scored)
    if not names:
        paragraph(charts.NO_SPLIT)
        return
    compared = choice("Compared with", names, key=charts.compared(scored), always=True)
    content = charts.miss_of(snapshot, scored, compared)
    chart(key="track_record_miss", embed=frames("track_record/miss", charts.CHARTS["miss"]), **content)
    note(miss_wording.SPLIT_NOTE)


def definitions(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Show a projection against every definition that counts allow, what it counted itself first."""
    paragraph(f"“{scored.statement}” {wording.window_sentence(scored)}")
    paragraph(wording.score_finding(scored))
    with suppress(RefusedError):
        content = charts.by_definition(snapshot, scored)
        chart(key="track_record_by_definition", embed=frames("track_record", charts.CHARTS[""]), **content)
    bullets(wording.comparison_lines(scored.comparisons))


def own_forecasts(snapshot: Snapshot) -> None:
    """Show what became of forecasts that were written down, and the forecast of one series."""
    entries = ledger_on(snapshot.day)
    paragraph(forecast_wording.ledger_sentence(entries))
    if snapshot.forecast_series:
        forecast_section(snapshot, snapshot.forecast_series, key="track_record")
    if entries:
        note("Written down: of forecasts still open, the next period of each series. The file has all.")
        rows = forecast_wording.ledger_table(entries, snapshot.series_names)
        table(rows, alt="Forecasts that were written down, with what came.")
    links(
        ("Forecasts written down, as JSON", api_link("forecast-ledger", snapshot.day)),
        ("as CSV", api_link("forecast-ledger", snapshot.day, format="csv")),
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    record = snapshot.track_record
    page_header(opening(snapshot, {}))
    if record:
        paragraph(f"{wording.counts_sentence(record)} {wording.OWN_FORECASTS}")
        table(
            wording.shown_record(snapshot.evidence, record),
            alt="Published projections with who made them, when, what was counted, and how often the projected figure.",
        )
        known = {scored.id: scored for scored in record}
        names = {id_: wording.projection_name(item) for id_, item in known.items()}
        asked = (charts.OF,) if charts.OF in st.query_params else ()  # the choice itself puts its first there
        scored = known[choice("In detail", names, key=charts.OF, always=True)]
        section("Every definition", partial(definitions, snapshot, scored), key="definitions", settings=asked)
        section("Week by week", partial(over_time, snapshot, scored), key="over_time")
        section("Why it missed", partial(miss, snapshot, scored), key="miss", settings=(charts.compared(scored),))
        section(
            "Our own forecasts, written down and scored",
            partial(own_forecasts, snapshot),
            key="forecasts",
            settings=(FORECAST,),
        )
        section("What happened, step by step", partial(bullets, snapshot.answer.parts), key="answer")
        section("Read with care", partial(bullets, wording.CARE), key="care")
    links(
        ("This track record as JSON", api_link("track-record", snapshot.day)),
        ("The answer as JSON", api_link("answer", snapshot.day)),
        ("API documentation", documentation_link()),
    )


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    return [snapshot.track_record, snapshot.answer, *forecast_cited(snapshot, settings)]


PAGE = Page(
    stem="track_record",
    title="Were projections right?",
    group="Scenarios",
    order=3,
    draw=draw_page,
    settings=(charts.OF, charts.COMPARED, FORECAST),
    opening=opening,
    rows=lambda snapshot, _: snapshot.tables("published_projections", "observations", "assumptions"),
    result=_result_cited,
    charts=charts.CHARTS,
    opens_with_chart=False,
)
