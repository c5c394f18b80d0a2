"""The tables that the browser interpolates, as JSON with base64 typed arrays.

An array is `{"dtype": "float32" | "float64" | "uint16", "shape": [...], "data": base64}`: little-endian, the last axis
varying fastest. In JavaScript: decode to bytes, wrap in an array of that type, index by shape.

`claim_payload` carries what `claim_table` describes; the rule by which it is read is in that module's docstring.
`pace_constants` carries what `pace` needs: it is the same for all settings.
"""

import base64

import numpy as np
import numpy.typing as npt

from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.lookup import ClaimTable, scores
from indicators.methods.projection.claim_layer.pace import NODES, PROJECTION, WHOLE_MONTHS
from indicators.methods.projection.run_rate import months_of_growth


def pace_constants() -> dict[str, list[float] | list[list[float]]]:
    """Return months gone by and whole months of every week, the same where growth fades, and the nodes of ln S.

    Example:
        >>> sorted(pace_constants())
        ['fading', 'months', 'nodes', 'projection', 'whole']
    """
    return {
        "months": months_of_growth().tolist(),
        "fading": months_of_growth(fading=True).tolist(),
        "whole": WHOLE_MONTHS.tolist(),
        "nodes": NODES.tolist(),
        "projection": PROJECTION.tolist(),
    }


def claim_payload(table: ClaimTable) -> dict[str, object]:
    """Return a claim table for JSON; `maximum` is null except under the reading of that name.

    Example:
        >>> from indicators.methods.projection.claim_layer.lookup import NoiseKey, build_table
        >>> from indicators.methods.projection.readings import FIXED
        >>> sorted(claim_payload(build_table(NoiseKey(FIXED))))  # doctest: +NORMALIZE_WHITESPACE
        ['factor_log_variance', 'factor_mean', 'factors', 'levels', 'maximum', 'scores', 'spread_axis', 'version']
    """
    curve = table.maximum
    return {
        "version": table.version,
        "levels": list(LEVELS),
        "scores": scores().tolist(),
        "factor_mean": table.factor_mean,
        "factor_log_variance": table.factor_log_variance,
        "spread_axis": typed_array(table.spread_axis, "<f8"),
        "factors": typed_array(table.factors, "<f8"),
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
