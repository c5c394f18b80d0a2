"""Small tables of plain Python values, for what is computed anew at every move of a slider.

A DataFrame of a few rows takes longer to make and to read than all the arithmetic behind it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Columns = Mapping[str, Sequence[Any]]
"""Cells by column name; all columns are equally long, and a missing cell is None."""


def records(columns: Columns, *names: str) -> list[tuple[Any, ...]]:
    """Return the rows of some columns.

    Raises:
        KeyError: If a column is missing.
        ValueError: If the columns differ in length.

    Example:
        >>> records({"a": [1, 2], "b": ["x", None]}, "b", "a")
        [('x', 1), (None, 2)]
    """
    missing = [name for name in names if name not in columns]
    if missing:
        raise KeyError(f"expected the columns {', '.join(names)}; missing: {', '.join(missing)}")
    return list(zip(*(columns[name] for name in names), strict=True))
