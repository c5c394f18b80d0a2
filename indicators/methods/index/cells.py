"""From figures to one cell a month and part: what covers the month, how wide it is, and who says so."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pandas as pd

from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.direction import Level, level_of
from indicators.methods.index.parts import Part

MOST_CARRIED = 2
"""Months for which the last figure of a part may stand in for a missing one."""

LEAST_COVERED = 2 / 3
"""Share of a month's days that figures must cover."""


class Basis(StrEnum):
    """What a cell rests on."""

    OWN = "own"
    AVERAGE = "average"
    CARRIED = "carried"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One part in one month.

    Args:
        value: In the part's unit.
        low: Lowest value that bounds, rounding or the size of a poll allow; the value where nothing says more.
        basis: A figure of the month alone, an average over a longer period that covers it, or an earlier figure that
            stands in.
        rows: Keys of the figures behind it: series, first and last day.
    """

    value: float
    low: float
    high: float
    basis: Basis
    rows: tuple[str, ...]
    source_ids: tuple[str, ...]
    claimants: tuple[str, ...]
    known: date


Cells = Mapping[str, Mapping[pd.Period, Cell]]
"""Cells by part and month."""


def monthly_cells(figures: pd.DataFrame, parts: Sequence[Part]) -> dict[str, dict[pd.Period, Cell]]:
    """Return the cells of every part.

    A flow or rate counts for a month of which its figures cover at least two thirds of the days; each day takes the
    shortest period that covers it, of equal ones the newest edition, and the cell is the mean over days. Of a poll or a
    price the mean of the waves that ended in the month counts. Figures that are incomplete or too thin don't count, nor
    do periods longer than the part allows. A missing month takes the last figure, for at most two months.

    Args:
        figures: Rows with series, period_start, period_end, value, low, high, unit, qualifier, stage, side, claimant,
            known, source_id and status, as known on one day.
    """
    usable = figures[(figures["status"] == Status.OK) & (figures["side"] == "RU")]
    return {part.id: _carried(_cells_of(usable[usable["series"] == part.series], part)) for part in parts}


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One figure as a cell takes it."""

    start: date
    end: date
    level: Level
    key: str
    source_id: str
    claimant: str
    known: date


def _cells_of(rows: pd.DataFrame, part: Part) -> dict[pd.Period, Cell]:
    rows = rows.assign(days=(rows["period_end"] - rows["period_start"]).dt.days + 1)
    rows = rows[rows["days"] <= part.longest].sort_values(["days", "known"], ascending=[True, False], kind="stable")
    rows = rows.drop_duplicates(["period_start", "period_end"])
    listed = [_row(row) for row in rows.to_dict("records")]
    return _asked(listed) if part.waves else _covered(listed)


def _row(row: Mapping[Hashable, Any]) -> _Row:
    start, end = row["period_start"].date(), row["period_end"].date()
    return _Row(
        start=start,
        end=end,
        level=level_of(row),
        key=f"{row['series']} {start} {end}",
        source_id=row["source_id"],
        claimant=row["claimant"],
        known=row["known"].date(),
    )


def _asked(rows: Sequence[_Row]) -> dict[pd.Period, Cell]:
    """Return the mean of the waves that ended in each month."""
    waves: dict[pd.Period, list[_Row]] = {}
    for row in rows:
        waves.setdefault(pd.Period(row.end, "M"), []).append(row)
    return {month: _cell([(row, 1) for row in held], own=True) for month, held in waves.items()}


def _covered(rows: Sequence[_Row]) -> dict[pd.Period, Cell]:
    """Return cells of rows in order of preference, each day from the first row that covers it."""
    if not rows:
        return {}
    owner: dict[date, int] = {}
    for place, row in reversed(list(enumerate(rows))):
        owner.update((row.start + timedelta(days=day), place) for day in range((row.end - row.start).days + 1))
    months: dict[tuple[int, int], Counter[int]] = {}
    for day, place in sorted(owner.items()):
        months.setdefault((day.year, day.month), Counter())[place] += 1
    cells = {}
    for (year, number), counts in months.items():
        month = pd.Period(year=year, month=number, freq="M")
        if counts.total() < LEAST_COVERED * month.days_in_month:
            continue
        chosen = [(rows[place], days) for place, days in sorted(counts.items())]
        first, last = month.start_time.date(), month.end_time.date()
        cells[month] = _cell(chosen, own=all(first <= row.start and row.end <= last for row, _ in chosen))
    return cells


def _cell(rows: Sequence[tuple[_Row, int]], *, own: bool) -> Cell:
    weights = [weight for _, weight in rows]

    def mean(numbers: Sequence[float]) -> float:
        return sum(number * weight for number, weight in zip(numbers, weights, strict=True)) / sum(weights)

    levels = [row.level for row, _ in rows]
    value = mean([level.value for level in levels])
    low = mean([level.value if level.low is None else level.low for level in levels])
    high = mean([level.value if level.high is None else level.high for level in levels])
    return Cell(
        value=value,
        low=min(low, value),
        high=max(high, value),
        basis=Basis.OWN if own else Basis.AVERAGE,
        rows=tuple(row.key for row, _ in rows),
        source_ids=tuple(dict.fromkeys(source for row, _ in rows for source in row.source_id.split(";"))),
        claimants=tuple(dict.fromkeys(row.claimant for row, _ in rows)),
        known=max(row.known for row, _ in rows),
    )


def _carried(cells: dict[pd.Period, Cell]) -> dict[pd.Period, Cell]:
    """Add the months in which the last figure stands in."""
    carried = {
        month + step: replace(cell, basis=Basis.CARRIED)
        for month, cell in sorted(cells.items())
        for step in range(MOST_CARRIED, 0, -1)
    }
    return {**carried, **cells}
