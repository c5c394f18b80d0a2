"""Scenarios of the projection page: saved in the address, compared by paired draws, kept as a file."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import streamlit as st

from dashboard.component.controls import Control
from dashboard.component.panel import expect_address
from dashboard.projection import charts
from dashboard.projection import scenario_text as wording
from dashboard.projection.controls import address_of
from dashboard.shell.exact_settings import RefusedError
from dashboard.shell.markdown import markup
from dashboard.shell.parts import chart, frames
from dashboard.shell.replay import show_day
from dashboard.shell.writing import bullets, note, notice, paragraph, table
from indicators.core.snapshot import Snapshot
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project
from indicators.methods.projection.scenarios import (
    MAXIMUM_SCENARIOS,
    SavedView,
    Scenario,
    add_scenario,
    from_addresses,
    from_file,
    to_address,
    to_file,
)

NAME = "scenario_name"
FILE = "scenario_file"
FILES = "scenario_files"
CURRENT = "As set above"


def scenarios(parameters: ProjectionParameters, listed: Sequence[Control], snapshot: Snapshot, panel: str) -> None:
    """Let the reader save the settings under a name, compare, remove, and keep all as a file."""
    saved, messages = from_addresses(st.query_params.get_all(charts.SCENARIOS))
    with st.container():
        for message in messages:
            notice(message)
    name, save = st.columns([3, 1], vertical_alignment="bottom")
    with name:
        st.text_input("Name of the settings above", key=NAME, placeholder=f"Scenario {len(saved) + 1}")
    with save:
        st.button("Save", key="save_scenario", on_click=_save, args=(saved, parameters), width="stretch")
    # The browser builds anew what changes its place: a file on its way up would be lost with the box that took it.
    with st.container(key="saved_scenarios"):
        _saved(saved, parameters, listed, panel)
    version = snapshot.evidence.data_version
    _files(SavedView(parameters=parameters, scenarios=saved, as_of=snapshot.day, data_version=version), listed, panel)


def _saved(
    saved: tuple[Scenario, ...], parameters: ProjectionParameters, listed: Sequence[Control], panel: str
) -> None:
    if not saved:
        note(
            f"Save up to {MAXIMUM_SCENARIOS} settings to compare them with those above. They stay in the address, so a "
            "shared link holds them too."
        )
        return
    _compare(saved, parameters)
    for place, scenario in enumerate(saved):
        text, show, remove = st.columns([4, 1, 1], vertical_alignment="center")
        with text:
            paragraph(markup("**{}**: {}", scenario.name, wording.describe_changes(scenario.parameters, listed)))
        show.button("Show", key=f"show_{place}", on_click=set_parameters, args=(scenario.parameters, listed, panel))
        remove.button("Remove", key=f"remove_{place}", on_click=_keep, args=(saved[:place] + saved[place + 1 :],))


def set_parameters(parameters: ProjectionParameters, listed: Sequence[Control], panel: str) -> None:
    """Show other settings: as if somebody had opened their address."""
    address = address_of(listed, parameters)
    for control in listed:
        if control.name in address:
            st.query_params[control.name] = address[control.name]
        else:
            st.query_params.pop(control.name, None)
    st.query_params.pop("growth_weekly", None)
    expect_address(panel)


def force_estimates(
    parameters: ProjectionParameters, listed: Sequence[Control], snapshot: Snapshot, panel: str
) -> None:
    """Let the reader take a published estimate of the force, of any claimant, as the force size."""
    near = snapshot.force_estimates
    estimate, use = st.columns([3, 1], vertical_alignment="bottom")
    with estimate:
        claimant = st.selectbox(
            "Whose estimate of the troops in the field",
            list(near),
            format_func=lambda name: wording.estimate_text(name, near[name]),
            key="force_claimant",
            help="Each claimant's estimate nearest to the first day of the projection. Definitions differ.",
        )
    with use:
        chosen = parameters.model_copy(update={"force_size": near[claimant].value})
        st.button("Use it", key="use_estimate", on_click=set_parameters, args=(chosen, listed, panel), width="stretch")


def _save(saved: tuple[Scenario, ...], parameters: ProjectionParameters) -> None:
    _keep(add_scenario(saved, st.session_state.get(NAME) or "", parameters))
    st.session_state[NAME] = ""


def _keep(kept: tuple[Scenario, ...]) -> None:
    if kept:
        st.query_params[charts.SCENARIOS] = to_address(kept)
    else:
        st.query_params.pop(charts.SCENARIOS, None)


def _compare(saved: tuple[Scenario, ...], parameters: ProjectionParameters) -> None:
    """Show the scenarios beside the present settings, and how far each lies from them."""
    everything = (Scenario(name=CURRENT, parameters=parameters), *saved)
    names = [scenario.name for scenario in everything]
    differences = [None, *charts.differences(saved, parameters)]
    projections = [project(scenario.parameters) for scenario in everything]
    table(wording.scenario_table(names, projections, differences), alt="Scenarios side by side.")
    with suppress(RefusedError):
        content = charts.scenarios_content(saved, parameters)
        embed = frames("projection/scenarios", charts.CHARTS["scenarios"])
        chart(key="projection_scenarios", embed=embed, **content)


def _files(view: SavedView, listed: Sequence[Control], panel: str) -> None:
    """Let the reader keep everything as a file, and open one."""
    files = st.expander("Save to a file, or open one", key=FILES, on_change="rerun")
    if not files.open:
        return
    with files:
        st.download_button(
            "Save these settings and scenarios as a file",
            to_file(view),
            file_name="projection.json",
            mime="application/json",
            on_click="ignore",
        )
        uploaded = st.file_uploader("Open a saved file", type="json", key=FILE, max_upload_size=1)
        if uploaded is None:
            return
        opened, changes = from_file(uploaded.getvalue(), date.today())
        bullets(changes or ["The file is understood in full."])
        if opened is None:
            return
        if opened.data_version not in ("", view.data_version):
            note(f"It was saved with data version {opened.data_version}; here it is {view.data_version}.")
        if st.button("Show what the file holds", key="open_file", on_click=_open, args=(opened, listed, panel)):
            st.rerun()  # the replayed day stands above this part of the page


def _open(view: SavedView, listed: Sequence[Control], panel: str) -> None:
    set_parameters(view.parameters, listed, panel)
    _keep(view.scenarios)
    show_day(view.as_of)
