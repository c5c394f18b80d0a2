"""Projection: what a weekly figure comes to if it goes on, and what would have to be true."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import cache
from dashboard import projection_wording as wording
from dashboard.charts.fan import draw_fan
from dashboard.component.panel import Control
from dashboard.components import caveats, chart, links, page_header
from dashboard.projection_controls import CONTROLS_PARAMETER, controls
from indicators.methods.assumptions import projection_origin, state_assumptions
from indicators.methods.parameters import ProjectionParameters, parse_clamped, to_query
from indicators.methods.projection import Projection, project

UNIT = "persons sentenced"


def native_control(control: Control) -> object:
    """Draw one setting as one of Streamlit's own widgets, bound to the address."""
    if control.options:
        return st.selectbox(
            control.label,
            list(control.options),
            index=list(control.options).index(str(control.default)),
            format_func=lambda option: control.options[option],
            key=control.name,
            bind="query-params",
            help=control.note,
        )
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


def tiles(projection: Projection) -> None:
    """Show the nested layers, the most certain arithmetic first."""
    first, second, third = st.columns(3)
    weeks = f"in {projection.parameters.weeks} weeks"
    with first:
        st.metric(f"Plain arithmetic, {weeks}", wording.total_text(projection.headline, projection.qualifier))
    with second:
        st.metric("On days courts sit", wording.total_text(projection.calendar, projection.qualifier))
    with third:
        st.metric("Read as a claim", wording.claim_text(projection))
    st.caption(projection.claim_sentence)
    if projection.imprisoned is not None:
        st.caption(f"Without suspended sentences: {wording.total_text(projection.imprisoned, projection.qualifier)}.")
    if projection.per_thousand_a_year is not None:
        rate = wording.total_text(projection.per_thousand_a_year, projection.qualifier)
        st.caption(f"Per 1,000 troops a year: {rate}.")


def fan(projection: Projection, origin: date, day: date | None) -> None:
    """Draw the fan with its assumptions as source line."""
    evidence = cache.evidence_on(day)
    dates = [origin + timedelta(weeks=int(week)) for week in projection.weeks]
    paths = projection.claim_paths
    levels = {} if paths is None else dict(zip(projection.levels, paths.tolist(), strict=True))
    stated = state_assumptions(evidence, projection.parameters)
    chart(
        draw_fan(
            dates,
            levels,
            headline=projection.headline_path.tolist(),
            calendar=projection.calendar_path.tolist(),
            unit=UNIT,
        ),
        key="projection_fan",
        title=f"Total of {UNIT} if the weekly figure goes on",
        subtitle=wording.projection_finding(projection),
        source=wording.assumption_line(evidence, stated),
        alt=f"Fan of a projection. {wording.projection_finding(projection)}",
        table=wording.projection_table(projection, dates),
        file_name="projection",
    )


as_of = page_header("What if it goes on?", "A published weekly figure, carried on under assumptions that you can move.")
evidence = cache.evidence_on(as_of)
origin = projection_origin(evidence)
address = {name: value for name, value in st.query_params.items() if name not in ("as_of", CONTROLS_PARAMETER)}
given, messages = parse_clamped(address)
for message in messages:
    st.warning(message)
listed = controls(evidence)
left, right = st.columns([1, 2], gap="large")
with left:
    parameters = native_controls(listed)
projection = project(parameters)
with right:
    tiles(projection)
    fan(projection, origin, as_of)
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
