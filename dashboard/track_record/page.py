"""Track record: what became of published projections, by every definition that counts allow."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard.charts.by_definition import draw_by_definition
from dashboard.charts.counts import draw_counts
from dashboard.charts.miss_split import draw_miss_split
from dashboard.shell import answer_section
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.count_paths import path_rows, path_table
from dashboard.shell.pages import Page, Settings
from dashboard.shell.parts import caveats, chart, page_header
from dashboard.shell.settings_in_address import choice
from dashboard.shell.writing import bullets, links, note, notice, paragraph
from dashboard.snapshots import snapshot_on
from dashboard.track_record import miss_text as miss_wording
from dashboard.track_record import text as wording
from indicators.core.evidence.load import Evidence
from indicators.methods.counts.running_counts import counts_since
from indicators.methods.track_record.scored_projection import ScoredProjection, ScoreStatus


def by_definition(scored: ScoredProjection, day: date | None) -> None:
    """Draw the projected figure against every count of the window."""
    rows = wording.definition_rows(scored.comparisons)
    if rows.empty:
        return
    title = f"Projected and counted: {scored.unit}, by definition"
    chart(
        figure=draw_by_definition(rows, projected=scored.value, unit=scored.unit),
        key="track_record_by_definition",
        title=title,
        subtitle="The mark is the most likely count; the bar shows its hard limits.",
        source=wording.record_source(snapshot_on(day).evidence, scored),
        alt=f"{title}. {wording.score_finding(scored)}",
        table=wording.comparison_table(scored.comparisons),
        file_name=f"track_record_{scored.id}",
    )


def over_time(scored: ScoredProjection, day: date | None) -> None:
    """Draw running counts within the window over the projected line."""
    scorable = [item for item in scored.comparisons if item.status is not ScoreStatus.UNSCORABLE]
    series = list(dict.fromkeys(item.series for item in scorable if item.series))
    evidence = snapshot_on(day).evidence
    paths = [path for id_ in series for path in counts_since(evidence, id_, scored.window_start, scored.window_end)]
    if not paths:
        return
    rows = path_rows(paths)
    before = scored.window_start - timedelta(days=1)
    title = f"Counted since {before + timedelta(days=1):%-d %b %Y}, over the projected line"
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


def miss(scored: ScoredProjection, day: date | None) -> None:
    """Draw the parts of the miss for a definition that the reader picks."""
    split_up = {wording.comparison_id(item): item for item in scored.comparisons if item.split is not None}
    if not split_up:
        return
    st.header("Why it missed", anchor=False)
    names = {id_: wording.comparison_name(item) for id_, item in split_up.items()}
    split = split_up[choice("Compared with", names, key=f"compared_{scored.id}")].split
    if split is None:
        return
    chart(
        figure=draw_miss_split(miss_wording.split_parts(split), split.total),
        key="track_record_miss",
        title="Parts of the miss, as factors on the projected figure",
        subtitle=miss_wording.split_sentence(split),
        source=wording.record_source(snapshot_on(day).evidence, scored),
        alt=f"Parts of the miss. {miss_wording.split_sentence(split)}",
        table=miss_wording.split_table(split),
        file_name=f"track_record_{scored.id}_miss",
    )
    note(miss_wording.SPLIT_NOTE)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("Track record", "What became of published projections?")
    record = snapshot_on(as_of).track_record
    answer_section.whole(as_of)
    if record:
        known = {scored.id: scored for scored in record}
        chosen = known[
            choice("Projection", {id_: wording.projection_name(item) for id_, item in known.items()}, key="of")
        ]
        paragraph(f"“{chosen.statement}” {wording.window_sentence(chosen)}")
        paragraph(wording.score_finding(chosen))
        by_definition(chosen, as_of)
        over_time(chosen, as_of)
        st.header("Every definition", anchor=False)
        bullets(wording.comparison_lines(chosen.comparisons))
        miss(chosen, as_of)
        st.header("All projections", anchor=False)
        paragraph(f"{wording.counts_sentence(record)} {wording.OWN_FORECASTS}")
        bullets(wording.record_lines(record))
    else:
        notice("No projection had been published by this day.", "info")
    caveats(
        (
            "A projection holds only if its assumptions hold; a miss says that they did not, not who was wrong.",
            "Cases, sentences and people in prison are counted at different points; the ratio changes with that.",
            "Limits hold however the count grew between its totals: they say where it must lie, not what is likely.",
            "Refused comparisons stay in the list with their reason; open ones are scored once a later count is known.",
        )
    )
    links(
        ("This track record as JSON", api_link("track-record", as_of)),
        ("API documentation", documentation_link()),
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    return [evidence.published_projections, evidence.observations, evidence.assumptions]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    return [snapshot_on(day).track_record, snapshot_on(day).answer]


PAGE = Page(
    stem="track_record",
    title="Were projections right?",
    order=3,
    group="Scenarios",
    draw=draw_page,
    rows=rows_cited,
    result=result_cited,
)
