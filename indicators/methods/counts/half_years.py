"""Mean weekly rates by calendar half-year, from rates that hold between dated totals.

Formula: r = sum of r_i d_i over sum of d_i, with r_i the rate of an interval and d_i its days inside the half-year.
That equals the rise of a running total that is linear between its dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

SMALLEST_COVERAGE = 2 / 3


@dataclass(frozen=True, kw_only=True)
class HalfYearRate:
    """The mean weekly rate of a half-year.

    Args:
        weekly: Mean rate per week over the days that are covered.
        coverage: Share of its days on which a rate is known, at least two thirds.
    """

    start: date
    end: date
    weekly: float
    coverage: float


def half_year_rates(rates: pd.DataFrame, after: date) -> Iterator[HalfYearRate]:
    """Return the mean weekly rate of every half-year that begins after a day and is covered by two thirds or more.

    Args:
        rates: Columns period_start, period_end and value: rates per week of one counter whose periods don't overlap.
        after: The day; half-years that have begun by then are left out.

    Yields:
        One rate per half-year, in order.

    Example:
        >>> rates = pd.DataFrame(
        ...     {
        ...         "period_start": pd.to_datetime(["2023-09-01", "2024-05-01"]),
        ...         "period_end": pd.to_datetime(["2024-04-30", "2024-06-30"]),
        ...         "value": [100.0, 160.0],
        ...     }
        ... )
        >>> [(str(half.start), round(half.weekly, 3)) for half in half_year_rates(rates, date(2023, 8, 30))]
        [('2024-01-01', 120.11)]
    """
    rows = [
        (pd.Timestamp(row["period_start"]).date(), pd.Timestamp(row["period_end"]).date(), float(row["value"]))
        for row in rates.to_dict("records")
    ]
    last = max((end for _, end, _ in rows), default=after)
    for start, end in _half_years(after, last):
        days = [(max((min(end, until) - max(start, since)).days + 1, 0), rate) for since, until, rate in rows]
        covered = sum(count for count, _ in days)
        coverage = covered / ((end - start).days + 1)
        if coverage >= SMALLEST_COVERAGE:
            weekly = sum(count * rate for count, rate in days) / covered
            yield HalfYearRate(start=start, end=end, weekly=weekly, coverage=coverage)


def _half_years(after: date, last: date) -> Iterator[tuple[date, date]]:
    start = date(after.year, 7, 1) if after.month < 7 else date(after.year + 1, 1, 1)
    while start <= last:
        following = date(start.year, 7, 1) if start.month == 1 else date(start.year + 1, 1, 1)
        yield start, following - timedelta(days=1)
        start = following
