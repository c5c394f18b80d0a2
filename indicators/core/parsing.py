"""Checking a table of the evidence against its schema, and the error that names file, row, column and reason."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from indicators.core.schema import KEYS, TABLES

_DATE = r"\d{4}-\d{2}-\d{2}"


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
    """The evidence does not obey its schema; carries every problem found.

    Example:
        >>> print(DataError([Problem("observations.csv", 7, "value", "expected a number, got 'many'")]))
        The evidence can't be used until this is mended:
        observations.csv, row 7, column value: expected a number, got 'many'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems and show the first twenty."""
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:20]]
        if len(self.problems) > 20:
            lines.append(f"and {len(self.problems) - 20} more")
        super().__init__("The evidence can't be used until this is mended:\n" + "\n".join(lines))


def _text_schema(table: str) -> pa.DataFrameSchema:
    """Build the schema of a table read as text; each column has one check, since every check costs a millisecond."""
    columns = {}
    for name, column in TABLES[table].items():
        pattern = _DATE if column.type == "date" else column.pattern
        if column.allowed:
            allowed = [*column.allowed, ""] if column.empty else list(column.allowed)
            check = pa.Check.isin(allowed, error=f"expected one of {', '.join(column.allowed)}")
        elif pattern:
            hint = "a day as YYYY-MM-DD" if column.type == "date" else f"text of the form {pattern}"
            whole = rf"^(?:{pattern})?\Z" if column.empty else rf"^(?:{pattern})\Z"
            check = pa.Check.str_matches(whole, error=f"expected {hint}")
        elif not column.empty:
            check = pa.Check.ne("", error="expected a value")
        else:
            continue
        columns[name] = pa.Column(checks=check, unique=name == KEYS[table])
    return pa.DataFrameSchema(columns)


_TEXT_SCHEMAS = {table: _text_schema(table) for table in TABLES}


def parse_table(table: str, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Check a table read as text and give its columns their types.

    Args:
        table: One of `TABLES`.
        raw: All columns as text, empty cells as "".

    Returns:
        The typed table (numbers float64, days datetime64, text str) and the problems found. With problems in it the
        table is not fit for use.
    """
    file = f"{table}.csv"
    expected = list(TABLES[table])
    if list(raw.columns) != expected:
        reason = f"expected exactly the columns {', '.join(expected)}; got {', '.join(map(str, raw.columns))}"
        return raw, [Problem(file, 1, "(header)", reason)]
    problems: list[Problem] = []
    try:
        _TEXT_SCHEMAS[table].validate(raw, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            index = case["index"]
            row = None if index is None or pd.isna(index) else int(index) + 2
            reason = "this id appears twice" if case["check"] == "field_uniqueness" else str(case["check"])
            problems.append(Problem(file, row, str(case["column"]), f"{reason}, got {case['failure_case']!r}"))
    typed = raw.copy()
    for name, column in TABLES[table].items():
        if column.type == "text":
            continue
        text = raw[name]
        if column.type == "number":
            numbers = pd.to_numeric(text.where(text != ""), errors="coerce").astype("float64")
            typed[name] = numbers.where(numbers.abs() != math.inf)
            wanted = "a number"
        else:
            typed[name] = pd.to_datetime(text.where(text != ""), format="%Y-%m-%d", errors="coerce")
            wanted = "a day of the calendar as YYYY-MM-DD"
        bad = typed[name].isna() & (text != "")
        if column.type == "date":
            bad &= text.str.fullmatch(_DATE)
        problems += [
            Problem(file, int(row) + 2, name, f"expected {wanted}, got {text[row]!r}") for row in raw.index[bad]
        ]
    return typed, problems
