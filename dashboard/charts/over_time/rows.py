"""From a table to the figures a chart draws: typed, in order of time, each in its newest edition.

Drawing needs plain Python values, one row at a time; taking them out of the table once is many times
faster than asking the table for each of them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

REQUIRED = ("series", "period_start", "period_end", "value")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure to draw; ``start`` and ``end`` are its first and its last day."""

    series: str
    label: str
    claimant: str
    side: str
    start: date
    end: date
    value: float
    low: float | None
    high: float | None
    qualifier: str
    known: date | None
    status: str
    note: str

    @property
    def after(self) -> date:
        """The day after the last, so that a period of one day has a width."""
        return self.end + DAY

    @property
    def middle(self) -> datetime:
        """The middle of the period."""
        start = datetime.combine(self.start, time.min)
        return start + (datetime.combine(self.after, time.min) - start) / 2


def prepared(table: pd.DataFrame) -> list[Row]:
    """Return the rows that can be drawn, in order of time.

    Of several editions of one figure (same series, claimant, side and period) the newest is kept. Rows
    without a value or a period are left out.

    Args:
        table: Columns series, period_start, period_end and value at least; the other columns of an
            observation or a derived row are used where they are present.

    Raises:
        KeyError: If one of the four columns is missing.

    Example:
        >>> table = pd.DataFrame({"series": ["s"], "period_start": ["2023-01-01"],
        ...                       "period_end": ["2023-01-31"], "value": [3]})
        >>> [(row.value, f"{row.middle:%d %b}", row.status) for row in prepared(table)]
        [(3.0, '16 Jan', 'ok')]
    """
    missing = [column for column in REQUIRED if column not in table]
    if missing:
        raise KeyError(
            f"a chart table needs the columns {', '.join(REQUIRED)}; missing: {', '.join(missing)}; "
            f"got {', '.join(map(str, table.columns))}"
        )
    columns = zip(
        _texts(table, "series"),
        _texts(table, "label"),
        _texts(table, "claimant"),
        _texts(table, "side"),
        days(table["period_start"]),
        days(table["period_end"]),
        _numbers(table, "value"),
        _numbers(table, "low"),
        _numbers(table, "high"),
        _texts(table, "qualifier", "exact"),
        days(table["known"]) if "known" in table else [None] * len(table),
        _texts(table, "status", "ok"),
        _texts(table, "note"),
        strict=True,
    )
    newest: dict[tuple[Any, ...], Row] = {}
    for series, label, claimant, side, start, end, value, low, high, qualifier, known, status, note in columns:
        if value is None or start is None or end is None:
            continue
        key = (series, label, claimant, side, start, end)
        older = newest.get(key)
        if older and (older.known or date.min) > (known or date.min):
            continue
        newest[key] = Row(
            series=series,
            label=label,
            claimant=claimant,
            side=side,
            start=start,
            end=end,
            value=value,
            low=low,
            high=high,
            qualifier=qualifier,
            known=known,
            status=status,
            note=note,
        )
    return sorted(newest.values(), key=lambda row: (row.start, row.end))


def uncovered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without those that a longer count of the same days replaces, such as a year before its end."""

    def replaced(row: Row, other: Row) -> bool:
        same = (other.series, other.claimant, other.side) == (row.series, row.claimant, row.side)
        longer = other.start <= row.start and row.end <= other.end and other.after - other.start > row.after - row.start
        return same and longer and (row.known or date.min) <= (other.known or date.min)

    return [row for row in rows if not any(replaced(row, other) for other in rows)]


def longest_step(rows: Sequence[Row]) -> timedelta | None:
    """Return the longest step between two rows that still counts as unbroken.

    Returns:
        1.6 times the median step, or None with fewer than three rows, which show no rhythm.

    Example:
        >>> longest_step([]) is None
        True
    """
    steps = sorted(later.middle - earlier.middle for earlier, later in pairwise(rows))
    return 1.6 * steps[len(steps) // 2] if len(steps) > 1 else None


def days(column: pd.Series) -> list[date | None]:
    """Return a column of dates, timestamps or ISO texts as dates; None where there is none.

    Example:
        >>> days(pd.Series(["2023-08-30", None]))
        [datetime.date(2023, 8, 30), None]
    """
    values: list[date | None] = pd.to_datetime(column, errors="coerce").to_numpy("datetime64[D]").tolist()
    return values


def _texts(table: pd.DataFrame, name: str, default: str = "") -> list[str]:
    if name not in table:
        return [default] * len(table)
    return [str(cell) if isinstance(cell, str) and cell else default for cell in table[name].tolist()]


def _numbers(table: pd.DataFrame, name: str) -> list[float | None]:
    if name not in table:
        return [None] * len(table)
    cells = pd.to_numeric(table[name], errors="coerce").astype(float).tolist()
    return [cell if math.isfinite(cell) else None for cell in cells]
