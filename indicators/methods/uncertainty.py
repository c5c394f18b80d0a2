"""Where the spread of the claim layer comes from: variance by cause, and a tornado of its inputs.

Causes, in the order in which the law of total variance resolves them:
reading (the factor f), growth (if a spread is given for it), recording (cases nobody recorded), counting (Poisson
variation of the weekly counts), future (overdispersion: weeks differ by more than chance).

The first two levels are nested draws: every drawn reading meets the same drawn growths. Given both, the moments of the
three count layers are known, so they are put in without further draws; the shares carry no simulation noise from them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import special

from indicators.methods.claim_table import noise_key, weekly_mean
from indicators.methods.parameters import ProjectionParameters
from indicators.methods.readings import factor_mean, factor_quantile, factor_variance
from indicators.methods.run_rate import GrowthPath, damped_growth

CAUSES = ("reading", "growth", "recording", "counting", "future")

_GROWTH_DRAWS = 101
_LOW, _HIGH = 0.05, 0.95
_INTERACTION = 0.2


@dataclass(frozen=True, kw_only=True)
class Swing:
    """One bar of a tornado: the total with one input at its 5th and 95th percentile and all others at their median.

    Args:
        input: A cause, or the name of a parameter with a given range.
        low: Total at the input's 5th percentile.
        high: Total at its 95th percentile.
        swing: Absolute difference.
        partner: The input with which it interacts by more than a fifth of the swing; None if there is none.
        joint: Total with both at the 95th percentile; None without a partner.
    """

    input: str
    low: float
    high: float
    swing: float
    partner: str | None
    joint: float | None


def variance_shares(parameters: ProjectionParameters, *, growth_spread: float = 0.0) -> dict[str, float]:
    """Return each cause's share of the variance of the total; the shares sum to 1.

    With N the total, p recording, M_g the mean under growth g and k the effective size, times p^2 throughout:
    reading Var[f] E[M_g]^2; growth E[f^2] Var[M_g]; recording (E[f] E[M_g] + 1)(1 - p); counting E[f] E[M_g];
    future E[f^2] E[M_g^2 / k].

    Args:
        parameters: The assumptions.
        growth_spread: Standard deviation of weekly growth around its value, as a share; 0 takes growth as given.

    Returns:
        Shares by cause in the order of `CAUSES`; empty if there is no claim layer or nothing varies.

    Raises:
        ValueError: If the spread is negative or larger than 0.1.

    Example:
        >>> {cause: round(share, 3) for cause, share in variance_shares(ProjectionParameters()).items()}
        {'reading': 0.89, 'growth': 0.0, 'recording': 0.0, 'counting': 0.013, 'future': 0.097}
    """
    key = noise_key(parameters)
    if key is None:
        return {}
    growths = [parameters.growth]
    if growth_spread:
        growths = [parameters.growth + growth_spread * shift for shift in _normal_draws(growth_spread)]
    first_week = weekly_mean(parameters)
    paths = [damped_growth(growth) for growth in growths]
    last = parameters.weeks - 1
    means = first_week * np.array([path.sums[last] for path in paths])
    square_sums = first_week**2 * np.array([path.square_sums[last] for path in paths])
    mean, variance = factor_mean(key.factor), factor_variance(key.factor)
    expected = mean * float(np.mean(means))
    second = variance + mean**2
    parts = (
        variance * float(np.mean(means)) ** 2,
        second * float(np.var(means)) if growth_spread else 0.0,
        (expected + 1) * (1 - parameters.recording),
        expected,
        second * float(np.mean(square_sums)) / parameters.size,
    )
    total = math.fsum(parts)
    return {} if total == 0 else {cause: part / total for cause, part in zip(CAUSES, parts, strict=True)}


def tornado(parameters: ProjectionParameters, *, growth_spread: float = 0.0) -> tuple[Swing, ...]:
    """Move one input at a time to its 5th and 95th percentile and return the totals, largest swing first.

    Args:
        parameters: The assumptions; they are the medians of the inputs with a range.
        growth_spread: Standard deviation of weekly growth, as in `variance_shares`.

    Returns:
        One bar for every input that has an effect; none without a claim layer.

    Raises:
        ValueError: If the spread is out of range.

    Example:
        >>> [(bar.input, round(bar.swing)) for bar in tornado(ProjectionParameters())]
        [('reading', 1692), ('future', 551), ('counting', 203)]
    """
    if noise_key(parameters) is None:
        return ()
    _normal_draws(growth_spread)
    causes = [cause for cause in CAUSES if cause != "growth" or growth_spread]
    growth_path = functools.cache(damped_growth)  # nearly every total has the same growth

    def total(**moved: float) -> float:
        return _total_at(parameters, moved, growth_spread, growth_path)

    middle = total()
    singles = {cause: (total(**{cause: _LOW}), total(**{cause: _HIGH})) for cause in causes}
    effective = [name for name, (low, high) in singles.items() if high != low]
    joints = {frozenset(pair): total(**dict.fromkeys(pair, _HIGH)) for pair in combinations(effective, 2)}
    bars = [_bar(name, singles, joints, middle) for name in effective]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def median_total(parameters: ProjectionParameters, *, growth_spread: float = 0.0) -> float | None:
    """Return the total with every input at its median, from which the bars of a tornado start.

    Args:
        parameters: The assumptions.
        growth_spread: Standard deviation of weekly growth, as in `variance_shares`.

    Returns:
        The total; None without a claim layer.

    Example:
        >>> round(median_total(ProjectionParameters()))
        3820
    """
    return None if noise_key(parameters) is None else _total_at(parameters, {}, growth_spread)


def _bar(
    name: str, singles: dict[str, tuple[float, float]], joints: dict[frozenset[str], float], middle: float
) -> Swing:
    low, high = singles[name]
    swing = abs(high - low)
    partner, joint, strongest = None, None, _INTERACTION * swing
    for pair, value in joints.items():
        if name not in pair:
            continue
        (other,) = pair - {name}
        interaction = abs(value - high - singles[other][1] + middle)
        if interaction > strongest:
            partner, joint, strongest = other, value, interaction
    return Swing(input=name, low=low, high=high, swing=swing, partner=partner, joint=joint)


def _total_at(
    parameters: ProjectionParameters,
    levels: Mapping[str, float],
    growth_spread: float,
    growth_path: Callable[[float], GrowthPath] = damped_growth,
) -> float:
    """Return the total with every cause at a percentile, the median unless named."""
    key = noise_key(parameters)
    if key is None:
        raise ValueError("expected a reading with a point estimate")
    normals = {cause: float(special.ndtri(levels.get(cause, 0.5))) for cause in CAUSES}
    growth = growth_path(parameters.growth + growth_spread * normals["growth"])
    last = parameters.weeks - 1
    sum_of_factors, sum_of_squares = float(growth.sums[last]), float(growth.square_sums[last])
    factor = float(factor_quantile(key.factor, levels.get("reading", 0.5)))
    rate = factor * weekly_mean(parameters) * sum_of_factors
    if not math.isinf(parameters.size):
        size = parameters.size * sum_of_factors**2 / sum_of_squares
        rate *= float(special.gammaincinv(size, levels.get("future", 0.5))) / size
    recorded = max(rate + normals["counting"] * math.sqrt(rate), 0.0)
    missed = math.sqrt((recorded + 1) * (1 - parameters.recording)) * normals["recording"]
    return (recorded + 1 + missed) / parameters.recording - 1


def _normal_draws(growth_spread: float) -> list[float]:
    if not 0 <= growth_spread <= 0.1:
        raise ValueError(f"expected a spread of weekly growth between 0 and 0.1, got {growth_spread}")
    return [float(special.ndtri((place + 0.5) / _GROWTH_DRAWS)) for place in range(_GROWTH_DRAWS)]
