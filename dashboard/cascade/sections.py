"""Parts below the cascade panel, each drawn when the reader asks for it."""

import streamlit as st

from dashboard.cascade import charts, section_text
from dashboard.cascade import text as wording
from dashboard.cascade.controls import (
    CHANCE,
    REACH,
    RUN,
)
from dashboard.component.front_line import mount_front_line
from dashboard.shell.addresses import page_link
from dashboard.shell.parts import chart, frames
from dashboard.shell.settings_in_address import choice
from dashboard.shell.writing import figure, links, note, paragraph, table
from dashboard.snapshots import plausible_cascade
from indicators.core.snapshot import Snapshot
from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.clustering import clustering_of_rates
from indicators.methods.cascade.parameters import BOUNDS, CascadeParameters, Topology
from indicators.methods.cascade.plausible import RUNS_A_DRAW
from indicators.methods.cascade.run import Cascade, replay
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


def outcomes(cascade: Cascade) -> None:
    """Draw where the runs end, and the same force with units that feel each other in other ways."""
    left, right = st.columns(2, gap="large")
    with left:
        chart(key="cascade_outcomes", embed=_frames("outcomes"), **charts.outcomes(cascade))
    with right:
        chart(key="cascade_networks", embed=_frames("networks"), **charts.networks(cascade))


def _frames(name: str) -> dict[str, str]:
    return frames(f"cascade/{name}", charts.CHARTS[name])


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


def plausible(snapshot: Snapshot) -> None:
    """Say which outcomes hold whatever the settings, and which setting decides."""
    spread = plausible_cascade(snapshot.evidence)
    for outcome, what in charts.SPREADS.items():
        paragraph(section_text.outcome_sentence(getattr(spread, outcome), what))
    note(section_text.draws_text(spread.draws, RUNS_A_DRAW))
    chart(key="cascade_importance", embed=_frames("importance"), **charts.importance(snapshot, {}))


def context(snapshot: Snapshot) -> None:
    """Show what has been observed that bears on the question, without calibrating anything by it."""
    paragraph(section_text.WINDOWS_TEXT)
    months = snapshot.derived(ABANDONED)
    windows = abandonment_by_window(months[months["series"] == ABANDONED_A_MONTH])
    if windows.empty:
        note("None of these windows was over and listed by this day.")
    else:
        table(section_text.window_table(windows), alt="Abandoned and captured armour by window.")
        note(section_text.WINDOWS_SOURCE)
    cases = snapshot.derived(CASES)
    paragraph(section_text.clustering_sentence(clustering_of_rates(cases[cases["series"] == CASES_A_WEEK])))
    links(
        ("Abandoned and captured armour", page_link("indicator", snapshot.day, indicator=ABANDONED)),
        ("Absence cases", page_link("indicator", snapshot.day, indicator=CASES)),
    )
