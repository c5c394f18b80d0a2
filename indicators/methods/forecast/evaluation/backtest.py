"""What forecasts would have been worth: made again at every past origin, and scored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from indicators.methods.forecast.baseline import naive_quantiles
from indicators.methods.forecast.ensemble import NoForecast, forecast_of
from indicators.methods.forecast.evaluation.scores import (
    FEWEST_ORIGINS,
    Comparison,
    compare_losses,
    continuous_score,
    coverage,
    expected_hits,
    histogram_of,
    median_error,
    probability_bounds,
    weighted_interval_score,
)
from indicators.methods.forecast.history import History, Step
from indicators.methods.forecast.levels import INTERVALS, Floats
from indicators.methods.forecast.refusals import refusal

FEWEST_VALUES, TRAINING_SHARE = 12, 0.6
HORIZONS: dict[Step, int] = {"month": 6, "week": 8}

Told = Callable[[int, int], None]
"""Takes how many origins are done, and how many there are; what it raises ends the backtest."""


@dataclass(frozen=True, kw_only=True)
class PastForecasts:
    """Forecasts made at past origins, each beside what came.

    Args:
        quantiles: Axes forecast, hub level.
        naive: The same of the naive forecast.
        observed: What came, in the newest edition.
        vintages: Origins at which every figure was still known as it stood on the day.
        voids: Origins at which no forecast could be made, or whose outcomes are all missing.
    """

    history: History
    origins: tuple[int, ...]
    horizons: tuple[int, ...]
    quantiles: Floats
    naive: Floats
    observed: Floats
    vintages: int
    voids: int

    @property
    def number_of_origins(self) -> int:
        """Origins with a forecast that is scored."""
        return len(set(self.origins))

    def target_end(self, place: int) -> date:
        """Return the last day of the period that a forecast is about."""
        return self.history.end_after(self.origins[place], self.horizons[place])


@dataclass(frozen=True, kw_only=True)
class Score:
    """Scores of some forecasts; those relative to the naive forecast are None if the backtest is insufficient.

    Args:
        wis: Mean weighted interval score.
        naive_wis: The same of the naive forecast.
        relative_wis: wis / naive_wis; below 1 is better than naive.
        crps: Mean continuous ranked probability score.
        absolute_error: Mean absolute error of the median.
        coverage: Share of outcomes in each interval.
        expected_hits: For each interval, between which shares a right one lies in 95 % of cases.
        comparison: Test of equal loss; one horizon only.
    """

    number: int
    wis: float
    naive_wis: float
    relative_wis: float | None
    crps: float
    absolute_error: float
    coverage: dict[float, float]
    expected_hits: dict[float, tuple[int, int]]
    comparison: Comparison | None = None


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """The scores of a series' past forecasts.

    Args:
        logarithmic: The same after ln(1 + y); None where values below 0 occur.
        by_horizon: Scores by steps ahead.
        histogram: PIT histogram over all horizons.
    """

    past: PastForecasts
    overall: Score
    logarithmic: Score | None
    by_horizon: dict[int, Score]
    histogram: list[float]


def first_origin(periods: int) -> int:
    """Return the place of the first origin: after max(12, 60 % of n) periods.

    Example:
        >>> first_origin(15), first_origin(60)
        (11, 35)
    """
    return max(FEWEST_VALUES, int(np.ceil(round(TRAINING_SHARE * periods, 9)))) - 1


def past_forecasts(history: History, told: Told | None = None) -> PastForecasts:
    """Forecast a series again at every past origin, from what was known on the day.

    Args:
        told: Called before each origin.

    Raises:
        NoForecast: If the whole series is not forecast, or no origin can be scored.
    """
    reason = refusal(history.values)
    if reason:
        raise NoForecast(reason)
    steps, truth = HORIZONS[history.step], history.values
    rows: list[tuple[int, int, Floats, Floats, float]] = []
    vintages = voids = 0
    places = range(first_origin(len(truth)), len(truth) - 1)
    for done, origin in enumerate(places):
        if told is not None:
            told(done, len(places))
        ahead = min(steps, len(truth) - 1 - origin)
        values, vintage = history.seen_at(origin)
        targets = truth[origin + 1 : origin + 1 + ahead]
        try:
            made = forecast_of(history, values, ahead).quantiles
        except NoForecast:
            voids += 1
            continue
        if np.isnan(values[-1]) or np.isnan(targets).all():
            voids += 1
            continue
        vintages += vintage
        naive = naive_quantiles(values, ahead)
        rows += [
            (origin, step + 1, made[step], naive[step], float(targets[step]))
            for step in range(ahead)
            if not np.isnan(targets[step])
        ]
    if not rows:
        raise NoForecast("No backtest: no past forecast could be made of which the outcome is known.")
    origins, horizons, quantiles, naives, observed = zip(*rows, strict=True)
    return PastForecasts(
        history=history,
        origins=origins,
        horizons=horizons,
        quantiles=np.array(quantiles),
        naive=np.array(naives),
        observed=np.array(observed),
        vintages=vintages,
        voids=voids,
    )


def backtest(history: History, told: Told | None = None) -> Backtest:
    """Forecast a series again at every past origin and score what was forecast.

    Args:
        told: Called before each origin.

    Raises:
        NoForecast: If the whole series is not forecast, or no origin can be scored.

    References:
        Bosse et al. (2023), doi:10.1371/journal.pcbi.1011393, for scores after ln(1 + y).
    """
    past = past_forecasts(history, told)
    sufficient = past.number_of_origins >= FEWEST_ORIGINS
    horizons = np.array(past.horizons)
    quantiles, naive, observed = past.quantiles, past.naive, past.observed
    by_horizon = {
        int(step): _score(quantiles[at], naive[at], observed[at], sufficient, int(step))
        for step in np.unique(horizons)
        for at in [horizons == step]
    }
    signed = bool(min(np.nanmin(history.values), quantiles.min(), naive.min()) < 0)
    logs = None if signed else _score(np.log1p(quantiles), np.log1p(naive), np.log1p(observed), sufficient)
    return Backtest(
        past=past,
        overall=_score(quantiles, naive, observed, sufficient),
        logarithmic=logs,
        by_horizon=by_horizon,
        histogram=histogram_of(*probability_bounds(quantiles, observed, counts=history.counts)),
    )


def _score(quantiles: Floats, naive: Floats, observed: Floats, sufficient: bool, horizon: int | None = None) -> Score:
    own, other = weighted_interval_score(quantiles, observed), weighted_interval_score(naive, observed)
    wis, naive_wis = float(own.mean()), float(other.mean())
    return Score(
        number=len(observed),
        wis=wis,
        naive_wis=naive_wis,
        relative_wis=wis / naive_wis if sufficient and naive_wis > 0 else None,
        crps=float(continuous_score(quantiles, observed).mean()),
        absolute_error=float(median_error(quantiles, observed).mean()),
        coverage=coverage(quantiles, observed),
        expected_hits={interval: expected_hits(len(observed), interval) for interval in INTERVALS},
        comparison=None if horizon is None or not sufficient else compare_losses(own, other, horizon),
    )
