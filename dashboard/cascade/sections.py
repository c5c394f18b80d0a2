"""Parts below the cascade panel, each drawn when the reader asks for it."""

from datetime import date

import streamlit as st

from dashboard.cascade import section_text
from dashboard.cascade import text as wording
from dashboard.cascade.controls import (
    CHANCE,
    REACH,
    RUN,
)
from dashboard.charts.models.cascade import draw_chances, draw_importance, draw_outcomes
from dashboard.component.front_line import mount_front_line
from dashboard.shell.addresses import page_link
from dashboard.shell.parts import chart
from dashboard.shell.settings_in_address import choice
from dashboard.shell.writing import figure, links, note, paragraph, table
from dashboard.snapshots import cascade_of, plausible_cascade, snapshot_on
from indicators.methods.cascade.assumptions import assumption_rows, plausible_ranges
from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.clustering import clustering_of_rates
from indicators.methods.cascade.parameters import BOUNDS, CascadeParameters, Topology
from indicators.methods.cascade.plausible import RUNS_A_DRAW
from indicators.methods.cascade.run import SHARES, Cascade, replay
from indicators.methods.counts.abandonment_windows import abandonment_by_window

CASES, ABANDONED = "refusal_cases", "equipment_abandonment"
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


def outcomes(cascade: Cascade) -> None:
    """Draw where the runs end, and the same force with units that feel each other in other ways."""
    parameters = cascade.parameters
    source = f"{wording.SOURCE} {wording.settings_text(parameters)}"
    left, right = st.columns(2, gap="large")
    with left:
        finding = section_text.outcome_finding(cascade)
        chart(
            figure=draw_outcomes(cascade.histogram),
            key="cascade_outcomes",
            title="Where the runs end",
            subtitle=finding,
            source=source,
            alt=f"Histogram of the final broken share. {finding}",
            table=section_text.outcome_table(cascade),
            file_name="cascade_outcomes",
        )
    chances = {
        name: list(cascade_of(parameters.model_copy(update={"topology": topology})).p_at_least.values())
        for topology, name in NETWORKS.items()
    }
    with right:
        finding = section_text.network_finding(chances)
        chart(
            figure=draw_chances(chances, [wording.SHARE_WORDS[share] for share in SHARES]),
            key="cascade_networks",
            title="The same units, if a broken one presses on others",
            subtitle=finding,
            source=source,
            alt=f"Chances of large cascades by network. {finding}",
            table=section_text.network_table(chances),
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
            figure(name, section_text.break_even_text(least, BOUNDS["r"][1]))
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
        description=section_text.run_text(ticks, parameters),
        source=f"{wording.SOURCE} {wording.settings_text(parameters)} {section_text.place_text(parameters)}",
        words=section_text.FRONT_WORDS,
    )


def plausible(day: date | None) -> None:
    """Say which outcomes hold whatever the settings, and which setting decides."""
    evidence = snapshot_on(day).evidence
    spread = plausible_cascade(tuple(plausible_ranges(evidence).items()))
    named = {"beyond the first unit": spread.beyond_start, "to a tenth of all units": spread.beyond_tenth}
    for what, outcome in named.items():
        paragraph(section_text.outcome_sentence(outcome, what))
    note(section_text.draws_text(spread.draws, RUNS_A_DRAW))
    names = section_text.input_names({str(name): text for name, text in assumption_rows(evidence)["name"].items()})
    indices = {f"spreads {what}": section_text.importance_names(outcome, names) for what, outcome in named.items()}
    finding = section_text.importance_finding(spread.beyond_tenth, names)
    chart(
        figure=draw_importance(indices),
        key="cascade_importance",
        title="Which unknown decides most",
        subtitle=finding,
        source=f"{wording.SOURCE} Index from 0 (no effect) to 1 (decides alone). Ranges: assumptions below.",
        alt=f"Importance of settings. {finding}",
        table=section_text.importance_table(indices),
        file_name="cascade_importance",
    )


def context(day: date | None) -> None:
    """Show what has been observed that bears on the question, without calibrating anything by it."""
    paragraph(section_text.WINDOWS_TEXT)
    months = snapshot_on(day).derived(ABANDONED)
    windows = abandonment_by_window(months[months["series"] == ABANDONED_A_MONTH])
    if windows.empty:
        note("None of these windows was over and listed by this day.")
    else:
        table(section_text.window_table(windows), alt="Abandoned and captured armour by window.")
        note(section_text.WINDOWS_SOURCE)
    cases = snapshot_on(day).derived(CASES)
    paragraph(section_text.clustering_sentence(clustering_of_rates(cases[cases["series"] == CASES_A_WEEK])))
    links(
        ("Abandoned and captured armour", page_link("indicator", day, indicator=ABANDONED)),
        ("Absence cases", page_link("indicator", day, indicator=CASES)),
    )
