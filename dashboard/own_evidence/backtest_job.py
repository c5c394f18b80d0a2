"""Backtests that readers ask for: one at a time in this process, for a limited time, and stopped when asked."""

from __future__ import annotations

from threading import Condition, Thread
from time import monotonic

from indicators.methods.forecast.ensemble import NoForecast
from indicators.methods.forecast.evaluation.backtest import Backtest, backtest
from indicators.methods.forecast.history import History

LONGEST = 20.0
"""Seconds after which a backtest is stopped, counted from the moment it began."""
MOST_PERIODS = 600
MOST_WAITING = 5

_queue: list[BacktestJob] = []
_changed = Condition()


class _Stopped(Exception):
    """The reader or the clock has stopped a backtest."""


class BacktestJob:
    """The backtest of one series: waiting for its turn, running, or ended with a result, a refusal or neither.

    Raises:
        ValueError: If the series is too long or too many others wait.
    """

    def __init__(self, history: History) -> None:
        if len(history.ends) > MOST_PERIODS:
            raise ValueError(f"expected at most {MOST_PERIODS} periods, got {len(history.ends):,}; open the newer ones")
        self.history = history
        self.done = self.origins = 0
        self.result: Backtest | None = None
        self.refusal = ""
        self.late = False
        self._asked_to_stop = False
        with _changed:
            if len(_queue) > MOST_WAITING:
                raise ValueError(f"{MOST_WAITING} others wait already; try again in a minute")
            _queue.append(self)
        self._thread = Thread(target=self._run, name="backtest", daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether it neither waits nor runs."""
        return self not in _queue

    @property
    def ahead(self) -> int:
        """How many others come first."""
        with _changed:
            return _queue.index(self) if self in _queue else 0

    def stop(self) -> None:
        """Ask it to end after the forecast in hand."""
        with _changed:
            self._asked_to_stop = True
            _changed.notify_all()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            with _changed:
                _changed.wait_for(lambda: self._asked_to_stop or _queue[0] is self)
            self._until = monotonic() + LONGEST
            self.result = backtest(self.history, self._told)
        except NoForecast as refused:
            self.refusal = str(refused)
        except _Stopped:
            pass
        finally:
            with _changed:
                _queue.remove(self)
                _changed.notify_all()

    def _told(self, done: int, origins: int) -> None:
        self.done, self.origins = done, origins
        self.late = monotonic() > self._until
        if self._asked_to_stop or self.late:
            raise _Stopped
