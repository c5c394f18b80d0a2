"""How a qualified weekly figure is read: what "up to 100" or "at least 100" says about the mean of a week.

"Up to c" bounds a maximum, it does not state a mean. A reading turns it into a distribution of the factor f by which
the mean week differs from the figure. The widths are a judgement, not a measurement; say so where they are shown.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt
import scipy

from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.text import percent_text

FloatArray = npt.NDArray[np.float64]

AT_LEAST_SPREAD = 0.3
ABOUT_SPREAD = 0.1
DEFAULT_SHARE = (0.5, 0.8, 1.0)

CEILING_SENTENCE = (
    "Read as a ceiling, the figure says only what is not exceeded: the total lies between 0 and the headline, "
    "and there is no point estimate."
)


class Reading(StrEnum):
    """What "up to c a week" is taken to mean."""

    SHARE = "share"
    CEILING = "ceiling"
    MEAN = "mean"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Factor:
    """Distribution of the factor f between the mean week and the published figure.

    Args:
        shape: `fixed` (f = 1), `triangular`, `half_normal` (1 plus the absolute value of a normal) or `log_normal`.
        parameters: Low, mode, high of a triangular; the spread of the other two; empty for fixed.
    """

    shape: Literal["fixed", "triangular", "half_normal", "log_normal"]
    parameters: tuple[float, ...] = ()


FIXED = Factor("fixed")


def read_qualifier(
    qualifier: Qualifier, reading: Reading = Reading.SHARE, share: tuple[float, float, float] = DEFAULT_SHARE
) -> Factor | None:
    """Return the distribution of f for a qualifier, or None where no point estimate is defensible.

    Args:
        share: Low, mode and high of the triangular distribution under the reading `share`.

    Returns:
        None for "up to" read as a ceiling, else the distribution. Under the reading `maximum` f is fixed at 1: the
        weekly mean follows from `indicators.methods.projection.claim_layer.largest_week` instead.

    Example:
        >>> read_qualifier(Qualifier.UP_TO)
        Factor(shape='triangular', parameters=(0.5, 0.8, 1.0))
        >>> read_qualifier(Qualifier.UP_TO, Reading.CEILING) is None
        True
        >>> read_qualifier(Qualifier.AT_LEAST)
        Factor(shape='half_normal', parameters=(0.3,))
    """
    if qualifier is Qualifier.EXACT:
        return FIXED
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return Factor("half_normal", (AT_LEAST_SPREAD,))
    if qualifier is not Qualifier.UP_TO:
        return Factor("log_normal", (ABOUT_SPREAD,))
    if reading is Reading.CEILING:
        return None
    if reading is Reading.SHARE:
        low, _, high = share
        return FIXED if low == high == 1 else Factor("triangular", share)
    return FIXED


def factor_mean(factor: Factor) -> float:
    """Return E[f] in closed form.

    Triangular (a + b + c) / 3, half-normal 1 + s sqrt(2 / pi), log-normal exp(s^2 / 2).

    Example:
        >>> round(factor_mean(Factor("triangular", (0.5, 0.8, 1.0))), 6)
        0.766667
    """
    if factor.shape == "triangular":
        return sum(factor.parameters) / 3
    if factor.shape == "half_normal":
        return 1 + factor.parameters[0] * math.sqrt(2 / math.pi)
    if factor.shape == "log_normal":
        return math.exp(factor.parameters[0] ** 2 / 2)
    return 1.0


def factor_variance(factor: Factor) -> float:
    """Return Var[f] in closed form.

    Triangular (a^2 + b^2 + c^2 - ab - ac - bc) / 18, half-normal s^2 (1 - 2 / pi), log-normal
    (exp(s^2) - 1) exp(s^2).

    Example:
        >>> round(factor_variance(Factor("triangular", (0.5, 0.8, 1.0))), 6)
        0.010556
    """
    if factor.shape == "triangular":
        low, mode, high = factor.parameters
        # As squared differences, so that equal corners give exactly 0.
        return ((high - low) ** 2 + (mode - low) ** 2 + (high - mode) ** 2) / 36
    if factor.shape == "half_normal":
        return factor.parameters[0] ** 2 * (1 - 2 / math.pi)
    if factor.shape == "log_normal":
        square = factor.parameters[0] ** 2
        return math.expm1(square) * math.exp(square)
    return 0.0


def factor_quantile(factor: Factor, probability: FloatArray | float) -> FloatArray:
    """Return the value of f below which the given probability lies.

    Args:
        probability: Between 0 and 1, exclusive for the half-normal and the log-normal.

    Example:
        >>> factor_quantile(Factor("triangular", (0.5, 0.8, 1.0)), 0.6).item()
        0.8
    """
    level = np.asarray(probability, dtype=np.float64)
    if factor.shape == "triangular":
        low, mode, high = factor.parameters
        width = high - low
        if width == 0:
            return np.full_like(level, low)
        rising = low + np.sqrt(level * width * (mode - low))
        falling = high - np.sqrt((1 - level) * width * (high - mode))
        return np.where(level * width < mode - low, rising, falling)
    if factor.shape == "half_normal":
        return 1 + factor.parameters[0] * scipy.special.ndtri((1 + level) / 2)
    if factor.shape == "log_normal":
        return np.exp(factor.parameters[0] * scipy.special.ndtri(level))
    return np.ones_like(level)


def describe_reading(
    qualifier: Qualifier,
    reading: Reading = Reading.SHARE,
    share: tuple[float, float, float] = DEFAULT_SHARE,
    observed_weeks: int = 26,
) -> str:
    """Return one sentence that says how the weekly figure is read.

    Example:
        >>> describe_reading(Qualifier.EXACT)
        'The figure is taken as the mean of a week.'
    """
    if qualifier is Qualifier.EXACT:
        return "The figure is taken as the mean of a week."
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return (
            "The mean of a week is at least the figure: 1 plus a half-normal with spread "
            f"{AT_LEAST_SPREAD:g} times it (assumed)."
        )
    if qualifier is not Qualifier.UP_TO:
        return (
            f"The mean of a week is the figure give or take about {percent_text(ABOUT_SPREAD)} (log-normal, assumed)."
        )
    if reading is Reading.CEILING:
        return CEILING_SENTENCE
    if reading is Reading.SHARE:
        low, mode, high = (f"{100 * part:.0f}" for part in share)
        if low == high:
            return f"We assume that an average full court week reached {low} % of the figure."
        return (
            f"We assume that an average full court week reached {low} to {high} % of the figure, most likely {mode} %."
        )
    if reading is Reading.MEAN:
        return "The figure is taken as the mean of a week, as the headline does."
    return (
        f"The figure is taken as the largest of {observed_weeks} weekly counts; the mean week that leads one to expect "
        "it is used, without the court calendar."
    )
