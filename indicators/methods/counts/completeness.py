"""Completeness by age: how much of a period's count an edition holds, by how long before it the period ended.

Names of the dead become known over many months. Where one edition holds both the named deaths and an estimate of all
deaths by month, their ratio rises with a month's age until it levels off; a month's share of that level tells how
complete its list of names is. That takes the estimate for right in its shape, not in its size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

import numpy as np
import scipy

PLATEAU_AGE = 22
"""Age in whole months from which the ratio counts as level."""

COMPLETE = 0.9
"""Completeness from which a period is treated as complete."""

_MEDIAN_CHI_SQUARE = 0.4549  # of one degree of freedom


@dataclass(frozen=True, kw_only=True)
class CountOfAge:
    """A period's count in one edition beside the estimate of the same edition.

    Args:
        named: N, cases counted; above 0.
        estimated: E, estimate of all cases; above 0.
    """

    age: int
    named: float
    estimated: float


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """Completeness by age in months.

    Args:
        ages: Ages in months that were seen, rising.
        shares: c, completeness at each of them; above 0, at most 1, never falling with age.
        variations: cv, standard deviation of c over c, at each of them.
        dispersion: phi, variance of the counts about the curve over that of chance counts; at least 1.
    """

    ages: tuple[int, ...]
    shares: tuple[float, ...]
    variations: tuple[float, ...]
    dispersion: float

    def at(self, age: int) -> tuple[float, float] | None:
        """Return c and its cv at an age: that of the nearest age seen up to it, or None below all of them."""
        place = int(np.searchsorted(self.ages, age, side="right")) - 1
        return None if place < 0 else (self.shares[place], self.variations[place])

    def complete(self, age: int) -> bool:
        """Return whether a period of that age is complete: c >= 0.9."""
        found = self.at(age)
        return found is not None and found[0] >= COMPLETE


def age_in_months(period_end: date, edition: date) -> int:
    """Return the whole months between the end of a period and an edition.

    Example:
        >>> age_in_months(date(2025, 7, 31), date(2026, 5, 11)), age_in_months(date(2024, 6, 30), date(2026, 5, 11))
        (9, 22)
    """
    months = 12 * (edition.year - period_end.year) + edition.month - period_end.month
    return months - (edition.day < period_end.day)


def completeness_by_age(counts: Sequence[CountOfAge]) -> Completeness | None:
    """Return completeness by age: c(a) = sum of N over sum of E at age a, over the level of that ratio at 22 months.

    Ratios are made to rise with age by pooling neighbours that fall (isotonic regression with weights E), so each stays
    a sum over a sum. Ages above 22 months are complete. phi is the median of ln(q2 / q1)^2 / (1/N1 + 1/N2) over
    neighbouring ages from 22 months on, q their ratios, over the median of a chi-square of one degree of freedom.
    cv^2(c) = phi / N at that age (pooled) + phi / N at the level.

    Args:
        counts: Periods with their age, each counted and estimated in one edition; of several editions all may be given.

    Returns:
        The curve, or None where no period is 22 months old.

    Example:
        >>> seen = [CountOfAge(age=age, named=named, estimated=1000) for age, named in ((3, 200), (12, 600), (22, 800))]
        >>> curve = completeness_by_age(seen)
        >>> curve.shares[0], curve.complete(21)
        (0.25, False)
    """
    ages = sorted({count.age for count in counts})
    if not ages or ages[-1] < PLATEAU_AGE:
        return None
    named = np.array([sum(count.named for count in counts if count.age == age) for age in ages])
    estimated = np.array([sum(count.estimated for count in counts if count.age == age) for age in ages])
    fitted = scipy.optimize.isotonic_regression(named / estimated, weights=estimated)
    level = next(place for place, age in enumerate(ages) if age >= PLATEAU_AGE)
    pooled = np.add.reduceat(named, fitted.blocks[:-1]).repeat(np.diff(fitted.blocks))
    dispersion = _spread(named[level:], named[level:] / estimated[level:])
    shares = np.minimum(fitted.x / fitted.x[level], 1.0)
    variations = np.where(shares < 1, np.sqrt(dispersion * (1 / pooled + 1 / pooled[level])), 0.0)
    return Completeness(
        ages=tuple(ages),
        shares=tuple(shares.tolist()),
        variations=tuple(variations.tolist()),
        dispersion=dispersion,
    )


def completed_count(named: float, share: float, variation: float, dispersion: float) -> tuple[float, float]:
    """Return the count at full completeness, N / c, and its standard deviation sqrt((phi N + N^2 cv^2) / c^2).

    Args:
        named: N, cases counted so far; 0 or more.
        share: c, completeness at the age of the period; above 0, at most 1.
        variation: cv of c, 0 or more.
        dispersion: phi, at least 1.

    Raises:
        ValueError: If the share is not above 0 and at most 1.

    Example:
        >>> completed_count(400, 0.5, 0.0, 1.0), completed_count(400, 0.5, 0.05, 4.0)
        ((800.0, 40.0), (800.0, 89.44271909999159))
    """
    if not 0 < share <= 1:
        raise ValueError(f"expected a completeness above 0 and at most 1, got {share}")
    return named / share, math.sqrt(dispersion * named + (named * variation) ** 2) / share


def _spread(named: np.ndarray, ratios: np.ndarray) -> float:
    pairs = pairwise(zip(named.tolist(), ratios.tolist(), strict=True))
    steps = [math.log(second / first) ** 2 / (1 / few + 1 / many) for (few, first), (many, second) in pairs]
    return max(median(steps) / _MEDIAN_CHI_SQUARE, 1.0) if steps else 1.0
