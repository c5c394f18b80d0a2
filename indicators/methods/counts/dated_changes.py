"""Did the rate of a series of counts change at a date known beforehand: its step held against those of all other dates.

A model's own interval is far too sure of such a step, because counts bend and drift by themselves: in the series
published here it excludes "no change" at about every third date. So a date is held against the other dates of its
series, and nothing is said where too few of them can be asked. No answer says why a rate changed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
import scipy
from numpy.typing import NDArray

from indicators.core.figures.periods import Figure

AROUND = 12
"""Periods on either side of a date that its step is read from: a local trend, not one for years."""

LEVEL = 0.05
MOST_EXCLUDING = 0.10
"""Share of other dates whose 95 % interval excludes 1 above which no interval is shown."""

_FITTED = 3
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class DatedChange:
    """The step of a rate at one date, beside those of the other dates of its series.

    Args:
        ratio: Rate from the date on over the rate that the local trend leads to; None if the date can't be asked.
        low: Lower end of its 95 % interval; None where such intervals exclude 1 at more than a tenth of other dates.
        others: J, how many other dates of the series can be asked.
        chance: p = (1 + other dates with a step at least as large) / (1 + J), by the step and by the step over its
            error, whichever is larger; None if the date can't be asked.
        adjusted: The same by Holm's rule over all dates asked together, at most 1.
    """

    name: str
    day: date
    ratio: float | None
    low: float | None
    high: float | None
    others: int
    chance: float | None
    adjusted: float | None

    @property
    def stands_out(self) -> bool:
        """Whether the step is larger than chance explains, over all dates asked together."""
        return self.adjusted is not None and self.adjusted <= LEVEL


def dated_changes(
    periods: Sequence[Figure], exposures: Sequence[float], dates: Mapping[date, str]
) -> tuple[DatedChange, ...]:
    """Hold the step of a rate at each date against the steps at all other dates of the series.

    The step c at a date is read from the 12 periods before and the 12 from it on, by least squares:
    ln((y + 1/2) / e) = a + b t + c [t >= 0], t in weeks from the date, y counts, e exposures. D = c / s.e.(c) is set
    against D_j of every other date j with as many periods on either side: p = (1 + #{|D_j| >= |D|}) / (1 + J), and
    likewise for |c|; the larger p counts. Holm's rule is applied over the dates that can be asked. A period that spans
    a date is left out, and so is one at every other date.

    Args:
        periods: Counts of one series, definition and counter, of 0 or more; in periods that do not overlap.
        exposures: Exposure of each period in the series' own weeks, above 0.
        dates: First day of each later part, with its name.

    Returns:
        One answer for each date, in the order given.

    Raises:
        ValueError: If a count is negative, an exposure is not above 0, periods overlap, or lengths differ.

    References:
        Placebo in time: Abadie, Diamond and Hainmueller 2015, Am. J. Polit. Sci. 59:495, doi 10.1111/ajps.12116.
        Holm 1979, Scand. J. Statist. 6:65.
    """
    ordered = sorted(zip(periods, exposures, strict=True), key=lambda pair: pair[0].period_start)
    _check(ordered)
    starts = [figure.period_start for figure, _ in ordered]
    asked = []
    for day, name in dates.items():
        place = sum(start < day for start in starts)
        spanning = int(place > 0 and ordered[place - 1][0].period_end >= day)
        asked.append(_ask(ordered, place, spanning, day, name))
    return _holm(asked)


def _check(ordered: Sequence[tuple[Figure, float]]) -> None:
    for figure, exposure in ordered:
        if not (figure.value >= 0 and exposure > 0):
            raise ValueError(
                f"expected a count of 0 or more and an exposure above 0, got {figure.value} and {exposure} for the "
                f"period from {figure.period_start}"
            )
    for (earlier, _), (later, _) in pairwise(ordered):
        if later.period_start <= earlier.period_end:
            raise ValueError(
                f"expected periods that do not overlap, got one that ends on {earlier.period_end} and one that starts "
                f"on {later.period_start}"
            )


def _ask(ordered: Sequence[tuple[Figure, float]], place: int, spanning: int, day: date, name: str) -> DatedChange:
    """Answer for one date whose later part begins with the period at a place."""
    steps = _steps(ordered, spanning)
    own = place - spanning - AROUND
    others = len(steps) - 1
    if not 0 <= own <= others or not others:
        unasked = max(len(steps), 0)
        return DatedChange(
            name=name, day=day, ratio=None, low=None, high=None, others=unasked, chance=None, adjusted=None
        )
    sizes, errors = np.abs(steps[:, 0]), steps[:, 1]
    # Each date is at least as large as itself, so the counts below hold the 1 of the formula.
    larger = max(int((sizes >= sizes[own]).sum()), int((sizes * errors[own] >= sizes[own] * errors).sum()))
    reach = float(scipy.stats.t.ppf(0.975, 2 * AROUND - _FITTED))
    excluding = np.delete(sizes > reach * errors, own).mean()
    step, error = steps[own].tolist()
    low, high = (step - reach * error, step + reach * error) if excluding <= MOST_EXCLUDING else (None, None)
    return DatedChange(
        name=name,
        day=day,
        ratio=math.exp(step),
        low=None if low is None else math.exp(low),
        high=None if high is None else math.exp(high),
        others=others,
        chance=larger / (1 + others),
        adjusted=None,
    )


def _steps(ordered: Sequence[tuple[Figure, float]], spanning: int) -> Floats:
    """Return step on the log scale and standard error at every date with enough periods on either side."""
    width = 2 * AROUND + spanning
    if len(ordered) < width:
        return np.empty((0, 2))
    used = [place for place in range(width) if not AROUND <= place < AROUND + spanning]
    logs = np.log([(figure.value + 0.5) / exposure for figure, exposure in ordered])
    middles = np.array([(f.period_start.toordinal() + f.period_end.toordinal()) / 2 for f, _ in ordered])
    windows = np.lib.stride_tricks.sliding_window_view(np.stack([logs, middles]), width, axis=1)[..., used]
    values, days = windows
    design = np.empty((*values.shape, _FITTED))
    design[..., 0] = 1
    design[..., 1] = days - days.mean(axis=1, keepdims=True)
    design[..., 2] = np.arange(2 * AROUND) >= AROUND
    inverse = np.linalg.pinv(design)
    fitted = np.einsum("jkn,jn->jk", inverse, values)
    residuals = values - np.einsum("jnk,jk->jn", design, fitted)
    variance = (residuals**2).sum(axis=1) / (2 * AROUND - _FITTED)
    return np.column_stack([fitted[:, 2], np.sqrt(variance * (inverse[:, 2] ** 2).sum(axis=1))])


def _holm(asked: Sequence[DatedChange]) -> tuple[DatedChange, ...]:
    chances = sorted((change.chance, place) for place, change in enumerate(asked) if change.chance is not None)
    adjusted: dict[int, float] = {}
    least = 0.0
    for rank, (chance, place) in enumerate(chances):
        least = max(least, min(1.0, (len(chances) - rank) * chance))
        adjusted[place] = least
    return tuple(replace(change, adjusted=adjusted.get(place)) for place, change in enumerate(asked))
