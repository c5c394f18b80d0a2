"""The claim layer by simulation: the model that `claim_table` condenses, week by week.

All draws are common random numbers: they do not depend on rate, horizon, growth or recording probability. Counts come
from inverse distribution functions. So for one seed, size and factor no total falls when rate, horizon or growth rise.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from indicators.methods.projection.claim_layer.lookup import weekly_mean
from indicators.methods.projection.claim_layer.pace import WHOLE_MONTHS
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.readings import factor_quantile
from indicators.methods.projection.run_rate import months_of_growth

FloatArray = npt.NDArray[np.float64]

_SMALLEST = 2.0**-53


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedClaims:
    """Replicates of the claim layer.

    Args:
        factors: f of each replicate.
        recorded: Recorded cases, replicates by weeks.
        cases: All cases including those not recorded, replicates by weeks.
    """

    factors: FloatArray
    recorded: FloatArray
    cases: FloatArray

    @property
    def totals(self) -> FloatArray:
        """All cases up to the horizon, by replicate."""
        return np.asarray(np.sum(self.cases, axis=1), dtype=np.float64)


def simulate(parameters: ProjectionParameters, *, replicates: int = 2000, seed: int = 1) -> SimulatedClaims:
    """Draw weekly counts: gamma-Poisson with mean f times the pace and size r, then NB(x, p) cases not recorded.

    The pace of week w is c_1 exp(g t_w + D_m), as in `indicators.methods.projection.claim_layer.pace`.

    Args:
        parameters: Assumptions, with any reading but `ceiling`.
        replicates: Number of independent paths, at least 1.

    Raises:
        ValueError: If the reading gives no point estimate.

    Example:
        >>> result = simulate(ProjectionParameters(weeks=8), replicates=500)
        >>> result.cases.shape, bool(result.totals.mean() > 400)
        ((500, 8), True)
    """
    factor = parameters.factor
    if factor is None:
        raise ValueError('expected a reading with a point estimate, got "up to" read as a ceiling; choose another')
    choice, noise, count, unseen, missed, pace = (
        np.random.default_rng(stream) for stream in np.random.SeedSequence(seed).spawn(6)
    )
    # Weeks are rows while drawing, so that a shorter horizon sees the same numbers.
    shape = (parameters.weeks, replicates)
    factors = factor_quantile(factor, np.maximum(choice.random(replicates), _SMALLEST))
    means = weekly_mean(parameters) * _paces(parameters, pace, replicates) * factors
    if not math.isinf(parameters.size):
        means = means * noise.standard_gamma(parameters.size, shape) / parameters.size
    recorded = inverse_poisson(count.random(shape), means)
    cases = recorded
    if parameters.recording < 1:
        odds = (1 - parameters.recording) / parameters.recording
        exposure = np.zeros(shape)
        some = recorded > 0
        exposure[some] = scipy.special.gammaincinv(recorded[some], unseen.random(shape)[some])
        cases = recorded + inverse_poisson(missed.random(shape), exposure * odds)
    return SimulatedClaims(factors=factors, recorded=recorded.T, cases=cases.T)


def _paces(parameters: ProjectionParameters, draws: np.random.Generator, replicates: int) -> FloatArray:
    """Return the pace of each week relative to the first, weeks by replicates."""
    months = months_of_growth(parameters.fading)[: parameters.weeks, None]
    growth = parameters.log_growth + parameters.growth_sd * draws.standard_normal(replicates)
    whole = WHOLE_MONTHS[: parameters.weeks].astype(int)
    steps = parameters.drift * draws.standard_normal((whole[-1], replicates)) - parameters.drift**2 / 2
    drifted = np.concatenate((np.zeros((1, replicates)), np.cumsum(steps, axis=0)))
    return np.asarray(np.exp(growth * months + drifted[whole]), dtype=np.float64)


def inverse_poisson(probability: FloatArray, mean: FloatArray) -> FloatArray:
    """Return the smallest k with P(Poisson(mean) <= k) >= probability, elementwise.

    Starts at the Cornish-Fisher value and steps to the exact one; far faster than the inverse of the library.

    Args:
        probability: Between 0 and 1, exclusive of 1.
        mean: At least 0, same shape.

    Example:
        >>> inverse_poisson(np.array([0.05, 0.5, 0.95]), np.array([100.0, 100.0, 100.0])).tolist()
        [84.0, 100.0, 117.0]
    """
    normal = scipy.special.ndtri(np.clip(probability, _SMALLEST, 1 - _SMALLEST))
    count = np.maximum(np.floor(mean + np.sqrt(mean) * normal + (normal**2 - 1) / 6 + 0.5), 0.0)
    below = scipy.special.pdtr(count, mean)
    low = np.nonzero(below < probability)
    while low[0].size:
        count[low] += 1
        below[low] = scipy.special.pdtr(count[low], mean[low])
        low = tuple(axis[below[low] < probability[low]] for axis in low)
    before = below - _poisson_mass(count, mean)
    high = np.nonzero((count > 0) & (before >= probability))
    while high[0].size:
        count[high] -= 1
        before[high] -= _poisson_mass(count[high], mean[high])
        high = tuple(axis[(count[high] > 0) & (before[high] >= probability[high])] for axis in high)
    return count


def _poisson_mass(count: FloatArray, mean: FloatArray) -> FloatArray:
    logarithm = scipy.special.xlogy(count, mean) - mean - scipy.special.gammaln(count + 1)
    return np.asarray(np.exp(logarithm), dtype=np.float64)
