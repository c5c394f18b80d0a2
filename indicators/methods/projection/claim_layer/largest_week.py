"""The mean week behind a largest week: solve E[max of m weekly counts] = c for the weekly mean.

Counts are Poisson or negative binomial with size r (variance mu + mu^2 / r; infinite r is Poisson).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy

FloatArray = npt.NDArray[np.float64]

_NODES = 512
_TAIL = 1e-13
_TOLERANCE = 1e-7
_CURVE_PER_DECADE = 8
_CURVE_DECADES = (-1, 5)


@dataclass(frozen=True, eq=False)
class MaximumCurve:
    """Weekly mean as a function of the largest of m weekly counts, on a grid.

    Args:
        roots_of_maximum: Square roots of c, ascending from 0; c = 100 is one of the nodes.
        roots_of_mean: Square roots of the weekly mean at these nodes.
    """

    roots_of_maximum: FloatArray
    roots_of_mean: FloatArray


def expected_maximum(weekly_mean: FloatArray | float, observed_weeks: int, size: float = math.inf) -> FloatArray:
    """Return E[max of m counts] = sum over k >= 0 of (1 - F(k)^m).

    Where the counts are so large that the sum has more than 512 terms between its certain ends, equal blocks of
    terms are replaced by their middle one.

    Args:
        weekly_mean: Mean of F, at least 0.
        observed_weeks: m, at least 1.
        size: r of the negative binomial, infinite for Poisson.

    Raises:
        ValueError: If m is below 1 or the size is not positive.

    Example:
        >>> expected_maximum(81.58, 26).round(1).item()
        100.0
    """
    if observed_weeks < 1 or not size > 0:
        raise ValueError(f"expected at least 1 observed week and a positive size, got {observed_weeks} and {size}")
    mean = np.atleast_1d(np.asarray(weekly_mean, dtype=np.float64))[:, None]
    if math.isinf(size):
        slow, fast = mean, mean
    else:
        slow = mean * scipy.special.gammaincinv(size, _TAIL) / size
        fast = mean * scipy.special.gammainccinv(size, _TAIL / observed_weeks) / size
    first = np.floor(np.maximum(slow - 8 * np.sqrt(slow), 0))
    last = np.ceil(fast + 8 * np.sqrt(fast) + 30)
    block = np.ceil((last - first) / _NODES)
    middle = first + block * np.arange(_NODES) + (block - 1) / 2
    if math.isinf(size):
        below = scipy.special.gammaincc(middle + 1, mean)
    else:
        below = scipy.special.betainc(size, middle + 1, size / (size + mean))
    total = first[:, 0] + block[:, 0] * np.sum(1 - below**observed_weeks, axis=1)
    result = np.where(mean[:, 0] == 0, 0.0, total)
    return result.reshape(np.shape(weekly_mean))


@lru_cache(maxsize=64)
def maximum_curve(observed_weeks: int, size: float = math.inf) -> MaximumCurve:
    """Return the weekly mean behind every largest week from 0 to 100,000 on a grid; the last 64 are kept.

    Example:
        >>> curve = maximum_curve(26)
        >>> round(mean_on_curve(curve, 100.0), 2)
        81.58
    """
    start, stop = _CURVE_DECADES
    maxima = 10.0 ** (np.arange(start * _CURVE_PER_DECADE, stop * _CURVE_PER_DECADE + 1) / _CURVE_PER_DECADE)
    means = maxima if observed_weeks == 1 else _solve(maxima, observed_weeks, size)
    roots = [np.sqrt(np.concatenate(([0.0], values))) for values in (maxima, means)]
    for values in roots:
        values.setflags(write=False)
    return MaximumCurve(roots_of_maximum=roots[0], roots_of_mean=roots[1])


def mean_on_curve(curve: MaximumCurve, maximum: float) -> float:
    """Return the weekly mean by linear interpolation of its square root over the square root of c."""
    return float(np.interp(math.sqrt(maximum), curve.roots_of_maximum, curve.roots_of_mean)) ** 2


def maximum_on_curve(curve: MaximumCurve, weekly_mean: float) -> float:
    """Return the largest week that leads to a weekly mean: the inverse of `mean_on_curve`."""
    return float(np.interp(math.sqrt(weekly_mean), curve.roots_of_mean, curve.roots_of_maximum)) ** 2


def _solve(maxima: FloatArray, observed_weeks: int, size: float) -> FloatArray:
    """Solve for all maxima at once on a log scale; the mean of m counts lies between c / m and c."""
    from scipy.optimize import elementwise

    def excess(log_mean: FloatArray, log_maximum: FloatArray) -> FloatArray:
        return np.log(expected_maximum(np.exp(log_mean), observed_weeks, size)) - log_maximum

    target = np.log(maxima)
    bracket = (target - math.log(observed_weeks) - 1e-6, target + 1e-6)
    root = elementwise.find_root(excess, bracket, args=(target,), tolerances={"fatol": _TOLERANCE, "xatol": _TOLERANCE})
    return np.asarray(np.exp(root.x), dtype=np.float64)
