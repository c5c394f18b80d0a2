"""What would have to be true: the R at which a cascade reaches a share with a chosen probability."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.methods.cascade.parameters import BOUNDS, CascadeParameters
from indicators.methods.cascade.run import critical_r, units_needed


def break_even_r(parameters: CascadeParameters, share: float, probability: float) -> float | None:
    """Return the least R at which the probability of a final share of at least x reaches p.

    Each run has a least R of its own at which it comes as far; the answer is a quantile of those.

    Args:
        parameters: The cascade's settings; their R does not matter.
        share: x, above 0, at most 1.
        probability: p, above 0, at most 1.

    Returns:
        R before strikes and cohesion; None if no R up to the largest allowed is enough.

    Example:
        >>> half = break_even_r(CascadeParameters(units=50), 0.2, 0.5)
        >>> 1.3 < half < 1.5
        True
    """
    unmoved = parameters.model_copy(update={"r": 0.0, "rear_strikes": 1.0, "cohesion": 0.0})
    runs = _ordered(unmoved, units_needed(parameters.units, share))
    least = float(runs[math.ceil(probability * len(runs) - 1e-9) - 1])
    if least == 0:
        return 0.0
    largest = BOUNDS["r"][1] * parameters.multiplier
    return least / parameters.multiplier if least <= largest else None


@lru_cache(maxsize=64)
def _ordered(parameters: CascadeParameters, needed: int) -> NDArray[np.float64]:
    """Return the least effective R at which each run breaks so many units, in rising order."""
    return np.sort(critical_r(parameters)[:, needed - 1])
