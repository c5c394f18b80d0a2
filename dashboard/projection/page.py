"""Projection: what a weekly figure comes to if it goes on, and what would have to be true."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.component.controls import Control, Values
from dashboard.component.panel import PANEL_FILES, PanelStart, mount_panel, panel_values, write_address
from dashboard.component.source_line import line_text
from dashboard.projection import scenarios as scenario_section
from dashboard.projection import sections
from dashboard.projection import text as wording
from dashboard.projection.charts import CHARTS, COUNT, FILE_NAME, NAMES, RATES, SCENARIOS, THEN, TITLE, source
from dashboard.projection.controls import address_of, control_values, controls, read_settings
from dashboard.projection.panel import ENGINE, panel_fan, panel_model, target_dates
from dashboard.projection.starting_points import presets
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.page_address import expect_settings
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import alone, export_stamp, frames, page_header, section
from dashboard.shell.writing import bullets, links, notice
from dashboard.snapshots import snapshot_on
from indicators.core.ledger.entries import concerning
from indicators.core.model import Dated, texts_known
from indicators.core.snapshot import Snapshot
from indicators.methods.projection.assumptions import StatedAssumption
from indicators.methods.projection.parameters import to_query
from indicators.methods.projection.project import Projection, project
from indicators.refusal_sentences import BETWEEN_TOTALS

KEY = "projection"
QUESTION = "If “100 a week” had gone on"
FORMER_CONTROLS = "controls"
"""A setting of links made when the page had a second form; it means nothing now."""
CAVEATS = (
    "A projection holds only if its assumptions hold; it is not a forecast.",
    "Sentenced does not mean imprisoned: a sentence can be suspended.",
    Dated("More than half of the known absence sentences were suspended.", date(2023, 8, 18)),
    "“Up to 100 a week” bounds a maximum. Carried on, it gives a ceiling, not an expected total.",
    "The range covers how the claim is read, a drifting pace and chance, not a sudden change of law or of policy.",
)


def panel(listed: tuple[Control, ...], snapshot: Snapshot) -> Projection:
    """Draw the panel, which answers in the browser, and return the projection of what the reader released last."""

    def read() -> tuple[Values, list[str]]:
        parameters, changes = read_settings(listed, given_settings())
        return control_values(listed, parameters), changes

    settings = {control.name for control in listed} | {"growth_weekly"}
    state = panel_values(KEY, settings, snapshot.day, read)
    for message in state.messages:
        notice(message)
    parameters, _ = read_settings(listed, state.values)
    write_address(KEY, address_of(listed, parameters), settings)
    started = project(read_settings(listed, state.start)[0])
    rates = snapshot.derived(RATES)
    origin, counted = snapshot.projection_origin, snapshot.counted_line
    dates = target_dates(started, origin)
    mount_panel(
        listed,
        PanelStart(
            state=state,
            figure=panel_fan(started, dates, counted),
            tiles=wording.projection_tiles(started, counted),
            lines=wording.projection_lines(started),
            sentence=wording.projection_finding(started),
            table=wording.projection_table(started, dates, counted),
        ),
        key=KEY,
        engine=ENGINE,
        model=panel_model(origin, counted),
        presets=presets(listed, rates[rates["series"] == BETWEEN_TOTALS.id], origin, snapshot.evidence),
        title=TITLE,
        source=source(parameters, snapshot),
        stamp=export_stamp(),
        file_name=FILE_NAME,
        embed=frames(KEY, CHARTS[""]),
    )
    return project(parameters)


def given_settings() -> dict[str, str]:
    """Return the settings in the page's address."""
    return {name: text for name, text in st.query_params.items() if name in NAMES}


def folded_parts(projection: Projection, listed: tuple[Control, ...], snapshot: Snapshot) -> None:
    """Draw what waits until the reader asks for it, one part at a time."""
    parameters = projection.parameters
    parts: dict[str, tuple[str, tuple[str, ...], Callable[[], None]]] = {
        "break_even": (
            "What would have to be true",
            (sections.LAYER,),
            partial(alone(sections.what_would_have_to_be_true), parameters, listed),
        ),
        "afterwards": (
            "What happened afterwards",
            (THEN, COUNT),
            partial(alone(sections.what_happened_afterwards), projection, snapshot),
        ),
        "causes": (
            "Why the range is wide",
            (),
            partial(alone(sections.why_the_range_is_wide), parameters, snapshot),
        ),
        "scenarios": (
            "Scenarios: save, compare, keep as a file",
            (SCENARIOS,),
            partial(scenario_section.scenarios, parameters, listed, snapshot, KEY),
        ),
        "assumptions": (
            "Assumptions and their sources",
            (),
            partial(sections.assumptions, parameters, listed, snapshot, KEY),
        ),
        "caveats": ("Read with care", (), partial(bullets, texts_known(CAVEATS, snapshot.day))),
    }
    keep_one_open(parts)
    for key, (title, settings, draw) in parts.items():
        section(title, draw, key=key, settings=settings)
    st.session_state["parts_open"] = open_parts(parts)


def keep_one_open(keys: Iterable[str]) -> None:
    """Fold the part that was open when the reader has opened another."""
    opened, before = open_parts(keys), st.session_state.get("parts_open", [])
    new = [key for key in opened if key not in before]
    for key in opened if new else []:
        if key != new[-1]:
            st.session_state[f"{key}_section"] = False


def open_parts(keys: Iterable[str]) -> list[str]:
    """Return the keys of the parts that are open."""
    return [key for key in keys if st.session_state.get(f"{key}_section")]


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = snapshot_on(page_header(QUESTION, "Move the assumptions and see the total of the year."))
    expect_settings(FORMER_CONTROLS, *NAMES)
    listed = controls(snapshot.evidence)
    projection = panel(listed, snapshot)
    alone(sections.target_line)(projection.parameters, snapshot)
    folded_parts(projection, listed, snapshot)
    links(
        ("This projection as JSON", api_link(KEY, snapshot.day, **to_query(projection.parameters))),
        ("API documentation", documentation_link()),
    )


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the question of the page and its answer for some settings.

    Args:
        settings: Settings by name, as in the page's address.
    """
    given = {name: text for name, text in settings.items() if name in NAMES}
    projection = project(read_settings(controls(snapshot.evidence), given)[0])
    tiles = wording.projection_tiles(projection, snapshot.counted_line)
    return Opening(
        question=QUESTION,
        answer=wording.opening_answer(projection, snapshot.counted_line),
        source=line_text(source(projection.parameters, snapshot)),
        table=[("What", "Total", "Range"), *((tile.label, tile.value, tile.note) for tile in tiles)],
    )


def assumptions_stated(snapshot: Snapshot, settings: Settings) -> Sequence[StatedAssumption]:
    """Return the assumptions of the projection with their sources."""
    return snapshot.stated_assumptions(read_settings(controls(snapshot.evidence), settings)[0])


def _rows_cited(snapshot: Snapshot, settings: Settings) -> list[pd.DataFrame]:
    evidence = snapshot.evidence
    counted = [evidence.of_indicator(indicator) for indicator in ("refusal_cases", RATES)]
    marked = concerning(evidence.events, RATES)
    return [evidence.assumptions, *counted, evidence.of_indicator("force_size"), marked]


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    parameters, _ = read_settings(controls(snapshot.evidence), settings)
    projection = project(parameters)
    return {
        "headline": projection.headline_path,
        "calendar": projection.calendar_path,
        "qualifier": projection.qualifier.value,
        "claim": projection.claim_paths,
        "imprisoned": projection.imprisoned,
        "per_thousand": projection.per_thousand_a_year,
        "counted": snapshot.count_layer(parameters),
    }


PAGE = Page(
    stem="projection",
    title="If it goes on",
    order=1,
    group="Scenarios",
    draw=draw_page,
    settings=(*NAMES, *sections.OWN_SETTINGS, SCENARIOS, FORMER_CONTROLS),
    opening=opening,
    rows=_rows_cited,
    result=_result_cited,
    assumptions=assumptions_stated,
    caveats=lambda *_: CAVEATS,
    charts=CHARTS,
    files=(*PANEL_FILES, "projection.js", "pace.js"),
)
