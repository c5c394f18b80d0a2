"""Bounds of conflicting claims: one interval for each claimant, and what they have in common.

Nothing is averaged. An independent count names what it has seen, so it is read as a documented minimum; "up to" c
reaches from 0 to c; an estimate without bounds is read as rounded, whoever states it: two points never agree.

Two rules are left out because the evidence does not carry them. A side's figures about its enemy could be read as upper
bounds, those about itself as lower ones. But the one quantity here about which both sides state figures is the size of
the Russian force; there the Ukrainian figures of late 2023 lie below the Kremlin's, against the rule, and either side
can gain by a large number as well as by a small one. And a denial could be read as 0. But no denied claim of the ledger
states a figure, and whoever denies a figure does not thereby say 0; denials stand in the ledger.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Qualifier, Stance
from indicators.core.figures.qualifiers import implied_bounds

Span = tuple[float, float | None]
"""Lower and upper bound; None stands for "no upper bound stated"."""


@dataclass(frozen=True, kw_only=True)
class ClaimedInterval:
    """What one claimant says about a quantity.

    Args:
        low: Lower bound, in the quantity's unit.
        high: Upper bound, or None where none is stated.
    """

    claimant: str
    stance: Stance
    value: float
    low: float
    high: float | None
    qualifier: Qualifier
    period_start: date
    period_end: date
    known: date
    source_id: str


@dataclass(frozen=True, kw_only=True)
class CommonGround:
    """What claimants have in common.

    Args:
        intersection: Values that no claimant rules out, or None where there is none.
        hull: Smallest and largest value that some claimant allows, or None without any claim.
    """

    intersection: Span | None
    hull: Span | None


def claimed_span(value: float, low: float | None, high: float | None, qualifier: Qualifier, stance: Stance) -> Span:
    """Return the values that a claim about a non-negative quantity allows.

    Args:
        value: The figure, in any unit; not negative.
        low: Published lower bound, if any.
        high: Published upper bound, if any.
        stance: Where the claimant stands; an independent count without bounds is a minimum.

    Returns:
        Lower and upper bound.

    Example:
        >>> claimed_span(100, None, None, Qualifier.UP_TO, Stance.THIRD_PARTY_GOVERNMENT)
        (0.0, 100)
        >>> claimed_span(5024, None, None, Qualifier.EXACT, Stance.INDEPENDENT_COUNT)
        (5024, None)
        >>> claimed_span(420_000, None, None, Qualifier.ESTIMATE, Stance.BELLIGERENT)
        (415000.0, 425000.0)
    """
    if low is None and high is None and stance is Stance.INDEPENDENT_COUNT and qualifier is Qualifier.EXACT:
        return value, None
    below, above = implied_bounds(value, low, high, qualifier)
    if below is None and above is None:
        below, above = implied_bounds(value, None, None, Qualifier.ABOUT)
    return (0.0 if below is None else below), above


def common_ground(intervals: Iterable[ClaimedInterval]) -> CommonGround:
    """Return intersection and hull of claimed intervals.

    Reference: interval bounds of conflicting sources, without weights (Manski 2003, doi:10.1007/b97478).

    Example:
        >>> def said(claimant, low, high):
        ...     return ClaimedInterval(
        ...         claimant=claimant, stance=Stance.BELLIGERENT, value=low, low=low, high=high,
        ...         qualifier=Qualifier.ESTIMATE, period_start=date(2023, 8, 1), period_end=date(2023, 8, 31),
        ...         known=date(2023, 9, 1), source_id="page",
        ...     )
        >>> common_ground([said("A", 10, 30), said("B", 20, None)])
        CommonGround(intersection=(20, 30), hull=(10, None))
        >>> common_ground([said("A", 10, 15), said("B", 20, 25)]).intersection is None
        True
    """
    claimed = list(intervals)
    if not claimed:
        return CommonGround(intersection=None, hull=None)
    lows, highs = [one.low for one in claimed], [math.inf if one.high is None else one.high for one in claimed]
    shared = (max(lows), min(highs))
    return CommonGround(
        intersection=_span(*shared) if shared[0] <= shared[1] else None, hull=_span(min(lows), max(highs))
    )


def claimed_intervals(evidence: Evidence, series: Sequence[str], start: date, end: date) -> list[ClaimedInterval]:
    """Return the newest interval of each claimant for one quantity within a period.

    Args:
        series: Series of one quantity in one unit.

    Returns:
        Intervals in order of their period, one for each claimant whose figure ends within the period.

    Raises:
        ValueError: If the series have several units.
    """
    rows = evidence.of_series(*series)
    units = rows["unit"].unique()
    if len(units) > 1:
        raise ValueError(f"claims can be compared in one unit only; got {', '.join(units)}")
    within = (rows["period_end"] >= pd.Timestamp(start)) & (rows["period_end"] <= pd.Timestamp(end))
    rows = rows[within & (rows["qualifier"] != Qualifier.PROJECTION.value)]
    newest = rows.sort_values(["period_end", "known"], kind="stable").drop_duplicates("claimant", keep="last")
    stances = evidence.publishers.set_index("publisher")["stance"]
    return [_interval(row, Stance(stances[row["claimant"]])) for row in newest.to_dict("records")]


def contested_series(evidence: Evidence) -> tuple[str, ...]:
    """Return the series in which at least two claimants state figures."""
    claimants = evidence.observations.groupby("series", sort=False)["claimant"].nunique()
    return tuple(claimants[claimants > 1].index)


def _interval(row: Mapping[Any, Any], stance: Stance) -> ClaimedInterval:
    value, qualifier = float(row["value"]), Qualifier(row["qualifier"])
    low, high = claimed_span(value, _number(row["low"]), _number(row["high"]), qualifier, stance)
    return ClaimedInterval(
        claimant=row["claimant"],
        stance=stance,
        value=value,
        low=low,
        high=high,
        qualifier=qualifier,
        period_start=row["period_start"].date(),
        period_end=row["period_end"].date(),
        known=row["known"].date(),
        source_id=row["source_id"],
    )


def _number(cell: float) -> float | None:
    return None if math.isnan(cell) else cell


def _span(low: float, high: float) -> Span:
    return low, None if math.isinf(high) else high
