"""The random numbers of a cascade, drawn once for a seed and shared by all settings (common random numbers).

Because every setting meets the same units, a change of R, of strikes, of outside pressure or of the units broken at the
start moves each single run in one direction: sliders never jitter.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import scipy
from numpy.typing import NDArray

from indicators.methods.cascade.parameters import CascadeParameters, Tolerance

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Array = TypeVar("Array", bound=NDArray[Any])

LEAST_TOLERANCE = 1e-9
"""What a unit bears at the least: it breaks at the first pressure, but never without any."""

_TOLERANCES, _INFLUENCES, _EDGES = range(3)
_TIE = 1e-6  # a share such as 3/10 reaches a threshold of 0.3 although both are rounded
_LEAST_VARIANCE = 1e-12  # below it all influences are alike to six digits
_KEPT = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class Links:
    """Who puts pressure on whom. Unit u of run r stands at place r N + u.

    Args:
        starts: Where the neighbours of each row begin, one more than rows. There is a row for each place, or if all
            runs are alike, for each unit.
        neighbours: The neighbours of all rows, one row after the other.
    """

    starts: Places
    neighbours: Places

    def of(self, sources: Places) -> tuple[Places, Places]:
        """Return the number of neighbours of each of some places, and the neighbours' places, one after the other."""
        rows = sources % (len(self.starts) - 1)
        begin = self.starts[rows]
        counts = self.starts[rows + 1] - begin
        ends = np.cumsum(counts)
        within = np.repeat(begin - ends + counts, counts)
        within += np.arange(len(within))
        found = self.neighbours[within]
        found += np.repeat(sources - rows, counts)
        return counts, found


def tolerances(parameters: CascadeParameters) -> Floats:
    """Return the pressure that breaks each unit, one row a run; units broken at the start come first in each row.

    No tolerance is below `LEAST_TOLERANCE`: where the normal distribution has one at or below 0, the unit would break
    without any cause (see `self_starting`), and that is no spread.

    Example:
        >>> tolerances(CascadeParameters(units=3, replicates=100, tolerance="common", tolerance_mean=0.25)).shape
        (100, 3)
    """
    shape = (parameters.replicates, parameters.units)
    if parameters.tolerance is Tolerance.EXPONENTIAL:
        drawn = _exponential(*shape, parameters.seed)
    elif parameters.tolerance is Tolerance.NORMAL:
        drawn = parameters.tolerance_mean - _TIE + parameters.tolerance_spread * _normal(*shape, parameters.seed)
    else:
        drawn = np.full(shape, parameters.tolerance_mean - _TIE)
    return np.maximum(drawn, LEAST_TOLERANCE)


def self_starting(parameters: CascadeParameters) -> float:
    """Return the expected share of units whose tolerance is 0 or less: they would break by themselves.

    Example:
        >>> round(self_starting(CascadeParameters(tolerance="normal", tolerance_mean=0.25, tolerance_spread=0.2)), 4)
        0.1056
    """
    if parameters.tolerance is Tolerance.EXPONENTIAL:
        return 0.0
    mean, spread = parameters.tolerance_mean, parameters.tolerance_spread
    if parameters.tolerance is Tolerance.COMMON or spread == 0:
        return float(mean <= 0)
    return float(scipy.special.ndtr(-mean / spread))


@lru_cache(maxsize=_KEPT)
def influences(units: int, runs: int, variance: float, seed: int) -> Floats:
    """Return the factor on the pressure that each broken unit puts on others: Gamma with mean 1.

    Args:
        variance: Variance of the factor, above 0; its inverse is the dispersion kappa of the offspring.
    """
    shape = 1 / max(variance, _LEAST_VARIANCE)
    return _frozen(_generator(seed, _INFLUENCES).standard_gamma(shape, (runs, units)) / shape)


@lru_cache(maxsize=_KEPT)
def ring(units: int, neighbours: int) -> Links:
    """Return the links of a ring, alike in all runs.

    Args:
        neighbours: Neighbours of each, half of them on either side.

    Example:
        >>> ring(6, 2).of(np.array([6]))[1].tolist()
        [7, 11]
    """
    steps = np.arange(1, neighbours // 2 + 1)
    around = np.unique(np.concatenate([steps, -steps]) % units)
    around = around[around > 0]
    near = (np.arange(units)[:, None] + around) % units
    return Links(starts=np.arange(units + 1) * len(around), neighbours=_frozen(near.ravel()))


@lru_cache(maxsize=1)
def random_graphs(units: int, runs: int, neighbours: int, seed: int) -> Links:
    """Return a random graph for each run: every pair of its units is linked with the same chance.

    The gaps between linked pairs are geometric, so that pairs without a link cost nothing.

    Args:
        neighbours: Mean number of neighbours of a unit.
    """
    chance = min(neighbours / max(units - 1, 1), 1.0)
    pairs = units * (units - 1) // 2
    expected = runs * pairs * chance
    enough = int(expected + 8 * np.sqrt(expected)) + 1
    linked = np.cumsum(_generator(seed, _EDGES).geometric(chance, enough)) - 1
    run, pair = np.divmod(linked[linked < runs * pairs], max(pairs, 1))
    one, other = (run * units + ends[pair] for ends in np.triu_indices(units, 1))
    # The pairs come in order, so they are the upper half of a sparse matrix as they stand.
    places = runs * units
    starts = np.concatenate([[0], np.cumsum(np.bincount(one, minlength=places))])
    upper = scipy.sparse.csr_array((np.ones(len(one), dtype=bool), other, starts), shape=(places, places))
    both = upper + upper.T.tocsr()
    return Links(starts=both.indptr.astype(np.int64), neighbours=_frozen(both.indices.astype(np.int64)))


@lru_cache(maxsize=_KEPT)
def _exponential(runs: int, units: int, seed: int) -> Floats:
    return _frozen(_generator(seed, _TOLERANCES).standard_exponential((runs, units)))


@lru_cache(maxsize=_KEPT)
def _normal(runs: int, units: int, seed: int) -> Floats:
    # The same units are the steadfast ones whatever the distribution of tolerances.
    chance: Floats = -np.expm1(-_exponential(runs, units, seed))
    return _frozen(scipy.special.ndtri(np.clip(chance, 1e-12, 1 - 1e-12)))


def _generator(seed: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng([seed, purpose])


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
