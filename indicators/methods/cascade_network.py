"""A cascade in which units feel their neighbours only: a ring, which is close to a front line, or a random graph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.methods.cascade_draws import Singles, influences, neighbourhoods, runs_drawn, tolerances
from indicators.methods.cascade_parameters import CascadeParameters, Tolerance

Ticks = NDArray[np.int16]
Flags = NDArray[np.bool_]

NEVER = np.iinfo(np.int16).max
"""Tick of breaking of a unit that does not break within the horizon."""

_WORTH_LEAVING_OUT = 0.2


@dataclass(frozen=True, kw_only=True)
class _Field:
    """Who feels whom, and how strongly.

    Args:
        matrices: Neighbourhoods, one or several graphs.
        scale: Pressure that one broken neighbour puts on a unit in all, by graph and unit.
    """

    matrices: Singles
    scale: Singles

    def pressure(self, influence: Singles) -> Singles:
        """Return the pressure on every unit from the influence of every unit, both (runs, units)."""
        grouped = influence.reshape(len(self.matrices), -1, influence.shape[-1])
        summed: Singles = (grouped @ self.matrices) * self.scale[:, None, :]
        return summed.reshape(influence.shape)


def break_ticks(parameters: CascadeParameters) -> Ticks:
    """Return the tick at which each unit of each run breaks: 0 at the start, `NEVER` if not within the horizon.

    With neighbours a_ij, influence g_j and t_j the tick at which unit j broke, unit i breaks at the first tick t at
    which Q_i <= R / (k tau) sum_j a_ij g_j min(t - t_j, tau) + h t. k is the number of neighbours: a unit's own where
    tolerances are shares (normal, common), otherwise the mean of the graph.

    Args:
        parameters: The cascade's settings, on a ring or a random graph.

    Returns:
        Array (runs, units).

    Example:
        >>> line = CascadeParameters(
        ...     units=6, r=1, topology="ring", neighbours=2, tolerance="common", tolerance_mean=0.5, replicates=100
        ... )
        >>> break_ticks(line)[0].tolist()
        [0, 1, 2, 3, 2, 1]
    """
    field, bearing, weights = _field(parameters), _bearing(parameters), _weights(parameters)
    recovery, hazard = parameters.recovery, parameters.hazard
    ticks = np.full(bearing.shape, NEVER, dtype=np.int16)
    ticks[:, : parameters.initial] = 0
    bearing[:, : parameters.initial] = np.inf
    # Compact copies of the runs that still move; in them nothing can break twice.
    moving, now = np.arange(len(ticks)), ticks.copy()
    several = len(field.matrices) > 1
    for tick in range(1, parameters.ticks + 1):
        active = np.clip(tick - now, 0, recovery).astype(np.float32)
        if weights is not None:
            active *= weights
        pressure = field.pressure(active)
        pressure *= np.float32(1 / recovery)
        pressure += np.float32(hazard * tick)
        breaks = bearing <= pressure
        now[breaks] = tick
        bearing[breaks] = np.inf
        ended = (now > tick).sum(axis=1) == 0 if hazard else ~((now > tick - recovery) & (now <= tick)).any(axis=1)
        # On several graphs all runs stay in step, so that each meets its own graph.
        if ended.all() or (not several and ended.mean() > _WORTH_LEAVING_OUT):
            ticks[moving] = now
            going = ~ended
            moving, now, bearing = moving[going], now[going], bearing[going]
            weights = None if weights is None else weights[going]
            if not moving.size:
                break
    ticks[moving] = now
    return ticks[: parameters.replicates]


def settle(parameters: CascadeParameters, broken: Flags | None = None) -> Flags:
    """Return which units of each run are broken in the end, however long that takes.

    Args:
        parameters: The cascade's settings, on a ring or a random graph.
        broken: Units known to break, one row for each of the parameters' runs; None starts from the beginning.

    Returns:
        Array (runs, units).
    """
    field, bearing, weights = _field(parameters), _bearing(parameters), _weights(parameters)
    fallen = np.zeros(bearing.shape, dtype=bool)
    fallen[:, : parameters.initial] = True
    if broken is not None:
        fallen[: len(broken)] |= broken
    bearing -= np.float32(parameters.hazard * parameters.ticks)
    several = len(field.matrices) > 1
    moving, now = np.arange(len(fallen)), fallen.copy()
    while moving.size:
        influence = now.astype(np.float32) if weights is None else now * weights
        reached = now | (bearing <= field.pressure(influence))
        grown = (reached != now).any(axis=1)
        fallen[moving], now = reached, reached
        if several:
            if not grown.any():
                break
        else:
            moving, now, bearing = moving[grown], now[grown], bearing[grown]
            weights = None if weights is None else weights[grown]
    return fallen[: parameters.replicates]


def _field(parameters: CascadeParameters) -> _Field:
    matrices = neighbourhoods(parameters.topology, parameters.units, parameters.neighbours, parameters.seed)
    own = matrices.sum(axis=2)
    # On a small ring there are fewer neighbours than asked for; on a random graph the mean is asked for.
    asked = min(parameters.neighbours, max(parameters.units - 1, 1))
    mean = own if len(matrices) == 1 else np.full_like(own, asked)
    degree = mean if parameters.tolerance is Tolerance.EXPONENTIAL else own
    return _Field(matrices=matrices, scale=(parameters.effective_r / np.maximum(degree, 1)).astype(np.float32))


def _bearing(parameters: CascadeParameters) -> Singles:
    return tolerances(parameters).astype(np.float32)


def _weights(parameters: CascadeParameters) -> Singles | None:
    variance = parameters.influence_variance
    if variance == 0:
        return None
    return influences(parameters.units, runs_drawn(parameters), variance, parameters.seed).astype(np.float32)
