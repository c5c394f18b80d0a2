"""A series as a forecaster may see it: one place for each period, gaps kept, unfinished periods left out."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Kind, Status
from indicators.methods.forecast.levels import Floats

Step = Literal["month", "week"]

FORECAST_KINDS = (Kind.FLOW, Kind.RATE, Kind.NET, Kind.SHARE)
"""Kinds of series that are forecast: what happened in each period, not what stands at a day."""

LONGEST_GAP = 12
"""Periods between a series' newest complete figure and the day of the data from which on it is not forecast."""

WHOLE_PERCENT = 100.0


@dataclass(frozen=True, kw_only=True)
class History:
    """A regular series.

    Args:
        unit: Unit of its values; empty if unknown.
        ends: Last day of every period from the first to the newest complete one, gaps included.
        editions: For every period, when each figure for it became known, and the figure; empty for a gap.
        counts: Whether values are whole counts, so never negative.
        highest: What no value can exceed; None for no limit.
    """

    series: str
    unit: str
    step: Step
    ends: tuple[date, ...]
    editions: tuple[tuple[tuple[date, float], ...], ...]
    counts: bool
    highest: float | None = None
    left_out: int = 0

    @property
    def values(self) -> Floats:
        """The newest figure of every period; NaN for a gap."""
        return np.array([period[-1][1] if period else np.nan for period in self.editions])

    def known_at(self, place: int) -> date | None:
        """Return the day on which the first figure of a period became known; None for a gap."""
        return self.editions[place][0][0] if self.editions[place] else None

    def seen_at(self, place: int) -> tuple[Floats, bool]:
        """Return the values as they stood when a period's first figure became known, and whether all were known then.

        A figure whose first edition is later than that day stands in its first edition: for it no vintage is left.
        """
        day = self.known_at(place)
        values, vintage = np.full(place + 1, np.nan), True
        for index, editions in enumerate(self.editions[: place + 1]):
            if editions:
                known = [value for known, value in editions if day is None or known <= day]
                values[index] = known[-1] if known else editions[0][1]
                vintage = vintage and bool(known)
        return values, vintage

    def end_after(self, place: int, steps: int) -> date:
        """Return the last day of the period some steps after another one."""
        return period_end(self.ends[place], self.step, steps)


def period_end(end: date, step: Step, steps: int) -> date:
    """Return the last day of the period some steps after one that ends on a day.

    Example:
        >>> period_end(date(2024, 1, 31), "month", 1), period_end(date(2024, 1, 31), "week", 2)
        (datetime.date(2024, 2, 29), datetime.date(2024, 2, 14))
    """
    if step == "week":
        return end + timedelta(days=7 * steps)
    months = end.year * 12 + end.month + steps  # months from year 0 to the first of the month after the period
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def history_of(evidence: Evidence, series: str, incomplete: Set[str] = frozenset()) -> History:
    """Return a series of the evidence as a forecaster may see it.

    Args:
        incomplete: Ids of observations that are known to be incomplete, apart from unfinished months.

    Raises:
        ValueError: If the series is unknown, or neither monthly nor weekly, or not of a kind that is forecast.
    """
    found = evidence.series[evidence.series["series"] == series]
    if found.empty:
        raise ValueError(f"expected the id of a series, got {series!r}; data/series.csv lists them")
    definition = found.iloc[0]
    cadence = str(definition["cadence"])
    if definition["kind"] not in FORECAST_KINDS or not cadence.startswith(("monthly", "weekly")):
        raise ValueError(
            f"No forecast: {series} is a {definition['kind']} that comes {cadence}; a forecast needs a count, rate, "
            "net change or share for every month or week."
        )
    rows = evidence.of_series(series)
    unfinished = rows["observation_id"].isin(evidence.unfinished_months | incomplete)
    whole = rows[~unfinished]
    kind = Kind(str(definition["kind"]))
    return _history(
        series,
        str(definition["unit"]),
        "month" if cadence.startswith("monthly") else "week",
        _dated(whole["period_end"], whole["known"], whole["value"]),
        counts=kind is Kind.FLOW and _whole_counts(whole["value"].to_numpy(float)),
        highest=WHOLE_PERCENT if definition["unit"] == "percent" else None,
        left_out=int(rows.loc[unfinished, "period_end"].nunique()),
    )


def incomplete_inputs(derived: pd.DataFrame) -> frozenset[str]:
    """Return the ids of observations that an indicator marks as incomplete, such as months whose names still come in.

    Args:
        derived: An indicator's derived table. Rows computed from several observations do not tell which is incomplete.
    """
    marked = derived.loc[derived["status"] == Status.INCOMPLETE.value, "inputs"].astype(str)
    return frozenset(marked[~marked.str.contains(";")])


def history_of_table(name: str, table: pd.DataFrame) -> History:
    """Return a series given as a table of periods.

    A last period that ends before its month does, where all others end with theirs, is incomplete and left out.

    Args:
        table: Columns period_end (days) and value (numbers, empty where a figure is missing).

    Raises:
        ValueError: If a column is missing, a cell is no day or number, two rows have one period, or the days are
            neither a month nor a week apart; names the row.
    """
    missing = [column for column in ("period_end", "value") if column not in table]
    if missing:
        raise ValueError(f"expected the columns period_end and value, got {', '.join(map(str, table)) or 'none'}")
    ends = pd.to_datetime(table["period_end"], format="%Y-%m-%d", errors="coerce")
    values = pd.to_numeric(table["value"], errors="coerce")
    for row in range(len(table)):
        day, value = table["period_end"].iloc[row], table["value"].iloc[row]
        if pd.isna(ends.iloc[row]):
            raise ValueError(f"row {row + 2}, period_end: expected a day such as 2024-01-31, got {str(day)[:40]!r}")
        if (pd.isna(values.iloc[row]) and not (pd.isna(value) or str(value).strip() == "")) or np.isinf(
            values.iloc[row]
        ):
            raise ValueError(f"row {row + 2}, value: expected a number or an empty cell, got {str(value)[:40]!r}")
    rows = pd.DataFrame({"end": ends, "value": values}).dropna().sort_values("end")
    if rows.empty:
        return _history(name, "", "month", [], counts=False)
    step = _step_between(rows["end"])
    left_out = 0
    if step == "month" and rows["end"].iloc[:-1].dt.is_month_end.all() and not rows["end"].iloc[-1].is_month_end:
        rows, left_out = rows.iloc[:-1], 1
    known = _dated(rows["end"], rows["end"], rows["value"])
    return _history(name, "", step, known, counts=_whole_counts(rows["value"].to_numpy(float)), left_out=left_out)


def _dated(ends: pd.Series, known: pd.Series, values: pd.Series) -> list[tuple[date, date, float]]:
    return list(zip(ends.dt.date, known.dt.date, values.astype(float), strict=True))


def _history(
    series: str,
    unit: str,
    step: Step,
    rows: Sequence[tuple[date, date, float]],
    *,
    counts: bool,
    highest: float | None = None,
    left_out: int = 0,
) -> History:
    """Place figures, each with the end of its period and the day it became known, in a regular row of periods."""
    first = min((end for end, _, _ in rows), default=date(2000, 1, 1))
    first = first if step == "week" else period_end(first, step, 0)
    by_place: dict[int, list[tuple[date, float]]] = {}
    for end, known, value in sorted(rows):
        months = 12 * (end.year - first.year) + end.month - first.month
        by_place.setdefault(months if step == "month" else round((end - first).days / 7), []).append((known, value))
    length = max(by_place, default=-1) + 1
    return History(
        series=series,
        unit=unit,
        step=step,
        ends=tuple(period_end(first, step, place) for place in range(length)),
        editions=tuple(tuple(sorted(by_place.get(place, []))) for place in range(length)),
        counts=counts,
        highest=highest,
        left_out=left_out,
    )


def _step_between(ends: pd.Series) -> Step:
    days = ends.diff().dt.days.iloc[1:]
    if (days == 0).any():
        again = ends[ends.duplicated()].iloc[0]
        raise ValueError(f"period_end: expected one row for each period, got two for {again:%Y-%m-%d}")
    usual = float(days.median()) if len(days) else 30.0
    if 25 <= usual <= 35:
        months = ends.dt.to_period("M")
        if months.duplicated().any():
            raise ValueError(
                f"period_end: expected one row for each month, got two for {months[months.duplicated()].iloc[0]}"
            )
        return "month"
    if usual == 7:
        return "week"
    raise ValueError(
        f"period_end: expected days that are a month or a week apart, got {usual:g} days in the middle case"
    )


def _whole_counts(values: Floats) -> bool:
    return bool(len(values) and (values >= 0).all() and (values == np.floor(values)).all())
