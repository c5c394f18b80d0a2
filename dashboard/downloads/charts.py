"""The charts of a view as the browser hands them over: it alone knows what its reader has set, hidden and zoomed to."""

import re
from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

LARGEST = 2_200_000
"""Bytes of charts that a request may carry."""
MOST_ROWS, MOST_COLUMNS, MOST_CHARTS = 20_000, 100, 40
LONGEST_NAME = 80
MOST_CELLS = 68_000
"""Filled cells that are written for all charts of a request: a reader's longest file, about a second's work."""
LINK_IN_CELLS, EMPTY_IN_CELLS = 5, 0.25
"""How many filled cells it takes as long to write as one that is a link, and as one that is empty."""
MOST_ABOUT = 20
MOST_REPEATED = 8_000_000
"""Characters of what holds for a whole chart, counted in each of its rows."""
LARGEST_NUMBER = 2**53
"""Up to here a number is the same in a browser, here and in a spreadsheet."""


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Pages(_Given):
    """A cell that names pages: of each its name, address and note."""

    pages: tuple[tuple[str, str, str], ...]
    limit: int = 0

    def __str__(self) -> str:
        """Write the pages as a cell of a file."""
        return "; ".join(f"{name} {address}" for name, address, _ in self.pages)


Whole = Annotated[int, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
Cell = str | Whole | float | Pages | None


class Table(_Given):
    """The numbers behind a chart."""

    columns: Annotated[tuple[str, ...], Field(max_length=MOST_COLUMNS)]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(max_length=MOST_ROWS)]

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        if any(len(row) > len(self.columns) for row in self.rows):
            raise ValueError("expected no row longer than the columns")
        return self


class Chart(_Given):
    """A chart with its numbers, its picture and where it is from.

    Args:
        about: What holds for the whole chart, by name: day, data version, source line, address.
        table: Its numbers; None where it has none.
        svg: Its picture; empty for none.
    """

    file_name: Annotated[str, Field(max_length=500)]
    title: str
    about: Annotated[dict[str, str], Field(max_length=MOST_ABOUT)]
    table: Table | None = None
    svg: str = ""

    @property
    def stem(self) -> str:
        """Stem of its files, without what means something in a path or can't stand in a header."""
        return re.sub(r"[^\w-]+", "_", self.file_name, flags=re.ASCII)[:LONGEST_NAME] or "chart"


def check_sizes(charts: Sequence[Chart]) -> None:
    """Refuse charts that take long to write, though few bytes describe them.

    Raises:
        ValueError: If they hold more cells or repeat more text than a page sends.
    """
    cells, repeated = 0.0, 0
    for chart in charts:
        if chart.table is not None:
            cells += sum(_in_cells(cell) for row in chart.table.rows for cell in row)
            repeated += len(chart.table.rows) * sum(map(len, chart.about.values()))
    if cells > MOST_CELLS or repeated > MOST_REPEATED:
        raise ValueError(f"expected at most {MOST_CELLS:,} cells, and {MOST_REPEATED:,} characters repeated in rows")


def _in_cells(cell: Cell) -> float:
    if cell is None:
        return EMPTY_IN_CELLS
    return LINK_IN_CELLS if isinstance(cell, Pages) else 1
