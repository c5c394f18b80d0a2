"""Where the spread of the claim layer comes from: variance by cause, and a tornado of its inputs.

Causes, in the order in which the law of total variance resolves them:
reading (the factor f), growth (how unsure it is), drift (months that move the pace for good), recording (cases nobody
recorded), counting (Poisson variation of the weekly counts), future (overdispersion: weeks differ by more than chance).

All moments are known in closed form, so the shares carry no simulation noise.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import scipy

from indicators.methods.projection.claim_layer.lookup import noise_key, weekly_mean
from indicators.methods.projection.claim_layer.pace import expected_sums, second_moments, sum_at
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.readings import factor_mean, factor_quantile, factor_variance

CAUSES = ("reading", "growth", "drift", "recording", "counting", "future")

_LOW, _HIGH = 0.05, 0.95
_INTERACTION = 0.2


@dataclass(frozen=True, kw_only=True)
class Swing:
    """One bar of a tornado: the total with one input at its 5th and 95th percentile and all others at their median.

    Args:
        input: A cause, or the name of a parameter with a given range.
        low: Total at the input's 5th percentile.
        high: Total at its 95th percentile.
        partner: The input with which it interacts by more than a fifth of the swing; None if there is none.
        joint: Total with both at the 95th percentile; None without a partner.
    """

    input: str
    low: float
    high: float
    swing: float
    partner: str | None
    joint: float | None


def variance_shares(parameters: ProjectionParameters) -> dict[str, float]:
    """Return each cause's share of the variance of the total; the shares sum to 1.

    With c_1 the first week, f the reading, S and Q the sums of paces and of squared paces, S_g the sum with drift left
    out, p recording and r the size, times p^2 throughout: reading Var[f] (c_1 E[S])^2; growth E[f^2] c_1^2 Var[S_g];
    drift E[f^2] c_1^2 (E[S^2] - E[S_g^2]); recording m (1 - p) and counting m with m = c_1 E[f] E[S]; future
    E[f^2] c_1^2 E[Q] / r.

    Returns:
        Shares by cause in the order of `CAUSES`; empty if there is no claim layer or nothing varies.

    Example:
        >>> still = ProjectionParameters(drift=0, growth_sd=0)
        >>> {cause: round(share, 3) for cause, share in variance_shares(still).items() if share}
        {'reading': 0.89, 'counting': 0.013, 'future': 0.097}
        >>> {cause: round(share, 2) for cause, share in variance_shares(ProjectionParameters()).items()}
        {'reading': 0.23, 'growth': 0.43, 'drift': 0.31, 'recording': 0.0, 'counting': 0.0, 'future': 0.03}
    """
    key = noise_key(parameters)
    if key is None:
        return {}
    first, mean, variance = weekly_mean(parameters), factor_mean(key.factor), factor_variance(key.factor)
    expected = float(expected_sums(parameters)[-1])
    both, by_growth, squares = second_moments(parameters)
    second = (variance + mean**2) * first**2
    cases = first * mean * expected
    parts = (
        variance * (first * expected) ** 2,
        second * max(by_growth - expected**2, 0.0) if parameters.growth_sd else 0.0,
        second * (both - by_growth),
        cases * (1 - parameters.recording),
        cases,
        second * squares / parameters.size,
    )
    total = math.fsum(parts)
    return {} if total == 0 else {cause: part / total for cause, part in zip(CAUSES, parts, strict=True)}


def tornado(parameters: ProjectionParameters) -> tuple[Swing, ...]:
    """Move one input at a time to its 5th and 95th percentile and return the totals, largest swing first.

    Args:
        parameters: The assumptions; they are the medians of the inputs with a range.

    Returns:
        One bar for every input that has an effect; none without a claim layer.

    Example:
        >>> [(bar.input, round(bar.swing)) for bar in tornado(ProjectionParameters(drift=0, growth_sd=0))]
        [('reading', 1692), ('future', 551), ('counting', 203)]
    """
    if noise_key(parameters) is None:
        return ()

    def total(**moved: float) -> float:
        return _total_at(parameters, moved)

    middle = total()
    singles = {cause: (total(**{cause: _LOW}), total(**{cause: _HIGH})) for cause in CAUSES}
    effective = [name for name, (low, high) in singles.items() if high != low]
    joints = {frozenset(pair): total(**dict.fromkeys(pair, _HIGH)) for pair in combinations(effective, 2)}
    bars = [_bar(name, singles, joints, middle) for name in effective]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def median_total(parameters: ProjectionParameters) -> float | None:
    """Return the total with every input at its median, from which the bars of a tornado start.

    Returns:
        The total; None without a claim layer.

    Example:
        >>> round(median_total(ProjectionParameters()))
        3820
    """
    return None if noise_key(parameters) is None else _total_at(parameters, {})


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


def _total_at(parameters: ProjectionParameters, levels: Mapping[str, float]) -> float:
    """Return the total with every cause at a percentile, the median unless named."""
    key = noise_key(parameters)
    if key is None:
        raise ValueError("expected a reading with a point estimate")
    normals = {cause: float(scipy.special.ndtri(levels.get(cause, 0.5))) for cause in CAUSES}
    paces, squares = sum_at(parameters, normals["growth"], normals["drift"])
    factor = float(factor_quantile(key.factor, levels.get("reading", 0.5)))
    rate = factor * weekly_mean(parameters) * paces
    if not math.isinf(parameters.size):
        size = parameters.size * paces**2 / squares
        rate *= float(scipy.special.gammaincinv(size, levels.get("future", 0.5))) / size
    recorded = max(rate + normals["counting"] * math.sqrt(rate), 0.0)
    missed = math.sqrt(recorded * (1 - parameters.recording)) * normals["recording"]
    return (recorded + missed) / parameters.recording
