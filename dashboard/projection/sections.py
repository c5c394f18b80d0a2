"""Sections below the projection panel: why the range is wide, what would have to be true, what happened."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard.charts.models.counts import draw_counts
from dashboard.charts.models.shares import draw_shares
from dashboard.charts.models.tornado import draw_tornado
from dashboard.component.controls import Control
from dashboard.projection import section_text as wording
from dashboard.projection.controls import control_values
from dashboard.projection.panel import UNIT
from dashboard.projection.scenarios import force_estimates
from dashboard.shell.parts import chart, source_line
from dashboard.shell.sections import answer_section
from dashboard.shell.sections.count_paths import path_rows, path_table
from dashboard.shell.settings_in_address import choice, day_input, whole_number
from dashboard.shell.writing import bullets, notice, paragraph, table
from dashboard.snapshots import snapshot_on
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text
from indicators.methods.projection.afterwards import SERIES, hold_against
from indicators.methods.projection.break_even import SolveFor, break_even
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import Projection, project
from indicators.methods.projection.uncertainty import median_total, tornado, variance_shares

TARGET, LAYER, THEN, COUNT = "target", "layer", "then", "count"
OWN_SETTINGS = (TARGET, LAYER, THEN, COUNT)
"""Names that the sections have in the address."""

ALL = "all"
DEFAULT_TARGET = 10_000
LARGEST_TARGET = 1_000_000
SOLVED: tuple[SolveFor, ...] = ("weekly", "growth_monthly", "weeks", "working_days", "recording", "share_mode")


def target_line(parameters: ProjectionParameters, snapshot: Snapshot) -> None:
    """Say what a total that the reader names would take, beside what was counted."""
    place, words = st.columns([1, 3], vertical_alignment="bottom")
    with place:
        target = whole_number("Total to reach", 1, LARGEST_TARGET, DEFAULT_TARGET, 500, key=TARGET)
    weekly, growth = (break_even(parameters, target, name) for name in ("weekly", "growth_monthly"))
    pace = max(snapshot.answer.weekly, key=lambda one: one.figure.period_end, default=None)
    with words:
        paragraph(wording.target_sentence(target, weekly, growth, None if pace is None else pace.figure))


def why_the_range_is_wide(parameters: ProjectionParameters, source: str) -> None:
    """Draw the range's causes and how far each input alone moves the total."""
    shares, middle = variance_shares(parameters), median_total(parameters)
    if not shares or middle is None:
        notice(wording.NO_RANGE, "info")
        return
    left, right = st.columns(2, gap="large")
    with left:
        chart(
            figure=draw_shares(wording.named_shares(shares)),
            key="projection_shares",
            title="Share of the range by cause",
            subtitle=wording.share_finding(shares),
            source=source,
            alt=f"Share of the range by cause. {wording.share_finding(shares)}",
            table=wording.share_table(shares),
            file_name="projection_causes",
        )
    bars = tornado(parameters)
    with right:
        chart(
            figure=draw_tornado(wording.tornado_rows(bars), base=middle, unit=UNIT),
            key="projection_tornado",
            title="How far each input alone moves the total",
            subtitle=wording.middle_sentence(middle, project(parameters)),
            source=source,
            alt=f"How far each input alone moves the total. Widest: {wording.CAUSES[bars[0].input].lower()}.",
            table=wording.tornado_table(bars),
            file_name="projection_tornado",
        )


def what_would_have_to_be_true(parameters: ProjectionParameters, listed: Sequence[Control]) -> None:
    """Show for a target the value of each setting that reaches it with all others held."""
    target = st.session_state.get(TARGET, DEFAULT_TARGET)
    chosen = choice("By which total", {layer: words for layer, words in wording.LAYERS.items()}, key=LAYER)
    layer = next(layer for layer in wording.LAYERS if layer == chosen)
    answers = [break_even(parameters, target, name, layer) for name in SOLVED]
    paragraph(wording.break_even_finding(target, answers))
    table(
        pd.DataFrame(wording.break_even_table(answers, listed, control_values(listed, parameters))),
        alt="Every setting with its present value and the value that reaches the target.",
    )


def what_happened_afterwards(projection: Projection, snapshot: Snapshot) -> None:
    """Draw later counts over the projection, as known now and as known on an earlier day."""
    day, origin, parameters = snapshot.day, snapshot.projection_origin, projection.parameters
    answer_section.short(day)
    paragraph(wording.count_sentence(snapshot.count_layer(parameters)))
    settings = origin, parameters.weeks
    paths = snapshot.counts_afterwards(*settings)
    if not paths:
        notice("No count that goes on for a month after the first day of this projection was known.", "info")
        return
    end = origin + timedelta(weeks=parameters.weeks)
    left, right = st.columns(2)
    with left:
        definitions = {path.id: path.definition for path in paths}
        chosen = choice("What is counted", {ALL: wording.ALL_COUNTS} | definitions, key=COUNT)
    with right:
        then = day_input(
            "Compare with what was known on",
            key=THEN,
            first=origin,
            last=max(day or end, end),
            help_text="Empty: the day on which the projection ends.",
        )
    past = min(then or end, day or end)
    known_then = snapshot_on(past).counts_afterwards(*settings)
    paths, known_then = (tuple(path for path in group if chosen in (ALL, path.id)) for group in (paths, known_then))
    rows = path_rows(paths)
    weeks = [0, *projection.weeks.tolist()]
    days = [origin + timedelta(weeks=week) for week in weeks]
    held = hold_against(projection, origin, paths)
    lines = wording.afterwards_lines(held)
    title = f"Counted since {day_text(origin)}, over this projection"
    chart(
        figure=draw_counts(
            rows,
            projected=list(zip(days, [0.0, *projection.headline_path.tolist()], strict=True)),
            unit=UNIT,
            levels=_interval(projection, days),
            earlier=path_rows(known_then),
            earlier_name=f"As known on {day_text(past)}",
        ),
        key="projection_afterwards",
        title=title,
        subtitle="Dots are published totals; ends are estimated.",
        source=source_line(snapshot.evidence, snapshot.evidence.of_series(*SERIES)),
        alt=f"{title}. {lines[0]}",
        table=path_table(rows),
        file_name="projection_afterwards",
    )
    bullets(lines)


def assumptions(parameters: ProjectionParameters, listed: Sequence[Control], snapshot: Snapshot, panel: str) -> None:
    """List every assumption with its source, and let the reader take another estimate of the force."""
    stated = snapshot.stated_assumptions(parameters)
    table(
        pd.DataFrame(dict(wording.assumption_rows(stated, snapshot.evidence))),
        alt="Every assumption with its value, source and reason.",
    )
    if snapshot.force_estimates and any(control.name == "force_size" for control in listed):
        force_estimates(parameters, listed, snapshot, panel)


def _interval(projection: Projection, days: Sequence[date]) -> list[tuple[date, float, float]]:
    """Return the 90 % interval by day, from nothing on the first."""
    if projection.claim_paths is None:
        return []
    low, high = ([0.0, *projection.claim_paths[row].tolist()] for row in (0, -1))
    return list(zip(days, low, high, strict=True))
