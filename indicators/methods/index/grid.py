"""The cells of all parts side by side: one array a quantity, months down and parts across."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.methods.index.cells import Basis, Cell, Cells
from indicators.methods.index.parts import PILLARS, Part
from indicators.methods.index.scales import Array, capped, scores

Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """Figures of all parts in all months.

    Args:
        parts: Parts, across.
        months: Months, down: from the first to the last with a figure of its own.
        value: Figures in each part's unit; not a number where there is none.
        figure: Number of the figures behind each place: the same where one figure stands for several months.
    """

    parts: tuple[Part, ...]
    months: tuple[pd.Period, ...]
    cells: Cells
    value: Array
    low: Array
    high: Array
    figure: NDArray[np.int64]
    figures: int

    @property
    def present(self) -> Mask:
        """Where there is a figure, carried ones included."""
        return ~np.isnan(self.value)

    @property
    def fresh(self) -> Mask:
        """Where there is a figure that is not carried."""
        return np.array(
            [
                [
                    (cell := self.cell(month, part)) is not None and cell.basis is not Basis.CARRIED
                    for part in self.parts
                ]
                for month in self.months
            ],
            dtype=bool,
        ).reshape(self.value.shape)

    @property
    def pillar_of(self) -> NDArray[np.int64]:
        """Number of each part's pillar."""
        numbers = {pillar.id: number for number, pillar in enumerate(PILLARS)}
        return np.array([numbers[part.pillar] for part in self.parts])

    def cell(self, month: pd.Period, part: Part) -> Cell | None:
        """Return what stands in a month for a part."""
        return self.cells.get(part.id, {}).get(month)

    def morale(self, values: Array, scale: str = "goalposts") -> Array:
        """Return figures of this shape as scores on the morale scale, 101 - s, cut off at the goalposts."""
        columns = [101.0 - capped(scores(values[:, place], part, scale)) for place, part in enumerate(self.parts)]
        return np.column_stack(columns) if columns else np.empty(values.shape)


def grid_of(parts: Sequence[Part], cells: Cells) -> Grid:
    """Lay the cells of all parts side by side.

    Args:
        cells: From `monthly_cells`.
    """
    own = [month for held in cells.values() for month, cell in held.items() if cell.basis is not Basis.CARRIED]
    months = tuple(pd.period_range(min(own), max(own), freq="M")) if own else ()
    shape = (len(months), len(parts))
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    figure = np.zeros(shape, dtype=np.int64)
    numbers: dict[tuple[str, ...], int] = {}
    # Month by month, so that the numbers, and with them the draws, of earlier months outlast a later one.
    for down, month in enumerate(months):
        for across, part in enumerate(parts):
            cell = cells[part.id].get(month)
            if cell is not None:
                value[down, across], low[down, across], high[down, across] = cell.value, cell.low, cell.high
                figure[down, across] = numbers.setdefault(cell.rows, len(numbers))
    return Grid(
        parts=tuple(parts),
        months=months,
        cells=cells,
        value=value,
        low=low,
        high=high,
        figure=figure,
        figures=max(len(numbers), 1),
    )
