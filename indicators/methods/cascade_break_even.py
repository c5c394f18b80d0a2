"""What would have to be true: the R at which a cascade reaches a share with a chosen probability."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.methods import cascade_mixed
from indicators.methods.cascade import final_counts, units_needed
from indicators.methods.cascade_parameters import BOUNDS, CascadeParameters, Topology

_STEPS = 11  # halvings of the range of R, to 0.005; the runs themselves leave more doubt than that


def break_even_r(parameters: CascadeParameters, share: float, probability: float) -> float | None:
    """Return the least R at which the probability of a final share of at least x reaches p.

    All runs share their random numbers, so the probability never falls as R rises. In a mixed cascade each run has a
    critical R of its own, the largest (Q_(k) - H) (N - 1) / W over the units k that must break, and the answer is a
    quantile of those; on a network the range of R is halved until it is found to 0.005.

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
    if parameters.multiplier <= 0:
        reached = float(np.mean(final_counts(parameters) >= units_needed(parameters.units, share)))
        return 0.0 if reached >= probability else None
    settings = parameters.model_dump() | {"r": 0.0, "rear_strikes": 1.0, "cohesion": 0.0}
    least = _effective_break_even(CascadeParameters.model_validate(settings), share, probability)
    if least is None or least / parameters.multiplier > BOUNDS["r"][1]:
        return None
    return least / parameters.multiplier


@lru_cache(maxsize=64)
def _effective_break_even(parameters: CascadeParameters, share: float, probability: float) -> float | None:
    """Return the least effective R, for settings without strikes and cohesion."""
    if parameters.topology is Topology.MIXED:
        ordered = np.sort(_critical(parameters, share))
        return float(max(ordered[int(np.ceil(probability * len(ordered) - 1e-9)) - 1], 0.0))
    needed = units_needed(parameters.units, share)

    def enough(r: float) -> bool:
        return bool(np.mean(final_counts(parameters.model_copy(update={"r": r})) >= needed) >= probability)

    low, high = 0.0, BOUNDS["r"][1]
    if enough(low):
        return low
    # Most answers are small, and a cascade that runs through everybody takes longest to follow.
    while high > 2 and enough(high / 2):
        high /= 2
    if high == BOUNDS["r"][1] and not enough(high):
        return None
    low = low if high <= 2 else high / 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _critical(parameters: CascadeParameters, share: float) -> NDArray[np.float64]:
    """Return the least effective R at which each run of a mixed cascade reaches a share."""
    initial = parameters.initial
    more = units_needed(parameters.units, share) - initial
    if more <= 0:
        return np.zeros(parameters.replicates)
    above = cascade_mixed.ordered_tolerances(parameters)[:, :more] - parameters.hazard * parameters.ticks
    influence = cascade_mixed.influence_sums(parameters)[:, initial : initial + more]
    least: NDArray[np.float64] = (above * (parameters.units - 1) / influence).max(axis=1)
    return least
