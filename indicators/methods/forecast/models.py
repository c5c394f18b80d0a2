"""The models, by how long a history each needs; each forecasts at every past origin as well."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indicators.methods.forecast.levels import Floats
from indicators.methods.forecast.single.count_models import (
    carried_forward,
    integer_autoregression,
    negative_binomial_trend,
)
from indicators.methods.forecast.single.local_level import local_level
from indicators.methods.forecast.single.smoothing import damped_trend, simple_smoothing
from indicators.methods.forecast.value_scale import ValueScale

SHORTEST, MODERATE, LONG = 8, 18, 24
"""Values needed for any forecast, for models with a slope or memory, and for those with seasons: two years."""

YEAR = 12
SEASONAL_SHRINKAGE = 0.25
"""Years of no season at all that a month's seasonal departure is averaged with."""

Paths = Callable[[Floats, int], Floats]
"""Forecasts with axes t, h from values and most steps ahead."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A way to forecast a series.

    Args:
        name: Its name, as shown.
        trust: Weight before anything is known of the series: what extrapolates more has to earn more.
        paths: From values on the forecasting scale and most steps ahead to forecasts with axes t, h.
        of_counts: Whether it is about counts, which cannot be negative, and gets those instead.
        of_months: Whether it is about months, whose seasons come again after twelve.
    """

    name: str
    least: int
    trust: float
    paths: Paths
    of_counts: bool = False
    of_months: bool = False


def last_value(values: Floats, horizon: int) -> Floats:
    """Return the last value at every origin for every step; axes t, h."""
    return np.repeat(carried_forward(values)[:, None], horizon, axis=1)


def drift(values: Floats, horizon: int) -> Floats:
    """Return y_t + h (y_t - y_1) / (t - 1) at every origin; axes t, h.

    Example:
        >>> drift(np.array([112.0, 118.0, 132.0]), 1)[-1].tolist()
        [142.0]
    """
    filled = carried_forward(values)
    steps = np.arange(len(filled))
    slope = (filled - filled[0]) / np.maximum(steps, 1)
    return np.asarray(filled[:, None] + slope[:, None] * np.arange(1, horizon + 1))


def theta(values: Floats, horizon: int) -> Floats:
    """Return simple smoothing plus half the slope of a straight line through all values; axes t, h.

    References:
        Hyndman and Billah (2003), doi:10.1016/S0169-2070(01)00143-1.
    """
    there = ~np.isnan(values)
    months, seen = np.arange(len(values)) * 1.0, np.where(there, values, 0.0)
    number, first, second, total, product = (
        np.cumsum(part) for part in (there * 1.0, there * months, there * months**2, seen, seen * months)
    )
    spread = number * second - first**2
    slope = np.where(spread > 0, (number * product - first * total) / np.where(spread > 0, spread, 1.0), 0.0)
    return simple_smoothing(values, horizon) + 0.5 * slope[:, None] * np.arange(1, horizon + 1)


def seasonal_last_value(values: Floats, horizon: int) -> Floats:
    """Return the value of the same month a year before, at every origin; axes t, h.

    Example:
        >>> seasonal_last_value(np.arange(13.0), 2)[-1].tolist()
        [1.0, 2.0]
    """
    filled = carried_forward(values)
    targets = np.arange(len(filled))[:, None] + np.arange(1, horizon + 1) - YEAR
    return np.asarray(filled[np.where(targets >= 0, targets, np.arange(len(filled))[:, None])])


def seasonal(paths: Paths) -> Paths:
    """Return a model of what is left without the seasons, with the seasons put back.

    What is left at an origin is without the seasons as known at that origin.
    """

    def with_seasons(values: Floats, horizon: int) -> Floats:
        seasons, origins = seasons_by_origin(values), np.arange(len(values))
        ahead = (origins[:, None] + np.arange(1, horizon + 1)) % YEAR
        without = paths(values - seasons[origins, origins % YEAR], horizon)
        return np.asarray(without + seasons[origins[:, None], ahead])

    return with_seasons


def seasons_by_origin(values: Floats) -> Floats:
    """Return the season of each of twelve months as known at every origin; axes t, month.

    A month's season is its mean departure from the centred yearly average, n of them averaged with 1/4 of 0; the
    average takes half a year to be known.

    Example:
        >>> seasons = seasons_by_origin(np.tile([5.0, *[0.0] * 11], 3))
        >>> [float(round(seasons[origin, 0], 4)) for origin in (17, 18, 30)]
        [0.0, 3.6667, 4.0741]
    """
    filled, half = carried_forward(values), YEAR // 2
    departures = np.full(len(filled), np.nan)
    if len(filled) > YEAR:
        weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
        departures[half:-half] = filled[half:-half] - np.convolve(filled, weights, mode="valid")
    of_month = np.arange(len(filled))[:, None] % YEAR == np.arange(YEAR)
    there = of_month & ~np.isnan(departures)[:, None]
    total = np.cumsum(np.where(there, departures[:, None], 0.0), axis=0)
    means = total / (np.cumsum(there, axis=0) + SEASONAL_SHRINKAGE)
    return np.concatenate([np.zeros((half, YEAR)), means])[: len(filled)]


MODELS = (
    Model(name="last value", least=SHORTEST, trust=1.0, paths=last_value),
    Model(name="drift", least=SHORTEST, trust=0.25, paths=drift),
    Model(name="local level", least=SHORTEST, trust=4.0, paths=local_level),
    Model(name="simple smoothing", least=MODERATE, trust=2.0, paths=simple_smoothing),
    Model(name="damped trend", least=MODERATE, trust=1.0, paths=damped_trend),
    Model(name="Theta", least=MODERATE, trust=0.5, paths=theta),
    Model(name="negative binomial trend", least=MODERATE, trust=0.25, paths=negative_binomial_trend, of_counts=True),
    Model(name="integer autoregression", least=MODERATE, trust=0.5, paths=integer_autoregression, of_counts=True),
    Model(name="same month a year before", least=LONG, trust=0.25, paths=seasonal_last_value, of_months=True),
    Model(name="seasonal local level", least=LONG, trust=2.0, paths=seasonal(local_level), of_months=True),
    Model(name="seasonal damped trend", least=LONG, trust=1.0, paths=seasonal(damped_trend), of_months=True),
    Model(name="seasonal Theta", least=LONG, trust=0.5, paths=seasonal(theta), of_months=True),
)
"""Every model, the simplest first."""


def paths_by_model(
    values: Floats, scale: ValueScale, horizon: int, *, counts: bool, monthly: bool = True
) -> dict[str, Floats]:
    """Return the forecasts of every model that the history is long enough for, on the forecasting scale.

    Args:
        values: Values in their unit, NaN where one is missing.
        counts: Whether they are whole counts.
        monthly: Whether they are of months.

    Returns:
        Forecasts with axes t, h by name of model.
    """
    seen, scaled = int((~np.isnan(values)).sum()), scale.forward(values)
    return {
        model.name: scale.forward(model.paths(values, horizon)) if model.of_counts else model.paths(scaled, horizon)
        for model in MODELS
        if seen >= model.least and (counts or not model.of_counts) and (monthly or not model.of_months)
    }
