"""Clustering of dated counts: how many events could at most be set off by earlier ones (Hawkes shortcut).

In a self-exciting process with branching ratio n, windows much longer than its memory have a ratio of variance to mean
of 1 / (1 - n)^2; so n = 1 - 1 / sqrt(VMR). Anything else that makes counts uneven (a change of law, courts that publish
in batches, a bent trend) raises the ratio too, and few windows leave it wide open. So the counts rule out only what
lies above the upper limit.

Reference: Hardiman and Bouchaud 2014, Phys. Rev. E 90:062807, 10.1103/PhysRevE.90.062807.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from indicators.core.figures.periods import DAYS_PER_WEEK
from indicators.methods.counts.poisson import pearson_dispersion

MINIMUM_WINDOWS = 5
_ROUNDS = 50


@dataclass(frozen=True, kw_only=True)
class Clustering:
    """How uneven counts are, and the branching ratio that this would mean if nothing else made them so.

    Args:
        ratio: Variance to mean ratio about a smooth trend; 1 for independent events.
        branching: Branching ratio n of 1 - 1 / sqrt(ratio), 0 where counts are no more uneven than chance.
        upper_limit: 95 % upper limit of n: the ratio times its degrees of freedom is about chi-squared.
    """

    windows: int
    ratio: float
    branching: float
    upper_limit: float


def branching_from_ratio(ratio: float) -> float:
    """Return the branching ratio n = 1 - 1 / sqrt(VMR) of a variance to mean ratio.

    Args:
        ratio: VMR; at most 1 gives 0.

    Example:
        >>> branching_from_ratio(4.0), round(branching_from_ratio(2.52), 2), branching_from_ratio(0.8)
        (0.5, 0.37, 0.0)
    """
    return 1 - 1 / math.sqrt(ratio) if ratio > 1 else 0.0


def clustering(counts: Sequence[float], lengths: Sequence[float], middles: Sequence[float]) -> Clustering | None:
    """Return the clustering of counts over windows of any lengths, about a log-linear trend.

    The ratio is Pearson's chi-squared over its degrees of freedom, sum_i (y_i - m_i)^2 / m_i / (w - 2), with
    m_i = length_i exp(a + b middle_i) fitted by Poisson regression.

    Args:
        lengths: Length of each window, above 0.
        middles: Middle of each window, in any unit of time.

    Returns:
        The clustering; None with fewer than `MINIMUM_WINDOWS` windows or without events.

    Raises:
        ValueError: If the three differ in length.

    Example:
        >>> found = clustering([80, 120, 90, 110, 100, 100], [1] * 6, range(6))
        >>> found.windows, round(found.ratio, 2), round(found.branching, 2)
        (6, 2.44, 0.36)
        >>> round(found.upper_limit, 2)
        0.73
    """
    if not len(counts) == len(lengths) == len(middles):
        raise ValueError(
            f"expected as many counts as lengths and middles, got {len(counts)}, {len(lengths)} and {len(middles)}"
        )
    observed = np.asarray(counts, dtype=float)
    if len(observed) < MINIMUM_WINDOWS or observed.sum() <= 0:
        return None
    expected = _trend(observed, np.asarray(lengths, dtype=float), np.asarray(middles, dtype=float))
    ratio = pearson_dispersion(observed, expected, fitted=2)
    freedom = len(observed) - 2
    return Clustering(
        windows=len(observed),
        ratio=ratio,
        branching=branching_from_ratio(ratio),
        upper_limit=branching_from_ratio(ratio * freedom / scipy.stats.chi2.ppf(0.05, freedom)),
    )


def clustering_of_rates(rates: pd.DataFrame) -> Clustering | None:
    """Return the clustering of weekly rates that each hold over a period.

    Args:
        rates: Rows of one series with period_start, period_end and value (events per week).

    Returns:
        As `clustering`.
    """
    days = (rates["period_end"] - rates["period_start"]).dt.days + 1
    middles = (rates["period_start"] - pd.Timestamp("2022-01-01")).dt.days + days / 2
    counts = rates["value"] * days / DAYS_PER_WEEK
    return clustering(counts.tolist(), days.tolist(), middles.tolist())


def _trend(
    counts: NDArray[np.float64], lengths: NDArray[np.float64], middles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return expected counts by Poisson regression with a log-linear trend (Newton's method)."""
    time = (middles - middles.mean()) / max(np.ptp(middles), 1e-9)
    design = np.column_stack([np.ones_like(time), time])
    coefficients = np.array([math.log(counts.sum() / lengths.sum()), 0.0])
    for _ in range(_ROUNDS):
        expected = lengths * np.exp(design @ coefficients)
        step = np.linalg.lstsq(design.T * expected @ design, design.T @ (counts - expected), rcond=None)[0]
        coefficients = coefficients + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-10:
            break
    fitted: NDArray[np.float64] = lengths * np.exp(design @ coefficients)
    return fitted
