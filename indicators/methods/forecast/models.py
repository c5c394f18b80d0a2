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

SHORTEST, MODERATE, LONG = 8, 18, 36
"""Values needed for any forecast, for models with a slope or memory, and for those with seasons."""

YEAR = 12
SEASONAL_SHRINKAGE = 2.0
"""Years of no season at all that a month's seasonal departure is averaged with."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A way to forecast a series.

    Args:
        name: Its name, as shown.
        trust: Weight before anything is known of the series: what extrapolates more has to earn more.
        paths: From values on the forecasting scale and most steps ahead to forecasts with axes t, h.
        of_counts: Whether it is about counts, which cannot be negative, and gets those instead.
    """

    name: str
    least: int
    trust: float
    paths: Callable[[Floats, int], Floats]
    of_counts: bool = False


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


def seasonal_smoothing(values: Floats, horizon: int) -> Floats:
    """Return simple smoothing of what is left without the seasons, with the seasons put back; axes t, h.

    A month's season at an origin is its mean departure from the centred yearly average until then, n of them
    averaged with two of 0. Smoothing sees the seasons known at the same origin.
    """
    filled = carried_forward(values)
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    half = YEAR // 2
    departures = np.full(len(filled), np.nan)
    if len(filled) > YEAR:
        departures[half:-half] = filled[half:-half] - np.convolve(filled, weights, mode="valid")
    seasons = np.zeros((len(filled), YEAR))
    for origin in range(len(filled)):
        known = departures[: max(origin + 1 - half, 0)]
        for month in range(YEAR):
            same = known[month::YEAR]
            same = same[~np.isnan(same)]
            seasons[origin, month] = same.sum() / (len(same) + SEASONAL_SHRINKAGE)
    months = np.arange(len(filled)) % YEAR
    rows = np.arange(len(filled))
    smooth = simple_smoothing(values - seasons[rows, months], horizon)
    targets = (rows[:, None] + np.arange(1, horizon + 1)) % YEAR
    return np.asarray(smooth + seasons[rows[:, None], targets])


MODELS = (
    Model(name="last value", least=SHORTEST, trust=1.0, paths=last_value),
    Model(name="drift", least=SHORTEST, trust=0.25, paths=drift),
    Model(name="local level", least=SHORTEST, trust=4.0, paths=local_level),
    Model(name="simple smoothing", least=MODERATE, trust=2.0, paths=simple_smoothing),
    Model(name="damped trend", least=MODERATE, trust=1.0, paths=damped_trend),
    Model(name="Theta", least=MODERATE, trust=0.5, paths=theta),
    Model(name="negative binomial trend", least=MODERATE, trust=0.25, paths=negative_binomial_trend, of_counts=True),
    Model(name="integer autoregression", least=MODERATE, trust=0.5, paths=integer_autoregression, of_counts=True),
    Model(name="same month a year before", least=LONG, trust=0.25, paths=seasonal_last_value),
    Model(name="seasonal smoothing", least=LONG, trust=1.0, paths=seasonal_smoothing),
)
"""Every model, the simplest first."""


def paths_by_model(values: Floats, scale: ValueScale, horizon: int, *, counts: bool) -> dict[str, Floats]:
    """Return the forecasts of every model that the history is long enough for, on the forecasting scale.

    Args:
        values: Values in their unit, NaN where one is missing.
        counts: Whether they are whole counts.

    Returns:
        Forecasts with axes t, h by name of model.
    """
    seen, scaled = int((~np.isnan(values)).sum()), scale.forward(values)
    return {
        model.name: scale.forward(model.paths(values, horizon)) if model.of_counts else model.paths(scaled, horizon)
        for model in MODELS
        if seen >= model.least and (counts or not model.of_counts)
    }
