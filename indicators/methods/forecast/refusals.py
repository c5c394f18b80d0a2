"""When no forecast is made, and the sentence that says why."""

import numpy as np

from indicators.methods.forecast.levels import Floats
from indicators.methods.forecast.models import SHORTEST

MOST_MISSING = 0.5
"""Share of missing periods above which a series is too incomplete."""


def refusal(values: Floats) -> str:
    """Say why a series is not forecast; "" if it can be.

    Args:
        values: One value for each period in order, NaN where one is missing.

    Example:
        >>> refusal(np.array([3.0, 4.0]))
        'No forecast: 2 periods have a figure, and at least 8 are needed.'
        >>> refusal(np.zeros(9))
        'No forecast: all figures are zero, so nothing tells how large or how frequent others would be.'
    """
    seen = values[~np.isnan(values)]
    if len(seen) < SHORTEST:
        figures = (
            "no period has" if not len(seen) else "1 period has" if len(seen) == 1 else f"{len(seen)} periods have"
        )
        return f"No forecast: {figures} a figure, and at least {SHORTEST} are needed."
    if len(seen) < (1 - MOST_MISSING) * len(values):
        return (
            f"No forecast: the series is incomplete, with figures for {len(seen)} of {len(values)} periods between its "
            "first and its last; at least half are needed."
        )
    if not seen.any():
        return "No forecast: all figures are zero, so nothing tells how large or how frequent others would be."
    if seen.min() == seen.max():
        return "No forecast: all figures are the same, so nothing tells how far the next ones may be from them."
    return ""
