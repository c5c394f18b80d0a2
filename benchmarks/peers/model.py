"""What every peer computes on a slider step: 10,000 paths of 104 weekly counts, and what the page shows of them.

Week t has the rate r (1 + g)^t W_t, with W_t = gamma noise of size 20 times a lognormal error of growth; the count
is Poisson given the rate, so negative binomial given the growth error. `simulate` draws anew, as one writes it first.
`simulate_fast` keeps the noise and only scales it. `weekly_table` and `total_table` hold the answers beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

WEEKS = 104
PATHS = 10_000
SIZE = 20.0
GROWTH_ERROR = 0.002
LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
RATES = (20, 400)
GROWTHS = (-2.0, 3.0)
START_RATE, START_GROWTH = 100, 0.5


@dataclass(frozen=True)
class Outcome:
    """What a page shows: weekly quantiles (levels by weeks), and mean, low and high total."""

    weekly: np.ndarray
    mean: float
    low: float
    high: float


def growth_factors(growth: float) -> np.ndarray:
    """Return (1 + g)^t for each week; growth in per cent a week."""
    return (1 + growth / 100) ** np.arange(WEEKS)


def _growth_errors(rng: np.random.Generator) -> np.ndarray:
    return np.exp(rng.normal(0, GROWTH_ERROR, (PATHS, 1)) * np.arange(WEEKS))


def simulate(rate: float, growth: float, seed: int = 7) -> Outcome:
    """Draw all paths anew and take their quantiles."""
    rng = np.random.default_rng(seed)
    rates = rate * growth_factors(growth) * _growth_errors(rng)
    counts = rng.poisson(rates * rng.gamma(SIZE, 1 / SIZE, rates.shape))
    totals = counts.sum(axis=1)
    low, high = np.quantile(totals, (0.05, 0.95))
    return Outcome(np.quantile(counts, LEVELS, axis=0), float(totals.mean()), float(low), float(high))


@lru_cache(maxsize=1)
def _noise() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    factors = _growth_errors(rng) * rng.gamma(SIZE, 1 / SIZE, (PATHS, WEEKS))
    normals = rng.standard_normal((WEEKS, PATHS), dtype=np.float32)
    return np.ascontiguousarray(factors.T, dtype=np.float32), normals


def _at_levels(ascending: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    return ascending[..., [round(level * (PATHS - 1)) for level in levels]].T


def simulate_fast(rate: float, growth: float) -> Outcome:
    """Scale noise that is drawn once, and sort whole weeks: much faster than asking for quantiles."""
    factors, normals = _noise()
    rates = factors * (rate * growth_factors(growth)[:, None]).astype(np.float32)
    counts = np.rint(rates + np.sqrt(rates) * normals)
    totals = np.sort(counts.sum(axis=0))
    counts.sort(axis=1)
    low, high = _at_levels(totals, (0.05, 0.95))
    return Outcome(_at_levels(counts, LEVELS), float(totals.mean()), float(low), float(high))


@lru_cache(maxsize=1)
def lookup_tables() -> dict[str, list]:
    """Return the weekly quantiles by expected count, and totals by rate and growth, for a page that only looks up.

    A week's quantiles depend on its expected count alone, because neither slider touches its noise.
    """
    factors, normals = _noise()
    largest = RATES[1] * float(growth_factors(GROWTHS[1])[-1])
    nodes = np.linspace(0, np.sqrt(largest), 96) ** 2
    weekly = []
    for node in nodes:
        counts = np.rint(factors * np.float32(node) + np.sqrt(factors * np.float32(node)) * normals)
        counts.sort(axis=1)
        weekly.append(_at_levels(counts, LEVELS))
    rates, growths = np.linspace(*RATES, 11), np.linspace(*GROWTHS, 11)
    outcomes = [[simulate_fast(rate, growth) for growth in growths] for rate in rates]
    return {
        "nodes": nodes.tolist(),
        "weekly": np.round(np.array(weekly), 1).tolist(),
        "rates": rates.tolist(),
        "growths": growths.tolist(),
        "totals": [[[item.mean, item.low, item.high] for item in row] for row in outcomes],
    }
