"""Checking every cell of a table against its column, and the error that names file, row, column and reason."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators.core.evidence.schema import LARGEST, LONGEST, SMALLEST, TABLES, YEARS, Column

LISTED = 20
"""How many problems an error writes out."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one cell (row 1 is the header, as in a spreadsheet)."""

    file: str
    row: int | None
    column: str
    reason: str

    def __str__(self) -> str:
        """Write the problem as one line."""
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}, column {self.column}: {self.reason}"


class DataError(ValueError):
    """The evidence does not obey its schema; carries the problems found.

    Example:
        >>> print(DataError([Problem("observations.csv", 7, "value", "expected a number, got 'many'")]))
        The evidence can't be used until this is mended:
        observations.csv, row 7, column value: expected a number, got 'many'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems and show the first of them; of many alike only some were collected."""
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:LISTED]]
        if len(self.problems) > LISTED:
            lines.append(f"and at least {len(self.problems) - LISTED} more")
        super().__init__("The evidence can't be used until this is mended:\n" + "\n".join(lines))


def shown(text: str) -> str:
    r"""Quote text of unknown origin: at most 100 characters, with those that can't be seen written out.

    Example:
        >>> print(shown("a\x00b"), shown("x" * 200)[-6:])
        'a\x00b' xxxxx…
    """
    quoted = repr(text[:100])
    return quoted if len(text) <= 100 and len(quoted) <= 100 else f"{quoted[:99]}…"


def parse_table(table: str, raw: pd.DataFrame, latest: date = date.max) -> tuple[pd.DataFrame, list[Problem]]:
    """Check a table read as text and give its columns their types.

    Args:
        table: One of `TABLES`.
        raw: All columns as text, empty cells as ""; the index counts the rows from 0, the header left out.

    Returns:
        The typed table (numbers float64, days datetime64, text object) and the problems found. With problems in it
        the table is not fit for use.
    """
    # Texts as Python's own: pandas takes and compares a few thousand of them several times as fast as Arrow's.
    typed = raw.astype(object)
    problems: list[Problem] = []
    for name, column in TABLES[table].items():
        cells = raw[name]
        reasons = {cell: reason for cell in cells.unique() if (reason := fault(cell, column, latest))}
        if reasons:
            problems += problems_in(table, name, cells[cells.isin(list(reasons))], reasons)
        elif column.type == "number":
            typed[name] = pd.to_numeric(cells.where(cells != "")).astype("float64")
        elif column.type == "date":
            typed[name] = pd.to_datetime(cells.where(cells != ""), format="%Y-%m-%d")
    return typed.copy(), problems  # copied, so that columns of one type lie side by side


def problems_in(table: str, column: str, cells: pd.Series, reasons: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the first problems of a column, each with the cell it is about."""
    for row, cell in cells.head(LISTED).items():
        yield Problem(f"{table}.csv", int(str(row)) + 2, column, f"{reasons[cell]}, got {shown(cell)}")


def fault(cell: str, column: Column, latest: date = date.max) -> str:
    """Say what a cell should have been; nothing if it is as it should be.

    Args:
        column: What its column allows.

    Example:
        >>> fault("2023-02-30", Column("date"))
        'expected a day of the calendar as YYYY-MM-DD'
        >>> fault("12", Column("number"))
        ''
    """
    if not cell.isprintable():
        return _unprintable(cell)
    if len(cell) > LONGEST:
        return f"expected at most {LONGEST:,} characters, found {len(cell):,}"
    if cell.count('"') % 2:
        return 'expected quotation marks " in pairs'
    if cell != cell.strip():
        return "expected no blanks at either end"
    if not cell:
        return "" if column.empty else "expected a value"
    if column.type == "number":
        return _wrong_number(cell, column)
    if column.type != "text":
        return _wrong_day(cell, column, latest)
    parts = cell.split(";") if column.several else [cell]
    if column.allowed and not set(parts) <= set(column.allowed):
        return f"expected one of {', '.join(column.allowed)}" + (", several joined by ;" if column.several else "")
    if column.several and (len(set(parts)) < len(parts) or "" in parts):
        return "expected different values, joined by ;"
    if column.pattern and not re.fullmatch(column.pattern, cell):
        return f"expected {column.meant}"
    return ""


def _unprintable(cell: str) -> str:
    if any("\udc80" <= character <= "\udcff" for character in cell):
        return "expected UTF-8, found other bytes (shown as \\udc..); save the file as CSV UTF-8"
    return "expected one line of printable characters, found a line break, a control or an invisible character"


def _wrong_number(cell: str, column: Column) -> str:
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    if not math.isfinite(value):
        return "expected a number with a decimal point and nothing else"
    if not column.least <= value <= column.most:
        return f"expected a number from {column.least:g} to {column.most:g}"
    if value and abs(value) < SMALLEST:
        return f"expected 0 or a number of {SMALLEST:g} to {LARGEST:g} in size"
    return ""


def _wrong_day(cell: str, column: Column, latest: date) -> str:
    partial = column.type == "partial_date"
    try:
        if not (_PARTIAL_DATE if partial else _DAY).fullmatch(cell):
            raise ValueError(cell)
        day = date.fromisoformat(f"{cell}-01-01"[:10])
    except ValueError:
        return f"expected a day of the calendar as YYYY-MM-DD{', or its month or year alone' if partial else ''}"
    first, last = YEARS
    if not first <= day.year <= last:
        return f"expected a day from {first}-01-01 to {last}-12-31"
    if column.past and day > latest:
        return f"expected a day not later than {latest}, the last one that can be known"
    return ""
