"""The day whose knowledge counts: one control, one parameter of the address, and a replay month by month."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell.markdown import markup
from dashboard.shell.settings_in_address import day_input
from dashboard.shell.writing import DAY
from indicators.core.figures.periods import FULL_SCALE_INVASION as FIRST_DAY
from indicators.core.replay import next_step, previous_step, replay_days

SECONDS_A_STEP = 3
GO_TO, PLAYING, SHOWN = "as_of_next", "replay_playing", "replay_shown"


def as_of_control() -> tuple[date | None, DeltaGenerator]:
    """Let the reader choose the replayed day, step through a year, or let it play.

    Returns:
        The replayed day, or None for the latest evidence; and a place for more beside the steps.
    """
    # A control can't be set once it is drawn, so a step waits here for the next run.
    if GO_TO in st.session_state:
        st.session_state[DAY] = st.session_state.pop(GO_TO)
    day = day_input(
        "As of",
        key=DAY,
        first=FIRST_DAY,
        last=date.today(),
        empty="the latest",
        help_text="Show only what the public could read by this day. Empty means the latest.",
    )
    beside = _steps(day)
    if st.session_state.get(PLAYING):
        _play(day)
    return day, beside


def _steps(day: date | None) -> DeltaGenerator:
    first, last = replay_days()[0], replay_days()[-1]
    back, forward = previous_step(day), next_step(day)
    playing = bool(st.session_state.get(PLAYING))
    with st.container(horizontal=True, gap="small"):
        st.button("Back", type="tertiary", key="replay_back", disabled=back is None, on_click=_go, args=(back,))
        st.button(
            "Stop" if playing else "Play",
            type="tertiary",
            key="replay_play",
            icon=":material/stop:" if playing else ":material/play_arrow:",
            help=markup("Replay from {:%B %Y} to {:%B %Y}, a month every {} seconds.", first, last, SECONDS_A_STEP),
            on_click=_toggle,
            args=(forward or first,),
        )
        st.button("Next", type="tertiary", key="replay_next", disabled=forward is None, on_click=_go, args=(forward,))
        return st.container(width="content")


def _go(day: date | None) -> None:
    st.session_state[GO_TO] = day
    st.session_state[PLAYING] = False


def _toggle(day: date) -> None:
    st.session_state[PLAYING] = not st.session_state.get(PLAYING)
    st.session_state.pop(SHOWN, None)
    if st.session_state[PLAYING]:
        st.session_state[GO_TO] = day


@st.fragment(run_every=SECONDS_A_STEP)
def _play(day: date | None) -> None:
    """Go one step on when the time is up; the first run after a step only notes which day is on the page."""
    if st.session_state.get(SHOWN) != day:
        st.session_state[SHOWN] = day
        return
    step = next_step(day)
    if step is None:
        st.session_state[PLAYING] = False
    else:
        st.session_state[GO_TO] = step
    st.rerun()
