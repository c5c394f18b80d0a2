"""Projection: what a weekly figure comes to if it goes on, and what would have to be true."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import cache
from dashboard import projection_wording as wording
from dashboard.assets import server_path
from dashboard.charts.fan import draw_fan
from dashboard.charts.frame import Figure
from dashboard.charts.labels import QUALIFIER_WORDS
from dashboard.component.panel import Control, PanelStart, Values, mount_panel, panel_values, write_address
from dashboard.components import caveats, chart, choice, links, page_header
from dashboard.projection_controls import CONTROLS_PARAMETER, NATIVE, address_of, control_values, controls
from dashboard.projection_presets import presets
from indicators.methods.assumptions import projection_origin, state_assumptions
from indicators.methods.browser_tables import GROWTH_GRID
from indicators.methods.parameters import ProjectionParameters, parse_clamped, to_query
from indicators.methods.projection import Projection, project
from indicators.methods.readings import Reading
from indicators.methods.run_rate import WEEKS_PER_MONTH, WEEKS_PER_YEAR_OF_COURTS, WORKING_DAYS_PER_WEEK
from indicators.refusal_sentences import BETWEEN_TOTALS

KEY = "projection"
UNIT = "persons sentenced"
TITLE = f"Total of {UNIT} if the weekly figure goes on"
FILE_NAME = "projection"
RATES = "refusal_sentences"
TABLES = {"growth": "growth", "claim": "table"}


def native_control(control: Control) -> object:
    """Draw one setting as one of Streamlit's own widgets, bound to the address."""
    if control.options:
        return choice(control.label, control.options, key=control.name, help_text=control.note)
    whole = float(control.step).is_integer()
    number = int if whole else float
    return st.slider(
        control.label,
        number(control.minimum),
        number(control.maximum),
        number(control.default),
        number(control.step),
        key=control.name,
        bind="query-params",
        format="percent" if control.display != "plain" else None,
        help=control.note,
    )


def native_controls(listed: tuple[Control, ...]) -> ProjectionParameters:
    """Draw all settings with Streamlit's own widgets and read them."""
    values: dict[str, object] = {}
    for control in listed:
        if control.group == "main":
            values[control.name] = native_control(control)
    for group in dict.fromkeys(control.group for control in listed if control.group != "main"):
        with st.expander(group):
            for control in listed:
                if control.group == group:
                    values[control.name] = native_control(control)
    return parse_clamped(values)[0]


def native_page(listed: tuple[Control, ...], day: date | None) -> ProjectionParameters:
    """Draw the page with Streamlit's own widgets, for browsers and tests that can't run the panel."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        parameters = native_controls(listed)
    projection = project(parameters)
    with right:
        for place, tile in zip(st.columns(3), wording.projection_tiles(projection), strict=True):
            place.metric(tile.label, tile.value)
            place.caption(tile.note)
        st.caption("\n\n".join(wording.projection_lines(projection)))
        finding, dates = wording.projection_finding(projection), target_dates(projection, day)
        chart(
            fan(projection, dates),
            key="projection_fan",
            title=TITLE,
            subtitle=finding,
            source=source(parameters, day),
            alt=f"{TITLE}. {finding}",
            table=wording.projection_table(projection, dates),
            file_name=FILE_NAME,
        )
    return parameters


def panel_page(listed: tuple[Control, ...], day: date | None) -> ProjectionParameters:
    """Draw the page with the panel, which answers in the browser."""

    def read() -> tuple[Values, list[str]]:
        parameters, changes = parse_clamped(given_settings())
        return control_values(listed, parameters), changes

    settings = {control.name for control in listed} | {"growth_weekly"}
    start, values, messages = panel_values(KEY, settings, read)
    for message in messages:
        st.warning(message)
    parameters, _ = parse_clamped(values)
    write_address(KEY, address_of(listed, parameters), settings)
    started, _ = parse_clamped(start)
    origin, rates = projection_origin(cache.evidence_on(day)), cache.derived_on(RATES, day)
    projection = project(started)
    dates = target_dates(projection, day)
    mount_panel(
        listed,
        PanelStart(
            values=start,
            figure=panel_fan(projection, dates),
            tiles=wording.projection_tiles(projection),
            lines=wording.projection_lines(projection),
            sentence=wording.projection_finding(projection),
            table=wording.projection_table(projection, dates),
        ),
        key=KEY,
        engine="projection.js",
        model=panel_model(origin),
        presets=presets(listed, rates[rates["series"] == BETWEEN_TOTALS.id], origin),
        title=TITLE,
        source=source(parameters, day),
        file_name=FILE_NAME,
    )
    return parameters


def given_settings() -> dict[str, str]:
    """Return the settings in the page's address."""
    return {name: text for name, text in st.query_params.items() if name not in ("as_of", CONTROLS_PARAMETER)}


def target_dates(projection: Projection, day: date | None) -> list[date]:
    """Return the date on which each week of a projection ends."""
    origin = projection_origin(cache.evidence_on(day))
    return [origin + timedelta(weeks=int(week)) for week in projection.weeks]


def source(parameters: ProjectionParameters, day: date | None) -> str:
    """Write the source line: who published the weekly figure, and that the rest is assumed."""
    evidence = cache.evidence_on(day)
    return wording.assumption_line(evidence, state_assumptions(evidence, parameters))


def fan(projection: Projection, dates: list[date]) -> Figure:
    """Draw the fan of a projection."""
    paths = projection.claim_paths
    return draw_fan(
        dates,
        {} if paths is None else dict(zip(projection.levels, paths.tolist(), strict=True)),
        headline=projection.headline_path.tolist(),
        calendar=projection.calendar_path.tolist(),
        unit=UNIT,
    )


def panel_fan(projection: Projection, dates: list[date]) -> Figure:
    """Draw the fan with all traces that the panel may need later, those without values hidden."""
    if projection.claim_paths is not None:
        return fan(projection, dates)
    figure = fan(project(projection.parameters.model_copy(update={"reading": Reading.SHARE})), dates)
    for trace in figure["data"]:
        trace["visible"] = trace["uid"] in ("headline", "calendar")
    return figure


def panel_model(origin: date) -> dict[str, object]:
    """Return what the panel's engine needs besides the tables."""
    return {
        "addresses": {name: server_path(f"/api/v1/projection/{path}") for name, path in TABLES.items()},
        "growths": GROWTH_GRID,
        "court_days": WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS,
        "weeks_per_month": WEEKS_PER_MONTH,
        "origin": origin.isoformat(),
        "phrases": wording.PHRASES,
        "words": QUALIFIER_WORDS,
    }


as_of = page_header("What if it goes on?", "A published weekly figure, carried on under assumptions that you can move.")
evidence = cache.evidence_on(as_of)
listed = controls(evidence)
if st.query_params.get(CONTROLS_PARAMETER) == NATIVE:
    for message in parse_clamped(given_settings())[1]:
        st.warning(message)
    parameters = native_page(listed, as_of)
else:
    parameters = panel_page(listed, as_of)
st.subheader("Assumptions", anchor=False)
st.dataframe(
    wording.assumption_table(evidence, state_assumptions(evidence, parameters)),
    hide_index=True,
    alt="Every assumption with its value, unit, basis, source and reason.",
)
caveats(
    (
        "A projection holds only if its assumptions hold; it is not a forecast.",
        "Sentenced does not mean imprisoned: more than half of the known absence sentences were suspended.",
        "“Up to 100 a week” bounds a maximum. Carried on, it gives a ceiling, not an expected total.",
        "The range covers the reading of the claim and chance from week to week, not a change of law or of policy.",
    )
)
query = "&".join(f"{name}={value}" for name, value in to_query(parameters).items())
links(("This projection as JSON", f"/api/v1/projection?{query}"), ("API documentation", "/api/docs"))
