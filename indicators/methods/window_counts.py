"""What a running total added within a window, read between its dated values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from indicators.core.periods import Figure, merge_provenance
from indicators.core.qualifiers import implied_bounds, subtract
from indicators.core.totals import newest_by_end
from indicators.core.vocabulary import Qualifier


@dataclass(frozen=True, kw_only=True)
class WindowCount:
    """A count within a window, or the reason for none.

    Args:
        count: The count with its band, known when the latest total used is; None if refused.
        totals: The dated totals it rests on, in order of date; those nearest to the window if refused.
        complete: Whether totals cover the whole window.
        interpolated: Whether an edge of the window lies between two totals.
        reason: Why there is no count, or between which totals the edges were read; "" if both edges are totals.
    """

    count: Figure | None
    totals: tuple[Figure, ...]
    complete: bool
    interpolated: bool
    reason: str


@dataclass(frozen=True)
class _Edge:
    """The running total at the end of a day: its value, the lowest and highest it can have been, and its totals."""

    value: float
    low: float
    high: float
    qualifier: Qualifier
    totals: tuple[Figure, ...]


def count_in_window(totals: Sequence[Figure], window_start: date, window_end: date) -> WindowCount:
    """Return what was added in a window: C(end) - C(start - 1), C linear between dated totals.

    The band places all growth of an interval that an edge cuts at that interval's start or at its end. Published or
    rounded bounds of a total widen it; a total that is bounded on one side only enters with its value, and the
    qualifier says so. An interpolated count is an estimate. Nothing is carried on beyond the first or last total.

    Args:
        totals: Running totals of one claimant and one scope with one first day; of several editions of one day the
            newest known is taken.
        window_start: First day of the window.
        window_end: Last day of the window.

    Raises:
        ValueError: If the window ends before it starts or the totals have different first days.

    Example:
        >>> from indicators.core.vocabulary import KnownBasis
        >>> def total(value, end):
        ...     return Figure(period_start=date(2022, 9, 21), period_end=end, value=value, low=None, high=None,
        ...         qualifier=Qualifier.EXACT, known=end, known_basis=KnownBasis.PUBLISHED, source_ids=("s",),
        ...         inputs=("o",))
        >>> dated = [total(100.0, date(2023, 1, 10)), total(300.0, date(2023, 1, 30)), total(500.0, date(2023, 2, 9))]
        >>> found = count_in_window(dated, date(2023, 1, 16), date(2023, 2, 9)).count
        >>> found.value, found.low, found.high, found.known.isoformat()
        (350.0, 200.0, 400.0, '2023-02-09')
    """
    if window_end < window_start:
        raise ValueError(f"expected a window that ends on or after its start, got {window_start} to {window_end}")
    first_days = {total.period_start for total in totals}
    if len(first_days) > 1:
        raise ValueError(f"expected totals of one first day, got {', '.join(map(str, sorted(first_days)))}")
    points = newest_by_end(list(totals))
    before_start = window_start - timedelta(days=1)
    reason, nearest = _refusal(points, before_start, window_end)
    if reason:
        covered = bool(points) and points[0].period_end <= before_start and window_end <= points[-1].period_end
        return WindowCount(count=None, totals=nearest, complete=covered, interpolated=False, reason=reason)
    start, end = _edge(points, before_start), _edge(points, window_end)
    used = tuple(dict.fromkeys((*start.totals, *end.totals)))
    interpolated = len(start.totals) > 1 or len(end.totals) > 1
    count = Figure(
        period_start=window_start,
        period_end=window_end,
        value=end.value - start.value,
        # Within one interval the edges can't be placed apart from each other: nothing is taken back.
        low=max(0.0, end.low - start.high),
        high=end.high - start.low,
        qualifier=Qualifier.ESTIMATE if interpolated else subtract(end.qualifier, start.qualifier),
        **merge_provenance(*used),
    )
    cut = [f"{_dated(edge.totals[0])} and {_dated(edge.totals[1])}" for edge in (start, end) if len(edge.totals) > 1]
    read = f"Read on a straight line between {'; between '.join(dict.fromkeys(cut))}." if cut else ""
    return WindowCount(count=count, totals=used, complete=True, interpolated=interpolated, reason=read)


def _refusal(points: list[Figure], before_start: date, window_end: date) -> tuple[str, tuple[Figure, ...]]:
    if not points:
        return "There is no dated total.", ()
    first, last = points[0], points[-1]
    if before_start < first.period_end:
        return (
            f"The window starts before the first total, {_dated(first)}; nothing is carried back beyond it.",
            (first,),
        )
    if window_end > last.period_end:
        return f"The window ends after the last total, {_dated(last)}; nothing is carried on beyond it.", (last,)
    for earlier, later in pairwise(points):
        touched = earlier.period_end < window_end and later.period_end > before_start
        if touched and later.value < earlier.value:
            return f"The running total falls from {_dated(earlier)} to {_dated(later)}.", (earlier, later)
    return "", ()


def _edge(points: list[Figure], day: date) -> _Edge:
    earlier = next(point for point in reversed(points) if point.period_end <= day)
    low, high = _bounds(earlier)
    if earlier.period_end == day:
        return _Edge(earlier.value, low, high, earlier.qualifier, (earlier,))
    later = next(point for point in points if point.period_end > day)
    share = (day - earlier.period_end).days / (later.period_end - earlier.period_end).days
    value = earlier.value + share * (later.value - earlier.value)
    qualifier = Qualifier.ESTIMATE
    return _Edge(value, min(low, value), max(_bounds(later)[1], value), qualifier, (earlier, later))


def _bounds(total: Figure) -> tuple[float, float]:
    low, high = implied_bounds(total.value, total.low, total.high, total.qualifier)
    return total.value if low is None else low, total.value if high is None else high


def _dated(total: Figure) -> str:
    return f"{total.value:,.0f} to {total.period_end:%-d %b %Y}"
