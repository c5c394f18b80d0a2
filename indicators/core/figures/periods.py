"""Period arithmetic: totals to weekly rates, totals apart from each other, rates per 1,000 a year.

Periods are inclusive days. A total dated on day d counts everything up to and including d.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypedDict

from indicators.core.evidence.vocabulary import KnownBasis, Qualifier
from indicators.core.figures.qualifiers import implied_bounds, subtract

DAYS_PER_WEEK = 7
WEEKS_PER_YEAR = 365.2425 / DAYS_PER_WEEK
FULL_SCALE_INVASION = date(2022, 2, 24)
"""First day of the war that the evidence is about."""

_BASIS_ORDER = tuple(KnownBasis)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with everything that must travel with it through arithmetic."""

    period_start: date
    period_end: date
    value: float
    low: float | None
    high: float | None
    qualifier: Qualifier
    known: date
    known_basis: KnownBasis
    source_ids: tuple[str, ...]
    inputs: tuple[str, ...]


def days_between(period_start: date, period_end: date) -> int:
    """Return the number of days of an inclusive period.

    Raises:
        ValueError: If the period ends before it starts.

    Example:
        >>> days_between(date(2023, 1, 1), date(2023, 6, 30))
        181
    """
    days = (period_end - period_start).days + 1
    if days < 1:
        raise ValueError(f"expected a period that ends on or after its start, got {period_start} to {period_end}")
    return days


def is_one_month(period_start: date, period_end: date) -> bool:
    """Return whether a period is one whole calendar month.

    Example:
        >>> is_one_month(date(2024, 2, 1), date(2024, 2, 29)), is_one_month(date(2024, 2, 1), date(2024, 3, 31))
        (True, False)
    """
    after = period_end + timedelta(days=1)
    return period_start.day == after.day == 1 and days_between(period_start, period_end) <= 31


def scale(figure: Figure, factor: float) -> Figure:
    """Multiply a figure and its bounds by a positive exact factor; the qualifier stays.

    Raises:
        ValueError: If the factor is not positive.
    """
    if factor <= 0:
        raise ValueError(f"expected a positive factor, got {factor}")
    return replace(
        figure,
        value=figure.value * factor,
        low=None if figure.low is None else figure.low * factor,
        high=None if figure.high is None else figure.high * factor,
    )


def per_week(figure: Figure) -> Figure:
    """Turn a total over a period into a weekly rate: r = 7 x / n, x the total, n the period's days.

    Example:
        >>> total = Figure(period_start=date(2023, 1, 1), period_end=date(2023, 6, 30), value=2076, low=None, high=None,
        ...     qualifier=Qualifier.EXACT, known=date(2023, 7, 19), known_basis=KnownBasis.PUBLISHED,
        ...     source_ids=("s",), inputs=("o",))
        >>> round(per_week(total).value, 1)
        80.3
    """
    return scale(figure, DAYS_PER_WEEK / days_between(figure.period_start, figure.period_end))


def less(first: Figure, second: Figure) -> Figure:
    """Subtract two figures, such as two answers in one wave of a poll; the first one's period stays.

    Bounds follow interval arithmetic on the figures' own or implied bounds. The result is known when the later-known
    of the two is known.

    Example:
        >>> common = dict(period_start=date(2026, 2, 18), period_end=date(2026, 2, 25), low=None, high=None,
        ...     qualifier=Qualifier.EXACT, known=date(2026, 3, 31), known_basis=KnownBasis.INFERRED,
        ...     source_ids=("s",), inputs=("o",))
        >>> less(Figure(value=67, **common), Figure(value=24, **common)).value
        43
    """
    first_low, first_high = implied_bounds(first.value, first.low, first.high, first.qualifier)
    second_low, second_high = implied_bounds(second.value, second.low, second.high, second.qualifier)
    return replace(
        first,
        value=first.value - second.value,
        low=None if first_low is None or second_high is None else first_low - second_high,
        high=None if first_high is None or second_low is None else first_high - second_low,
        qualifier=subtract(first.qualifier, second.qualifier),
        **merge_provenance(second, first),
    )


def difference(earlier: Figure, later: Figure) -> Figure:
    """Subtract two running totals of one counter and one scope: what was added between their dates.

    Raises:
        ValueError: If the later total does not end after the earlier one.

    Example:
        >>> first = Figure(period_start=date(2022, 9, 21), period_end=date(2024, 6, 18), value=9059,
        ...     low=None, high=None, qualifier=Qualifier.EXACT, known=date(2024, 6, 18),
        ...     known_basis=KnownBasis.PUBLISHED, source_ids=("a",), inputs=("1",))
        >>> second = Figure(period_start=date(2022, 9, 21), period_end=date(2025, 5, 31), value=18159,
        ...     low=None, high=None, qualifier=Qualifier.EXACT, known=date(2025, 6, 26),
        ...     known_basis=KnownBasis.PUBLISHED, source_ids=("b",), inputs=("2",))
        >>> added = difference(first, second)
        >>> added.value, added.period_start.isoformat(), round(per_week(added).value, 1)
        (9100, '2024-06-19', 183.6)
    """
    if later.period_end <= earlier.period_end:
        raise ValueError(
            f"expected a later total that ends after {earlier.period_end}, got one that ends on {later.period_end}"
        )
    return replace(less(later, earlier), period_start=earlier.period_end + timedelta(days=1))


def ratio(numerator: Figure, denominator: Figure) -> Figure:
    """Divide two figures of one period; bounds by interval arithmetic, the qualifier as for a difference.

    Raises:
        ValueError: If the denominator is not positive.
    """
    if denominator.value <= 0:
        raise ValueError(f"expected a positive denominator, got {denominator.value}")
    top_low, top_high = implied_bounds(numerator.value, numerator.low, numerator.high, numerator.qualifier)
    low, high = implied_bounds(denominator.value, denominator.low, denominator.high, denominator.qualifier)
    return Figure(
        period_start=numerator.period_start,
        period_end=numerator.period_end,
        value=numerator.value / denominator.value,
        low=None if top_low is None or high is None else top_low / high,
        high=None if top_high is None or low is None or low <= 0 else top_high / low,
        qualifier=subtract(numerator.qualifier, denominator.qualifier),
        **merge_provenance(numerator, denominator),
    )


def per_thousand_a_year(weekly: Figure, force: Figure) -> Figure:
    """Relate a weekly rate to a force size: 1000 r w / T, r per week, w = 52.1775 weeks a year, T persons.

    Example:
        >>> common = dict(period_start=date(2023, 8, 30), period_end=date(2023, 8, 30), low=None, high=None,
        ...     qualifier=Qualifier.EXACT, known=date(2023, 8, 30), known_basis=KnownBasis.PUBLISHED,
        ...     source_ids=("s",), inputs=("o",))
        >>> rate = per_thousand_a_year(Figure(value=100.0, **common), Figure(value=420_000.0, **common))
        >>> round(rate.value, 2)
        12.42
    """
    return scale(ratio(weekly, force), 1000 * WEEKS_PER_YEAR)


class Provenance(TypedDict):
    """The part of a figure that says who knew it when, and from which rows it comes."""

    known: date
    known_basis: KnownBasis
    source_ids: tuple[str, ...]
    inputs: tuple[str, ...]


def merge_provenance(*figures: Figure) -> Provenance:
    """Return known, known_basis, source_ids and inputs of a value computed from `figures`."""
    latest = max(figures, key=lambda figure: (figure.known, _BASIS_ORDER.index(figure.known_basis)))
    return {
        "known": latest.known,
        "known_basis": max((figure.known_basis for figure in figures), key=_BASIS_ORDER.index),
        "source_ids": tuple(dict.fromkeys(source for figure in figures for source in figure.source_ids)),
        "inputs": tuple(dict.fromkeys(row for figure in figures for row in figure.inputs)),
    }
