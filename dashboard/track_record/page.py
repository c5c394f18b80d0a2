"""Track record: what became of published projections, by every definition that counts allow."""

from datetime import date, timedelta
from functools import partial

import pandas as pd

from dashboard.charts.models.by_definition import draw_by_definition
from dashboard.charts.models.counts import draw_counts
from dashboard.charts.models.miss_split import draw_miss_split
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import chart, page_header, section
from dashboard.shell.sections.count_paths import path_rows, path_table
from dashboard.shell.sections.forecast import SETTING as FORECAST
from dashboard.shell.sections.forecast import forecast_cited, forecast_section
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording import forecast_text as forecast_wording
from dashboard.shell.writing import bullets, links, note, paragraph, table
from dashboard.snapshots import ledger_on, snapshot_on
from dashboard.track_record import miss_text as miss_wording
from dashboard.track_record import text as wording
from indicators.core.evidence.load import Evidence
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text
from indicators.methods.counts.running_counts import counts_since
from indicators.methods.track_record.scored_projection import ScoredProjection, ScoreStatus

COMPARED = "compared_"


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, the answer to the projection of August 2023, and all projections in a table."""
    rows = wording.record_table(snapshot.track_record)
    return Opening(
        question=wording.QUESTION,
        answer=snapshot.answer.sentence,
        source=wording.answer_source(snapshot.evidence, snapshot.answer),
        table=[list(rows.columns), *rows.to_numpy().tolist()] if len(rows) else (),
    )


def by_definition(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Draw the projected figure against every count of the window."""
    rows = wording.definition_rows(scored.comparisons)
    if rows.empty:
        return
    title = f"{scored.projector}: projected and counted {scored.unit}, by definition"
    chart(
        figure=draw_by_definition(rows, projected=scored.value, unit=scored.unit),
        key="track_record_by_definition",
        title=title,
        subtitle="The mark is the most likely count; the bar shows its hard limits.",
        source=wording.record_source(snapshot.evidence, scored),
        alt=f"{title}. {wording.score_finding(scored)}",
        table=wording.comparison_table(scored.comparisons),
        file_name=f"track_record_{scored.id}",
    )


def over_time(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Draw running counts within the window over the projected line."""
    scorable = [item for item in scored.comparisons if item.status is not ScoreStatus.UNSCORABLE]
    series = list(dict.fromkeys(item.series for item in scorable if item.series))
    evidence = snapshot.evidence
    paths = [path for id_ in series for path in counts_since(evidence, id_, scored.window_start, scored.window_end)]
    if not paths:
        paragraph("Nothing was counted over time within the window.")
        return
    rows = path_rows(paths)
    before = scored.window_start - timedelta(days=1)
    title = f"Counted since {day_text(before + timedelta(days=1))}, over the projected line"
    chart(
        figure=draw_counts(rows, projected=[(before, 0.0), (scored.window_end, scored.value)], unit=scored.unit),
        key="track_record_over_time",
        title=title,
        subtitle="Dots are published totals; ends are estimated.",
        source=wording.record_source(evidence, scored),
        alt=f"{title}. {wording.score_finding(scored)}",
        table=path_table(rows),
        file_name=f"track_record_{scored.id}_over_time",
    )


def miss(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Draw the parts of the miss for a definition that the reader picks."""
    splits = {wording.comparison_id(item): (item, item.split) for item in scored.comparisons if item.split is not None}
    if not splits:
        paragraph("No count was close enough to what was projected to tell the parts of the miss apart.")
        return
    names = {id_: wording.comparison_name(item) for id_, (item, _) in splits.items()}
    _, split = splits[choice("Compared with", names, key=f"{COMPARED}{scored.id}")]
    chart(
        figure=draw_miss_split(miss_wording.split_parts(split), split.total),
        key="track_record_miss",
        title="Parts of the miss, as factors on the projected figure",
        subtitle=miss_wording.split_sentence(split),
        source=wording.record_source(snapshot.evidence, scored),
        alt=f"Parts of the miss. {miss_wording.split_sentence(split)}",
        table=miss_wording.split_table(split),
        file_name=f"track_record_{scored.id}_miss",
    )
    note(miss_wording.SPLIT_NOTE)


def definitions(snapshot: Snapshot, scored: ScoredProjection) -> None:
    """Show a projection against every definition that counts allow, what it counted itself first."""
    paragraph(f"“{scored.statement}” {wording.window_sentence(scored)}")
    paragraph(wording.score_finding(scored))
    by_definition(snapshot, scored)
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
        scored = known[choice("In detail", names, key="of")]
        part = partial(section, on_demand=True)
        part("Every definition", partial(definitions, snapshot, scored), key="definitions", settings=("of",))
        part("Week by week", partial(over_time, snapshot, scored), key="over_time")
        part("Why it missed", partial(miss, snapshot, scored), key="miss", settings=(f"{COMPARED}{scored.id}",))
        part(
            "Our own forecasts, written down and scored",
            partial(own_forecasts, snapshot),
            key="forecasts",
            settings=(FORECAST,),
        )
        part("What happened, step by step", partial(bullets, snapshot.answer.parts), key="answer")
        part("Read with care", partial(bullets, wording.CARE), key="care")
    links(
        ("This track record as JSON", api_link("track-record", snapshot.day)),
        ("The answer as JSON", api_link("answer", snapshot.day)),
        ("API documentation", documentation_link()),
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.published_projections, evidence.observations, evidence.assumptions]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown, and the forecast that it names."""
    return [snapshot_on(day).track_record, snapshot_on(day).answer, *forecast_cited(settings, day)]


PAGE = Page(
    stem="track_record",
    title="Were projections right?",
    group="Scenarios",
    order=3,
    draw=draw_page,
    opening=opening,
    rows=rows_cited,
    result=result_cited,
    opens_with_chart=False,
)
