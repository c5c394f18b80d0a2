"""The forecast of one series: the weighted mean of its models, quantile by quantile."""

from dataclasses import dataclass

import numpy as np

from indicators.methods.forecast.history import History
from indicators.methods.forecast.levels import MEDIAN, Floats
from indicators.methods.forecast.models import MODELS, paths_by_model
from indicators.methods.forecast.past_errors import weights_by_error
from indicators.methods.forecast.refusals import refusal
from indicators.methods.forecast.spread import calibrated_quantiles, spread_by_horizon
from indicators.methods.forecast.value_scale import ValueScale, scale_of

MOST_STEPS = 12


class NoForecast(ValueError):
    """A series that is not forecast; its text is the sentence that says why."""


@dataclass(frozen=True, kw_only=True)
class SeriesForecast:
    """Quantiles of what is to come.

    Args:
        quantiles: Axes h, hub level.
        weights: Weight of each model, by its name; they sum to 1.
    """

    quantiles: Floats
    weights: dict[str, float]


def forecast(
    values: Floats, horizon: int, *, counts: bool, highest: float | None = None, monthly: bool = True
) -> SeriesForecast:
    """Forecast a regular series.

    Each model's median and spread stand on a scale of their own (`value_scale`); the result is at each quantile level
    the mean of the models, weighted by what they missed by before, then sorted. Counts stop at 0 and are rounded
    outward: down below the median, up above it.

    Args:
        values: One value for each period in order; NaN where one is missing, also at the end.
        horizon: Periods ahead, 1 to 12.
        counts: Whether values are whole counts.
        highest: What no value can exceed, such as 100 for a percentage; None for no limit.
        monthly: Whether periods are months, which may have seasons.

    Raises:
        ValueError: If the horizon is out of range.
        NoForecast: If the series is too short, incomplete, constant or all zero.

    Example:
        >>> found = forecast(np.array([12.0, 9, 15, 11, 8, 13, 12, 10, 14, 11]), 1, counts=True)
        >>> bool(found.quantiles[0, 1] < 11 < found.quantiles[0, -2])
        True
    """
    if not 1 <= horizon <= MOST_STEPS:
        raise ValueError(f"expected 1 to {MOST_STEPS} periods ahead, got {horizon}")
    reason = refusal(values)
    if reason:
        raise NoForecast(reason)
    scale = scale_of(values, counts=counts)
    scaled = scale.forward(values)
    # All steps are always computed, so that a forecast does not depend on how far ahead is asked.
    paths = paths_by_model(values, scale, MOST_STEPS, counts=counts, monthly=monthly)
    names = list(paths)
    trust = np.array([model.trust for model in MODELS if model.name in paths])
    weights = weights_by_error(scaled, np.stack([paths[name] for name in names], axis=1), trust)[-1]
    blended = np.tensordot(weights, np.stack([_quantiles(scaled, paths[name]) for name in names]), axes=1)
    return SeriesForecast(
        quantiles=_finished(blended, scale, counts, highest)[:horizon],
        weights=dict(zip(names, weights.tolist(), strict=True)),
    )


def forecast_of(history: History, values: Floats, horizon: int) -> SeriesForecast:
    """Forecast a series from its values as they stood on some day, as `forecast`.

    Args:
        values: One value for each period from its first on.
    """
    monthly = history.step == "month"
    return forecast(values, horizon, counts=history.counts, highest=history.highest, monthly=monthly)


def rounded_outward(quantiles: Floats) -> Floats:
    """Round quantiles of counts: down below the median, up above it, the median to the nearest whole count.

    Example:
        >>> rounded_outward(np.array([[1.2] * 11 + [1.4] + [1.6] * 11]))[0, [0, 11, 22]].tolist()
        [1.0, 1.0, 2.0]
    """
    parts = np.floor(quantiles[:, :MEDIAN]), np.round(quantiles[:, [MEDIAN]]), np.ceil(quantiles[:, MEDIAN + 1 :])
    return np.concatenate(parts, axis=1)


def _quantiles(scaled: Floats, paths: Floats) -> Floats:
    spread = spread_by_horizon(scaled, paths)
    return np.asarray(paths[-1][:, None] + spread[:, None] * calibrated_quantiles(scaled, paths, spread))


def _finished(quantiles: Floats, scale: ValueScale, counts: bool, highest: float | None) -> Floats:
    found = np.sort(scale.back(quantiles), axis=1)
    found = found if highest is None else np.minimum(found, highest)
    return rounded_outward(found) if counts else found
