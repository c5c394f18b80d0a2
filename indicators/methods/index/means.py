"""Weighted power means, and the pressure index built on them."""

import numpy as np
from numpy.typing import ArrayLike

from indicators.methods.index.scales import CALM, WORST, Array


def power_mean(values: ArrayLike, weights: ArrayLike, power: int) -> Array:
    """Return weighted power means along the last axis: M_p = (sum w x^p / sum w)^(1/p), M_0 = exp(sum w ln x / sum w).

    Args:
        values: Positive numbers; what weighs 0 has no effect.
        weights: Weights of 0 or more, of which at least one along the axis is positive; any sum.
        power: 1, 0 or -1.

    Raises:
        ValueError: If the power is another one.

    References:
        OECD and JRC 2008, Handbook on constructing composite indicators, section 6.5, ISBN 978-92-64-04345-9.

    Example:
        >>> [round(float(power_mean([20, 80], [1, 1], power)), 3) for power in (1, 0, -1)]
        [50.0, 40.0, 32.0]
    """
    numbers, shares = np.asarray(values, float), np.asarray(weights, float)
    return inverted(np.sum(shares * transformed(numbers, power), axis=-1) / np.sum(shares, axis=-1), power)


def transformed(values: Array, power: int) -> Array:
    """Return what a power mean adds up: x, ln x or 1 / x."""
    if power not in (1, 0, -1):
        raise ValueError(f"expected the power 1, 0 or -1, got {power}")
    return values if power == 1 else np.log(values) if power == 0 else 1.0 / values


def inverted(values: Array, power: int) -> Array:
    """Return what `transformed` was made from."""
    return values if power == 1 else np.exp(values) if power == 0 else 1.0 / values


def pressure(scores: ArrayLike, weights: ArrayLike, power: int) -> Array:
    """Return the pressure index of some scores: 101 - M_p(101 - s).

    The mean is taken on the morale scale, 101 - s, since a low power punishes the worst part there; on the scale of
    pressure it would punish the calmest. So M_1 gives the lowest index and M_-1 the highest.

    Args:
        scores: Scores of pressure from 1 to 100.
        weights: Weights of 0 or more.
        power: 1, 0 or -1.

    Example:
        >>> [round(float(pressure([20, 80], [1, 1], power)), 3) for power in (1, 0, -1)]
        [50.0, 59.757, 67.647]
    """
    return CALM + WORST - power_mean(CALM + WORST - np.asarray(scores, float), weights, power)
