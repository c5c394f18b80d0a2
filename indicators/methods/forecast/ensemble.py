"""The forecast of one series: the weighted median of its models, quantile by quantile."""

from dataclasses import dataclass

import numpy as np

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
        by_model: The same of each model alone, by its name.
        weights: Weight of each model, by its name; they sum to 1.
    """

    quantiles: Floats
    by_model: dict[str, Floats]
    weights: dict[str, float]


def forecast(values: Floats, horizon: int, *, counts: bool, highest: float | None = None) -> SeriesForecast:
    """Forecast a regular series.

    Each model's median and spread stand on a scale of their own (`value_scale`); the result is at each quantile level
    the median of the models, weighted by what they missed by before, then sorted. Counts stop at 0 and are rounded
    outward: down below the median, up above it.

    Args:
        values: One value for each period in order; NaN where one is missing, also at the end.
        horizon: Periods ahead, 1 to 12.
        counts: Whether values are whole counts.
        highest: What no value can exceed, such as 100 for a percentage; None for no limit.

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
    paths = paths_by_model(values, scale, MOST_STEPS, counts=counts)
    names = list(paths)
    trust = np.array([model.trust for model in MODELS if model.name in paths])
    weights = weights_by_error(scaled, np.stack([paths[name] for name in names], axis=1), trust)[-1]
    alone = [_quantiles(scaled, paths[name]) for name in names]
    finished = [_finished(quantiles, scale, counts, highest) for quantiles in alone]
    blended = _weighted_median(np.stack(alone), weights)
    return SeriesForecast(
        quantiles=_finished(blended, scale, counts, highest)[:horizon],
        by_model={name: quantiles[:horizon] for name, quantiles in zip(names, finished, strict=True)},
        weights=dict(zip(names, weights.tolist(), strict=True)),
    )


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


def _weighted_median(quantiles: Floats, weights: Floats) -> Floats:
    """Return the weighted median over the first axis, with values between two models where half the weight falls."""
    order = np.argsort(quantiles, axis=0, kind="stable")
    ranked, shares = np.take_along_axis(quantiles, order, axis=0), weights[order]
    middle = np.cumsum(shares, axis=0) - shares / 2
    above = np.clip((middle < 0.5).sum(axis=0), 1, max(len(weights) - 1, 1))
    low, high = (np.take_along_axis(ranked, place[None], axis=0)[0] for place in (above - 1, above))
    below, over = (np.take_along_axis(middle, place[None], axis=0)[0] for place in (above - 1, above))
    part = np.clip((0.5 - below) / np.where(over > below, over - below, 1.0), 0.0, 1.0)
    return np.asarray(low + part * (high - low))
