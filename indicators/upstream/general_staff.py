"""Losses that the Ukrainian General Staff claims: running totals by the day of the report.

A report of one day covers the day before, so a month is the report of the first day of the next month less that of its
own first day. The file of Petro Ivaniuk has every day but comes late; the one of Lod Softworks has the newest days.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from indicators.upstream.monthly import (
    Fetch,
    MonthlyFigure,
    UpstreamError,
    day,
    json_rows,
    months_between,
    needed,
    next_month,
    number,
)

NAME = "general-staff"
PERSONNEL = "PetroIvaniuk/2022-Ukraine-Russia-War-Dataset/main/data/russia_losses_personnel.json"
EQUIPMENT = "PetroIvaniuk/2022-Ukraine-Russia-War-Dataset/main/data/russia_losses_equipment.json"
NEWEST = "lod-db/orc-losses/main/russian-losses.json"
FIRST_MONTH = date(2022, 3, 1)
LONGEST_JUMP = {"personnel": 5_000.0, "armour": 400.0}
"""Most that one day may add; the largest so far are 2,710 persons and 137 vehicles."""

MOST_CORRECTED = {"personnel": 0.0, "armour": 50.0}
"""Most that one day may take away: the staff corrects vehicles, never persons."""

NOTE = "Claim of an adversary, {}, unverified; report date shifted back one day."
Totals = Mapping[date, float]


def figures(fetch: Fetch, today: date) -> list[MonthlyFigure]:
    """Return claimed personnel and armour losses by month.

    Args:
        today: Last day a report may be of.

    Raises:
        UpstreamError: If a file is missing, or its totals can't be true.
    """
    newest = needed(fetch, NEWEST)
    parts: tuple[tuple[str, str, str, Callable[[Mapping[str, Any]], object], tuple[str, ...]], ...] = (
        ("personnel", PERSONNEL, "petro-ivaniuk-dataset-2", lambda row: row.get("personnel"), ("personnel",)),
        ("armour", EQUIPMENT, "petro-ivaniuk-dataset", _armour, ("tanks", "afvs")),
    )
    found = []
    for what, path, source_id, read, columns in parts:
        history = _totals(path, needed(fetch, path), read, what, today)
        late = _totals(NEWEST, newest, lambda row, columns=columns: _sum(row, columns), what, today)  # type: ignore[misc]
        found += _months(what, history, late, source_id)
    return found


def _armour(row: Mapping[str, Any]) -> object:
    return _sum(row, ("tank", "APC"))


def _sum(row: Mapping[str, Any], columns: tuple[str, ...]) -> object:
    cells = [row.get(name) for name in columns]
    if any(cell is None for cell in cells):
        return None
    return sum(cell for cell in cells if isinstance(cell, int | float))


def _totals(path: str, content: bytes, read: Callable[[Mapping[str, Any]], object], what: str, today: date) -> Totals:
    totals: dict[date, float] = {}
    for place, row in enumerate(json_rows(path, content), start=1):
        reported = day(path, f"entry {place}, date", row.get("date"))
        total = read(row)
        if reported > today:
            raise UpstreamError(f"{path}, entry {place}: expected a report up to {today}, got one of {reported}")
        if reported in totals:
            raise UpstreamError(f"{path}, entry {place}: expected each day once, got {reported} twice")
        if total is not None:  # the first months of the newer file lack some columns
            totals[reported] = number(path, f"{reported}, {what}", total)
    if not totals:
        raise UpstreamError(f"{path}: expected totals of {what}, got none")
    for (earlier, before), (later, after) in pairwise(sorted(totals.items())):
        most = LONGEST_JUMP[what] * (later - earlier).days
        if not -MOST_CORRECTED[what] <= after - before <= most:
            raise UpstreamError(
                f"{path}, {later}: expected {what} between {-MOST_CORRECTED[what]:,.0f} and {most:,.0f} above the "
                f"{before:,.0f} of {earlier}, got {after:,.0f}"
            )
    return totals


def _months(what: str, history: Totals, late: Totals, source_id: str) -> list[MonthlyFigure]:
    persons = what == "personnel"
    series = "claimed_ru_personnel_losses" if persons else "claimed_ru_armour_losses"
    words = "killed plus wounded" if persons else "tanks and armoured vehicles"
    found = []
    for month in months_between(FIRST_MONTH, max(history) if max(history) > max(late) else max(late)):
        end = next_month(month)
        for totals, source, locator in (
            (history, source_id, f"difference of cumulative field {what}"),
            (late, "lod-softworks-dataset", f"reports of {month} and {end}"),
        ):
            if month in totals and end in totals:
                found.append(
                    MonthlyFigure(
                        series=series,
                        month=month,
                        value=totals[end] - totals[month],
                        known=end,
                        source_id=source,
                        locator=locator,
                        note=NOTE.format(words),
                    )
                )
                break
    if not found or found[-1].last_day < max(history) - timedelta(days=62):
        raise UpstreamError(f"{what}: expected a report on the first day of each month, got none for the newest months")
    return found
