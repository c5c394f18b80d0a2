"""Cascade: if one unit breaks, how far could it spread? A what-if with assumptions that the reader moves."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.cascade import section_text
from dashboard.cascade import text as wording
from dashboard.cascade.charts import CHARTS, FILE_NAME, TITLE, fan
from dashboard.cascade.controls import (
    CHANCE,
    FIXED,
    OWN_SETTINGS,
    REACH,
    RUN,
    address_of,
    control_values,
    controls,
    presets,
    read_settings,
)
from dashboard.cascade.sections import ABANDONED, CASES, break_even, context, outcomes, picture, plausible
from dashboard.component.controls import Control, Values
from dashboard.component.panel import PANEL_FILES, PanelStart, mount_panel, panel_values, write_address
from dashboard.shell.addresses import api_link, documentation_link
from dashboard.shell.page_address import expect_settings
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import alone, caveats, export_stamp, frames, page_header, section
from dashboard.shell.wording.assumption_wording import assumption_table
from dashboard.shell.writing import links, note, notice, paragraph, table
from dashboard.snapshots import cascade_of, chances_beside_of, plausible_cascade, snapshot_on
from indicators.core.evidence.provenance import cited_pages
from indicators.core.model import Dated
from indicators.core.snapshot import Snapshot
from indicators.methods.cascade.assumptions import state_cascade_assumptions
from indicators.methods.cascade.lookup import cascade_payload, table_of
from indicators.methods.cascade.parameters import CascadeParameters, to_query
from indicators.methods.cascade.run import UNMEASURED

KEY = "cascade"
QUESTION = "If one unit breaks, how far could it spread?"
ORIGIN = "isw-rear-strikes-degrade-frontline-morale-2023-08-20"
SEEN = CASES, ABANDONED


def panel(listed: tuple[Control, ...], snapshot: Snapshot) -> CascadeParameters:
    """Draw the panel and return the settings that the reader released last."""

    def read() -> tuple[Values, list[str]]:
        given = {name: text for name, text in st.query_params.items() if name in names}
        parameters, changes = read_settings(given)
        return control_values(listed, parameters), changes

    names = set(CascadeParameters.model_fields)
    expect_settings(*names, *OWN_SETTINGS)
    state = panel_values(KEY, names, snapshot.day, read)
    fixed = {name: state.start[name] for name in FIXED}  # a starting point sets only what has a control
    parameters, changes = read_settings({**state.values, **fixed})
    fixed = {name: getattr(parameters, name) for name in FIXED}
    started = read_settings(state.start)[0]
    for message in (*state.messages, *changes):
        notice(message)
    write_address(KEY, address_of(listed, parameters), names)
    cascade = cascade_of(started)
    content = fan(cascade)
    rest = table_of([cascade_of(parameters)], [chances_beside_of(parameters)])
    mount_panel(
        listed,
        PanelStart(
            state=state,
            figure=content["figure"],
            tiles=wording.cascade_tiles(cascade),
            lines=wording.cascade_lines(cascade, chances_beside_of(started)),
            sentence=content["subtitle"],
            table=wording.fan_table(cascade),
        ),
        key=KEY,
        engine="cascade.js",
        model={
            "addresses": {name: api_link(f"cascade/{name}", None) for name in ("curve", "point")},
            "fixed": fixed,
            "rest": {"values": control_values(listed, parameters), "table": cascade_payload(rest)},
            "phrases": wording.PHRASES,
            "shares": {f"{share:g}": words for share, words in wording.SHARE_WORDS.items()},
        },
        presets=presets(),
        title=TITLE,
        source=wording.SOURCE,
        stamp=export_stamp(),
        file_name=FILE_NAME,
        embed=frames(KEY, CHARTS[""]),
    )
    return parameters


def origin(snapshot: Snapshot) -> None:
    """Say whose sentence this what-if starts from, once it was known."""
    evidence = snapshot.evidence
    said = evidence.events[evidence.events["event_id"] == ORIGIN]
    if not said.empty:
        note(wording.origin_text(said.iloc[0], cited_pages(evidence, said.iloc[0]["source_id"])))


def assumptions(parameters: CascadeParameters, snapshot: Snapshot) -> None:
    """List every assumption."""
    table(
        pd.DataFrame(assumption_table(state_cascade_assumptions(snapshot.evidence, parameters))),
        alt="Every assumption with its value, unit, basis and reason.",
    )


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the question, what the settings come to, and that nobody has measured them."""
    cascade = cascade_of(read_settings(settings)[0])
    shares = [(tile.label, f"{tile.value} {tile.note}") for tile in wording.cascade_tiles(cascade)]
    return Opening(
        question=QUESTION,
        answer=f"{wording.cascade_finding(cascade)} {UNMEASURED}",
        source=wording.SOURCE,
        table=[("Outcome", "How often"), *shares],
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    as_of = page_header(
        QUESTION,
        "A what-if model: move the assumptions and see how often a break stays alone, and how often it runs on.",
    )
    notice(wording.WARNING, "info", icon=":material/help:")
    paragraph(wording.R_TEXT)
    snapshot = snapshot_on(as_of)
    settings = panel(controls(snapshot.evidence), snapshot)
    origin(snapshot)
    folded = {
        "Where the runs end": ("outcomes", (), partial(outcomes, cascade_of(settings))),
        "What would have to be true?": ("break_even", (REACH, CHANCE), partial(alone(break_even), settings)),
        "What a run looks like": ("run", (RUN,), partial(alone(picture), settings)),
        "Robust or fragile?": ("plausible", (), partial(plausible, snapshot)),
        "What has been seen, as context only": ("context", (), partial(context, snapshot)),
        "Assumptions": ("assumptions", (), partial(assumptions, settings, snapshot)),
    }
    for title, (key, names, draw) in folded.items():
        section(title, draw, key=f"cascade_{key}", settings=names)
    caveats(caveats_of(settings))
    query = to_query(settings)
    links(
        ("This cascade as JSON, with its citation", api_link("cascade", as_of, **query)),
        ("All runs as CSV", api_link("cascade", as_of, **query, format="csv")),
        ("API documentation", documentation_link()),
    )


def caveats_of(settings: CascadeParameters) -> tuple[str, ...]:
    """Return what to mind, for some settings."""
    return (
        "No setting was measured for units of this war. Presets are analogies with their evidence, not estimates.",
        "The model knows no terrain, reserves, orders or enemy; a broken unit here only presses on others.",
        section_text.doubt_text(settings.replicates),
        "Where a unit breaks more than one other, runs end at one of two ends; few end near the mean between.",
        Dated(
            "Fratricidal coercion lowers flight and raises losses (Lyall and Zhukov 2025); it is no setting here.",
            date(2025, 12, 31),
        ),
        "The model describes no real unit and can't tell where or when one would break.",
    )


def _rows_cited(snapshot: Snapshot, settings: Settings) -> list[pd.DataFrame]:
    context = [snapshot.evidence.of_indicator(indicator) for indicator in SEEN]
    return [*snapshot.tables("assumptions", "events"), *context]


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    cascade = cascade_of(read_settings(settings)[0])
    spread = plausible_cascade(snapshot.evidence)
    return {
        "fan": cascade.fan,
        "mean_share": cascade.mean_share,
        "p_at_least": list(cascade.p_at_least.values()),
        "p_seed_only": cascade.p_seed_only,
        "histogram": list(cascade.histogram),
        "plausible": [spread.beyond_start, spread.beyond_tenth],
        "seen": [snapshot.derived_digest(indicator) for indicator in SEEN],
    }


PAGE = Page(
    stem="cascade",
    title="If a unit breaks",
    order=2,
    group="Scenarios",
    draw=draw_page,
    settings=(*CascadeParameters.model_fields, *OWN_SETTINGS),
    opening=opening,
    rows=_rows_cited,
    result=_result_cited,
    assumptions=lambda snapshot, settings: state_cascade_assumptions(snapshot.evidence, read_settings(settings)[0]),
    caveats=lambda _, settings: caveats_of(read_settings(settings)[0]),
    charts=CHARTS,
    files=(*PANEL_FILES, "cascade.js", "front_line.js"),
)
