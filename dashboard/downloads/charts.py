"""The charts of a view as the browser hands them over: it alone knows what its reader has set, hidden and zoomed to."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LARGEST = 2_200_000
"""Bytes of charts that a request may carry."""
MOST_ROWS, MOST_COLUMNS, MOST_CHARTS = 20_000, 100, 40
LONGEST_NAME = 80


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pages(_Given):
    """A cell that names pages: of each its name, address and note."""

    pages: tuple[tuple[str, str, str], ...]
    limit: int = 0

    def __str__(self) -> str:
        """Write the pages as a cell of a file."""
        return "; ".join(f"{name} {address}" for name, address, _ in self.pages)


Cell = str | int | float | Pages | None


class Table(_Given):
    """The numbers behind a chart."""

    columns: Annotated[tuple[str, ...], Field(max_length=MOST_COLUMNS)]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(max_length=MOST_ROWS)]


class Chart(_Given):
    """A chart with its numbers, its picture and where it is from.

    Args:
        about: What holds for the whole chart, by name: day, data version, source line, address.
        table: Its numbers; None where it has none.
        svg: Its picture; empty for none.
    """

    file_name: Annotated[str, Field(max_length=500)]
    title: str
    about: dict[str, str]
    table: Table | None = None
    svg: str = ""

    @property
    def stem(self) -> str:
        """Stem of its files, without what means something in a path."""
        return re.sub(r"[^\w-]+", "_", self.file_name)[:LONGEST_NAME] or "chart"
