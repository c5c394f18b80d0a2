"""Backtests of many series, on all cores of one machine or on a cluster."""

from collections.abc import Iterator, Sequence

from indicators.methods.forecast.ensemble import NoForecast
from indicators.methods.forecast.evaluation.backtest import Backtest, backtest
from indicators.methods.forecast.history import History

BATCH = 8
"""Series that a process takes at once."""


def backtest_many(histories: Sequence[History], jobs: int = -1) -> Iterator[Backtest | str]:
    """Backtest each series, in their order; a series that is not forecast gives the sentence that says why.

    One series is scored in this process. More are spread over processes by joblib, or over the workers of a cluster
    where `joblib.parallel_config` names one; what a lost worker had in hand is done again by another, and results do
    not depend on where they are computed.

    Args:
        jobs: Processes; -1 for one on each core.

    Yields:
        The result of each series as soon as it and all before it are there.
    """
    if len(histories) < 2:
        yield from (_one((history,)) for history in histories)
        return
    import joblib  # takes a while to import, and a single series does without

    run = joblib.Parallel(n_jobs=jobs, batch_size=BATCH, return_as="generator")
    # In a tuple a series travels with its task. By itself a cluster would keep it on one worker, and lose it with it.
    yield from run(joblib.delayed(_one)((history,)) for history in histories)


def _one(packed: tuple[History]) -> Backtest | str:
    try:
        return backtest(packed[0])
    except NoForecast as refused:
        return str(refused)
