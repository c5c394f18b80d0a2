"""From scores to the index of each month: two levels of means, and links where the set of parts changes.

A_t(C) is the mean of month t over the parts C. Within a run of published months

    I_t = A_t                                 in the first month,
    I_t = I_(t-1) A_t(C) / A_(t-1)(C)         after it, C the parts that both months have,

so a part that comes or goes moves nothing by itself. Months that are refused end a run; the next one starts afresh.
Both levels are worked out for many draws of scores, weights and left-out parts at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.methods.index.grid import Mask
from indicators.methods.index.means import inverted, transformed
from indicators.methods.index.parts import PILLARS
from indicators.methods.index.scales import Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """Which means the index needs.

    Args:
        rows: Place of the month of each mean.
        masks: Parts of each mean.
        starts: Whether a run starts with it.
        own: Mean over its own parts.
        common: Mean over the parts it shares with the month before, where the sets differ; else the same as `own`.
        before: Mean of the month before over the same parts.
        previous: Mean of the month before over its own parts.
    """

    rows: NDArray[np.int64]
    masks: Mask
    published: NDArray[np.int64]
    starts: Mask
    own: NDArray[np.int64]
    common: NDArray[np.int64]
    before: NDArray[np.int64]
    previous: NDArray[np.int64]

    @property
    def linked(self) -> Mask:
        """Whether a published month is linked over fewer parts than it has, or than the one before had."""
        linked: Mask = (self.common != self.own) | ((self.before != self.previous) & ~self.starts)
        return linked


def plan_of(present: Mask, published: Sequence[bool]) -> Plan:
    """Return which means the index needs.

    Args:
        present: Months down, parts across: where there is a figure.
        published: Whether each month may be published.
    """
    rows: list[int] = []
    masks: list[Mask] = []

    def mean(row: int, mask: Mask) -> int:
        rows.append(row)
        masks.append(mask)
        return len(rows) - 1

    months = [place for place, counts in enumerate(published) if counts]
    own = [mean(place, present[place]) for place in months]
    starts, common, before, previous = [], [], [], []
    for order, place in enumerate(months):
        both = present[place] & present[place - 1] if place else present[place]
        start = place == 0 or not published[place - 1] or not both.any()
        same = start or bool((present[place] == present[place - 1]).all())
        last = own[order] if start else own[order - 1]
        starts.append(start)
        previous.append(last)
        common.append(own[order] if same else mean(place, both))
        before.append(last if same else mean(place - 1, both))
    width = present.shape[1]
    return Plan(
        rows=np.array(rows, dtype=np.int64),
        masks=np.array(masks, dtype=bool).reshape(-1, width),
        published=np.array(months, dtype=np.int64),
        starts=np.array(starts, dtype=bool),
        own=np.array(own, dtype=np.int64),
        common=np.array(common, dtype=np.int64),
        before=np.array(before, dtype=np.int64),
        previous=np.array(previous, dtype=np.int64),
    )


def chained(plan: Plan, means: Array) -> Array:
    """Return the index of every published month from the means of a plan.

    With F_t = I_t / A_t, F_t = F_(t-1) A_(t-1) A_t(C) / (A_(t-1)(C) A_t) within a run.

    Args:
        plan: From `plan_of`.
        means: Means on the scale of pressure, rows of the plan by draws.

    Returns:
        Published months by draws.
    """
    level = means[plan.own]
    linked = plan.linked
    factor = np.ones(means.shape[1:], means.dtype)
    for place, start in enumerate(plan.starts):
        if start:
            factor = np.ones_like(factor)
        elif linked[place]:
            previous, common = means[plan.previous[place]], means[plan.common[place]]
            factor = factor * (previous * common / (means[plan.before[place]] * means[plan.own[place]]))
        level[place] *= factor
    return level


def pressure_means(
    plan: Plan, morale: Array, pillar_of: NDArray[np.int64], weights: Array, power: int, kept: Array | None = None
) -> Array:
    """Return the pressure of every row of a plan: pillars by the arithmetic mean of their parts, then a power mean.

    Args:
        plan: From `plan_of`.
        morale: Scores on the morale scale, parts by rows of the plan by draws; only those in the masks count, and the
            others must be finite too.
        weights: Weight of every pillar, pillars by draws.
        power: 1, 0 or -1.
        kept: 1 for parts that count and 0 for those left out, parts by draws; None for all.

    Returns:
        Rows of the plan by draws, from 1 to 100; not a number where nothing is left.
    """
    shape = morale.shape[1:]
    total, weight = np.zeros(shape, morale.dtype), np.zeros(shape, morale.dtype)
    masks = plan.masks.T.astype(morale.dtype)
    for number in range(len(PILLARS)):
        added, count = np.zeros(shape, morale.dtype), np.zeros(shape, morale.dtype)
        for part in np.flatnonzero(pillar_of == number):
            counts = masks[part, :, None] if kept is None else masks[part, :, None] * kept[part]
            added += counts * morale[part]
            count += counts
        held = count > 0
        mean = np.where(held, added, 1.0) / np.maximum(count, 1.0)
        share = weights[number] * held
        total += share * transformed(mean, power)
        weight += share
    with np.errstate(invalid="ignore", divide="ignore"):
        return 101.0 - inverted(total / weight, power)
