"""Sections below the projection panel: why the range is wide, what would have to be true, what happened."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.component.controls import Control
from dashboard.projection import charts
from dashboard.projection import section_text as wording
from dashboard.projection.controls import control_values
from dashboard.projection.scenarios import force_estimates
from dashboard.shell.exact_settings import RefusedError
from dashboard.shell.parts import chart, frames
from dashboard.shell.settings_in_address import choice, day_input, whole_number
from dashboard.shell.writing import bullets, notice, paragraph, table
from indicators.core.snapshot import Snapshot
from indicators.methods.projection.break_even import SolveFor, break_even
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import Projection

TARGET, LAYER = "target", "layer"
OWN_SETTINGS = (TARGET, LAYER, charts.THEN, charts.COUNT)
"""Names that the sections have in the address."""

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


def why_the_range_is_wide(parameters: ProjectionParameters, snapshot: Snapshot) -> None:
    """Draw the range's causes and how far each input alone moves the total."""
    try:
        contents = charts.shares_content(parameters, snapshot), charts.tornado_content(parameters, snapshot)
    except RefusedError as nothing:
        notice(str(nothing), "info")
        return
    for place, name, content in zip(st.columns(2, gap="large"), ("shares", "tornado"), contents, strict=True):
        with place:
            chart(key=f"projection_{name}", embed=frames(f"projection/{name}", charts.CHARTS[name]), **content)


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
    day, origin = snapshot.day, snapshot.projection_origin
    notice(snapshot.answer.sentence, "info")
    paragraph(wording.count_sentence(snapshot.count_layer(projection.parameters)))
    paths, end = charts.counts_of(projection, snapshot), charts.end_of(projection, snapshot)
    if not paths:
        notice(wording.NOTHING_COUNTED, "info")
        return
    left, right = st.columns(2)
    with left:
        definitions = {path.id: path.definition for path in paths}
        chosen = choice("What is counted", {charts.ALL: wording.ALL_COUNTS} | definitions, key=charts.COUNT)
    with right:
        then = day_input(
            "Compare with what was known on",
            key=charts.THEN,
            first=origin,
            last=max(day or end, end),
            help_text="Empty: the day on which the projection ends.",
        )
    content = charts.afterwards_content(projection, snapshot, chosen, then)
    embed = frames("projection/afterwards", charts.CHARTS["afterwards"])
    chart(key="projection_afterwards", embed=embed, **content)
    bullets(charts.afterwards_lines(projection, snapshot, chosen))


def assumptions(parameters: ProjectionParameters, listed: Sequence[Control], snapshot: Snapshot, panel: str) -> None:
    """List every assumption with its source, and let the reader take another estimate of the force."""
    stated = snapshot.stated_assumptions(parameters)
    table(
        pd.DataFrame(dict(wording.assumption_rows(stated, snapshot.evidence))),
        alt="Every assumption with its value, source and reason.",
    )
    if snapshot.force_estimates and any(control.name == "force_size" for control in listed):
        force_estimates(parameters, listed, snapshot, panel)
