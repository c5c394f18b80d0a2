"""Small indices for tests: five parts on a plain scale, one a pillar, and figures of single months."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
from factories import bundled
from numpy.typing import ArrayLike

from indicators.core.figures.glance import SHARED_COLUMNS
from indicators.core.snapshot import Snapshot
from indicators.methods.index.cells import monthly_cells
from indicators.methods.index.grid import grid_of
from indicators.methods.index.index import MoraleIndex, index_of_grid
from indicators.methods.index.means import inverted, transformed
from indicators.methods.index.parameters import DEFAULTS, IndexParameters
from indicators.methods.index.parts import PILLARS, Goalposts, Part
from indicators.methods.index.scales import CALM, WORST, Array

LAST = pd.Period("2025-07", "M")
POSTS = Goalposts(10, 20, 30, 40, 50)


@cache
def latest() -> Snapshot:
    """Return the bundled evidence without a day."""
    return Snapshot(bundled())


def part(pillar: str, polarity: int = -1, **changes: object) -> Part:
    """Return a part on a plain scale, of an origin of its own."""
    given: dict[str, object] = {
        "id": pillar, "name": f"Count of {pillar}", "pillar": pillar, "indicator": "refusal_cases",
        "series": f"s_{pillar}", "origin": f"Counter of {pillar}", "unit": "cases", "polarity": polarity,
        "treatment": "level", "goalposts": POSTS, "reason": "a test", "measures": "nothing else",
    }  # fmt: skip
    return Part(**{**given, **changes})  # type: ignore[arg-type]


FIVE = tuple(part(pillar.id) for pillar in PILLARS)


def row(series: str, month: str, value: float, **changes: object) -> dict[str, object]:
    """Return a figure of one month."""
    period = pd.Period(month, "M")
    figure: dict[str, object] = dict.fromkeys(SHARED_COLUMNS, "")
    figure |= {
        "series": series, "stage": "poll", "period_start": period.start_time, "unit": "cases",
        "period_end": period.end_time.normalize(), "value": value, "low": value, "high": value, "qualifier": "exact",
        "side": "RU", "claimant": "Counter", "known": period.end_time.normalize(), "source_id": "page", "status": "ok",
    }  # fmt: skip
    return figure | changes


def index_from(
    rows: list[dict[str, object]], parameters: IndexParameters = DEFAULTS, parts: tuple[Part, ...] = FIVE
) -> MoraleIndex:
    """Return the index of some figures."""
    return index_of_grid(grid_of(parts, monthly_cells(pd.DataFrame(rows), parts)), parameters)


def month_of(month: str, values: Mapping[str, float]) -> list[dict[str, object]]:
    """Return one figure for each pillar named."""
    return [row(f"s_{pillar}", month, value) for pillar, value in values.items()]


ALL = {pillar.id: 30.0 for pillar in PILLARS}


def power_mean(values: ArrayLike, weights: ArrayLike, power: int) -> Array:
    """Return weighted power means along the last axis: M_p = (sum w x^p / sum w)^(1/p)."""
    numbers, shares = np.asarray(values, float), np.asarray(weights, float)
    return inverted(np.sum(shares * transformed(numbers, power), axis=-1) / np.sum(shares, axis=-1), power)


def pressure(scores: ArrayLike, weights: ArrayLike, power: int) -> Array:
    """Return the pressure index of some scores: 101 - M_p(101 - s)."""
    return CALM + WORST - power_mean(CALM + WORST - np.asarray(scores, float), weights, power)
