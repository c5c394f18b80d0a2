"""Nowcast: what recent periods will have counted once late records are in.

A nowcast needs editions: for each period, how much was known at each delay. Without them, or with too few, it refuses
with a sentence, and a chart can only mark the newest periods as incomplete.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from indicators.methods.counts.chain_ladder import Floats, ages, checked_triangle, cumulative_shares, delay_factors
from indicators.methods.levels import LEVELS

ROWS_PER_DELAY = 3
_SIZE_RANGE = (0.1, 10_000.0)
_SMALLEST_MEAN = 1e-9


@dataclass(frozen=True, kw_only=True)
class NowcastRow:
    """One incomplete period.

    Args:
        row: Its row in the triangle, counted from 0.
        age: Last delay seen; 0 for a period that has only just been reported.
        seen: Counted so far.
        value: Expected final count.
        size: Negative-binomial size of the part not yet seen, fitted to past errors at this age.
        quantiles: Final count by quantile level, from the draws.
    """

    row: int
    age: int
    seen: float
    value: float
    size: float
    quantiles: Mapping[float, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Nowcast:
    """The nowcast of all incomplete periods, or the reason for none.

    Args:
        rows: Incomplete periods, oldest first; empty if refused.
        draws: Final counts drawn, one row per incomplete period, one column per draw; add rows before quantiles.
        refusal: Why there is no nowcast; "" if there is one.
    """

    rows: tuple[NowcastRow, ...]
    draws: Floats = field(repr=False)
    refusal: str = ""


def point_nowcast(increments: ArrayLike) -> Floats:
    """Return each row's expected final count: (x + 1 - pi) / pi, x seen so far and pi the share known at the row's age.

    The term 1 - pi keeps a row that has seen nothing from being taken for a period without events.

    Args:
        increments: The triangle; see `chain_ladder.checked_triangle`.

    Raises:
        ValueError: If the triangle is malformed or a delay has no counts to learn from.

    References:
        Johnson et al. 2025, Wellcome Open Research, doi 10.12688/wellcomeopenres.25027.1.

    Example:
        >>> nan = float("nan")
        >>> point_nowcast([[50, 30, 20], [60, 36, nan], [40, nan, nan]]).round(9).tolist()
        [100.0, 120.25, 81.0]
    """
    triangle = checked_triangle(increments)
    known = cumulative_shares(delay_factors(triangle))[ages(triangle)]
    expected: Floats = (np.nansum(triangle, axis=1) + 1 - known) / known
    return expected


def nowcast(increments: ArrayLike, *, draws: int = 2000, seed: int = 1, levels: Sequence[float] = LEVELS) -> Nowcast:
    """Return the final counts of incomplete periods with their spread, or a refusal.

    The part not yet seen is negative binomial: its mean comes from the chain ladder, its size from how far nowcasts of
    rebuilt past triangles were off at the same age.

    Args:
        increments: The triangle, one row per period without gaps; see `chain_ladder.checked_triangle`.
        draws: Number of draws, at least 1.
        seed: Seed of the draws; the same seed gives the same nowcast.
        levels: Quantile levels to return, each between 0 and 1.

    Raises:
        ValueError: If the triangle is malformed or `draws` is below 1.

    References:
        Johnson et al. 2025, Wellcome Open Research, doi 10.12688/wellcomeopenres.25027.1.

    Example:
        >>> nan = float("nan")
        >>> result = nowcast([[50, 50], [60, 60], [40, 40], [70, nan]])
        >>> [(row.age, row.seen, row.value) for row in result.rows], nowcast([[50, 50], [60, nan]]).refusal[:21]
        ([(0, 70.0, 141.0)], 'A nowcast needs at le')
    """
    triangle = checked_triangle(increments)
    if draws < 1:
        raise ValueError(f"expected at least 1 draw, got {draws}")
    reason = _refusal(triangle)
    if reason:
        return Nowcast(rows=(), draws=np.empty((0, draws)), refusal=reason)
    generator = np.random.default_rng(seed)
    sizes = _sizes(triangle)
    seen, expected, age = np.nansum(triangle, axis=1), point_nowcast(triangle), ages(triangle)
    rows, drawn = [], []
    for row in np.flatnonzero(age < triangle.shape[1] - 1).tolist():
        size = sizes[int(age[row])]
        unseen = float(expected[row] - seen[row])
        drawn.append(seen[row] + generator.negative_binomial(size, size / (size + unseen), draws))
        quantiles = np.quantile(drawn[-1], levels, method="inverted_cdf").tolist()
        rows.append(
            NowcastRow(
                row=row,
                age=int(age[row]),
                seen=float(seen[row]),
                value=float(expected[row]),
                size=size,
                quantiles=dict(zip(levels, quantiles, strict=True)),
            )
        )
    return Nowcast(rows=tuple(rows), draws=np.array(drawn).reshape(len(rows), draws))


def _refusal(triangle: Floats) -> str:
    longest = triangle.shape[1] - 1
    needed = ROWS_PER_DELAY * longest
    if len(triangle) < needed:
        return (
            f"A nowcast needs at least {needed} periods with editions, {ROWS_PER_DELAY} times the longest delay of "
            f"{longest}; there are {len(triangle)}."
        )
    if (ages(triangle) != np.minimum(np.arange(len(triangle))[::-1], longest)).any():
        return (
            "A nowcast needs an edition at every step; some periods have seen fewer editions than others of their age."
        )
    try:
        # The smallest past triangle; its rows are in all others, so if it can be learnt from, they can too.
        delay_factors(_as_seen(triangle, len(triangle) - longest - 1))
    except ValueError as error:
        return f"A nowcast needs counts in its oldest periods to learn the delay from: {error}."
    return ""


def _sizes(triangle: Floats) -> list[float]:
    """Return the negative-binomial size by age, from past triangles whose rows are complete today."""
    periods, longest = len(triangle), triangle.shape[1] - 1
    finals = triangle.sum(axis=1)
    errors: list[list[tuple[float, float]]] = [[] for _ in range(longest)]
    for back in range(1, periods - longest):
        past = _as_seen(triangle, back)
        expected, seen = point_nowcast(past), np.nansum(past, axis=1)
        for age in range(longest):
            row = periods - 1 - back - age
            if not np.isnan(finals[row]):
                errors[age].append((float(finals[row] - seen[row]), float(expected[row] - seen[row])))
    return [_fitted_size(*np.array(pairs).T) for pairs in errors]


def _as_seen(triangle: Floats, back: int) -> Floats:
    """Return the triangle as it stood `back` periods ago."""
    periods = len(triangle) - back
    past = triangle[:periods].copy()
    row, delay = np.indices(past.shape)
    past[row + delay > periods - 1] = np.nan
    return past


def _fitted_size(counted: Floats, expected: Floats) -> float:
    """Return the size that makes the counts most likely given their expected values."""
    # Where nothing is expected the likelihood of a late record would be 0 and its logarithm undefined.
    expected = np.maximum(expected, _SMALLEST_MEAN)

    def cost(log_size: float) -> float:
        size = math.exp(log_size)
        return -float(np.sum(stats.nbinom.logpmf(np.rint(counted), size, size / (size + expected))))

    low, high = map(math.log, _SIZE_RANGE)
    return math.exp(float(optimize.minimize_scalar(cost, bounds=(low, high), method="bounded").x))
