"""Chain ladder: how much of what will be counted has been counted so far, by the age of a row.

A triangle holds x[t, d], what was first counted d steps after period t. Rows run from the oldest to the newest period,
columns from delay 0 to the longest delay D; cells still to come are not-a-number and stand to the right of the last
cell seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """What is still to come in all rows, with the standard error of that figure.

    Args:
        value: Expected total still to come, in the triangle's unit.
        standard_error: Root of its mean squared error by Mack.
    """

    value: float
    standard_error: float


def checked_triangle(increments: ArrayLike) -> Floats:
    """Return the triangle as an array.

    Args:
        increments: x[t, d], not negative; not-a-number where still to come.

    Raises:
        ValueError: If it is not a table of rows at least two columns wide, a cell is negative or infinite, a row has
            a gap or nothing at all, or a row saw less than a newer one.
    """
    triangle = np.asarray(increments, dtype=np.float64)
    if triangle.ndim != 2 or triangle.shape[0] < 1 or triangle.shape[1] < 2:
        raise ValueError(f"expected rows of at least two delays, got the shape {triangle.shape}")
    seen = ~np.isnan(triangle)
    if (triangle[seen] < 0).any() or np.isinf(triangle).any():
        raise ValueError("expected finite counts of 0 or more, got a negative or infinite one")
    if not seen[:, 0].all() or (seen[:, 1:] & ~seen[:, :-1]).any():
        raise ValueError("expected every row seen from delay 0 without a gap")
    if (np.diff(seen.sum(axis=1)) > 0).any():
        raise ValueError("expected no row to have seen less than a newer one; order rows from oldest to newest")
    return triangle


def ages(triangle: Floats) -> NDArray[np.intp]:
    """Return the last delay seen in each row: D for a complete row, 0 for the newest."""
    last: NDArray[np.intp] = (~np.isnan(triangle)).sum(axis=1) - 1
    return last


def delay_factors(increments: ArrayLike) -> Floats:
    """Return the growth at each delay: theta_d = sum of x[t, d] / sum of x[t, 0..d-1], over rows that have seen d.

    Args:
        increments: The triangle; see `checked_triangle`.

    Returns:
        theta_1 to theta_D.

    Raises:
        ValueError: If the triangle is malformed, a delay was never seen, or nothing was counted before it.

    Example:
        >>> nan = math.nan
        >>> delay_factors([[50, 30, 20], [60, 36, nan], [40, nan, nan]]).tolist()
        [0.6, 0.25]
    """
    triangle = checked_triangle(increments)
    factors = []
    for delay in range(1, triangle.shape[1]):
        rows = triangle[~np.isnan(triangle[:, delay])]
        before = float(rows[:, :delay].sum())
        if before == 0:
            raise ValueError(f"expected counts before delay {delay} in a row that has seen it, got none")
        factors.append(float(rows[:, delay].sum()) / before)
    return np.array(factors)


def cumulative_shares(factors: ArrayLike) -> Floats:
    """Return the share of a row's final count known at each delay: pi_d = (1 + theta_d) pi_(d-1), scaled to pi_D = 1.

    Args:
        factors: theta_1 to theta_D, each 0 or more.

    Example:
        >>> cumulative_shares([0.6, 0.25]).tolist()
        [0.5, 0.8, 1.0]
    """
    growth = np.cumprod(np.concatenate([[1.0], 1 + np.asarray(factors, dtype=np.float64)]))
    shares: Floats = growth / growth[-1]
    return shares


def mack_reserve(increments: ArrayLike) -> Reserve:
    """Return what is still to come in a square triangle, with Mack's distribution-free standard error.

    With C cumulative, f_k = 1 + theta_k and n columns: sigma_k^2 = sum of C[i, k] (C[i, k+1] / C[i, k] - f_k)^2 over
    the number of rows less one; the last one is min(s_(n-2)^4 / s_(n-3)^2, s_(n-3)^2, s_(n-2)^2). The squared error
    of all rows together follows Mack's formula with the covariance between rows.

    Args:
        increments: A triangle of n rows and n columns, each row one cell shorter than the one above; n at least 4.

    Raises:
        ValueError: If the triangle is malformed, not of that shape, or a cumulative cell is 0.

    References:
        Mack 1993, ASTIN Bulletin 23(2):213, doi 10.2143/AST.23.2.2005092.

    Example:
        >>> nan = math.nan
        >>> reserve = mack_reserve([[50, 30, 20, 0], [60, 36, 24, nan], [40, 26, nan, nan], [50, nan, nan, nan]])
        >>> round(reserve.value, 3), round(reserve.standard_error, 3)
        (67.333, 1.954)
    """
    triangle = checked_triangle(increments)
    size = len(triangle)
    if size < 4 or triangle.shape[1] != size or ages(triangle).tolist() != list(range(size - 1, -1, -1)):
        raise ValueError("expected at least four rows and as many columns, each row one cell shorter than the last")
    seen = np.cumsum(triangle, axis=1)
    if (seen == 0).any():
        raise ValueError("expected every cumulative count above 0, got one that is 0")
    factors = 1 + delay_factors(triangle)
    full = seen.copy()
    for delay, factor in enumerate(factors, start=1):
        empty = np.isnan(full[:, delay])
        full[empty, delay] = full[empty, delay - 1] * factor
    base = np.array([seen[: size - 1 - k, k].sum() for k in range(size - 1)])
    relative = _mack_variances(seen, factors) / factors**2
    squared_error = 0.0
    for row in range(1, size):
        still = slice(size - 1 - row, size - 1)
        own = float((relative[still] * (1 / full[row, still] + 1 / base[still])).sum())
        shared = float((2 * relative[still] / base[still]).sum())
        newer = float(full[row + 1 :, -1].sum())
        squared_error += full[row, -1] ** 2 * own + full[row, -1] * newer * shared
    latest = np.nansum(triangle, axis=1)
    return Reserve(value=float((full[:, -1] - latest).sum()), standard_error=math.sqrt(squared_error))


def _mack_variances(seen: Floats, factors: Floats) -> Floats:
    size = len(seen)
    variances = []
    for k in range(size - 2):
        rows = seen[: size - 1 - k]
        single = rows[:, k + 1] / rows[:, k]
        variances.append(float((rows[:, k] * (single - factors[k]) ** 2).sum()) / (size - k - 2))
    # One row alone says nothing about the last step, so Mack carries on the decline of the two before it.
    before, last = variances[-2:]
    variances.append(min(last**2 / before, before, last) if before > 0 else 0.0)
    return np.array(variances)
