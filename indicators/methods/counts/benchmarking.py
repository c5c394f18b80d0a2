"""Counts between their few dated totals, read by the denser series that they follow.

A running total that bends upwards lies below the straight line between two of its values, so that line gives too much
at the first edge of a window and too little within it. Sentences have few dated totals; the cases from which they
arise have many, and the share of cases that have been sentenced moves slowly.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Knots = Mapping[date, float]
FloatArray = npt.NDArray[np.float64]


def on_line(knots: Knots, day: date) -> float | None:
    """Return a value on the straight line between the two nearest dated ones; None outside them.

    Example:
        >>> round(on_line({date(2023, 4, 26): 951, date(2023, 9, 21): 3049}, date(2023, 8, 29)) or 0)
        2723
    """
    days = sorted(knots)
    if not days or not days[0] <= day <= days[-1]:
        return None
    return float(np.interp(day.toordinal(), [one.toordinal() for one in days], [knots[one] for one in days]))


def sum_on_line(parts: Sequence[Knots], day: date) -> float | None:
    """Return the sum of several totals on a day, each on its own line; None where one of them is not covered."""
    values = [on_line(part, day) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def shares_followed(followers: Sequence[tuple[Knots, Sequence[Knots]]]) -> dict[date, float]:
    """Return by day the share of its indicator that a follower has reached: rho = S / C.

    Args:
        followers: S and the parts of its C; of two on one day the first counts.

    Example:
        >>> day = date(2023, 4, 26)
        >>> {day: round(share, 4) for day, share in shares_followed([({day: 586.0}, [{day: 951.0}])]).items()}
        {datetime.date(2023, 4, 26): 0.6162}
    """
    shares: dict[date, float] = {}
    for totals, parts in followers:
        for day, total in totals.items():
            indicator = sum_on_line(parts, day)
            if indicator:
                shares.setdefault(day, total / indicator)
    return shares


def by_share(shares: Mapping[date, float], parts: Sequence[Knots], day: date) -> float | None:
    """Return a follower's total: S(t) = rho(t) C(t), rho and every part of C linear between dated values.

    Before its first date rho keeps its first value; nothing is carried on beyond the last.

    Args:
        shares: rho by day.
        parts: The parts of C.
        day: t.

    Returns:
        S(t), or None where rho or a part of C is not known.

    References:
        Dagum and Cholette 2006, Benchmarking, Temporal Distribution, and Reconciliation Methods for Time Series.

    Example:
        >>> shares = {date(2023, 4, 26): 586 / 951, date(2023, 11, 21): 3470 / 4121}
        >>> cases = [{date(2023, 4, 26): 951, date(2023, 9, 21): 3049}]
        >>> round(by_share(shares, cases, date(2023, 8, 29)) or 0)
        2046
    """
    indicator = sum_on_line(parts, day)
    if indicator is None or not shares or day > max(shares):
        return None
    share = on_line(shares, max(day, min(shares)))
    return None if share is None else share * indicator


def denton_ratios(
    followers: Sequence[tuple[Knots, Sequence[Knots]]], first: date, last: date
) -> dict[date, float] | None:
    """Return the daily ratio of proportional Denton-Cholette: min sum (r_t - r_(t-1))^2, r_t = s_t / c_t.

    The published totals hold: sum of r_t c_t up to a day = the follower's total on that day. One ratio serves all
    followers, each with its own indicator.

    Args:
        followers: Totals S and the parts of its indicator C.
        last: Last day; every total up to it is met.

    Returns:
        r by day, or None where no total is there to be met or the totals contradict each other.

    References:
        Denton 1971, doi 10.1080/01621459.1971.10482227; Cholette 1984.
    """
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    rows, wanted = [], []
    for totals, parts in followers:
        steps = daily_steps(parts, days)
        for day, total in sorted(totals.items()):
            if steps is not None and first <= day <= last and total > 0:
                met = np.where(np.arange(len(days)) <= (day - first).days, steps, 0.0)
                rows.append(met)
                wanted.append(total)
    if not rows:
        return None
    # Minimum where D'D r = -A'u and A r = S: r is a constant less the sums from both ends of A'u, u the multipliers.
    constraints = np.array(rows)
    weights = constraints.sum(axis=1)
    swept = np.zeros_like(constraints)
    swept[:, 1:] = np.cumsum(np.cumsum(constraints[:, :0:-1], axis=1)[:, ::-1], axis=1)
    system = np.block([[-constraints @ swept.T, weights[:, None]], [weights[None, :], np.zeros((1, 1))]])
    try:
        *multipliers, level = np.linalg.solve(system, [*wanted, 0.0])
    except np.linalg.LinAlgError:
        return None
    return dict(zip(days, (level - np.array(multipliers) @ swept).tolist(), strict=True))


def daily_steps(parts: Sequence[Knots], days: Sequence[date]) -> FloatArray | None:
    """Return what an indicator adds on each day, None where a part of it does not cover them all."""
    before = days[0] - timedelta(days=1)
    if any(sum_on_line(parts, day) is None for day in (before, days[-1])):
        return None
    numbers = np.array([before.toordinal(), *(day.toordinal() for day in days)])
    lines = [(sorted(part), part) for part in parts]
    running = [np.interp(numbers, [day.toordinal() for day in at], [part[day] for day in at]) for at, part in lines]
    steps: FloatArray = np.diff(np.sum(running, axis=0))
    return steps
