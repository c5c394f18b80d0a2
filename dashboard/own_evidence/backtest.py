"""The part of the page on which forecasts of a reader's own series are tried on its past."""

import pandas as pd
import streamlit as st

from dashboard.own_evidence import text as wording
from dashboard.own_evidence.backtest_job import BacktestJob
from dashboard.shell.markdown import escaped
from dashboard.shell.wording import forecast_text
from dashboard.shell.writing import note, notice, paragraph, table
from indicators.core.plain_text import visible
from indicators.methods.forecast.history import History, history_of_table

JOB = "own_backtest_job"
SECONDS_A_LOOK = 0.5


def backtest_section(own: pd.DataFrame, key: str) -> None:
    """Offer a backtest of a series of a reader's file, and say how far it is or what came of it.

    Args:
        own: Their figures, from `own_rows`; at least one.
        key: Differs for every file.
    """
    names = own.drop_duplicates("series").set_index("series")["label"].map(visible).to_dict()
    chosen = next(iter(names))
    if len(names) > 1:
        chosen = st.selectbox("Series", names, format_func=lambda id_: escaped(names[id_]), key=f"own_tested_{key}")
    rows = own[own["series"] == chosen]
    figures = pd.DataFrame({"period_end": rows["period_end"].dt.strftime("%Y-%m-%d"), "value": rows["value"]})
    try:
        history = history_of_table(names[chosen], figures)
    except ValueError as refused:
        notice(wording.refused_sentence(str(refused)))
        return
    job: BacktestJob | None = st.session_state.get(JOB)
    if job is None or job.history != history:
        forget_backtest()
        note(wording.BACKTEST)
        if st.button("Run the backtest", key="own_backtest_run"):
            _start(history)
    elif job.ended:
        _show(job)
        st.button("Run it again", key="own_backtest_again", on_click=forget_backtest)
    else:
        _watch()


def forget_backtest() -> None:
    """Stop the backtest of this visit, if one is under way, and forget it."""
    job: BacktestJob | None = st.session_state.pop(JOB, None)
    if job is not None:
        job.stop()


def _start(history: History) -> None:
    try:
        st.session_state[JOB] = BacktestJob(history)
    except ValueError as refused:
        notice(wording.refused_sentence(str(refused)))
    else:
        st.rerun()


@st.fragment(run_every=SECONDS_A_LOOK)
def _watch() -> None:
    """Say how far the backtest is until it has ended; the page then shows what came of it."""
    job: BacktestJob | None = st.session_state.get(JOB)
    if job is None or job.ended:
        st.rerun()
    share = job.done / job.origins if job.origins else 0.0
    st.progress(share, text=escaped(wording.progress_sentence(job.done, job.origins, job.ahead)))
    st.button("Stop", key="own_backtest_stop", on_click=job.stop)


def _show(job: BacktestJob) -> None:
    if job.result is None:
        notice(job.refusal or wording.stopped_sentence(job.done, job.origins, late=job.late))
        return
    paragraph(forecast_text.score_sentence(job.result))
    table(forecast_text.score_rows(job.result), alt="Scores of past forecasts of your figures, by how far ahead.")
    note(f"{forecast_text.WIS_MEANS} {wording.AS_IN_THE_FILE}")
