"""What is known exactly about cascades: the yardsticks that the simulation is held against.

R is the pressure that one broken unit puts on all others together; in the branching limit its offspring are Poisson
with mean R.

References: Borel 1942; Sellke 1983, J. Appl. Prob. 20:390; Lloyd-Smith et al. 2005, 10.1038/nature04153; Granovetter
1978, Am. J. Sociol. 83:1420; Watts 2002, PNAS 99:5766, 10.1073/pnas.082090499.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats


def borel_tanner(total: int, r: float, seeds: int = 1) -> float:
    """Return the probability of a total of n broken units, of which k are seeds, in an endless force.

    P(n) = (k / n) exp(-R n) (R n)^(n - k) / (n - k)!, for R below 1 a proper distribution with mean k / (1 - R).

    Args:
        total: n, at least 0.
        r: R, 0 to 1.
        seeds: k, at least 1.

    Raises:
        ValueError: If R is above 1 or negative; the total may then be infinite.

    Example:
        >>> round(borel_tanner(2, 0.5), 6), round(borel_tanner(3, 0.5, seeds=3), 6)
        (0.18394, 0.22313)
    """
    if not 0 <= r <= 1:
        raise ValueError(f"expected R between 0 and 1, got {r}; above 1 use extinction and final_share")
    if total < seeds:
        return 0.0
    if r == 0:
        return float(total == seeds)
    log = math.log(seeds / total) - r * total + (total - seeds) * math.log(r * total) - math.lgamma(total - seeds + 1)
    return math.exp(log)


def extinction(r: float, *, variance: float = 0.0, seeds: int = 1) -> float:
    """Return the probability that a cascade in an endless force dies out.

    The smallest q with q = exp(-R (1 - q)), or with influences of variance v = 1 / kappa between units,
    q = (1 + R v (1 - q))^(-1 / v); k seeds give q^k.

    Args:
        r: R, at least 0.
        variance: v, at least 0; 1 gives geometric offspring, for which q = 1 / R.
        seeds: k, at least 1.

    Example:
        >>> round(extinction(1.5), 6), round(extinction(3, variance=2), 6), extinction(0.9)
        (0.417188, 0.5, 1.0)
    """
    if r <= 1:
        return 1.0

    def excess(q: float) -> float:
        log = -r * (1 - q) if variance == 0 else -math.log1p(r * variance * (1 - q)) / variance
        return math.exp(log) - q

    return float(optimize.brentq(excess, 0.0, 1 - (r - 1) / (r * r * (1 + variance)), xtol=1e-14)) ** seeds


def final_share(r: float, *, initial: float = 0.0, outside: float = 0.0) -> float:
    """Return the final broken share z of an endless force if the cascade takes off.

    z = 1 - (1 - i0) exp(-(R z + H)), its largest solution; the share counts the seeds.

    Args:
        r: R, at least 0.
        initial: i0, share broken at the start, 0 to 1.
        outside: H, all pressure from outside, at least 0.

    Example:
        >>> round(final_share(1.35), 6), round(final_share(1.35, initial=0.01, outside=0.1), 5)
        (0.469294, 0.60324)
    """
    if r == 0:
        return 1 - (1 - initial) * math.exp(-outside)
    if r <= 1 and initial == outside == 0:
        return 0.0
    # Solved by the Lambert function: with u = R (1 - z), u exp(-u) = R (1 - i0) exp(-(R + H)).
    inner = -r * (1 - initial) * math.exp(-(r + outside))
    return float(1 + np.real(special.lambertw(inner)) / r)


def r_from_final_share(share: float) -> float:
    """Return the R whose cascade, once it has taken off, breaks a given share: R = -ln(1 - z) / z.

    Args:
        share: z, above 0 and below 1.

    Example:
        >>> round(r_from_final_share(0.45), 2), round(r_from_final_share(0.5), 2)
        (1.33, 1.39)
    """
    return -math.log1p(-share) / share


def reed_frost(units: int, initial: int, chance: float) -> NDArray[np.float64]:
    """Return the exact distribution of the final count of a Reed-Frost cascade.

    Every broken unit breaks every standing one with chance p, once. The chain of generations is followed: with i units
    broken in the last generation, each of s standing ones escapes with probability (1 - p)^i.

    Args:
        units: N, all units; at most a few hundred.
        initial: I0, broken at the start, 1 to N.
        chance: p, 0 to 1; the engine's is 1 - exp(-R / (N - 1)).

    Returns:
        Probabilities of I0, I0 + 1, ... N broken units.

    Example:
        >>> reed_frost(3, 1, 0.3).round(3).tolist()
        [0.49, 0.294, 0.216]
    """
    standing = units - initial
    ended = np.zeros(standing + 1)
    # state[s, i]: probability of s standing and i broken in the last generation.
    state = np.zeros((standing + 1, units + 1))
    state[standing, initial] = 1.0
    place = np.arange(units + 1)
    logs = special.gammaln(place + 1)
    escape = (1 - chance) ** place
    for _ in range(standing + 1):
        following = np.zeros_like(state)
        for s in np.flatnonzero(state[:, 1:].any(axis=1)):
            active = np.flatnonzero(state[s, 1:]) + 1
            hit = place[: s + 1]
            ways = logs[s] - logs[hit] - logs[s - hit]
            stay = escape[active][:, None]
            moves = np.exp(ways + special.xlogy(hit, 1 - stay) + special.xlogy(s - hit, stay))
            probability = state[s, active] @ moves
            ended[standing - s] += probability[0]
            following[s - hit[1:], hit[1:]] += probability[1:]
        state = following
    return ended


def join(thresholds: Sequence[float]) -> int:
    """Return how many join if each waits for a number of others (Granovetter's model).

    Args:
        thresholds: Number of others that each waits for, at least 0.

    Example:
        >>> join(range(100)), join([0, 2, *range(2, 100)])
        (100, 1)
    """
    ordered = sorted(thresholds)
    return next((place for place, threshold in enumerate(ordered) if threshold > place), len(ordered))


def join_share(mean: float, spread: float) -> float:
    """Return the share of an endless crowd that joins with normal thresholds: the least x = Phi((x - mean) / sd).

    Args:
        mean: Mean threshold, as a share.
        spread: Standard deviation, above 0.

    Example:
        >>> round(join_share(0.25, 0.12222), 2), round(join_share(0.25, 0.1223), 2)
        (0.06, 1.0)
    """
    share = 0.0
    for _ in range(100_000):
        following = float(special.ndtr((share - mean) / spread))
        if following - share < 1e-12:
            break
        share = following
    return share


def critical_spread(mean: float) -> float:
    """Return the standard deviation of normal thresholds at which the joining share jumps to nearly all.

    There x = Phi(u) with u = (x - mean) / sd touches the diagonal: phi(u) = sd.

    Args:
        mean: Mean threshold, above 0 and below 0.5.

    Example:
        >>> round(critical_spread(0.25), 5)
        0.12222
    """

    def gap(u: float) -> float:
        return float(special.ndtr(u) - mean - u * stats.norm.pdf(u))

    # At u = 0 the gap is 1/2 - mean; to the left it falls to -mean.
    u = float(optimize.brentq(gap, -8.0, 0.0, xtol=1e-14))
    return float(stats.norm.pdf(u))


def watts_window(threshold: float) -> tuple[float, float] | None:
    """Return the mean numbers of neighbours between which one broken unit can topple a sparse random graph.

    The window is where z P(Poisson(z) <= floor(1 / phi) - 2) > 1: units with at most 1 / phi neighbours break for a
    single broken one, and they percolate.

    Args:
        threshold: phi, share of broken neighbours that breaks a unit; above 0, at most 1.

    Returns:
        Lower and upper mean number of neighbours; None if there is no window.

    Example:
        >>> window = watts_window(0.18)
        >>> [round(edge, 4) for edge in window], watts_window(0.3)
        ([1.0207, 5.7647], None)
    """
    most = math.floor(1 / threshold + 1e-12) - 2

    def excess(z: float) -> float:
        return z * float(stats.poisson.cdf(most, z)) - 1

    if most < 0:
        return None
    top = optimize.minimize_scalar(lambda z: -excess(z), bounds=(0.1, 4.0 / threshold), method="bounded").x
    if excess(top) <= 0:
        return None
    low = optimize.brentq(excess, 1e-9, top, xtol=1e-12)
    high = optimize.brentq(excess, top, 20 / threshold, xtol=1e-12)
    return float(low), float(high)
