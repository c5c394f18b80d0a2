"""The quantile levels and intervals in which forecasts are stated and scored."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HUB_LEVELS = (0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99)
"""The 23 quantile levels of the forecast hubs (CDC FluSight)."""

INTERVALS = (0.5, 0.8, 0.95)
"""Central prediction intervals that are shown and scored."""

MEDIAN = HUB_LEVELS.index(0.5)


def bounds_of(interval: float) -> tuple[int, int]:
    """Return the places of an interval's lower and upper quantile among the hub levels.

    Args:
        interval: Share of outcomes that it should hold; one of `INTERVALS`.

    Raises:
        ValueError: If the hub levels have no such interval.

    Example:
        >>> [HUB_LEVELS[place] for place in bounds_of(0.95)]
        [0.025, 0.975]
    """
    below = round((1 - interval) / 2, 3)
    if below not in HUB_LEVELS:
        raise ValueError(f"expected an interval between two hub levels, such as 0.5, 0.8 or 0.95; got {interval}")
    place = HUB_LEVELS.index(below)
    return place, len(HUB_LEVELS) - 1 - place
