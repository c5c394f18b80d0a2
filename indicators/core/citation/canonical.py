"""One way to write data down, so that equal data have equal digests on every machine."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date

import numpy as np
import pandas as pd

DIGITS = 12
"""Significant digits of a number: what machines may compute differently is left out."""


def canonical_json(data: object) -> str:
    """Write data as JSON with sorted keys and numbers of twelve significant digits.

    Args:
        data: Tables, dataclasses, mappings, sequences, arrays, text, numbers, days, booleans and None in any nesting;
            NaN counts as None.

    Raises:
        TypeError: If something else is among them.

    Example:
        >>> canonical_json({"b": (1.0, 0.1 + 0.2), "a": [date(2023, 8, 30), math.nan]})
        '{"a":["2023-08-30",null],"b":["1","0.3"]}'
    """
    return json.dumps(_plain(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(data: object, length: int = 12) -> str:
    """Return the first hexadecimal digits of the SHA-256 over data written canonically.

    Args:
        data: As for `canonical_json`.

    Example:
        >>> digest({"weekly": 100}) == digest({"weekly": 100.0})
        True
    """
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()[:length]


def _plain(data: object) -> object:
    if isinstance(data, pd.DataFrame):
        data = {"columns": list(data.columns), "rows": data.to_numpy(dtype=object)}
    if isinstance(data, pd.Series):
        data = data.to_dict()
    if is_dataclass(data) and not isinstance(data, type):
        data = {field.name: getattr(data, field.name) for field in fields(data)}
    if isinstance(data, np.generic | np.ndarray):
        data = data.tolist()
    if data is None or data is pd.NA:
        return None
    if isinstance(data, str | bool):
        return data
    if isinstance(data, date):  # a timestamp is one as well; NaT is not equal to itself
        return data.isoformat()[:10] if data == data else None
    if isinstance(data, int | float):
        return None if math.isnan(data) else f"{data:.{DIGITS}g}"
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_plain(value) for value in data]
    raise TypeError(
        f"expected tables, dataclasses, mappings, sequences, text, numbers, days or None; got {type(data).__name__}"
    )
