"""What a running total added within a window: an estimate, the range of honest routes to it, and hard limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.periods import Figure, merge_provenance
from indicators.core.figures.qualifiers import subtract
from indicators.core.figures.totals import dated_total, newest_by_end
from indicators.methods.counts.benchmarking import (
    Knots,
    by_share,
    daily_steps,
    denton_ratios,
    shares_followed,
    sum_on_line,
)
from indicators.methods.counts.court_totals import FOLLOWING, PARTS, Counter
from indicators.methods.counts.window_limits import Limits, window_limits

BETWEEN_TOTALS = "on the line between dated totals"
SHARE = "the share of cases that was sentenced"
DENTON = "proportional Denton-Cholette"
PART_YEAR = "with the total of part of a year"

_SLACK = 1e-6  # linear programming and sums of days are exact to about 1e-9


@dataclass(frozen=True, kw_only=True)
class Route:
    """One honest way to the count of a window.

    Args:
        name: The way, in words.
    """

    name: str
    value: float


@dataclass(frozen=True, kw_only=True)
class WindowCount:
    """A count within a window, or the reason for none.

    Args:
        count: The middle of the routes with the hard limits as its bounds, known when the latest total used is; None
            if refused.
        routes: The ways to it; one if it is the difference of two dated totals.
        paced: Narrower limits, if the count never rose faster than the highest published pace; None without one.
        totals: The dated totals it rests on, in order of date; those nearest to the window if refused.
        complete: Whether totals cover the whole window.
        interpolated: Whether an edge of the window lies between two totals.
        reason: Why there is no count, or how the edges were read; "" if both edges are totals.
    """

    count: Figure | None
    routes: tuple[Route, ...] = ()
    paced: Limits | None = None
    totals: tuple[Figure, ...]
    complete: bool
    interpolated: bool = False
    reason: str


def count_in_window(counter: Counter, window_start: date, window_end: date) -> WindowCount:
    """Return what was added in a window: X(end) - X(start - 1), with X read between its dated totals.

    Sentences are read by the share of cases that were sentenced and by proportional Denton-Cholette, each with and
    without totals of part of a year; cases article by article; anything else on the line between its own totals. The
    estimate is the middle of the routes that keep within the hard limits. Nothing is carried on beyond the last total.

    Args:
        counter: Totals of one claimant, with those that bear on them.

    Raises:
        ValueError: If the window ends before it starts or the totals of the series have different first days.

    Example:
        >>> from indicators.core.evidence.vocabulary import KnownBasis
        >>> from indicators.methods.counts.court_totals import counter_of
        >>> def total(value, end):
        ...     return Figure(period_start=date(2022, 9, 21), period_end=end, value=value, low=None, high=None,
        ...         qualifier=Qualifier.EXACT, known=end, known_basis=KnownBasis.PUBLISHED, source_ids=("s",),
        ...         inputs=("o",))
        >>> dated = [total(100.0, date(2023, 1, 10)), total(300.0, date(2023, 1, 30)), total(500.0, date(2023, 2, 9))]
        >>> found = count_in_window(counter_of("cases", dated), date(2023, 1, 16), date(2023, 2, 9)).count
        >>> found.value, found.low, found.high, found.known.isoformat()
        (350.0, 200.0, 400.0, '2023-02-09')
    """
    if window_end < window_start:
        raise ValueError(f"expected a window that ends on or after its start, got {window_start} to {window_end}")
    first_days = {total.period_start for total in counter.own}
    if len(first_days) > 1:
        raise ValueError(f"expected totals of one first day, got {', '.join(map(str, sorted(first_days)))}")
    before = window_start - timedelta(days=1)
    own = newest_by_end(list(counter.own))
    falls = _fall(own, before, window_end)
    if falls:
        reason = f"The running total falls from {dated_total(falls[0])} to {dated_total(falls[1])}."
        return WindowCount(count=None, totals=falls, complete=True, reason=reason)
    ends = {total.period_end: total for total in own}
    exact = before in ends and window_end in ends
    routes = tuple(_routes(counter, own, before, window_end))
    if not routes:
        return _refused(counter, own, before, window_end)
    counted = (counter.series,) if exact or counter.series in FOLLOWING else counter.parts() or (counter.series,)
    totals = {id_: _rising(dated) for id_, dated in counter.part_years.items()}
    limits = window_limits(totals, counted, before, window_end)
    if limits is None:
        return _contradiction(counter, before, window_end)
    low, high = limits
    honest = tuple(
        route for route in routes if low - _SLACK <= route.value <= (route.value if high is None else high) + _SLACK
    )
    if not honest:
        return _contradiction(counter, before, window_end)
    used = (ends[before], ends[window_end]) if exact else _used(counter, before, window_end)
    qualifier = subtract(ends[window_end].qualifier, ends[before].qualifier) if exact else Qualifier.ESTIMATE
    value = median(route.value for route in honest)
    paces = counter.paces if counter.series in FOLLOWING else ()  # what was published are paces of sentences
    return WindowCount(
        count=Figure(
            period_start=window_start,
            period_end=window_end,
            value=value,
            low=min(low, value),
            high=None if high is None else max(high, value),
            qualifier=qualifier,
            **merge_provenance(*used),
        ),
        routes=honest,
        paced=window_limits(totals, counted, before, window_end, paces) if paces and not exact else None,
        totals=used,
        complete=True,
        interpolated=not exact,
        reason="" if exact else f"Read {_in_words(honest)}.",
    )


def _routes(counter: Counter, own: Sequence[Figure], before: date, end: date) -> Iterator[Route]:
    """Yield the ways to a window's count; none where totals do not cover it."""
    knots = _knots(own)
    if before in knots and end in knots:
        yield Route(name=BETWEEN_TOTALS, value=knots[end] - knots[before])
        return
    parts = counter.parts()
    if counter.series not in FOLLOWING:
        lines = [_knots(counter.part_years[part]) for part in parts or (counter.series,)]
        edges = [sum_on_line(lines, day) for day in (before, end)]
        if edges[0] is not None and edges[1] is not None:
            yield Route(name=BETWEEN_TOTALS, value=edges[1] - edges[0])
        return
    if not parts:
        return
    sets = [("", counter.totals)]
    if counter.part_years[parts[0]] != counter.totals[parts[0]]:
        sets.append((f", {PART_YEAR}", counter.part_years))
    for words, totals in sets:
        followers = _followers(counter, totals)
        lines = [_knots(totals[part]) for part in parts]
        shares = shares_followed(followers)
        edges = [knots.get(day, by_share(shares, lines, day)) for day in (before, end)]
        if edges[0] is None or edges[1] is None:
            return
        yield Route(name=f"{SHARE}{words}", value=edges[1] - edges[0])
        ratios = denton_ratios(followers, own[0].period_end + timedelta(days=1), max(shares))
        if ratios is not None:
            days = [day for day in ratios if before < day <= end]
            steps = daily_steps(lines, days)
            if steps is not None:
                value = float(sum(ratios[day] * step for day, step in zip(days, steps, strict=True)))
                yield Route(name=f"{DENTON}{words}", value=value)


def _followers(counter: Counter, totals: Mapping[str, Sequence[Figure]]) -> list[tuple[Knots, list[Knots]]]:
    """Return all sentences with the cases that they follow, those of the counter's own series first."""
    series = sorted((id_ for id_ in FOLLOWING if id_ in totals), key=lambda id_: id_ != counter.series)
    return [
        (_knots(totals[id_]), [_knots(totals[part]) for part in PARTS[id_]])
        for id_ in series
        if all(part in totals for part in PARTS[id_])
    ]


def _used(counter: Counter, before: date, end: date) -> tuple[Figure, ...]:
    """Return the dated totals on both sides of the window's edges, of all series that the estimate rests on."""
    parts = counter.parts()
    if counter.series in FOLLOWING:
        groups = [[total for id_ in FOLLOWING for total in counter.totals.get(id_, ())]]
    else:
        groups = [] if parts else [list(counter.part_years[counter.series])]
    groups += [list(counter.part_years[part]) for part in parts]
    found: list[Figure] = []
    for group in groups:
        dated = sorted(group, key=lambda total: total.period_end)
        for day in (before, end):
            found += [total for total in dated if total.period_end <= day][-1:]
            found += [total for total in dated if total.period_end >= day][:1]
    return tuple(sorted(dict.fromkeys(found), key=lambda total: total.period_end))


def _knots(totals: Sequence[Figure]) -> dict[date, float]:
    return {total.period_end: total.value for total in newest_by_end(list(totals))}


def _rising(totals: Sequence[Figure]) -> list[Figure]:
    """Leave out what a later, lower total has corrected."""
    dated = newest_by_end(list(totals))
    return [total for place, total in enumerate(dated) if all(later.value >= total.value for later in dated[place:])]


def _fall(own: Sequence[Figure], before: date, end: date) -> tuple[Figure, Figure] | None:
    touched = ((one, two) for one, two in pairwise(own) if one.period_end < end and two.period_end > before)
    return next(((one, two) for one, two in touched if two.value < one.value), None)


def _refused(counter: Counter, own: Sequence[Figure], before: date, end: date) -> WindowCount:
    if not own:
        return WindowCount(count=None, totals=(), complete=False, reason="There is no dated total.")
    first, last = own[0], own[-1]
    if before < first.period_end:
        reason, nearest = "starts before the first total, {}; nothing is carried back beyond it", first
    elif end > last.period_end:
        reason, nearest = "ends after the last total, {}; nothing is carried on beyond it", last
    else:
        reason, nearest = "lies between totals, the last of them {}, and no count of cases covers it", last
    covered = first.period_end <= before and end <= last.period_end
    return WindowCount(
        count=None, totals=(nearest,), complete=covered, reason=f"The window {reason.format(dated_total(nearest))}."
    )


def _contradiction(counter: Counter, before: date, end: date) -> WindowCount:
    used = _used(counter, before, end)
    reason = f"The dated totals around the window contradict each other: {'; '.join(map(dated_total, used))}."
    return WindowCount(count=None, totals=used, complete=True, reason=reason)


def _in_words(routes: Sequence[Route]) -> str:
    if len(routes) == 1:
        return routes[0].name
    return "by " + "; by ".join(f"{route.name} {route.value:,.0f}" for route in routes)
