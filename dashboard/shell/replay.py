"""The day whose knowledge counts: a chip that opens the choice, one parameter of the address, and a replay."""

from datetime import date, timedelta

import streamlit as st

from dashboard.shell.markdown import escaped, markup
from dashboard.shell.settings_in_address import day_in_address
from dashboard.shell.writing import note, notice
from indicators.core.figures.periods import FULL_SCALE_INVASION as FIRST_DAY
from indicators.core.plain_text import read_written_day
from indicators.core.replay import REPORT_DAY, next_step, previous_step
from indicators.core.text import day_text

SECONDS_A_STEP = 3
YEAR = timedelta(days=365)
DAY, WRITTEN, REFUSED, PLAYING, SHOWN = "as_of", "known_written", "known_refused", "replay_playing", "replay_shown"


def known_chip() -> date | None:
    """Let the reader choose the day whose knowledge counts, step from month to month, or let it play."""
    day = day_in_address(DAY, first=FIRST_DAY, last=_last_day(), empty="the latest")
    with st.popover(markup("Known: {}", "today" if day is None else day_text(day)), key="known"):
        _choices()
        _steps(day)
        note("Shows only what the public could read by that day.")
    if st.session_state.get(PLAYING):
        _play(day)
    return day


def back_to_today() -> None:
    """Draw the way back to the latest evidence."""
    st.button("Back to today", key="known_back", on_click=_go, args=(None,))


def _last_day() -> date:
    return max(date.today(), FIRST_DAY)


def _choices() -> None:
    with st.container(horizontal=True, gap="small"):
        st.button("Today", key="known_today", on_click=_go, args=(None,))
        st.button(escaped(day_text(REPORT_DAY)), key="known_report", on_click=_go, args=(REPORT_DAY,))
        st.button("A year ago", key="known_year_ago", on_click=_go, args=(_last_day() - YEAR,))
    st.text_input("Pick a day", key=WRITTEN, placeholder="30 Aug 2023", on_change=_take_written)
    if REFUSED in st.session_state:
        notice(st.session_state[REFUSED])


def _steps(day: date | None) -> None:
    back, forward = previous_step(day, _last_day()), next_step(day, _last_day())
    playing = bool(st.session_state.get(PLAYING))
    with st.container(horizontal=True, gap="small"):
        st.button("Month back", key="replay_back", disabled=back is None, on_click=_go, args=(back,))
        st.button("Month on", key="replay_next", disabled=day is None, on_click=_go, args=(forward,))
        st.button(
            "Stop" if playing else "Play",
            key="replay_play",
            icon=":material/stop:" if playing else ":material/play_arrow:",
            help=markup("A month every {} seconds.", SECONDS_A_STEP),
            on_click=_toggle,
            args=(day or REPORT_DAY,),
        )


def _take_written() -> None:
    written = st.session_state[WRITTEN]
    try:
        day = read_written_day(written) if written else None
        if day is not None and not FIRST_DAY <= day <= _last_day():
            raise ValueError(
                f"expected a day from {day_text(FIRST_DAY)} to {day_text(_last_day())}, got {day_text(day)}"
            )
    except ValueError as error:
        st.session_state[REFUSED] = f"Nothing was changed: {error}."
    else:
        _go(day)


def _go(day: date | None) -> None:
    show_day(day)
    st.session_state[PLAYING] = False
    st.session_state[WRITTEN] = ""
    st.session_state.pop(REFUSED, None)


def show_day(day: date | None) -> None:
    """Let the address name a day; pages follow on their next run.

    Args:
        day: The day whose knowledge counts from then on; None for the latest.
    """
    if day is None:
        st.query_params.pop(DAY, None)
    else:
        st.query_params[DAY] = day.isoformat()


def _toggle(day: date) -> None:
    st.session_state[PLAYING] = not st.session_state.get(PLAYING)
    st.session_state.pop(SHOWN, None)
    if st.session_state[PLAYING]:
        show_day(day)


@st.fragment(run_every=SECONDS_A_STEP)
def _play(day: date | None) -> None:
    """Go one step on when the time is up; the first run after a step only notes which day is on the page."""
    if st.session_state.get(SHOWN) != day:
        st.session_state[SHOWN] = day
        return
    step = next_step(day, _last_day())
    st.session_state[PLAYING] = step is not None
    show_day(step)
    st.rerun()
