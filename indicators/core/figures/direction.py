"""Which way a figure moved, said only where the evidence carries it.

Two figures differ in direction only if what is known about each leaves a gap between them: the bounds that qualifier,
rounding and published range allow, and the chance that counts carry.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import NormalDist, median
from typing import Any

import pandas as pd

from indicators.core.evidence.vocabulary import Qualifier, Stage
from indicators.core.figures.qualifiers import implied_bounds

Z_95 = 1.96
FEWEST_STEPS = 5
"""Steps between periods from which the spread of counts is taken; with fewer, weeks are assumed to differ."""

ASSUMED_SIZE = 10
"""Size of the negative binomial by which weeks are assumed to differ."""

ASSUMED_RESPONDENTS = 1000
"""People asked in a poll whose number is not in the data; national polls ask 1,000 to 2,000."""

_MEDIAN_CHI_SQUARE = 0.4549  # of one degree of freedom
_DAYS_OF = {"day": 1.0, "week": 7.0, "30 days": 30.0}
_NOT_COUNTED = frozenset({Stage.POLL, Stage.PRICE, Stage.FORCE, Stage.TERRITORY, Stage.TRAINING})


class Direction(StrEnum):
    """How a later figure stands to an earlier one."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNCLEAR = "not distinguishable"


@dataclass(frozen=True, kw_only=True)
class Level:
    """A figure with what is known about its size.

    Args:
        low: Its lower bound, or None where nothing bounds it from below.
        high: Its upper bound, or None where nothing bounds it from above.
        counted: Number of events it rests on, or None where it is no count.
    """

    value: float
    low: float | None
    high: float | None
    counted: float | None = None
    weeks: float = 1.0


def direction(earlier: Level, later: Level, dispersion: float = 1.0) -> Direction:
    """Return which way a figure moved: z = ln(r2 / r1) / sqrt(phi (1/x1 + 1/x2)), taken at the nearest bounds.

    Args:
        earlier: The figure before, r1, with x1 events.
        later: The newer figure, r2, with x2 events.
        dispersion: phi, variance of the counts over that of chance counts; at least 1.

    Returns:
        Up or down only if the bounds part and, for two counts, z exceeds 1.96 at the bounds that are nearest to each
        other. The same only if two values agree; otherwise not distinguishable.

    Raises:
        ValueError: If the dispersion is below 1.

    Example:
        >>> def counted(x): return Level(value=x, low=x, high=x, counted=x)
        >>> direction(counted(100), counted(130)).value, direction(counted(100), counted(120)).value
        ('up', 'not distinguishable')
        >>> direction(Level(value=715, low=715, high=None), Level(value=723, low=723, high=None)).value
        'not distinguishable'
    """
    if dispersion < 1:
        raise ValueError(f"expected a dispersion of 1 or more, got {dispersion}")
    if earlier.value == later.value:
        return Direction.SAME
    if _above(earlier, later, dispersion):
        return Direction.UP
    return Direction.DOWN if _above(later, earlier, dispersion) else Direction.UNCLEAR


def spread_between(levels: Sequence[Level]) -> float:
    """Return how much counts of one series vary from period to period over chance counts: phi, at least 1.

    phi is the median of ln(r2 / r1)^2 / (1/x1 + 1/x2) over neighbouring periods, over the median of a chi-square of one
    degree of freedom, so that a few real jumps do not raise it. With fewer than five steps phi = 1 + m / 10, m the
    largest mean of a week: weeks that differ as a negative binomial of size 10.

    Args:
        levels: Counts in order of time; figures that are no counts are left out.

    Example:
        >>> spread_between([Level(value=x, low=x, high=x, counted=x, weeks=4) for x in (400, 400, 400)])
        11.0
    """
    counts = [level for level in levels if level.counted and level.value > 0]
    steps = [
        math.log(later.value / earlier.value) ** 2 / _chance(earlier, later) for earlier, later in pairwise(counts)
    ]
    if len(steps) >= FEWEST_STEPS:
        return max(median(steps) / _MEDIAN_CHI_SQUARE, 1.0)
    return 1 + max(((level.counted or 0) / level.weeks for level in counts), default=0.0) / ASSUMED_SIZE


def change_between(earlier: pd.Series, later: pd.Series, history: pd.DataFrame) -> Direction:
    """Return which way a figure moved, with the spread that its history shows.

    Args:
        earlier: Row with value, low, high, qualifier, unit, stage, period_start and period_end.
        later: The newer row of the same series.
        history: Such rows of that series in order of time; the step that is judged does not count towards the spread.
    """
    before = history[history["period_end"] <= earlier["period_end"]]
    spread = spread_between([level_of(row) for _, row in before.iterrows()] or [level_of(earlier)])
    return direction(level_of(earlier), level_of(later), spread)


def level_of(row: pd.Series | Mapping[Hashable, Any]) -> Level:
    """Return a row's figure with its bounds and the events it rests on.

    Args:
        row: Value, low, high, qualifier, unit, stage, period_start and period_end.

    Example:
        >>> row = pd.Series({"value": 97.0, "low": None, "high": None, "qualifier": "exact", "stage": "sentence",
        ...     "unit": "sentences per week", "period_start": pd.Timestamp("2023-06-01"),
        ...     "period_end": pd.Timestamp("2023-06-14")})
        >>> level_of(row).counted
        194.0
    """
    value, days = float(row["value"]), (row["period_end"] - row["period_start"]).days + 1
    low, high = (None if pd.isna(row[bound]) else float(row[bound]) for bound in ("low", "high"))
    if row["stage"] == Stage.POLL and row["unit"] == "percent" and low is None and high is None:
        low, high = _poll_interval(value)
    low, high = implied_bounds(value, low, high, Qualifier(row["qualifier"]))
    return Level(value=value, low=low, high=high, counted=_events(row, value, days), weeks=days / 7)


def wilson_interval(cases: float, of: float) -> tuple[float, float]:
    """Return the 95 % interval of a share: (x + z^2 / 2 -+ z sqrt(x (n - x) / n + z^2 / 4)) / (n + z^2), z = 1.96.

    Args:
        cases: x, 0 or more.
        of: n, of which they are a part; above 0 and not below x.

    References:
        Wilson 1927, Journal of the American Statistical Association 22:209, doi 10.2307/2276774.

    Example:
        >>> [round(bound, 3) for bound in wilson_interval(32, 44)]
        [0.582, 0.837]
    """
    # Written out because every first page needs it, and the library of statistics takes most of a second to load.
    z = NormalDist().inv_cdf(0.975)
    middle = (cases + z**2 / 2) / (of + z**2)
    reach = z / (of + z**2) * math.sqrt(cases * (of - cases) / of + z**2 / 4)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def _above(lower: Level, higher: Level, dispersion: float) -> bool:
    """Return whether one figure lies above another for all that is known about both."""
    if lower.high is None or higher.low is None or higher.low <= lower.high:
        return False
    if lower.counted is None or higher.counted is None:
        return True
    if min(lower.counted, higher.counted, lower.high) <= 0:
        return False
    return math.log(higher.low / lower.high) > Z_95 * math.sqrt(dispersion * _chance(lower, higher))


def _chance(first: Level, second: Level) -> float:
    return 1 / (first.counted or math.inf) + 1 / (second.counted or math.inf)


def _events(row: pd.Series | Mapping[Hashable, Any], value: float, days: int) -> float | None:
    _, divided, per = row["unit"].partition(" per ")
    if row["stage"] in _NOT_COUNTED or row["unit"] in ("share", "percent"):
        return None
    if not divided:
        return value
    return value * days / _DAYS_OF[per] if per in _DAYS_OF else None


def _poll_interval(percent: float) -> tuple[float, float]:
    low, high = wilson_interval(round(percent / 100 * ASSUMED_RESPONDENTS), ASSUMED_RESPONDENTS)
    return 100 * low, 100 * high
