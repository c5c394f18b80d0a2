"""Timing of calls, and medians, percentiles and ratios of small samples."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence


def time_calls(call: Callable[[int], object], repeats: int) -> list[float]:
    """Call a function once to warm up, then with 1, 2, ...; return the milliseconds of each later call."""
    call(0)
    times = []
    for repeat in range(1, repeats + 1):
        start = time.perf_counter()
        call(repeat)
        times.append((time.perf_counter() - start) * 1000)
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the sample lies, by the nearest rank; NaN for an empty sample."""
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))] if ordered else math.nan


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return percentile(values, 0.5)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the ratio of two medians; NaN if one of the samples is empty."""
    return median(ours) / median(theirs) if ours and theirs else math.nan
