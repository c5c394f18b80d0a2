"""A cascade in which units feel their neighbours only: a ring, which is close to a front line, or a random graph.

A unit is looked at when a neighbour of it breaks, and not before, so a cascade costs as much as it spreads.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.methods.cascade.draws import Floats, Links, Places, influences, random_graphs, ring, tolerances
from indicators.methods.cascade.parameters import CascadeParameters, Tolerance, Topology

Ticks = NDArray[np.int16]
Flags = NDArray[np.bool_]

NEVER = np.iinfo(np.int16).max
"""Tick of breaking of a unit that does not break within the horizon."""

_FEW = 8  # below one place in so many, looking at those under pressure is cheaper than looking at all


@dataclass(frozen=True, kw_only=True, eq=False)
class _Field:
    """Who feels whom, and how strongly.

    Args:
        links: Neighbours by place.
        scale: Pressure at R = 1 that one broken neighbour puts on a unit, alike for all or by place.
        weights: Factor on the pressure that each place puts on others; None if all are alike.
    """

    links: Links
    scale: float | Floats
    weights: Floats | None

    def pressure(self, sources: Places) -> tuple[Places, float | Floats]:
        """Return the places that feel some broken units, and what each of them feels, at R = 1."""
        counts, felt = self.links.of(sources)
        amounts = self.scale if isinstance(self.scale, float) else self.scale[felt]
        return felt, amounts if self.weights is None else amounts * np.repeat(self.weights[sources], counts)


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
    field, bearing, fresh = _start(parameters)
    hazard, rate = parameters.hazard, parameters.effective_r / parameters.recovery
    ticks = np.full(bearing.shape, NEVER, dtype=np.int16)
    pressure, slope = np.zeros(bearing.size), np.zeros(bearing.size)
    pressing: deque[tuple[Places, float | Floats]] = deque()
    ticks[fresh] = 0
    standing = bearing.size - fresh.size
    for tick in range(1, parameters.ticks + 1):
        felt, amounts = field.pressure(fresh)
        pressing.append((felt, rate * amounts))
        np.add.at(slope, *pressing[-1])
        if len(pressing) > parameters.recovery:
            np.subtract.at(slope, *pressing.popleft())
        under = sum(len(places) for places, _ in pressing)
        if hazard or under > bearing.size // _FEW:
            pressure += slope
            fresh = np.flatnonzero(bearing <= pressure + hazard * tick)
        elif under:
            # A place that stands here twice is given the same pressure twice.
            felt = np.concatenate([places for places, _ in pressing])
            pressure[felt] += slope[felt]
            fresh = np.unique(felt[bearing[felt] <= pressure[felt]])
        else:
            break
        ticks[fresh] = tick
        bearing[fresh] = np.inf
        standing -= fresh.size
        if not standing:
            break
    return ticks.reshape(-1, parameters.units)


def settle(parameters: CascadeParameters) -> Flags:
    """Return which units of each run are broken in the end, however long that takes.

    Args:
        parameters: The cascade's settings, on a ring or a random graph.

    Returns:
        Array (runs, units).
    """
    field, bearing, fresh = _start(parameters)
    bearing -= parameters.hazard * parameters.ticks
    pressure = np.zeros(bearing.size)
    fresh = np.union1d(fresh, np.flatnonzero(bearing <= 0))
    bearing[fresh] = np.inf
    while fresh.size:
        felt, amounts = field.pressure(fresh)
        np.add.at(pressure, felt, parameters.effective_r * amounts)
        fresh = np.unique(felt[bearing[felt] <= pressure[felt]])
        bearing[fresh] = np.inf
    return np.isposinf(bearing).reshape(-1, parameters.units)


def critical_r(parameters: CascadeParameters) -> Floats:
    """Return the least effective R at which at least k units are broken in the end, by run and k = 1 to N.

    The unit that needs least breaks first; what it adds lowers what its neighbours need. The largest need so far is
    the R that it takes to come as far.

    Args:
        parameters: The cascade's settings, on a ring or a random graph; their R does not matter.

    Returns:
        Array (runs, units), rising along each run; infinite where no R is enough.
    """
    field, bearing, start = _start(parameters)
    runs, units, initial = parameters.replicates, parameters.units, parameters.initial
    bearing -= parameters.hazard * parameters.ticks
    pressure, need = np.zeros(bearing.size), np.where(bearing <= 0, 0.0, np.inf)
    least = np.full((runs, units), np.inf)
    least[:, :initial] = 0.0

    def press(broken: Places) -> None:
        felt, amounts = field.pressure(broken)
        np.add.at(pressure, felt, amounts)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # some influences may be 0
            need[felt] = np.where(bearing[felt] <= 0, 0.0, bearing[felt] / pressure[felt])

    press(start)
    first = np.arange(runs) * units
    for count in range(initial, units):
        weakest = first + need.reshape(runs, units).argmin(axis=1)
        least[:, count] = np.maximum(need[weakest], least[:, count - 1])
        weakest = weakest[np.isfinite(need[weakest])]
        if not weakest.size:
            break
        bearing[weakest] = need[weakest] = np.inf
        press(weakest)
    return least


def _start(parameters: CascadeParameters) -> tuple[_Field, Floats, Places]:
    """Return who feels whom, what each place bears (infinite once broken), and the places broken at the start."""
    runs, units, seed = parameters.replicates, parameters.units, parameters.seed
    links, scale = _links(parameters)
    variance = parameters.influence_variance
    weights = influences(units, runs, variance, seed).ravel() if variance else None
    bearing = tolerances(parameters)
    bearing[:, : parameters.initial] = np.inf
    start = (np.arange(runs)[:, None] * units + np.arange(parameters.initial)).ravel()
    return _Field(links=links, scale=scale, weights=weights), bearing.ravel(), start


def _links(parameters: CascadeParameters) -> tuple[Links, float | Floats]:
    units, neighbours = parameters.units, parameters.neighbours
    if parameters.topology is Topology.RING:
        links = ring(units, neighbours)
        return links, 1 / max(int(links.starts[1]), 1)
    links = random_graphs(units, parameters.replicates, neighbours, parameters.seed)
    if parameters.tolerance is Tolerance.EXPONENTIAL:
        return links, 1 / max(min(neighbours, units - 1), 1)
    return links, 1 / np.maximum(np.diff(links.starts), 1)
