"""What is forecast for a series of the evidence, and how good such forecasts have been; or why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.text import month_text
from indicators.methods.forecast.ensemble import MOST_STEPS, NoForecast, SeriesForecast, forecast_of
from indicators.methods.forecast.evaluation.backtest import Backtest, backtest
from indicators.methods.forecast.history import LONGEST_GAP, History, history_of, incomplete_inputs, period_end

DerivedOf = Callable[[str], pd.DataFrame | None]
"""Returns an indicator's derived table; None for a series that belongs to no indicator."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A series' forecast.

    Args:
        day: Day whose knowledge it rests on.
        history: The series as the models saw it; None if it is no regular series.
        forecast: Quantiles of the 12 periods after the newest complete one; None if refused.
        refusal: Why there is no forecast; empty if there is one.
    """

    series: str
    day: date
    history: History | None
    forecast: SeriesForecast | None
    refusal: str = ""

    @property
    def ends(self) -> tuple[date, ...]:
        """The last day of each period that is forecast."""
        if self.history is None or self.forecast is None:
            return ()
        last = len(self.history.ends) - 1
        return tuple(self.history.end_after(last, step) for step in range(1, MOST_STEPS + 1))

    def tested(self) -> Backtest | None:
        """Return the scores of such forecasts at past origins; None where none could be made."""
        if self.history is None:
            return None
        try:
            return backtest(self.history)
        except NoForecast:
            return None


def history_in(evidence: Evidence, series: str, derived_of: DerivedOf) -> History:
    """Return a series without what its indicator marks as incomplete.

    Args:
        derived_of: Returns an indicator's derived table as computed from that evidence.

    Raises:
        ValueError: As `history_of`.
    """
    of = evidence.series.loc[evidence.series["series"] == series, "indicator"]
    derived = None if of.empty else derived_of(str(of.iloc[0]))
    return history_of(evidence, series, frozenset() if derived is None else incomplete_inputs(derived))


def outlook(evidence: Evidence, series: str, derived_of: DerivedOf) -> Outlook:
    """Forecast a series of the evidence, or say why not.

    Args:
        derived_of: Returns an indicator's derived table as computed from that evidence.

    Raises:
        ValueError: If there is no such series.
    """
    known = evidence.observations["known"].max()
    day = evidence.as_of or (evidence.edition.day if pd.isna(known) else known.date())
    if series not in set(evidence.series["series"]):
        raise ValueError(f"expected the id of a series, got {series!r}; data/series.csv lists them")
    try:
        history = history_in(evidence, series, derived_of)
    except ValueError as refused:
        return Outlook(series=series, day=day, history=None, forecast=None, refusal=str(refused))
    try:
        made = forecast_of(history, history.values, MOST_STEPS)
    except NoForecast as refused:
        return Outlook(series=series, day=day, history=history, forecast=None, refusal=str(refused))
    if period_end(history.ends[-1], history.step, LONGEST_GAP) <= day:
        newest = month_text(history.ends[-1])
        reason = f"No forecast: the newest complete figure is for {newest}, too long ago to go on from."
        return Outlook(series=series, day=day, history=history, forecast=None, refusal=reason)
    return Outlook(series=series, day=day, history=history, forecast=made)


def forecast_series(evidence: Evidence) -> tuple[str, ...]:
    """Return the series that come every month or week and are of a kind that is forecast."""
    found = []
    for series in evidence.series["series"]:
        try:
            found.append(history_of(evidence, series).series)
        except ValueError:
            continue
    return tuple(found)
