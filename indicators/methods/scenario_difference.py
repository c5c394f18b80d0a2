"""How far two sets of assumptions lie apart, from paired draws: what differs is the assumptions, not the luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.methods.claim_model import simulate
from indicators.methods.claim_table import LEVELS
from indicators.methods.parameters import ProjectionParameters


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Distribution of the total under one set of assumptions minus the total under another.

    Args:
        mean: Expected difference.
        quantiles: Quantile of the difference by level.
        larger: Share of draws in which the first total is the larger one.
    """

    mean: float
    quantiles: dict[float, float]
    larger: float


def paired_difference(
    parameters: ProjectionParameters, other: ProjectionParameters, *, replicates: int = 2000, seed: int = 1
) -> Difference | None:
    """Draw both totals from the same random numbers and return the distribution of their difference.

    Args:
        parameters: Assumptions of the first total.
        other: Assumptions of the total that is subtracted.
        replicates: Number of paired draws, at least 1.
        seed: Seed of all draws.

    Returns:
        The difference; None where either reading gives no distribution.

    Example:
        >>> same = paired_difference(ProjectionParameters(), ProjectionParameters(), replicates=50)
        >>> same.mean, same.quantiles[0.05], same.larger
        (0.0, 0.0, 0.0)
    """
    if parameters.factor is None or other.factor is None:
        return None
    first, second = (simulate(each, replicates=replicates, seed=seed).totals for each in (parameters, other))
    difference = first - second
    return Difference(
        mean=float(np.mean(difference)),
        quantiles={level: float(np.quantile(difference, level)) for level in LEVELS},
        larger=float(np.mean(difference > 0)),
    )
