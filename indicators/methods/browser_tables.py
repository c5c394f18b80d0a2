"""The tables that the browser interpolates, as JSON with base64 typed arrays.

An array is `{"dtype": "float32" | "float64" | "uint16", "shape": [...], "data": base64}`: little-endian, the last axis
varying fastest. In JavaScript: decode to bytes, wrap in an array of that type, index by shape.

`claim_payload` carries what `claim_table` describes; the rule of interpolation is in that module's docstring.
`growth_payload` carries running sums by growth and week: entry [i, s - 1] is the sum over weeks 1 to s at
`monthly[i]`. The browser takes rows linearly between the two nearest growths (clamped at the ends):
headline = c * undamped, calendar = headline * D / 260, S = damped, Q = damped_squares.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.methods.claim_table import ClaimTable
from indicators.methods.run_rate import damped_growth, undamped_growth, weekly_from_monthly

FloatArray = npt.NDArray[np.float64]

GROWTH_GRID = tuple(round(-0.10 + 0.005 * step, 3) for step in range(47))
"""Growth per month from -10 % to +13 % in steps of 0.5 %."""


@dataclass(frozen=True, kw_only=True, eq=False)
class GrowthTable:
    """Running sums of weekly factors by growth (rows) and week 1 to 156 (columns).

    Args:
        monthly: Growth per month of each row, ascending.
        undamped: Sums for the headline.
        damped: Sums S for the claim layer.
        damped_squares: Sums of squares Q for the claim layer.
    """

    monthly: FloatArray
    undamped: FloatArray
    damped: FloatArray
    damped_squares: FloatArray


def growth_table(monthly: tuple[float, ...] = GROWTH_GRID) -> GrowthTable:
    """Return the running sums for every value of the growth slider.

    Args:
        monthly: Growth per month as shares above -1; sorted, without repeats. Add a value that is not on the grid
            (from an address) here, so that the page shows it exactly.

    Example:
        >>> table = growth_table()
        >>> table.undamped.shape, float(table.undamped[20, 51])
        ((47, 156), 52.0)
    """
    rows = sorted(set(monthly))
    weekly = [weekly_from_monthly(growth) for growth in rows]
    damped = [damped_growth(growth) for growth in weekly]
    return GrowthTable(
        monthly=np.array(rows),
        undamped=np.array([undamped_growth(growth).sums for growth in weekly]),
        damped=np.array([path.sums for path in damped]),
        damped_squares=np.array([path.square_sums for path in damped]),
    )


def growth_payload(table: GrowthTable) -> dict[str, object]:
    """Return a growth table for JSON.

    Example:
        >>> payload = growth_payload(growth_table())
        >>> payload["damped"]["shape"]
        [47, 156]
    """
    return {
        "monthly": typed_array(table.monthly, "<f8"),
        # In double precision, since the headline is shown to the last digit.
        "undamped": typed_array(table.undamped, "<f8"),
        "damped": typed_array(table.damped, "<f4"),
        "damped_squares": typed_array(table.damped_squares, "<f4"),
    }


def claim_payload(table: ClaimTable) -> dict[str, object]:
    """Return a claim table for JSON; `maximum` is null except under the reading of that name.

    Example:
        >>> from indicators.methods.claim_table import NoiseKey, build_table
        >>> from indicators.methods.readings import FIXED
        >>> sorted(claim_payload(build_table(NoiseKey(FIXED))))  # doctest: +NORMALIZE_WHITESPACE
        ['factor_mean', 'levels', 'maximum', 'mean_axis', 'recording_axis', 'roots', 'spread_axis', 'version']
    """
    curve = table.maximum
    return {
        "version": table.version,
        "levels": list(table.levels),
        "factor_mean": table.factor_mean,
        "recording_axis": typed_array(table.recording_axis, "<f8"),
        "spread_axis": typed_array(table.spread_axis, "<f8"),
        "mean_axis": typed_array(table.mean_axis, "<f8"),
        "roots": typed_array(table.roots, "<f4"),
        "maximum": None
        if curve is None
        else {
            "roots_of_maximum": typed_array(curve.roots_of_maximum, "<f8"),
            "roots_of_mean": typed_array(curve.roots_of_mean, "<f8"),
        },
    }


def typed_array(values: npt.NDArray[np.number], dtype: str) -> dict[str, object]:
    """Return an array for JSON, as the module's docstring describes it.

    Args:
        values: Any array of numbers.
        dtype: "<f4", "<f8" or "<u2".

    Example:
        >>> typed_array(np.array([1.0]), "<f8")
        {'dtype': 'float64', 'shape': [1], 'data': 'AAAAAAAA8D8='}
    """
    data = np.ascontiguousarray(values, dtype=dtype).tobytes()
    return {
        "dtype": np.dtype(dtype).name,
        "shape": list(values.shape),
        "data": base64.b64encode(data).decode("ascii"),
    }
