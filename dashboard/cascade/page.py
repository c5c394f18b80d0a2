"""Cascade: if one unit breaks, how far could it spread? A what-if with assumptions that the reader moves."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.cascade import sections
from dashboard.cascade import text as wording
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
from dashboard.charts.models.cascade import draw_cascade_fan, draw_chances, draw_importance, draw_outcomes
from dashboard.component.front_line import mount_front_line
from dashboard.component.panel import PANEL_FILES, Control, PanelStart, Values, mount_panel, panel_values, write_address
from dashboard.shell.addresses import api_link, documentation_link, page_link
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import alone, caveats, chart, export_stamp, page_header, section
from dashboard.shell.settings_in_address import choice, expect_settings
from dashboard.shell.wording.assumption_wording import assumption_table
from dashboard.shell.writing import figure, links, note, notice, paragraph, table
from dashboard.snapshots import cascade_of, chances_beside_of, plausible_cascade, snapshot_on
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.model import Dated
from indicators.core.snapshot import Snapshot
from indicators.methods.cascade.assumptions import assumption_rows, plausible_ranges, state_cascade_assumptions
from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.clustering import clustering_of_rates
from indicators.methods.cascade.lookup import cascade_payload, table_of
from indicators.methods.cascade.parameters import BOUNDS, CascadeParameters, Topology, to_query
from indicators.methods.cascade.plausible import RUNS_A_DRAW
from indicators.methods.cascade.run import SHARES, UNMEASURED, Cascade, replay
from indicators.methods.counts.abandonment_windows import abandonment_by_window
from indicators.methods.levels import LEVELS

KEY = "cascade"
QUESTION = "If one unit breaks, how far could it spread?"
TITLE = "Broken units over time, as a share of all units"
ORIGIN = "isw-rear-strikes-degrade-frontline-morale-2023-08-20"
SEEN = CASES, ABANDONED = "refusal_cases", "equipment_abandonment"
CASES_A_WEEK = "refusal_cases_weekly_art337"
ABANDONED_A_MONTH = "equipment_abandonment_share_ru_month"
SHARES_TO_REACH = {"0.1": "10 %", "0.2": "20 %", "0.5": "half"}
CHANCES = {"0.5": "one half", "0.1": "one tenth", "0.9": "nine tenths"}
RUNS = {
    "0.5": "one in the middle",
    "0.9": "one of the worst tenth",
    "1": "the worst run",
    "0.1": "one of the mildest tenth",
}
NEEDED = {
    Topology.MIXED: "each must break, if it presses on all",
    Topology.RING: "on its neighbours alone",
}
NETWORKS = {Topology.MIXED: "All others", Topology.RING: "Neighbours on a line", Topology.RANDOM: "Some anywhere"}


def panel(listed: tuple[Control, ...], day: date | None) -> CascadeParameters:
    """Draw the panel and return the settings that the reader released last."""

    def read() -> tuple[Values, list[str]]:
        given = {name: text for name, text in st.query_params.items() if name in names}
        parameters, changes = read_settings(given)
        return control_values(listed, parameters), changes

    names = set(CascadeParameters.model_fields)
    expect_settings(*names, *OWN_SETTINGS)
    state = panel_values(KEY, names, day, read)
    fixed = {name: state.start[name] for name in FIXED}  # a starting point sets only what has a control
    parameters, changes = read_settings({**state.values, **fixed})
    fixed = {name: getattr(parameters, name) for name in FIXED}
    started = read_settings(state.start)[0]
    for message in (*state.messages, *changes):
        notice(message)
    write_address(KEY, address_of(listed, parameters), names)
    cascade = cascade_of(started)
    rest = table_of([cascade_of(parameters)], [chances_beside_of(parameters)])
    mount_panel(
        listed,
        PanelStart(
            state=state,
            figure=draw_cascade_fan(dict(zip(LEVELS, cascade.fan.tolist(), strict=True))),
            tiles=wording.cascade_tiles(cascade),
            lines=wording.cascade_lines(cascade, chances_beside_of(started)),
            sentence=wording.cascade_finding(cascade),
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
        file_name=KEY,
    )
    return parameters


def outcomes(cascade: Cascade) -> None:
    """Draw where the runs end, and the same force with units that feel each other in other ways."""
    parameters = cascade.parameters
    source = f"{wording.SOURCE} {wording.settings_text(parameters)}"
    left, right = st.columns(2, gap="large")
    with left:
        finding = sections.outcome_finding(cascade)
        chart(
            figure=draw_outcomes(cascade.histogram),
            key="cascade_outcomes",
            title="Where the runs end",
            subtitle=finding,
            source=source,
            alt=f"Histogram of the final broken share. {finding}",
            table=sections.outcome_table(cascade),
            file_name="cascade_outcomes",
        )
    chances = {
        name: list(cascade_of(parameters.model_copy(update={"topology": topology})).p_at_least.values())
        for topology, name in NETWORKS.items()
    }
    with right:
        finding = sections.network_finding(chances)
        chart(
            figure=draw_chances(chances, [wording.SHARE_WORDS[share] for share in SHARES]),
            key="cascade_networks",
            title="The same units, if a broken one presses on others",
            subtitle=finding,
            source=source,
            alt=f"Chances of large cascades by network. {finding}",
            table=sections.network_table(chances),
            file_name="cascade_networks",
        )


def break_even(parameters: CascadeParameters) -> None:
    """Let the reader choose a share and a chance, and say which R they would take."""
    first, second, *places = st.columns(4, vertical_alignment="bottom")
    with first:
        share = choice("To reach a broken share of", SHARES_TO_REACH, key=REACH)
    with second:
        chance = choice("in a share of runs of", CHANCES, key=CHANCE)
    for place, (topology, name) in zip(places, NEEDED.items(), strict=True):
        settings = parameters.model_copy(update={"topology": topology})
        least = break_even_r(settings, float(share), float(chance))
        with place:
            figure(name, sections.break_even_text(least, BOUNDS["r"][1]))
    note("Before rear strikes and cohesion; all other settings as above.")


def picture(parameters: CascadeParameters) -> None:
    """Show one run week by week."""
    with st.columns([1, 2])[0]:
        level = choice("Run shown", RUNS, key=RUN)
    ticks = replay(parameters, float(level))
    mount_front_line(
        ticks,
        key="cascade_front",
        closed=parameters.topology is Topology.RING,
        recovery=parameters.recovery,
        weeks=parameters.ticks,
        title=f"One run, week by week: {RUNS[level]}",
        description=sections.run_text(ticks, parameters),
        source=f"{wording.SOURCE} {wording.settings_text(parameters)} {sections.place_text(parameters)}",
        words=sections.FRONT_WORDS,
    )


def plausible(day: date | None) -> None:
    """Say which outcomes hold whatever the settings, and which setting decides."""
    evidence = snapshot_on(day).evidence
    spread = plausible_cascade(tuple(plausible_ranges(evidence).items()))
    named = {"beyond the first unit": spread.beyond_start, "to a tenth of all units": spread.beyond_tenth}
    for what, outcome in named.items():
        paragraph(sections.outcome_sentence(outcome, what))
    note(sections.draws_text(spread.draws, RUNS_A_DRAW))
    names = sections.input_names({str(name): text for name, text in assumption_rows(evidence)["name"].items()})
    indices = {f"spreads {what}": sections.importance_names(outcome, names) for what, outcome in named.items()}
    finding = sections.importance_finding(spread.beyond_tenth, names)
    chart(
        figure=draw_importance(indices),
        key="cascade_importance",
        title="Which unknown decides most",
        subtitle=finding,
        source=f"{wording.SOURCE} Index from 0 (no effect) to 1 (decides alone). Ranges: assumptions below.",
        alt=f"Importance of settings. {finding}",
        table=sections.importance_table(indices),
        file_name="cascade_importance",
    )


def origin(day: date | None) -> None:
    """Say whose sentence this what-if starts from, once it was known."""
    evidence = snapshot_on(day).evidence
    said = evidence.events[evidence.events["event_id"] == ORIGIN]
    if not said.empty:
        note(wording.origin_text(said.iloc[0], cited_pages(evidence, said.iloc[0]["source_id"])))


def context(day: date | None) -> None:
    """Show what has been observed that bears on the question, without calibrating anything by it."""
    paragraph(sections.WINDOWS_TEXT)
    months = snapshot_on(day).derived(ABANDONED)
    windows = abandonment_by_window(months[months["series"] == ABANDONED_A_MONTH])
    if windows.empty:
        note("None of these windows was over and listed by this day.")
    else:
        table(sections.window_table(windows), alt="Abandoned and captured armour by window.")
        note(sections.WINDOWS_SOURCE)
    cases = snapshot_on(day).derived(CASES)
    paragraph(sections.clustering_sentence(clustering_of_rates(cases[cases["series"] == CASES_A_WEEK])))
    links(
        ("Abandoned and captured armour", page_link("indicator", day, indicator=ABANDONED)),
        ("Absence cases", page_link("indicator", day, indicator=CASES)),
    )


def assumptions(parameters: CascadeParameters, day: date | None) -> None:
    """List every assumption."""
    table(
        pd.DataFrame(assumption_table(state_cascade_assumptions(snapshot_on(day).evidence, parameters))),
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
    settings = panel(controls(snapshot_on(as_of).evidence), as_of)
    origin(as_of)
    folded = {
        "Where the runs end": ("outcomes", (), partial(outcomes, cascade_of(settings))),
        "What would have to be true?": ("break_even", (REACH, CHANCE), partial(alone(break_even), settings)),
        "What a run looks like": ("run", (RUN,), partial(alone(picture), settings)),
        "Robust or fragile?": ("plausible", (), partial(plausible, as_of)),
        "What has been seen, as context only": ("context", (), partial(context, as_of)),
        "Assumptions": ("assumptions", (), partial(assumptions, settings, as_of)),
    }
    for title, (key, names, draw) in folded.items():
        section(title, draw, key=f"cascade_{key}", settings=names, on_demand=True)
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
        sections.doubt_text(settings.replicates),
        "Where a unit breaks more than one other, runs end at one of two ends; few end near the mean between.",
        Dated(
            "Fratricidal coercion lowers flight and raises losses (Lyall and Zhukov 2025); it is no setting here.",
            date(2025, 12, 31),
        ),
        "The model describes no real unit and can't tell where or when one would break.",
    )


def rows_cited(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    """Return the rows the page rests on."""
    context = [evidence.of_indicator(indicator) for indicator in SEEN]
    return [evidence.assumptions, evidence.events, *context]


def result_cited(settings: Settings, day: date) -> object:
    """Return what the page computes from its rows, whatever part is shown."""
    cascade = cascade_of(read_settings(settings)[0])
    spread = plausible_cascade(tuple(plausible_ranges(snapshot_on(day).evidence).items()))
    return {
        "fan": cascade.fan,
        "mean_share": cascade.mean_share,
        "p_at_least": list(cascade.p_at_least.values()),
        "p_seed_only": cascade.p_seed_only,
        "histogram": list(cascade.histogram),
        "plausible": [spread.beyond_start, spread.beyond_tenth],
        "seen": [snapshot_on(day).derived_digest(indicator) for indicator in SEEN],
    }


PAGE = Page(
    stem="cascade",
    title="If a unit breaks",
    order=2,
    group="Scenarios",
    draw=draw_page,
    opening=opening,
    rows=rows_cited,
    result=result_cited,
    assumptions=lambda snapshot, settings: state_cascade_assumptions(snapshot.evidence, read_settings(settings)[0]),
    caveats=lambda _, settings: caveats_of(read_settings(settings)[0]),
    files=(*PANEL_FILES, "cascade.js", "front_line.js"),
)
