"""The claim layer in closed form: a small table for the reading of a figure, and one rule for Python and the browser.

The model. Week w has the pace c C f exp(g t_w + D_m) of `pace`, with C the court share and f the factor of `readings`.
Weekly counts are negative binomial with that mean and size r. T cases are recorded in all; with recording probability p
all cases are N = T + NB(T, p), so N has the mean T / p and nothing recorded means no cases.

The table. f times a lognormal of spread w has quantiles that depend on w alone once the distribution of f is fixed. The
table holds them for 7 levels on a grid of w.

The rule, in double precision, for each week's horizon and each level with standard normal score z:
1. h_0 to h_3 as in `pace`; S and Q the sums of the middle path's growth factors and of their squares.
2. c_1 = c C, or L(c) under the reading `maximum` (see `maximum`; sqrt(L) linear in sqrt(c) between the nodes).
3. Chance, as moments of the log of a count over its mean M = c_1 exp(h_0) E[f]. a = Q / (r S^2), 0 without a size;
   b = (2 - p) / M; variance u^2 = a + a^2 / 2 + a^3 / 6 + ln(1 + b); mean -a / 2 - a^2 / 12 - ln(1 + b) / 2; third
   cumulant k = -a^2 - a^3 - 3 a (2 - p) / (M + 2) + (p^2 - 6 p + 6 - 3 (2 - p)^2) / (M + 2)^2.
4. R = the table at w = sqrt(h_1^2 + u^2), linear between nodes; V the variance of ln f; s^2 = V + w^2; q = h_1 / s.
5. N = c_1 / p R exp(h_0 + mean + (h_2 q^2 + k / (6 s^2)) (z^2 - 1) + h_3 q^3 (z^3 - 3 z)). No level is below the one
   before it, nor below its own value a week earlier. Where M or s is 0: N = M / p.
6. The mean of N is c_1 E[f] E[S] / p.
"""

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy

from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.largest_week import MaximumCurve, maximum_curve, mean_on_curve
from indicators.methods.projection.claim_layer.pace import expected_sums, log_sum_terms
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.readings import Factor, factor_mean, factor_quantile

FloatArray = npt.NDArray[np.float64]

ALGORITHM = "claim-table-2"

_WIDEST = 2.5
_NODES = 64
_CELLS = 1024
_SMALLEST = 1e-300


@lru_cache(maxsize=1)
def scores() -> FloatArray:
    """Return the standard normal scores of the levels."""
    values: FloatArray = scipy.special.ndtri(np.array(LEVELS))
    values.setflags(write=False)
    return values


@dataclass(frozen=True)
class NoiseKey:
    """What a table depends on; the sliders of rate, horizon, growth, drift, dispersion and recording do not change it.

    Args:
        factor: Distribution of f.
        observed_weeks: Only under the reading `maximum`: the number of weeks of which the figure is the largest.
        size: Only under the reading `maximum`: size r of the weekly negative binomial.
    """

    factor: Factor
    observed_weeks: int | None = None
    size: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class ClaimTable:
    """Quantiles of f times a lognormal; see the module for their meaning and the rule.

    Args:
        version: Changes whenever key, grid or algorithm change.
        spread_axis: Nodes of w.
        factors: Quantiles, levels by nodes.
        factor_mean: E[f].
        factor_log_variance: V, the variance of ln f.
        maximum: Weekly mean by largest week under the reading `maximum`, else None.
    """

    key: NoiseKey
    version: str
    spread_axis: FloatArray
    factors: FloatArray
    factor_mean: float
    factor_log_variance: float
    maximum: MaximumCurve | None


def noise_key(parameters: ProjectionParameters) -> NoiseKey | None:
    """Return what the table for these settings depends on, or None where the claim layer is empty.

    Example:
        >>> noise_key(ProjectionParameters(weekly=7)) == noise_key(ProjectionParameters())
        True
        >>> noise_key(ProjectionParameters(reading="ceiling")) is None
        True
    """
    factor = parameters.factor
    if factor is None:
        return None
    if parameters.read_as_maximum:
        return NoiseKey(factor, parameters.observed_weeks, parameters.size)
    return NoiseKey(factor)


@lru_cache(maxsize=64)
def build_table(key: NoiseKey) -> ClaimTable:
    """Build the table of a distribution of f; the last 64 are kept.

    f is cut into 1,024 equally likely cells; each quantile is the value at which the mean over the cells of the
    lognormal's distribution function is the level.

    Args:
        key: From `noise_key`.

    Example:
        >>> table = build_table(NoiseKey(Factor("triangular", (0.5, 0.8, 1.0))))
        >>> table.factors[:, 0].round(3).tolist()
        [0.587, 0.622, 0.694, 0.774, 0.842, 0.9, 0.929]
    """
    axis = _WIDEST * (np.arange(_NODES) / (_NODES - 1)) ** 2
    cells = factor_quantile(key.factor, (np.arange(_CELLS) + 0.5) / _CELLS)
    logs = np.log(np.maximum(cells, _SMALLEST))
    factors = np.empty((len(LEVELS), _NODES))
    factors[:, 0] = factor_quantile(key.factor, np.array(LEVELS))
    if key.factor.shape in ("fixed", "log_normal"):
        own = key.factor.parameters[0] if key.factor.parameters else 0.0
        factors[:] = np.exp(scores()[:, None] * np.hypot(own, axis))
    elif cells[-1] == 0:
        factors[:] = 0.0
    else:
        found = np.log(np.maximum(factors[:, 0], _SMALLEST))
        for node in range(1, _NODES):
            found = _mixed_quantiles(logs, float(axis[node]), found, 4 * float(axis[node] - axis[node - 1]))
            factors[:, node] = np.exp(found)
    curve = None
    if key.observed_weeks is not None:
        curve = maximum_curve(key.observed_weeks, math.inf if key.size is None else key.size)
    for values in (axis, factors):
        values.setflags(write=False)
    return ClaimTable(
        key=key,
        version=hashlib.sha256(repr((ALGORITHM, key, _CELLS, LEVELS, axis.tolist())).encode()).hexdigest()[:12],
        spread_axis=axis,
        factors=factors,
        factor_mean=factor_mean(key.factor),
        factor_log_variance=float(np.var(logs)),
        maximum=curve,
    )


def quantile_paths(table: ClaimTable, parameters: ProjectionParameters) -> FloatArray:
    """Return the 7 quantiles of all cases after each week up to the horizon, levels by weeks.

    Args:
        table: From `build_table`, for these parameters.

    Example:
        >>> still = ProjectionParameters(drift=0, growth_sd=0)
        >>> quantile_paths(build_table(noise_key(still)), still)[[0, 3, 6], -1].round().tolist()
        [2869.0, 3807.0, 4653.0]
    """
    first, recording = weekly_mean(parameters), parameters.recording
    h0, h1, h2, h3 = (term[:, None] for term in log_sum_terms(parameters))
    middle = parameters.growth_sums[:, None]
    squares = np.cumsum(np.diff(middle[:, 0], prepend=0.0) ** 2)[:, None]
    mean = first * np.exp(h0) * table.factor_mean
    if first * table.factor_mean == 0:
        return np.zeros((len(LEVELS), parameters.weeks))
    uneven = squares / (parameters.size * middle**2)
    chance = np.log1p((2 - recording) / np.maximum(mean, _SMALLEST))
    variance = uneven + uneven**2 / 2 + uneven**3 / 6 + chance
    shift = -uneven / 2 - uneven**2 / 12 - chance / 2
    third = -(uneven**2) - uneven**3 - 3 * uneven * (2 - recording) / (mean + 2)
    third += (recording**2 - 6 * recording + 6 - 3 * (2 - recording) ** 2) / (mean + 2) ** 2
    spread = np.sqrt(h1**2 + variance)
    whole = table.factor_log_variance + spread**2
    share = h1 / np.sqrt(whole)
    z = scores()
    bend = (h2 * share**2 + third / (6 * whole)) * (z**2 - 1) + h3 * share**3 * (z**3 - 3 * z)
    factors = np.column_stack([np.interp(spread[:, 0], table.spread_axis, row) for row in table.factors])
    values = first / recording * factors * np.exp(h0 + shift + bend)
    return np.maximum.accumulate(np.maximum.accumulate(values, axis=1), axis=0).T


def mean_path(table: ClaimTable, parameters: ProjectionParameters) -> FloatArray:
    """Return the mean of all cases after each week up to the horizon: c_1 E[f] E[S] / p.

    Example:
        >>> still = ProjectionParameters(drift=0, growth_sd=0)
        >>> round(float(mean_path(build_table(noise_key(still)), still)[-1]), 1)
        3787.3
    """
    return weekly_mean(parameters) * table.factor_mean * expected_sums(parameters) / parameters.recording


def weekly_mean(parameters: ProjectionParameters) -> float:
    """Return the mean c_1 of the first week before the factor f: c times the court share, or L(c) as a maximum.

    Example:
        >>> weekly_mean(ProjectionParameters()), weekly_mean(ProjectionParameters(qualifier="about"))
        (95.0, 100.0)
    """
    if parameters.read_as_maximum:
        return mean_on_curve(maximum_curve(parameters.observed_weeks, parameters.size), parameters.weekly)
    return parameters.weekly * parameters.court_share


def _mixed_quantiles(logs: FloatArray, spread: float, near: FloatArray, reach: float) -> FloatArray:
    """Return the quantiles of a mixture of normals of one spread, by bisection within reach of what they are near."""
    low, high = near - reach, near + reach
    for _ in range(24):
        middle = (low + high) / 2
        below = np.mean(scipy.special.ndtr((middle[:, None] - logs) / spread), axis=1) < LEVELS
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2
