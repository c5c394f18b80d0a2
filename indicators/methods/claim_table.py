"""A seeded, versioned lookup table of the claim layer, which Python and the browser interpolate by one rule.

The model. Week s has the mean m_s; the sum over weeks is M. The factor f (see `readings`) is common to all weeks.
Weekly counts are negative binomial with size r and mean f m_s. Their sum is taken as negative binomial with mean f M
and size k = r M^2 / sum m_s^2, which has the same variance and is exact without growth. T cases are recorded; with
recording probability p all cases are N = T + NB(T + 1, p) (flat prior).

The table. X = p (N + 1) has quantiles that depend on M, k and p alone once the distribution of f is fixed. The table
holds sqrt(X) for 7 levels on a grid of p, 1 / sqrt(k) and sqrt(M).

The interpolation rule, for Python and JavaScript alike, all in double precision:
1. s = 0 if r is infinite, else sqrt(Q / (r S^2)), with S and Q the damped sums of `growth_table` at the week.
2. M = c (D / 260) S, c the weekly figure and D the working days. Under the reading `maximum`, M = L S, with sqrt(L)
   linear in sqrt(c) between the nodes of `maximum`; the calendar is not applied.
3. On each axis (p, s, sqrt(M)) clamp the value to the ends; take the last node i, but one, that is not above it;
   the weight of node i + 1 is (value - node i) / (node i + 1 - node i).
4. y = the weighted sum of the 8 surrounding entries; quantile = max(0, y * y / p - 1).
5. The mean is (M * factor_mean + 1) / p - 1.
6. Along the weeks each level is replaced by its running maximum, so that a longer horizon never gives less.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import special

from indicators.methods.levels import LEVELS
from indicators.methods.maximum import MaximumCurve, maximum_curve, mean_on_curve
from indicators.methods.parameters import BOUNDS, ProjectionParameters
from indicators.methods.readings import Factor, factor_mean, factor_quantile
from indicators.methods.run_rate import calendar_share

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]

ALGORITHM = "claim-table-1"
SEED = 20230830

_DRAWS = 4096
_LARGEST_ROOT_MEAN = 6500.0
_LARGEST_SPREAD = 1 / math.sqrt(BOUNDS["dispersion"][0])
_MEAN_AXIS = _LARGEST_ROOT_MEAN * np.expm1(8 * np.arange(48) / 47) / math.expm1(8)
_SPREAD_AXIS = _LARGEST_SPREAD * (np.arange(16) / 15) ** 2
_RECORDING_AXIS = np.array([0.0, 1.0])
_PLASTIC = 1.2207440846057596


@dataclass(frozen=True)
class NoiseKey:
    """What a table depends on; the sliders of rate, horizon, growth, dispersion and recording do not change it.

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
    """Quantiles of the claim layer; see the module for their meaning and the interpolation rule.

    Args:
        key: What the table was built for.
        version: Changes whenever key, seed, grid or algorithm change.
        levels: The 7 quantile levels.
        recording_axis: Nodes of p.
        spread_axis: Nodes of 1 / sqrt(k).
        mean_axis: Nodes of sqrt(M).
        roots: sqrt(X), by level, recording, spread, mean.
        factor_mean: E[f].
        maximum: Weekly mean by largest week under the reading `maximum`, else None.
    """

    key: NoiseKey
    version: str
    levels: tuple[float, ...]
    recording_axis: FloatArray
    spread_axis: FloatArray
    mean_axis: FloatArray
    roots: SingleArray
    factor_mean: float
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
def build_table(key: NoiseKey, *, seed: int = SEED) -> ClaimTable:
    """Build the table of a distribution of f from 4,096 quasi-random draws; the last 64 are kept.

    Args:
        key: From `noise_key`.
        seed: Shifts the draws; the same seed gives the same table.

    Example:
        >>> table = build_table(NoiseKey(Factor("fixed")))
        >>> [round(float(value)) for value in quantiles(table, 5200.0, math.inf)[[0, 3, 6]]]
        [5082, 5200, 5319]
    """
    uniforms = _uniforms(seed)
    factors = factor_quantile(key.factor, uniforms[0])
    normals = special.ndtri(uniforms[2]).astype(np.float32)
    means = (_MEAN_AXIS[:, None] ** 2 * factors).astype(np.float32)
    shape = (len(LEVELS), len(_RECORDING_AXIS), len(_SPREAD_AXIS), len(_MEAN_AXIS))
    values = np.empty(shape, dtype=np.float32)
    rates, work, draws = (np.empty_like(means) for _ in range(3))
    for column, gammas in enumerate(_gammas(seed)):
        np.multiply(means, gammas, out=rates)
        for row, recording in enumerate(_RECORDING_AXIS):
            _scale_counts(rates, normals, float(recording), work, draws)
            draws.sort(axis=-1)
            values[:, row, column, :] = _levels_of_sorted(draws)
    # The draws are common to all means, so only the floor for tiny means can break the order that this restores.
    roots = np.maximum.accumulate(np.sqrt(values), axis=-1)
    roots.setflags(write=False)
    curve = None
    if key.observed_weeks is not None:
        curve = maximum_curve(key.observed_weeks, math.inf if key.size is None else key.size)
    return ClaimTable(
        key=key,
        version=_version(key, seed),
        levels=LEVELS,
        recording_axis=_RECORDING_AXIS,
        spread_axis=_SPREAD_AXIS,
        mean_axis=_MEAN_AXIS,
        roots=roots,
        factor_mean=factor_mean(key.factor),
        maximum=curve,
    )


def quantiles(
    table: ClaimTable, mean: FloatArray | float, size: FloatArray | float, recording: float = 1.0
) -> FloatArray:
    """Return the 7 quantiles of the total for means M, effective sizes k and a recording probability.

    Args:
        table: From `build_table`.
        mean: M, at least 0, before the factor f and before recording.
        size: k, positive; infinite for Poisson. Same shape as `mean`.
        recording: p, above 0, at most 1.

    Returns:
        Array with the levels first, then the shape of `mean`.

    Example:
        >>> table = build_table(NoiseKey(Factor("triangular", (0.5, 0.8, 1.0))))
        >>> quantiles(table, 0.0, math.inf).tolist() == [0.0] * 7
        True
    """
    roots = table.roots.astype(np.float64)
    means, sizes = np.broadcast_arrays(np.asarray(mean, dtype=np.float64), np.asarray(size, dtype=np.float64))
    across, weight_across = _locate(table.recording_axis, np.asarray(recording, dtype=np.float64))
    roots = roots[:, across] * (1 - weight_across) + roots[:, across + 1] * weight_across
    down, weight_down = _locate(table.spread_axis, 1 / np.sqrt(sizes))
    along, weight_along = _locate(table.mean_axis, np.sqrt(means))
    upper = roots[:, down, along] * (1 - weight_along) + roots[:, down, along + 1] * weight_along
    lower = roots[:, down + 1, along] * (1 - weight_along) + roots[:, down + 1, along + 1] * weight_along
    value = upper * (1 - weight_down) + lower * weight_down
    return np.maximum(value**2 / recording - 1, 0.0)


def mean_total(table: ClaimTable, mean: FloatArray | float, recording: float = 1.0) -> FloatArray:
    """Return the mean of the total: (M E[f] + 1) / p - 1.

    Example:
        >>> round(mean_total(build_table(NoiseKey(Factor("triangular", (0.5, 0.8, 1.0)))), 4940.0).item(), 1)
        3787.3
    """
    return (np.asarray(mean, dtype=np.float64) * table.factor_mean + 1) / recording - 1


def weekly_mean(parameters: ProjectionParameters) -> float:
    """Return the mean m_1 of the first week before the factor f: c D / 260, or L(c) under the reading `maximum`.

    Example:
        >>> weekly_mean(ProjectionParameters())
        95.0
    """
    if parameters.read_as_maximum:
        return mean_on_curve(maximum_curve(parameters.observed_weeks, parameters.size), parameters.weekly)
    return parameters.weekly * calendar_share(parameters.working_days)


def _uniforms(seed: int) -> FloatArray:
    """Return 3 rows of evenly spread points in (0, 1): an additive lattice, shifted by the seed."""
    steps = _PLASTIC ** -np.arange(1.0, 4.0)
    points = np.arange(_DRAWS) * steps[:, None] + np.random.default_rng(seed).random(3)[:, None]
    # Centred in 2^-24 cells, so that no point is exactly 0 or 1.
    return (np.floor(points % 1 * 2**24) + 0.5) / 2**24


@lru_cache(maxsize=4)
def _gammas(seed: int) -> SingleArray:
    """Return gamma draws of mean 1 and variance 1 / k for every node of the spread axis."""
    normals = special.ndtri(_uniforms(seed)[1])
    # The inverse is slow, so it is taken at 513 nodes and interpolated between them.
    nodes = np.linspace(normals.min(), normals.max(), 513)
    rows = [np.ones(_DRAWS)]
    for spread in _SPREAD_AXIS[1:]:
        exact = special.gammaincinv(spread**-2, special.ndtr(nodes)) * spread**2
        rows.append(np.interp(normals, nodes, exact))
    return np.array(rows, dtype=np.float32)


def _scale_counts(
    rates: SingleArray, normals: SingleArray, recording: float, work: SingleArray, draws: SingleArray
) -> None:
    """Write draws of X = p (N + 1) given Poisson rates into `draws`, by three cumulants (Cornish-Fisher).

    N + 1 is a sum of T + 1 geometric variables, T Poisson. Cumulants of X for rate a: a + 1;
    a (2 - p) + (1 - p); a (p^2 - 6 p + 6) + (1 - p)(2 - p). Buffers are reused: allocating them takes longer than
    the arithmetic.
    """
    p = recording
    np.multiply(rates, np.float32(2 - p), out=work)
    work += np.float32(max(1 - p, 1e-30))
    np.multiply(rates, np.float32((p * p - 6 * p + 6) / 6), out=draws)
    draws += np.float32((1 - p) * (2 - p) / 6)
    draws /= work
    draws *= normals**2 - 1
    np.sqrt(work, out=work)
    work *= normals
    draws += work
    draws += rates
    draws += np.float32(1)
    np.maximum(draws, np.float32(p), out=draws)


def _levels_of_sorted(draws: SingleArray) -> SingleArray:
    """Return the levels of sorted rows, levels first: linear between the middles of the steps (Hazen)."""
    place = np.array(LEVELS) * draws.shape[-1] - 0.5
    below = np.floor(place).astype(int)
    weight = (place - below).astype(np.float32)
    return np.moveaxis(draws[..., below] * (1 - weight) + draws[..., below + 1] * weight, -1, 0)


def _locate(axis: FloatArray, value: FloatArray) -> tuple[npt.NDArray[np.intp], FloatArray]:
    clamped = np.clip(value, axis[0], axis[-1])
    index = np.clip(np.searchsorted(axis, clamped, side="right") - 1, 0, len(axis) - 2)
    return index, (clamped - axis[index]) / (axis[index + 1] - axis[index])


def _version(key: NoiseKey, seed: int) -> str:
    axes = (_MEAN_AXIS, _SPREAD_AXIS, _RECORDING_AXIS)
    content = repr((ALGORITHM, key, seed, _DRAWS, LEVELS, [axis.tolist() for axis in axes]))
    return hashlib.sha256(content.encode()).hexdigest()[:12]
