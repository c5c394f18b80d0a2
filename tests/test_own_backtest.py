"""A backtest of a reader's own series on its page: what it says, that it can be stopped, and that only one runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from test_own_evidence_page import with_file
from test_pages import open_page, texts

from dashboard.own_evidence import backtest_job
from dashboard.own_evidence.backtest import JOB
from dashboard.own_evidence.backtest_job import MOST_PERIODS, MOST_WAITING, BacktestJob
from indicators.methods.forecast.evaluation.backtest import Backtest, Told, backtest
from indicators.methods.forecast.history import History, history_of_table

PART = "own_tested_section"


def written(months: int, values: list[int] | None = None) -> str:
    ends = pd.date_range("2016-01-31", periods=months, freq="ME").strftime("%Y-%m-%d")
    counts = values or np.random.default_rng(7).negative_binomial(5, 0.1, months).tolist()
    return "period_end,value\n" + "".join(f"{end},{count}\n" for end, count in zip(ends, counts, strict=True))


def history(months: int = 40, name: str = "cases") -> History:
    lines = [line.split(",") for line in written(months).splitlines()]
    return history_of_table(name, pd.DataFrame(lines[1:], columns=lines[0]))


def with_part(content: str) -> AppTest:
    page = with_file(content)
    page.session_state[PART] = True
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click().run()
    assert not page.exception, page.exception[0].message


class Held(threading.Event):
    """Set to let backtests go on; `reached` is set once one waits."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Hold backtests before their second origin."""
    let_go = Held()

    def waiting(series: History, told: Told) -> Backtest:
        def told_first(done: int, origins: int) -> None:
            told(done, origins)
            if done == 1:
                let_go.reached.set()
                let_go.wait(60)

        return backtest(series, told_first)

    monkeypatch.setattr(backtest_job, "backtest", waiting)
    yield let_go
    let_go.set()


def test_a_file_of_periods_and_values_gets_its_verdict_and_scores() -> None:
    page = with_part(written(40))
    press(page, "own_backtest_run")
    job = page.session_state[JOB]
    job.join()
    page.run()
    said = texts(page)
    assert "Over 16 past forecasts the error was" in said
    assert "The 80 % interval held" in said
    assert "as it stands in your file" in said
    assert "published by its day" not in said  # of a reader's file that is not known
    scores = next(table.value for table in page.table if "Ahead" in table.value)
    assert scores["Ahead"].tolist() == ["1 month", "2 months", "3 months", "4 months", "5 months", "6 months", "all"]
    assert job.result is not None
    assert job.result.overall.wis == backtest(job.history).overall.wis
    press(page, "own_backtest_again")
    assert JOB not in page.session_state


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (written(12, [4] * 12), "No forecast: all figures are the same"),
        (written(5), "No forecast: 5 periods have a figure"),
    ],
)
def test_what_is_not_forecast_is_refused_in_a_sentence(content: str, sentence: str) -> None:
    page = with_part(content)
    press(page, "own_backtest_run")
    page.session_state[JOB].join()
    page.run()
    assert sentence in "".join(warning.value for warning in page.warning)


def test_a_series_of_quarters_is_refused_before_it_can_be_run() -> None:
    page = with_part("period_end,value\n2023-03-31,1\n2023-06-30,2\n2023-09-30,4\n")
    assert "days that are a month or a week apart, got 91.5 days" in "".join(one.value for one in page.warning)
    assert not [button for button in page.button if button.key == "own_backtest_run"]


def test_progress_is_shown_and_a_stop_is_said(held: Held) -> None:
    page = with_part(written(40))
    press(page, "own_backtest_run")
    job = page.session_state[JOB]
    assert held.reached.wait(60)
    page.run()
    assert "1 of 16 past forecasts made." in str(page.get("progress")[0].proto)
    press(page, "own_backtest_stop")
    held.set()
    job.join()
    page.run()
    assert "Stopped after 2 of 16 past forecasts." in "".join(one.value for one in page.warning)
    assert job.result is None


def test_one_runs_at_a_time_and_the_others_wait_their_turn(held: Held) -> None:
    first, second = BacktestJob(history(name="first")), BacktestJob(history(name="second"))
    assert (first.ahead, second.ahead) == (0, 1)
    third = BacktestJob(history(name="third"))
    third.stop()
    third.join()
    assert (third.result, third.done, second.ahead) == (None, 0, 1)
    held.set()
    second.join()
    assert first.ended
    assert first.result is not None
    assert second.result is not None


def test_too_many_waiting_are_refused(held: Held) -> None:
    jobs = [BacktestJob(history()) for _ in range(1 + MOST_WAITING)]
    with pytest.raises(ValueError, match="others wait already; try again in a minute"):
        BacktestJob(history())
    for job in jobs:
        job.stop()
    held.set()
    for job in jobs:
        job.join()
    assert [job for job in jobs if not job.ended] == []


def test_after_its_time_it_is_stopped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest_job, "LONGEST", -1.0)
    job = BacktestJob(history())
    job.join()
    assert (job.late, job.result, job.done, job.origins) == (True, None, 0, 16)


def test_a_series_that_would_take_too_much_memory_is_refused() -> None:
    with pytest.raises(ValueError, match=f"at most {MOST_PERIODS} periods, got 601; open the newer ones"):
        BacktestJob(history(MOST_PERIODS + 1))


def test_taking_the_file_away_stops_and_forgets_the_backtest(held: Held) -> None:
    page = with_part(written(40))
    press(page, "own_backtest_run")
    job = page.session_state[JOB]
    page.file_uploader(key="own_file").clear().run()
    assert JOB not in page.session_state
    held.set()
    job.join()
    assert job.result is None
    assert "Run the backtest" not in texts(open_page("own_evidence"))
