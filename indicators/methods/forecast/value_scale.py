"""The scale on which a series is forecast: one where its scatter does not grow with its level."""

from dataclasses import dataclass

import numpy as np

from indicators.methods.forecast.levels import Floats

ROOT = 4
"""Counts of incidents scatter more than chance counts, for which the square root is right, and less than in
proportion to their level, for which the logarithm is; the fourth root lies between."""

COUNT_OFFSET = 0.5


@dataclass(frozen=True, kw_only=True)
class ValueScale:
    """z = (y + c)^(1/4) of what cannot fall below 0, else z = asinh(y / s), which keeps the sign.

    Args:
        signed: Whether values below 0 occur.
        offset: c, 1/2 for counts and 0 for other measures that cannot be negative.
        size: s, the median of |y|; used where values below 0 occur.
    """

    signed: bool
    offset: float
    size: float

    def forward(self, values: Floats) -> Floats:
        """Return z; missing values stay missing."""
        if self.signed:
            return np.arcsinh(values / self.size)
        return np.power(np.maximum(values, 0.0) + self.offset, 1 / ROOT)

    def back(self, scaled: Floats) -> Floats:
        """Return y of z; below the scale's lowest point, the lowest value."""
        if self.signed:
            return self.size * np.sinh(np.clip(scaled, -40.0, 40.0))
        return np.maximum(np.maximum(scaled, 0.0) ** ROOT - self.offset, 0.0)


def scale_of(values: Floats, *, counts: bool) -> ValueScale:
    """Choose the scale of a series.

    Args:
        values: Values, NaN where one is missing; at least one is there.

    Example:
        >>> scale_of(np.array([3.0, 15.5]), counts=True).forward(np.array([15.5])).tolist()
        [2.0]
    """
    seen = values[~np.isnan(values)]
    size = float(np.median(np.abs(seen)))
    return ValueScale(
        signed=bool(seen.min() < 0),
        offset=COUNT_OFFSET if counts else 0.0,
        size=size or float(np.abs(seen).max()) or 1.0,
    )
