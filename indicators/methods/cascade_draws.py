"""The random numbers of a cascade, drawn once for a seed and shared by all settings (common random numbers).

Because every setting meets the same units, a change of R, of strikes, of outside pressure or of the units broken at the
start moves each single run in one direction: sliders never jitter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import special

from indicators.methods.cascade_parameters import CascadeParameters, Tolerance, Topology

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Array = TypeVar("Array", bound=NDArray[Any])

GRAPHS = 40  # random graphs that the runs share; one graph alone would make the answer an accident of that graph
_TOLERANCES, _INFLUENCES, _EDGES = range(3)
_TIE = 1e-6  # a share such as 3/10 reaches a threshold of 0.3 although both are rounded
_KEPT = 6


def runs_drawn(parameters: CascadeParameters) -> int:
    """Return the number of runs to draw: on random graphs a whole number of runs on each."""
    if parameters.topology is not Topology.RANDOM:
        return parameters.replicates
    return -(-parameters.replicates // GRAPHS) * GRAPHS


def tolerances(parameters: CascadeParameters) -> Floats:
    """Return the pressure that breaks each unit, one row a run; units broken at the start come first in each row.

    Args:
        parameters: The cascade's settings.

    Example:
        >>> tolerances(CascadeParameters(units=3, replicates=100, tolerance="common", tolerance_mean=0.25)).shape
        (100, 3)
    """
    shape = (runs_drawn(parameters), parameters.units)
    if parameters.tolerance is Tolerance.COMMON:
        return np.full(shape, parameters.tolerance_mean - _TIE)
    if parameters.tolerance is Tolerance.EXPONENTIAL:
        return _exponential(*shape, parameters.seed)
    return parameters.tolerance_mean + parameters.tolerance_spread * _normal(*shape, parameters.seed)


@lru_cache(maxsize=_KEPT)
def influences(units: int, runs: int, variance: float, seed: int) -> Floats:
    """Return the factor on the pressure that each broken unit puts on others: Gamma with mean 1.

    Args:
        units: Number of units.
        runs: Number of runs.
        variance: Variance of the factor, above 0; its inverse is the dispersion kappa of the offspring.
        seed: Seed.
    """
    shape = 1 / variance
    return _frozen(_generator(seed, _INFLUENCES).standard_gamma(shape, (runs, units)) / shape)


@lru_cache(maxsize=2 * _KEPT)
def neighbourhoods(topology: Topology, units: int, neighbours: int, seed: int) -> Singles:
    """Return who puts pressure on whom, as one or several symmetric matrices of 0 and 1.

    Args:
        topology: Ring or random graph.
        units: Number of units.
        neighbours: Neighbours on the ring, mean number of neighbours on the random graph.
        seed: Seed of the random graphs.

    Returns:
        Array (graphs, units, units); a single graph for the ring.

    Example:
        >>> neighbourhoods(Topology.RING, 6, 2, 1)[0, 0].tolist()
        [0.0, 1.0, 0.0, 0.0, 0.0, 1.0]
    """
    if topology is Topology.RING:
        place = np.arange(units)
        apart = np.abs(place[:, None] - place[None, :])
        distance = np.minimum(apart, units - apart)
        return _frozen(((distance >= 1) & (distance <= neighbours // 2)).astype(np.float32)[None])
    chance = min(neighbours / max(units - 1, 1), 1.0)
    drawn = _generator(seed, _EDGES).random((GRAPHS, units, units)) < chance
    upper = np.triu(drawn, 1)
    return _frozen((upper | upper.transpose(0, 2, 1)).astype(np.float32))


@lru_cache(maxsize=_KEPT)
def _exponential(runs: int, units: int, seed: int) -> Floats:
    return _frozen(_generator(seed, _TOLERANCES).standard_exponential((runs, units)))


@lru_cache(maxsize=_KEPT)
def _normal(runs: int, units: int, seed: int) -> Floats:
    # The same units are the steadfast ones whatever the distribution of tolerances.
    chance: Floats = -np.expm1(-_exponential(runs, units, seed))
    return _frozen(special.ndtri(np.clip(chance, 1e-12, 1 - 1e-12)))


def _generator(seed: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng([seed, purpose])


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
