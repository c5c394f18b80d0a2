"""Armour listed as visually confirmed losses: daily copies of the list by type and status, on both sides.

A month is the copy of the first day of the next month less that of its own first day. A day is the local one of who
made the copy. The list is corrected, so a month can be negative.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from indicators.upstream.monthly import (
    Fetch,
    MonthlyFigure,
    UpstreamError,
    csv_rows,
    months_between,
    next_month,
    number,
)

NAME = "oryx"
PATH = "leedrake5/Russia-Ukraine/master/data/byType/{:%Y-%m-%d}.csv"
COLUMNS = ("country", "equipment_type", "destroyed", "abandoned", "captured", "damaged", "type_total")
STATUSES = COLUMNS[2:6]
ARMOUR = ("Tanks", "Armoured Fighting Vehicles", "Infantry Fighting Vehicles", "Armoured Personnel Carriers")
SIDES = {"Russia": "ru", "Ukraine": "ua"}
STEPS_BACK = 7
"""How many days a missing copy may be replaced by an earlier one."""

MOST_IN_A_MONTH = 1_500.0
NOTE = "By date listed, not date lost; net of corrections."


def figures(fetch: Fetch, today: date, *, months: int = 6) -> list[MonthlyFigure]:
    """Return listed armour losses, and the part abandoned or captured, of the newest whole months.

    Args:
        today: The newest copy may be of this day.

    Raises:
        UpstreamError: If a copy is missing for more than a week, or its numbers don't add up.
    """
    newest = date(today.year, today.month, 1)
    first = newest
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    copies = {month: _copy(fetch, month) for month in months_between(first, newest)}
    found = []
    for month in list(copies)[:-1]:
        (start, before), (end, after) = copies[month], copies[next_month(month)]
        for country, side in SIDES.items():
            for series, place in (("losses_net", 0), ("abandoned_captured_net", 1)):
                value = after[country][place] - before[country][place]
                if abs(value) > MOST_IN_A_MONTH:
                    raise UpstreamError(
                        f"{PATH.format(end)}: expected at most {MOST_IN_A_MONTH:,.0f} {country} vehicles in a month, "
                        f"got {value:,.0f} since {start}"
                    )
                found.append(
                    MonthlyFigure(
                        series=f"oryx_{side}_armour_{series}",
                        month=month,
                        value=value,
                        known=next_month(month),
                        source_id="leedrake5-dataset",
                        locator=f"snapshots {start} and {end}; tanks + AFV + IFV + APC",
                        note=NOTE,
                    )
                )
    return found


def _copy(fetch: Fetch, wanted: date) -> tuple[date, Mapping[str, tuple[float, float]]]:
    """Return the copy of a day or the nearest earlier one: armour in all, and abandoned or captured, by country."""
    for back in range(STEPS_BACK + 1):
        found = wanted - timedelta(days=back)
        content = fetch(PATH.format(found))
        if content is not None:
            return found, _armour(PATH.format(found), content)
    raise UpstreamError(
        f"{PATH.format(wanted)}: expected a copy of this day or of the {STEPS_BACK} days before it, got none"
    )


def _armour(path: str, content: bytes) -> Mapping[str, tuple[float, float]]:
    totals = dict.fromkeys(SIDES, (0.0, 0.0))
    seen = set()
    for row in csv_rows(path, content, COLUMNS):
        country, kind = row["country"], re.sub(r"\s+", " ", row["equipment_type"]).strip()
        if kind not in ARMOUR or country not in SIDES:
            continue
        where = f"{country}, {kind}"
        if where in seen:
            raise UpstreamError(f"{path}, {where}: expected one row, got two")
        seen.add(where)
        total = number(path, where, row["type_total"])
        statuses = {name: number(path, f"{where}, {name}", row[name]) for name in STATUSES}
        if sum(statuses.values()) != total:
            raise UpstreamError(
                f"{path}, {where}: expected the statuses to add up to {total:g}, got {sum(statuses.values()):g}"
            )
        listed, left = totals[country]
        totals[country] = (listed + total, left + statuses["abandoned"] + statuses["captured"])
    if len(seen) != len(ARMOUR) * len(SIDES):
        raise UpstreamError(f"{path}: expected {', '.join(ARMOUR)} of {' and '.join(SIDES)}, got {len(seen)} of them")
    return totals
