"""A cascade in which every unit feels every other one.

Then it does not matter which unit broke, only how many. With tolerances sorted in each run, the number broken is the
place of the pressure among them, found for all runs at once.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.methods.cascade.draws import Floats, influences, tolerances
from indicators.methods.cascade.parameters import CascadeParameters

Counts = NDArray[np.int16]

# Tolerances of run r stand between r * _SPAN and (r + 1) * _SPAN, so that one sorted line holds all runs.
_SPAN = 64.0
_HIGHEST = _SPAN * (1 - 1e-9)
_WORTH_LEAVING_OUT = 0.2
_KEPT = 6
_DRAWN = ("units", "initial", "tolerance", "tolerance_mean", "tolerance_spread", "replicates", "seed")


def critical_r(parameters: CascadeParameters) -> Floats:
    """Return the least effective R at which at least k units are broken in the end, by run and k = 1 to N.

    The next unit to break has the next tolerance, so it takes R W_k / (N - 1) + H >= Q_(k + 1), with W_k the influence
    of the first k units to break and H all pressure from outside; how long units press has no bearing on it.

    Args:
        parameters: The cascade's settings; its topology is taken as mixed and its R does not matter.

    Returns:
        Array (runs, units), rising along each run.

    Example:
        >>> critical_r(CascadeParameters(units=2, tolerance="common", tolerance_mean=0.5))[0].round(3).tolist()
        [0.0, 0.5]
    """
    initial, units = parameters.initial, parameters.units
    above = ordered_tolerances(parameters) - parameters.hazard * parameters.ticks
    least = np.zeros((parameters.replicates, units))
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # some influences may be 0
        need = above * max(units - 1, 1) / influence_sums(parameters)[:, initial:units]
    np.maximum.accumulate(np.where(above <= 0, 0.0, need), axis=1, out=least[:, initial:])
    return least


def count_paths(parameters: CascadeParameters) -> Counts:
    """Return how many units of each run are broken after each tick, as an array (ticks + 1, runs).

    Args:
        parameters: The cascade's settings; its topology is taken as mixed.

    Example:
        >>> count_paths(CascadeParameters(units=10, r=10, ticks=3, replicates=100)).shape
        (4, 100)
    """
    line = _one_line(_drawn(parameters))
    runs, initial, units = parameters.replicates, parameters.initial, parameters.units
    standing, ticks, recovery, hazard = units - initial, parameters.ticks, parameters.recovery, parameters.hazard
    paths = np.full((ticks + 1, runs), initial, dtype=np.int16)
    if not standing:
        return paths
    sums, scale = influence_sums(parameters), per_unit(parameters) / recovery
    alike = len(sums) == 1
    beyond = per_unit(parameters) * sums[:, -1].max() + hazard * ticks > _HIGHEST
    moving = np.arange(runs)
    starts, places = moving * _SPAN, moving * standing - initial
    broken, pressing = paths[0], np.zeros(runs)
    for tick in range(1, ticks + 1):
        influence = broken if alike else sums[moving, broken]
        if recovery > 1:
            pressing += influence
            if tick > recovery:
                recovered = paths[tick - 1 - recovery, moving]
                pressing -= recovered if alike else sums[moving, recovered]
        pressure = scale * (pressing if recovery > 1 else influence) + hazard * tick
        if beyond:
            np.minimum(pressure, _HIGHEST, out=pressure)
        reached = (line.searchsorted(pressure + starts, side="right") - places).astype(np.int16)
        # Sums of unlike influences carry rounding; a broken unit never counts as unbroken for it.
        before, broken = broken, reached if alike else np.maximum(reached, broken)
        paths[tick] = paths[tick - 1]
        paths[tick, moving] = broken
        if hazard > 0 or tick < recovery:
            ended = broken == units
        else:
            ended = broken == (before if recovery == 1 else paths[tick - recovery, moving])
        # An ended run stays where it is, so it does no harm; leaving it out pays only where there are many.
        if np.count_nonzero(ended) > _WORTH_LEAVING_OUT * len(ended):
            going = ~ended
            moving, broken, pressing = moving[going], broken[going], pressing[going]
            starts, places = starts[going], places[going]
            if not moving.size:
                paths[tick + 1 :] = paths[tick]
                break
    return paths


def per_unit(parameters: CascadeParameters) -> float:
    """Return the pressure that one broken unit puts on another one in all: R / (N - 1)."""
    return parameters.effective_r / max(parameters.units - 1, 1)


def influence_sums(parameters: CascadeParameters) -> Floats:
    """Return the influence of the first k units to break, k = 0 to N: one row a run, a single one if all are alike."""
    if parameters.influence_variance == 0:
        return np.arange(parameters.units + 1, dtype=float)[None]
    return _summed(parameters.units, parameters.replicates, parameters.influence_variance, parameters.seed)


def ordered_tolerances(parameters: CascadeParameters) -> Floats:
    """Return the tolerances of the units that stand at the start, in rising order in each run."""
    return _ordered(_drawn(parameters))


def _drawn(parameters: CascadeParameters) -> CascadeParameters:
    """Return settings that differ from the default only where they bear on the tolerances, as a key for the cache."""
    return CascadeParameters.model_construct(**{name: getattr(parameters, name) for name in _DRAWN})


@lru_cache(maxsize=_KEPT)
def _ordered(drawn: CascadeParameters) -> Floats:
    ordered = np.sort(tolerances(drawn)[:, drawn.initial :], axis=1)
    ordered.setflags(write=False)
    return ordered


@lru_cache(maxsize=_KEPT)
def _one_line(drawn: CascadeParameters) -> Floats:
    ordered = _ordered(drawn)
    line: Floats = (np.minimum(ordered, _HIGHEST) + _SPAN * np.arange(len(ordered))[:, None]).ravel()
    return line


@lru_cache(maxsize=_KEPT)
def _summed(units: int, runs: int, variance: float, seed: int) -> Floats:
    sums = np.zeros((runs, units + 1))
    np.cumsum(influences(units, runs, variance, seed), axis=1, out=sums[:, 1:])
    sums.setflags(write=False)
    return sums
