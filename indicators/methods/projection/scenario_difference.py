"""How far two sets of assumptions lie apart, from paired draws: what differs is the assumptions, not the luck."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.simulation import simulate
from indicators.methods.projection.parameters import ProjectionParameters


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Distribution of the total under one set of assumptions minus the total under another.

    Args:
        quantiles: Quantile of the difference by level.
    """

    mean: float
    quantiles: dict[float, float]
    larger: float


def paired_totals(
    parameters: ProjectionParameters, *, replicates: int = 2000, seed: int = 1
) -> npt.NDArray[np.float64] | None:
    """Draw totals; the same place holds the same luck whatever the assumptions are.

    Args:
        replicates: Number of draws, at least 1.

    Returns:
        One total per draw; None where the reading gives no distribution.
    """
    return None if parameters.factor is None else simulate(parameters, replicates=replicates, seed=seed).totals


def paired_difference(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> Difference:
    """Return the distribution of one total minus another, draw by draw.

    Args:
        first: Totals from `paired_totals`.
        second: As many totals of the same seed, to be subtracted.

    Example:
        >>> totals = paired_totals(ProjectionParameters(), replicates=50)
        >>> same = paired_difference(totals, totals)
        >>> same.mean, same.quantiles[0.05], same.larger
        (0.0, 0.0, 0.0)
    """
    difference = first - second
    return Difference(
        mean=float(np.mean(difference)),
        quantiles={level: float(np.quantile(difference, level)) for level in LEVELS},
        larger=float(np.mean(difference > 0)),
    )
