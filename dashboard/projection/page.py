"""Projection: what a weekly figure comes to if it goes on, and what would have to be true."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.component.panel import PANEL_FILES, Control, PanelStart, Values, mount_panel, panel_values, write_address
from dashboard.projection import scenarios as scenario_section
from dashboard.projection import sections
from dashboard.projection import text as wording
from dashboard.projection.chart import FILE_NAME, RATES, TITLE, projection_content, source
from dashboard.projection.controls import (
    CONTROLS_PARAMETER,
    NATIVE,
    address_of,
    control_values,
    controls,
    read_settings,
)
from dashboard.projection.panel import (
    ENGINE,
    UNIT,
    fan_events,
    panel_fan,
    panel_model,
    target_dates,
)
from dashboard.projection.starting_points import presets
from dashboard.shell.addresses import api_link, documentation_link, embed_links, page_link
from dashboard.shell.assumption_wording import assumption_table
from dashboard.shell.markdown import escaped, joined
from dashboard.shell.pages import Page, Settings
from dashboard.shell.parts import alone, caveats, chart, export_stamp, page_header, section
from dashboard.shell.settings_in_address import choice, expect_settings, slider, tell
from dashboard.shell.writing import figure, links, note, notice
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.entries import concerning
from indicators.core.model import Dated, texts_known
from indicators.core.plain_text import quoted
from indicators.methods.projection.parameters import ProjectionParameters, parse_clamped, to_query
from indicators.methods.projection.project import Projection, project
from indicators.refusal_sentences import BETWEEN_TOTALS

KEY = "projection"
CAVEATS = (
    "A projection holds only if its assumptions hold; it is not a forecast.",
    "Sentenced does not mean imprisoned: a sentence can be suspended.",
    Dated("More than half of the known absence sentences were suspended.", date(2023, 8, 18)),
    "“Up to 100 a week” bounds a maximum. Carried on, it gives a ceiling, not an expected total.",
    "The range covers how the claim is read, a drifting pace and chance, not a sudden change of law or of policy.",
)


def native_control(control: Control) -> object:
    """Draw one setting as one of Streamlit's own widgets, bound to the address."""
    if control.options:
        return choice(control.label, control.options, key=control.name, help_text=control.note)
    whole = float(control.step).is_integer()
    number = int if whole else float
    return slider(
        control.label,
        number(control.minimum),
        number(control.maximum),
        number(control.default),
        number(control.step),
        key=control.name,
        number_format="percent" if control.display != "plain" else None,
        help_text=control.note,
    )


def native_controls(listed: tuple[Control, ...]) -> ProjectionParameters:
    """Draw all settings with Streamlit's own widgets and read them; a group is drawn once it is opened or set."""
    values: dict[str, object] = {}
    for group in dict.fromkeys(control.group for control in listed):
        members = [control for control in listed if control.group == group]
        if group == "main":
            values |= {control.name: native_control(control) for control in members}
            continue
        place = st.expander(escaped(group), key=f"group_{members[0].name}", on_change="rerun")
        given = any(control.name in st.query_params or control.name in st.session_state for control in members)
        with place:
            for control in members:
                values[control.name] = native_control(control) if place.open or given else control.default
    return parse_clamped(values)[0]


def take_address(listed: tuple[Control, ...]) -> None:
    """Bring the address into a form that Streamlit's widgets take, and say what was changed.

    They read it when they are first drawn, but drop without a word what they do not take.
    """
    given = given_settings()
    parameters, messages = read_settings(listed, given)
    if parameters.dispersion == "poisson":  # without a number: no unevenness at all
        evenness = next(control for control in listed if control.name == "dispersion")
        messages.append(f"dispersion was poisson; this control takes {evenness.minimum:g} to {evenness.maximum:g}.")
        parameters = parameters.model_copy(update={"dispersion": evenness.maximum})
    changed = messages or "growth_weekly" in given
    if changed:
        for name in given:
            st.query_params.pop(name)
        st.query_params.update(address_of(listed, parameters))
        st.session_state[f"{KEY}_changed"] = messages
        st.rerun()
    tell(KEY, st.session_state.pop(f"{KEY}_changed", ()), parameters)


def native_page(listed: tuple[Control, ...], day: date | None) -> Projection:
    """Draw the page with Streamlit's own widgets, for browsers and tests that can't run the panel."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        parameters = native_controls(listed)
    projection = project(parameters)
    with right:
        with st.container(horizontal=True, gap="medium"):
            for tile in wording.projection_tiles(projection):
                figure(tile.label, tile.value, tile.note)
        note(joined("\n\n", wording.projection_lines(projection)))
        chart(
            **projection_content(projection, day),
            key="projection_fan",
            embed=embed_links(KEY, day, date.today(), **to_query(parameters)),
        )
    return projection


def panel_page(listed: tuple[Control, ...], day: date | None) -> Projection:
    """Draw the page with the panel, which answers in the browser."""

    def read() -> tuple[Values, list[str]]:
        parameters, changes = read_settings(listed, given_settings())
        return control_values(listed, parameters), changes

    settings = {control.name for control in listed} | {"growth_weekly"}
    state = panel_values(KEY, settings, day, read)
    for message in state.messages:
        notice(message)
    parameters, _ = read_settings(listed, state.values)
    write_address(KEY, address_of(listed, parameters), settings)
    started, _ = read_settings(listed, state.start)
    rates = snapshot_on(day).derived(RATES)
    origin, projection = snapshot_on(day).projection_origin, project(started)
    dates, past = target_dates(projection, origin), snapshot_on(day).counted_before
    events = fan_events(snapshot_on(day).events_concerning(RATES), past, origin)
    mount_panel(
        listed,
        PanelStart(
            state=state,
            figure=panel_fan(projection, dates, past, events),
            tiles=wording.projection_tiles(projection),
            lines=wording.projection_lines(projection),
            sentence=wording.projection_finding(projection),
            table=wording.projection_table(projection, dates, past),
        ),
        key=KEY,
        engine=ENGINE,
        model=panel_model(origin, past, events),
        presets=presets(listed, rates[rates["series"] == BETWEEN_TOTALS.id], origin, snapshot_on(day).evidence),
        title=TITLE,
        source=source(parameters, day),
        stamp=export_stamp(),
        file_name=FILE_NAME,
        embed=embed_links(KEY, day, date.today(), **to_query(parameters)),
    )
    return project(parameters)


def given_settings() -> dict[str, str]:
    """Return the settings in the page's address."""
    return {name: text for name, text in st.query_params.items() if name in ProjectionParameters.model_fields}


def assumptions(parameters: ProjectionParameters, day: date | None) -> None:
    """List every assumption with its source."""
    stated = snapshot_on(day).stated_assumptions(parameters)
    st.dataframe(
        pa.table(dict(assumption_table(stated, snapshot_on(day).evidence))),
        hide_index=True,
        alt="Every assumption with its value, unit, basis, source and reason.",
    )


def body(day: date | None, native: bool) -> None:
    """Draw all that depends on the settings, from the controls to the links.

    Args:
        day: The replayed day; None for the latest evidence.
        native: Whether Streamlit's own widgets hold the settings, not the panel.
    """
    listed = controls(snapshot_on(day).evidence)
    projection = (native_page if native else panel_page)(listed, day)
    parameters, panel = projection.parameters, None if native else KEY
    sections.from_counts(parameters, day)
    parts = {
        "break_even": (
            "What would have to be true",
            partial(alone(sections.what_would_have_to_be_true), parameters, listed),
        ),
        "afterwards": (
            "What happened afterwards",
            partial(alone(sections.what_happened_afterwards), projection, day, UNIT),
        ),
        "causes": (
            "Why the range is wide",
            partial(alone(sections.why_the_range_is_wide), parameters, source(parameters, day), UNIT),
        ),
    }
    for key, (title, draw) in parts.items():
        section(title, draw, key=key, settings=sections.OWN_SETTINGS[key], on_demand=native)
    if snapshot_on(day).force_estimates and any(control.name == "force_size" for control in listed):
        section(
            "Published estimates of the force",
            partial(scenario_section.force_estimates, parameters, listed, day, panel),
            key="force",
            on_demand=native,
        )
    section(
        "Scenarios",
        partial(scenario_section.scenarios, parameters, listed, day, panel, UNIT),
        key="scenarios",
        settings=(scenario_section.ADDRESS,),
        on_demand=native,
    )
    section("Assumptions", partial(assumptions, parameters, day), key="assumptions", on_demand=native)
    caveats(texts_known(CAVEATS, day))
    asked = to_query(parameters)
    links(
        ("This projection as JSON", api_link("projection", day, **asked)),
        ("This page with plain controls", page_link(KEY, day, **{CONTROLS_PARAMETER: NATIVE}, **asked)),
        ("API documentation", documentation_link()),
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header("If “100 a week” had gone on", "Move the assumptions and see the total of the year.")
    expect_settings(CONTROLS_PARAMETER, *ProjectionParameters.model_fields)
    form = st.query_params.get(CONTROLS_PARAMETER)
    if form not in (None, NATIVE):
        notice(f"The address asks for {CONTROLS_PARAMETER} {quoted(form)}; expected {NATIVE}. The panel is shown.")
    if form == NATIVE:
        take_address(controls(snapshot_on(as_of).evidence))
        alone(body)(as_of, native=True)
    else:
        body(as_of, native=False)


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    counted = [evidence.of_indicator(indicator) for indicator in ("refusal_cases", RATES)]
    marked = concerning(evidence.events, RATES)
    return [evidence.assumptions, *counted, evidence.of_indicator("force_size"), marked]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    parameters, _ = read_settings(controls(snapshot_on(day).evidence), settings)
    projection = project(parameters)
    return {
        "headline": projection.headline_path,
        "calendar": projection.calendar_path,
        "qualifier": projection.qualifier.value,
        "claim": projection.claim_paths,
        "imprisoned": projection.imprisoned,
        "per_thousand": projection.per_thousand_a_year,
        "counted": snapshot_on(day).count_layer(parameters),
    }


PAGE = Page(
    stem="projection",
    title="If it goes on",
    order=1,
    group="Scenarios",
    draw=draw_page,
    rows=rows_cited,
    result=result_cited,
    files=(*PANEL_FILES, "projection.js", "pace.js"),
)
