"""What a weighted power mean adds up: M_p = (sum w x^p / sum w)^(1/p), M_0 = exp(sum w ln x / sum w).

It is taken on the morale scale, 101 - s, since a low power punishes the worst part there; on the scale of pressure it
would punish the calmest. OECD and JRC 2008, Handbook on constructing composite indicators, section 6.5.
"""

import numpy as np

from indicators.methods.index.scales import Array


def transformed(values: Array, power: int) -> Array:
    """Return what a power mean adds up: x, ln x or 1 / x."""
    if power not in (1, 0, -1):
        raise ValueError(f"expected the power 1, 0 or -1, got {power}")
    return values if power == 1 else np.log(values) if power == 0 else 1.0 / values


def inverted(values: Array, power: int) -> Array:
    """Return what `transformed` was made from."""
    return values if power == 1 else np.exp(values) if power == 0 else 1.0 / values
