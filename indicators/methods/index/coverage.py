"""Whether a month may be published, and if not, why and what would be needed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.core.text import chance_text, lower_first
from indicators.methods.index.grid import Grid, Mask
from indicators.methods.index.parts import PILLARS

LEAST_WEIGHT = 2 / 3
"""Share of the weight that must be present."""

LEAST_PILLARS = 1 / 2
"""Share of the weighted pillars of which some part must be present."""

LEAST_ORIGINS = 3
"""Independent origins with a figure of the month itself, not a carried one."""

ROUNDING = 1e-9

REASONS: Mapping[str, str] = {
    "weight": "figures stand for {share} of the weight, two thirds are needed",
    "pillars": "a figure for {held} of {all} pillars, half are needed",
    "origins": "{held} of the {least} independent sources needed counted in the month itself",
}
"""Why a month is refused; the page fills the same ones in the browser."""


@dataclass(frozen=True, kw_only=True)
class MonthState:
    """One month's state, published or refused.

    Args:
        coverage: Share of the weight that is present, 0 to 1.
        origins: Who counted the figures that are not carried.
        missing: Ids of weighted parts without a figure.
        carried: Ids of parts whose last figure stands in.
        reason: Why nothing is published; empty for a published month.
        needed: What would be needed; empty for a published month.
        decisive: Origins without any one of which the month would be refused; empty for a refused month.
    """

    month: pd.Period
    coverage: float
    pillars: tuple[str, ...]
    origins: tuple[str, ...]
    missing: tuple[str, ...]
    carried: tuple[str, ...]
    reason: str
    needed: str
    decisive: tuple[str, ...]

    @property
    def published(self) -> bool:
        """Whether the month has a value."""
        return not self.reason


def month_states(grid: Grid, shares: Mapping[str, float]) -> tuple[MonthState, ...]:
    """Return the state of every month: published with two thirds of the weight, half of the pillars and three origins.

    A pillar's weight counts as far as its parts are present.

    Args:
        shares: Weight of every pillar as a share of 1.
    """
    fresh, present = grid.fresh, grid.present
    return tuple(_state(grid, place, present[place], fresh[place], shares) for place in range(len(grid.months)))


def part_weights(grid: Grid, shares: Mapping[str, float]) -> np.ndarray:
    """Return the weight of every part: its pillar's, in equal shares.

    Args:
        shares: Weight of every pillar as a share of 1.

    Returns:
        Shares that sum to 1.
    """
    count = {pillar.id: sum(part.pillar == pillar.id for part in grid.parts) for pillar in PILLARS}
    return np.array([shares[part.pillar] / count[part.pillar] for part in grid.parts])


def _state(grid: Grid, place: int, present: Mask, fresh: Mask, shares: Mapping[str, float]) -> MonthState:
    weights = part_weights(grid, shares)
    weighted = weights > 0
    origins = np.array([part.origin for part in grid.parts])
    faults = _faults(grid, present, fresh, weights)
    ids = np.array([part.id for part in grid.parts])
    names = [part.name for part, lacks in zip(grid.parts, weighted & ~present, strict=True) if lacks]
    fresh_origins = tuple(dict.fromkeys(origins[fresh & weighted].tolist()))
    decisive = tuple(
        origin
        for origin in dict.fromkeys(origins[present & weighted].tolist())
        if _faults(grid, present & (origins != origin), fresh & (origins != origin), weights)
    )
    return MonthState(
        month=grid.months[place],
        coverage=float(weights[present].sum()),
        pillars=tuple(
            dict.fromkeys(part.pillar for part, held in zip(grid.parts, present & weighted, strict=True) if held)
        ),
        origins=fresh_origins,
        missing=tuple(ids[weighted & ~present].tolist()),
        carried=tuple(ids[weighted & present & ~fresh].tolist()),
        reason="; ".join(faults),
        needed=f"a figure for {_listed(names)}" if faults and names else "",
        decisive=() if faults else decisive,
    )


def _faults(grid: Grid, present: Mask, fresh: Mask, weights: np.ndarray) -> list[str]:
    """Return which rules a month breaks, in words."""
    pillars = grid.pillar_of
    weighted = weights > 0
    held, all_pillars = len(set(pillars[present & weighted])), len(set(pillars[weighted]))
    origins = {part.origin for part, counts in zip(grid.parts, fresh & weighted, strict=True) if counts}
    faults = []
    if weights[present].sum() < LEAST_WEIGHT - ROUNDING:
        faults.append(REASONS["weight"].format(share=chance_text(float(weights[present].sum()))))
    if held < LEAST_PILLARS * all_pillars:
        faults.append(REASONS["pillars"].format(held=held, all=all_pillars))
    if len(origins) < LEAST_ORIGINS:
        faults.append(REASONS["origins"].format(held=len(origins), least=LEAST_ORIGINS))
    return faults


def _listed(names: list[str]) -> str:
    lowered = [name if name.startswith("Russians") else lower_first(name) for name in names]
    return " or ".join([", ".join(lowered[:-1]), lowered[-1]] if len(lowered) > 1 else lowered)
