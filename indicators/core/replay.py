"""The days through which a replay steps: the year after the report of August 2023, month by month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

FIRST_STEP = date(2023, 8, 30)
STEPS = 12


def replay_days(first: date = FIRST_STEP, months: int = STEPS) -> tuple[date, ...]:
    """Return a day and the same day of each following month; a shorter month gives its last day.

    Args:
        first: The first day.
        months: How many months follow, 0 or more.

    Example:
        >>> days = replay_days()
        >>> [day.isoformat() for day in (days[0], days[6], days[-1])]
        ['2023-08-30', '2024-02-29', '2024-08-30']
    """
    starts = ((first.year + place // 12, place % 12 + 1) for place in range(first.month - 1, first.month + months))
    return tuple(date(year, month, min(first.day, monthrange(year, month)[1])) for year, month in starts)


def next_step(day: date | None) -> date | None:
    """Return the first replayed day after a day; the very first if no day is replayed, None after the last.

    Example:
        >>> next_step(None), next_step(date(2023, 9, 1)), next_step(date(2024, 8, 30))
        (datetime.date(2023, 8, 30), datetime.date(2023, 9, 30), None)
    """
    return next((step for step in replay_days() if day is None or step > day), None)


def previous_step(day: date | None) -> date | None:
    """Return the last replayed day before a day, or None if there is none.

    Example:
        >>> previous_step(date(2023, 9, 30)), previous_step(date(2023, 8, 30)), previous_step(None)
        (datetime.date(2023, 8, 30), None, None)
    """
    return next((step for step in reversed(replay_days()) if day is not None and step < day), None)
