"""The index of pressure on morale: its months, their parts, and what it refuses."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from indicators.methods.index.chain import Plan, chained, plan_of, pressure_means
from indicators.methods.index.coverage import MonthState, month_states
from indicators.methods.index.grid import Grid
from indicators.methods.index.parameters import IndexParameters
from indicators.methods.index.parts import PILLARS
from indicators.methods.index.scales import CALM, WORST, Array


@dataclass(frozen=True, kw_only=True, eq=False)
class MoraleIndex:
    """The index for some weights, as known on one day.

    Args:
        states: State of every month of the grid.
        plan: Means that the published months rest on.
        values: Index of every published month, not cut off; on screen it is.
    """

    parameters: IndexParameters
    grid: Grid
    states: tuple[MonthState, ...]
    plan: Plan = field(repr=False)
    values: Array

    @cached_property
    def value_of(self) -> dict[pd.Period, float]:
        """The index of every published month, from 1 to 100."""
        months = (self.grid.months[place] for place in self.plan.published)
        return dict(zip(months, shown(self.values).tolist(), strict=True))

    @property
    def published(self) -> tuple[MonthState, ...]:
        """The published months."""
        return tuple(state for state in self.states if state.published)

    @property
    def linked(self) -> frozenset[pd.Period]:
        """Published months that are linked to the one before over the parts both have."""
        return frozenset(self.grid.months[place] for place in self.plan.published[self.plan.linked])

    @cached_property
    def part_scores(self) -> Array:
        """Pressure of every part in every month of the grid, cut off at the goalposts; not a number where none is."""
        return CALM + WORST - self.grid.morale(self.grid.value)

    @cached_property
    def pillar_scores(self) -> Array:
        """Pressure of every pillar in every month: the mean of its parts that have a figure."""
        scores, pillars = self.part_scores, self.grid.pillar_of
        columns = []
        for number in range(len(PILLARS)):
            own = scores[:, pillars == number]
            held = ~np.isnan(own)
            count = held.sum(axis=1)
            columns.append(np.where(count, np.nansum(own, axis=1) / np.maximum(count, 1), np.nan))
        return np.column_stack(columns)


def shown(values: Array) -> Array:
    """Return index values as they are shown: cut off at 1 and 100, which links may pass."""
    return np.clip(values, CALM, WORST)


def index_of_grid(grid: Grid, parameters: IndexParameters) -> MoraleIndex:
    """Work out the index from cells."""
    states = month_states(grid, parameters.shares)
    present = grid.present & weighted(grid, parameters)
    plan = plan_of(present, [state.published for state in states])
    return MoraleIndex(
        parameters=parameters,
        grid=grid,
        states=states,
        plan=plan,
        values=index_values(grid, plan, parameters, grid.value),
    )


def weighted(grid: Grid, parameters: IndexParameters) -> np.ndarray:
    """Return which parts have a weight."""
    return np.array([parameters.shares[part.pillar] > 0 for part in grid.parts])


def index_values(grid: Grid, plan: Plan, parameters: IndexParameters, values: Array) -> Array:
    """Return the index of every published month for figures in the places of a grid.

    Args:
        plan: Means that the published months rest on.
    """
    morale = np.nan_to_num(grid.morale(values)[plan.rows], nan=1.0).T[:, :, None]
    weights = np.array([[parameters.shares[pillar.id]] for pillar in PILLARS])
    return chained(plan, pressure_means(plan, morale, grid.pillar_of, weights, parameters.mean.power))[:, 0]
