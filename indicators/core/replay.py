"""The days through which a replay steps: month by month, by the day of the month on which the report of 2023 came."""

from calendar import monthrange
from datetime import date
from itertools import takewhile

from indicators.core.figures.periods import FULL_SCALE_INVASION

REPORT_DAY = date(2023, 8, 30)
"""The day of the report with which the dashboard began."""


def replay_days(last: date) -> tuple[date, ...]:
    """Return the replayed day of each month since the invasion; a shorter month gives its last day.

    Args:
        last: No day after this one.

    Example:
        >>> days = replay_days(date(2024, 3, 1))
        >>> [day.isoformat() for day in (days[0], days[18], days[-1])]
        ['2022-02-28', '2023-08-30', '2024-02-29']
    """
    first = FULL_SCALE_INVASION
    months = (divmod(place, 12) for place in range(12 * first.year + first.month - 1, 12 * last.year + last.month))
    days = (date(year, month + 1, min(REPORT_DAY.day, monthrange(year, month + 1)[1])) for year, month in months)
    return tuple(takewhile(lambda day: day <= last, days))


def next_step(day: date | None, last: date) -> date | None:
    """Return the first replayed day after a day; None, which stands for the latest, after the last.

    Example:
        >>> next_step(date(2023, 9, 1), date(2026, 11, 28)), next_step(date(2026, 11, 1), date(2026, 11, 28))
        (datetime.date(2023, 9, 30), None)
    """
    return next((step for step in replay_days(last) if day is not None and step > day), None)


def previous_step(day: date | None, last: date) -> date | None:
    """Return the last replayed day before a day, or before the latest; None if there is none.

    Example:
        >>> previous_step(date(2023, 8, 30), date(2026, 11, 28)), previous_step(None, date(2026, 11, 28))
        (datetime.date(2023, 7, 30), datetime.date(2026, 10, 30))
        >>> previous_step(date(2022, 2, 28), date(2026, 11, 28)) is None
        True
    """
    return next((step for step in reversed(replay_days(last)) if step < (day or last)), None)
