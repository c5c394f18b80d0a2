"""How far the index depends on choices that could have been made otherwise: draws, bands, chances and shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.methods.index.chain import Plan, chained, pressure_means
from indicators.methods.index.grid import Grid, Mask, grid_of
from indicators.methods.index.index import MoraleIndex, index_of_grid, shown, weighted
from indicators.methods.index.scales import SCALES, Array
from indicators.methods.levels import LEVELS

DRAWS = 2_000
POWERS = (1, 0, -1)
CONCENTRATION = 6.0
"""Of the Dirichlet draws of weights: 6 times the number of pillars times each pillar's weight."""

CHOICES = ("scale", "mean", "weights", "left_out", "inputs")
"""What is drawn: how figures are scaled, how pillars are put together, the weights, which part is left out, and where
each figure lies within its bounds."""

SOBOL_DRAWS = 1_024
_SEED = 20_231_130


@dataclass(frozen=True, kw_only=True, eq=False)
class Draws:
    """Choices drawn at random, one column a draw; half the usual digits do, and take half the time.

    Args:
        scale: Number of the scale in `SCALES`.
        power: Power of the mean.
        weights: Weight of every pillar, pillars down.
        kept: 1 for every part but the one left out, if any, parts down.
        inputs: Place of every figure between its lowest value, -1, and its highest, 1, figures down.
    """

    scale: NDArray[np.int64]
    power: NDArray[np.int64]
    weights: Array
    kept: Array
    inputs: Array

    def __len__(self) -> int:
        """Return the number of draws."""
        return len(self.scale)


@dataclass(frozen=True, kw_only=True, eq=False)
class Robustness:
    """What the draws come to.

    Args:
        runs: Index of every month and draw, cut off at 1 and 100; months down.
        rises: Chance that a month stands above the one before it, ties by half; not a number where a run starts.
    """

    months: tuple[pd.Period, ...]
    runs: Array
    rises: Array

    @cached_property
    def levels(self) -> dict[float, list[float]]:
        """Quantiles of every published month by level."""
        if not self.months:
            return {level: [] for level in LEVELS}
        return dict(zip(LEVELS, np.quantile(self.runs, LEVELS, axis=1).tolist(), strict=True))

    def chance_of_rise(self, month: pd.Period) -> float | None:
        """Return the chance that a month stands above the one before; None where that one is refused."""
        chance = float(self.rises[self.months.index(month)])
        return None if np.isnan(chance) else chance


def robustness(index: MoraleIndex, draws: int = DRAWS) -> Robustness:
    """Draw all choices at once and work out the index for each draw.

    Which months are published, and over which parts they are linked, stays as it is.
    """
    grid = index.grid
    runs = evaluate(index, draw_choices(grid, tuple(index.parameters.shares.values()), draws))
    step = np.diff(runs, axis=0, prepend=runs[:1])
    rises = np.mean(step > _TIE, axis=1) + 0.5 * np.mean(np.abs(step) <= _TIE, axis=1)
    return Robustness(
        months=tuple(grid.months[place] for place in index.plan.published),
        runs=runs,
        rises=np.where(index.plan.starts, np.nan, rises),
    )


_TIE = 1e-3
"""Difference of two months that rounding alone could bring."""


def draw_choices(grid: Grid, shares: Sequence[float], draws: int, seed: int = _SEED) -> Draws:
    """Draw all choices independently: scales and means in equal blocks, weights about those given, the rest at random.

    Args:
        shares: Weight of every pillar as a share of 1.

    Returns:
        Draws that differ only by the weights where only the weights differ.
    """
    return _draw(len(grid.parts), grid.figures, tuple(shares), draws, seed)


@lru_cache(maxsize=4)
def _draw(parts: int, figures: int, shares: tuple[float, ...], draws: int, seed: int) -> Draws:
    kept, inputs, orders = _fixed(parts, figures, draws, seed)
    positive = np.array(shares) > 0
    weights = np.zeros((len(shares), draws), dtype=np.float32)
    alpha = CONCENTRATION * np.array(shares)[positive] * positive.sum()
    weights[positive] = np.random.default_rng([seed, 2]).dirichlet(alpha, draws).T
    return Draws(scale=orders[0], power=orders[1], weights=weights, kept=kept, inputs=inputs)


@lru_cache(maxsize=4)
def _fixed(parts: int, figures: int, draws: int, seed: int) -> tuple[Array, Array, tuple[NDArray[np.int64], ...]]:
    generator = np.random.default_rng([seed, 1])
    left_out = generator.integers(0, parts + 1, draws)
    kept = (left_out != np.arange(parts)[:, None]).astype(np.float32)
    inputs = generator.uniform(-1.0, 1.0, (figures, draws)).astype(np.float32)
    block = np.arange(draws) * len(SCALES) * len(POWERS) // draws
    return kept, inputs, (block // len(POWERS), np.array(POWERS)[block % len(POWERS)])


def evaluate(index: MoraleIndex, draws: Draws) -> Array:
    """Return the index of every draw and published month, cut off at 1 and 100.

    A draw that leaves out the only part of a month with a weight keeps that part: there would be nothing to publish.
    """
    grid, plan = index.grid, index.plan
    runs = np.empty((len(plan.published), len(draws)))
    figure = grid.figure[plan.rows]
    for number, scale in enumerate(SCALES):
        ends = _ends(grid, plan, scale)
        for power in POWERS:
            chosen = _run_of((draws.scale == number) & (draws.power == power))
            morale, weights = _within(ends, draws.inputs[:, chosen], figure), draws.weights[:, chosen]
            means = pressure_means(plan, morale, grid.pillar_of, weights, power, draws.kept[:, chosen])
            bare = np.isnan(means)
            if bare.any():
                means[bare] = pressure_means(plan, morale, grid.pillar_of, weights, power)[bare]
            runs[:, chosen] = shown(chained(plan, means))
    return runs


def _run_of(chosen: Mask) -> slice | NDArray[np.int64]:
    """Return the places that are chosen, as a slice where they follow each other: it saves copies."""
    places = np.flatnonzero(chosen)
    if not places.size or np.ptp(places) + 1 > places.size:
        return places
    return slice(int(places[0]), int(places[-1]) + 1)


def _ends(grid: Grid, plan: Plan, scale: str) -> list[Array]:
    """Return the scores of the lowest values, the figures and the highest values, parts by rows of the plan."""
    ends = (grid.morale(values, scale)[plan.rows] for values in (grid.low, grid.value, grid.high))
    return [np.ascontiguousarray(np.nan_to_num(end, nan=1.0).T, dtype=np.float32) for end in ends]


def _within(ends: Sequence[Array], inputs: Array, figure: NDArray[np.int64]) -> Array:
    """Return scores within the bounds of their figures, parts by rows by draws."""
    low, middle, high = (end[:, :, None] for end in ends)
    place = inputs[figure.T]
    morale: Array = np.where(place > 0, high - middle, middle - low)
    morale *= place
    morale += middle
    return morale


def without_each_part(index: MoraleIndex) -> dict[str, MoraleIndex]:
    """Return the index without each part in turn, with its own published and refused months."""
    found = {}
    for place, part in enumerate(index.grid.parts):
        if not weighted(index.grid, index.parameters)[place]:
            continue
        cells = {key: {} if key == part.id else held for key, held in index.grid.cells.items()}
        found[part.id] = index_of_grid(grid_of(index.grid.parts, cells), index.parameters)
    return found


@dataclass(frozen=True, kw_only=True)
class ChoiceShares:
    """How much of the spread of a figure each choice brings.

    Args:
        first: First-order Sobol index by choice: the share of the variance that it brings by itself.
        total: Total Sobol index by choice: with all its interactions.
        spread: Standard deviation of the figure.
    """

    first: dict[str, float]
    total: dict[str, float]
    spread: float

    @property
    def together(self) -> float:
        """Share of the variance that choices bring only together."""
        return max(1.0 - sum(self.first.values()), 0.0)


def choice_shares(index: MoraleIndex, draws: int = SOBOL_DRAWS) -> tuple[ChoiceShares, ChoiceShares | None]:
    """Return the Sobol indices of the newest published month, and of its change since the month before.

    S_i = mean(f(B) (f(A_i) - f(A))) / V and T_i = mean((f(A) - f(A_i))^2) / (2 V), with A and B two independent sets of
    draws, A_i the set A with choice i from B, and V the variance over A and B.

    Args:
        index: The index; some month must be published.

    Returns:
        Shares of the level; and of the change, None where the month before is refused or nothing moves.

    References:
        Saltelli et al. 2010, Comput. Phys. Commun. 181:259, doi 10.1016/j.cpc.2009.09.018; Saisana, Saltelli and
        Tarantola 2005, J. R. Stat. Soc. A 168:307, doi 10.1111/j.1467-985X.2005.00350.x.
    """
    shares = tuple(index.parameters.shares.values())
    generator = np.random.default_rng([_SEED, 3])
    first, second = (
        _shuffled(draw_choices(index.grid, shares, draws, seed), generator) for seed in (_SEED + 1, _SEED + 2)
    )
    fields = {"scale": "scale", "mean": "power", "weights": "weights", "left_out": "kept", "inputs": "inputs"}
    base, other = evaluate(index, first), evaluate(index, second)
    mixed = {name: evaluate(index, replace(first, **{field: getattr(second, field)})) for name, field in fields.items()}
    level = _shares(base[-1], other[-1], {name: runs[-1] for name, runs in mixed.items()})
    if len(base) < 2 or index.plan.starts[-1]:
        return level, None
    change = {name: runs[-1] - runs[-2] for name, runs in mixed.items()}
    moved = base[-1] - base[-2], other[-1] - other[-2]
    return level, _shares(*moved, change) if np.ptp(np.concatenate(moved)) > _TIE else None


def _shuffled(draws: Draws, generator: np.random.Generator) -> Draws:
    """Return draws whose scales and means come in random order, so that two sets are independent."""
    order = generator.permutation(len(draws))
    return replace(draws, scale=draws.scale[order], power=draws.power[order])


def _shares(base: Array, other: Array, mixed: Mapping[str, Array]) -> ChoiceShares:
    variance = float(np.var(np.concatenate([base, other])))
    scale = max(variance, _TIE)
    return ChoiceShares(
        first={name: max(float(np.mean(other * (runs - base))) / scale, 0.0) for name, runs in mixed.items()},
        total={name: float(np.mean((base - runs) ** 2)) / (2 * scale) for name, runs in mixed.items()},
        spread=variance**0.5,
    )
