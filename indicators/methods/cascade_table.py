"""The outcome of a cascade at many values of R, which the browser interpolates while a reader moves R.

Strikes and cohesion only multiply R, so three sliders are one axis: the effective R. All other settings are fixed in a
table. Every number is taken linearly between the two nearest nodes; the presets stand on nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.methods.browser_tables import typed_array
from indicators.methods.cascade import SHARES, final_counts, reaches, run_cascade
from indicators.methods.cascade_parameters import PRESETS, CascadeParameters, Topology
from indicators.methods.levels import LEVELS

Floats = NDArray[np.float64]

CURVE = tuple(
    sorted({*(round(0.1 * step, 1) for step in range(21)), *(preset.r for preset in PRESETS), 2.25, 2.5, 3, 4, 5, 6})
)
"""Effective R of each node: close together where outcomes turn, up to the most that the sliders can make of it."""

NUMBERS = ("mean", *(f"p{share:g}" for share in SHARES), "seed_only", "unfinished")


@dataclass(frozen=True, kw_only=True, eq=False)
class CascadeTable:
    """Outcomes by effective R.

    Args:
        r_axis: Effective R, ascending.
        paths: Broken share by node, quantile level and tick.
        numbers: By node, in the order of `NUMBERS`.
        beside: Probability of each of `SHARES` on the other topology, by node.
        peak: Median tick with most new breaks, by node; not a number where no run reaches a tenth.
    """

    r_axis: Floats
    paths: Floats
    numbers: Floats
    beside: Floats
    peak: Floats


def beside(parameters: CascadeParameters) -> CascadeParameters:
    """Return the settings to hold these against: a ring, which is close to a front line, or where it is one, mixed.

    Example:
        >>> beside(CascadeParameters()).topology.value
        'ring'
    """
    other = Topology.MIXED if parameters.topology is Topology.RING else Topology.RING
    return parameters.model_copy(update={"topology": other})


@lru_cache(maxsize=32)
def cascade_table(parameters: CascadeParameters, nodes: tuple[float, ...]) -> CascadeTable:
    """Compute the outcomes at some values of the effective R.

    Args:
        parameters: All other settings; their R, strikes and cohesion do not matter.
        nodes: Effective R, ascending.

    Example:
        >>> table = cascade_table(CascadeParameters(replicates=100), (0.0, 1.0))
        >>> table.paths.shape, table.numbers[0].tolist()
        ((2, 7, 61), [0.01, 0.0, 0.0, 0.0, 1.0, 0.0])
    """
    paths, numbers, others, peaks = [], [], [], []
    for node in nodes:
        settings = parameters.model_copy(update={"r": node, "rear_strikes": 1.0, "cohesion": 0.0})
        cascade = run_cascade(settings)
        other = final_counts(beside(settings))
        paths.append(cascade.fan)
        numbers.append([cascade.mean_share, *cascade.p_at_least.values(), cascade.p_seed_only, cascade.p_unfinished])
        others.append([float(np.mean(reaches(other, settings.units, share))) for share in SHARES])
        peaks.append(np.nan if cascade.peak_tick is None else cascade.peak_tick)
    return CascadeTable(
        r_axis=np.array(nodes, dtype=float),
        paths=np.array(paths),
        numbers=np.array(numbers),
        beside=np.array(others),
        peak=np.array(peaks),
    )


def cascade_payload(table: CascadeTable) -> dict[str, object]:
    """Return a table for JSON.

    Args:
        table: From `cascade_table`.
    """
    return {
        "levels": [str(level) for level in LEVELS],
        "names": list(NUMBERS),
        "r_axis": typed_array(table.r_axis, "<f8"),
        "paths": typed_array(table.paths, "<f4"),
        "numbers": typed_array(table.numbers, "<f8"),
        "beside": typed_array(table.beside, "<f8"),
        "peak": typed_array(table.peak, "<f8"),
    }
