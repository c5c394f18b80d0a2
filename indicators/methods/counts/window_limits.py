"""How far a count in a window can lie from any estimate, whatever the growth between dated totals was like."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import scipy

from indicators.core.figures.periods import Figure
from indicators.core.figures.qualifiers import implied_bounds
from indicators.methods.counts.court_totals import ABSENCE_CASES, ABSENCE_SENTENCES, OTHER_CASES, SENTENCES, Pace

Limits = tuple[float, float | None]
Terms = Mapping[tuple[str, date], float]

_ORDERS: tuple[Mapping[str, float], ...] = (
    {ABSENCE_SENTENCES: 1, SENTENCES: -1},
    {ABSENCE_SENTENCES: 1, ABSENCE_CASES: -1},
    {SENTENCES: 1, ABSENCE_CASES: -1, **dict.fromkeys(OTHER_CASES, -1.0)},
    {SENTENCES: 1, ABSENCE_SENTENCES: -1, **dict.fromkeys(OTHER_CASES, -1.0)},
)
"""Sums that are at most 0 on every day: absence within all articles, and no sentence without a case."""

_RISING: Mapping[str, float] = {SENTENCES: 1, ABSENCE_SENTENCES: -1}
"""Sentences under other articles than absence: a count too, so they never fall."""


def bounds_of(total: Figure) -> tuple[float, float]:
    """Return the lowest and highest value of a dated total; a side that nobody bounded is the value itself."""
    low, high = implied_bounds(total.value, total.low, total.high, total.qualifier)
    return total.value if low is None else low, total.value if high is None else high


def window_limits(
    totals: Mapping[str, Sequence[Figure]],
    counted: Sequence[str],
    before: date,
    end: date,
    paces: Sequence[Pace] = (),
) -> Limits | None:
    """Return the least and the most that can have been added within a window: min and max of X(end) - X(before).

    Solved by linear programming over all totals of one counter on all their days: every running total rises, every
    dated value holds, absence sentences are part of all sentences, and no sentence comes before its case.

    Args:
        totals: Dated totals by series, from 0 on.
        counted: Series whose sum is X.
        before: Last day before the window.
        paces: Highest rises a day, each for the days up to a date; none for hard limits.

    Returns:
        Lower limit and upper limit (None where nothing bounds it from above), or None where the totals contradict
        each other.
    """
    days = sorted({before, end, *(total.period_end for dated in totals.values() for total in dated)})
    place = {(series, day): number for number, (series, day) in enumerate((s, d) for s in totals for d in days)}
    bounds: list[tuple[float, float | None]] = [(0.0, None)] * len(place)
    for series, dated in totals.items():
        for total in dated:
            bounds[place[series, total.period_end]] = bounds_of(total)
    least: list[tuple[Terms, float]] = []  # terms whose sum is at most a number
    for first, second in pairwise(days):
        least += [({(series, first): 1, (series, second): -1}, 0.0) for series in totals]
        if all(series in totals for series in _RISING):
            fall = {(series, day): sign * factor for series, factor in _RISING.items()
                    for day, sign in ((first, 1), (second, -1))}  # fmt: skip
            least.append((fall, 0.0))
        for pace in paces:
            if second <= pace.until and pace.series in totals:
                rise = {(pace.series, second): 1.0, (pace.series, first): -1.0}
                least.append((rise, pace.daily * (second - first).days))
    for order in _ORDERS:
        if all(series in totals for series in order):
            least += [({(series, day): factor for series, factor in order.items()}, 0.0) for day in days]
    matrix = np.zeros((len(least), len(place)))
    for row, (terms, _) in enumerate(least):
        for key, factor in terms.items():
            matrix[row, place[key]] = factor
    aim = np.zeros(len(place))
    for series in counted:
        aim[place[series, end]] += 1
        aim[place[series, before]] -= 1
    ends = [
        scipy.optimize.linprog(sign * aim, A_ub=matrix, b_ub=[most for _, most in least], bounds=bounds, method="highs")
        for sign in (1, -1)
    ]
    if ends[0].status != 0:
        return None
    lowest, highest = (one.fun if one.status == 0 else None for one in ends)
    return max(lowest or 0.0, 0.0), None if highest is None else -highest
