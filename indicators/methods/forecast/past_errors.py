"""What a forecaster would have missed by at every past origin, and what follows for weights and spread.

Paths stand in arrays with one row per origin t and one column per horizon h: what was forecast at t, knowing no later
value, for t + h.
"""

import numpy as np
import scipy

from indicators.methods.forecast.levels import Floats

FIRST_ORIGINS = 4
"""Values seen before a model's forecasts count for or against it."""

MEMORY = 0.97
"""By how much a month-old error counts less than a new one."""

SHARPNESS = 8.0
"""How strongly a model that missed by more loses weight: exp(-8) for twice the error."""

TRUSTED = 36.0
"""Errors from which on they decide as much as they may; with fewer the weights are nearer to equal."""

WEIGHED_HORIZONS = 6


def past_errors(values: Floats, paths: Floats) -> Floats:
    """Return e(t, h) = z(t + h) - forecast at t; NaN where z is missing or still to come.

    Args:
        values: z, one for each t.
        paths: Forecasts, first axis t, last axis h = 1, 2, ...; any axes between.
    """
    errors = np.full(paths.shape, np.nan)
    between = (-1,) + (1,) * (paths.ndim - 2)
    for horizon in range(1, min(paths.shape[-1], len(values) - 1) + 1):
        errors[:-horizon, ..., horizon - 1] = values[horizon:].reshape(between) - paths[:-horizon, ..., horizon - 1]
    return errors


def weights_by_error(values: Floats, paths: Floats, trust: Floats | None = None) -> Floats:
    """Return at every origin the weight of each model, from what it had missed by until then.

    w(t, m) ~ p(m) exp(-8 k (L(t, m) / min L(t) - 1)), L the mean of |e(s, h)| / sqrt(h) over origins s and
    horizons h <= 6 with s + h <= t, each discounted by 0.97 per month, and k = min(number of errors / 36, 1).

    Args:
        values: z, one for each t; NaN where one is missing.
        paths: Forecasts with axes t, model, h.
        trust: p, weights of the models before anything is known; None for equal ones.

    Returns:
        Weights with axes t, model; they sum to 1 over models.
    """
    errors = np.abs(past_errors(values, paths[..., :WEIGHED_HORIZONS]))
    errors[:FIRST_ORIGINS] = np.nan
    known = np.zeros(paths.shape[:2])
    number = np.zeros(len(values))
    for horizon in range(1, min(errors.shape[-1], len(values) - 1) + 1):
        came = errors[:-horizon, :, horizon - 1]
        there = np.asarray(~np.isnan(came).any(axis=1))
        known[horizon:] += np.where(there[:, None], came, 0.0) / np.sqrt(horizon)
        number[horizon:] += there
    known, number = (scipy.signal.lfilter([1.0], [1.0, -MEMORY], part, axis=0) for part in (known, number))
    loss = known / np.maximum(number, 1e-9)[:, None]
    best = loss.min(axis=1, keepdims=True)
    excess = np.divide(loss, best, out=np.ones_like(loss), where=best > 0) - 1
    raw = np.exp(-SHARPNESS * np.minimum(number / TRUSTED, 1.0)[:, None] * excess)
    raw = raw if trust is None else raw * trust
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def blend(values: Floats, paths: Floats) -> Floats:
    """Return the weighted mean of paths at every origin; axes t, h.

    Args:
        values: z, one for each t.
        paths: Forecasts with axes t, model, h.
    """
    return np.asarray(np.einsum("tm,tmh->th", weights_by_error(values, paths), paths))
