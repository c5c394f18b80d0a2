"""The outcome of a cascade at many values of R, which the browser interpolates while a reader moves R.

Strikes and cohesion only multiply R, so three sliders are one axis: the effective R. All other settings are fixed in a
table. Between two nodes the browser mixes their distributions, F(x; t, R) = (1 - w) F(x; t, R_1) + w F(x; t, R_2), and
reads quantiles off the mixture: quantiles themselves jump from one mode to the other as R rises. Probabilities and
means are those of the mixture too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.methods.cascade.parameters import (
    BOUNDS,
    MOST_COST,
    PRESETS,
    CascadeParameters,
    Topology,
    cascade_cost,
)
from indicators.methods.cascade.run import SHARES, Cascade, counts_at, critical_r, final_counts, reaches, run_cascade
from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.browser_tables import typed_array

Floats = NDArray[np.float64]

_EVEN = (*(round(0.1 * step, 1) for step in range(21)), *(2 + 0.25 * step for step in range(1, 9)), 4.5, 5.0, 6.0)
CURVE = tuple(sorted({*_EVEN, *(preset.r for preset in PRESETS)}))
"""Effective R of each node: close together where outcomes turn, up to the most that the sliders can make of it."""

NUMBERS = ("mean", *(f"p{share:g}" for share in SHARES), "seed_only", "unfinished", "self_starting")


@dataclass(frozen=True, kw_only=True, eq=False)
class CascadeTable:
    """Outcomes by effective R.

    Args:
        r_axis: Effective R, ascending.
        runs_by_count: Number of runs with at most k units broken, by node, tick and k; after the last tick nothing
            changes any more.
        numbers: By node, in the order of `NUMBERS`.
        beside: Probability of each of `SHARES` on the other topology, by node.
        peak: Median tick with most new breaks, by node; not a number where no run reaches a tenth.
    """

    r_axis: Floats
    runs_by_count: NDArray[np.uint16]
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


def chances_beside(parameters: CascadeParameters) -> list[float]:
    """Return the probability of each of `SHARES` on the other topology."""
    final = final_counts(beside(parameters))
    return [float(np.mean(reaches(final, parameters.units, share))) for share in SHARES]


@lru_cache(maxsize=32)
def cascade_curve(parameters: CascadeParameters) -> CascadeTable:
    """Compute the outcomes at all nodes of the curve.

    A whole curve costs no more than the dearest cascade: where it would, it has fewer runs. What a reader comes to rest
    on is computed with all of them.

    Args:
        parameters: All other settings; their R, strikes and cohesion do not matter.

    Example:
        >>> table = cascade_curve(CascadeParameters(replicates=100))
        >>> table.numbers[0].tolist(), table.runs_by_count[0, 0, :3].tolist()
        ([0.01, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0, 100, 100])
    """
    # Most nodes spread little, so they cost a sixth of what is reckoned with; under pressure from outside a half.
    nodes = len(CURVE) / (2 if parameters.hazard else 6)
    fitting = int(parameters.replicates * MOST_COST / (nodes * cascade_cost(parameters)))
    runs = max(min(parameters.replicates, fitting), int(BOUNDS["replicates"][0]))
    settings = parameters.model_copy(update={"replicates": runs, "rear_strikes": 1.0, "cohesion": 0.0})
    others = critical_r(beside(settings))
    return table_of(
        [run_cascade(settings.model_copy(update={"r": node})) for node in CURVE],
        [[float(np.mean(reaches(counts_at(others, r), settings.units, share))) for share in SHARES] for r in CURVE],
    )


def table_of(cascades: Sequence[Cascade], others: Sequence[Sequence[float]]) -> CascadeTable:
    """Put cascades that differ in R alone into a table.

    Args:
        cascades: Outcomes by rising effective R.
        others: Probability of each of `SHARES` on the other topology, by cascade.
    """
    runs = np.array([cascade.runs_by_count for cascade in cascades])
    changing = np.flatnonzero((runs != runs[:, -1:]).any(axis=(0, 2)))
    return CascadeTable(
        r_axis=np.array([cascade.parameters.effective_r for cascade in cascades]),
        runs_by_count=runs[:, : changing[-1] + 2] if changing.size else runs[:, :1],
        numbers=np.array(
            [
                [
                    cascade.mean_share,
                    *cascade.p_at_least.values(),
                    cascade.p_seed_only,
                    cascade.p_unfinished,
                    cascade.self_starting,
                ]
                for cascade in cascades
            ]
        ),
        beside=np.array(others),
        peak=np.array([np.nan if cascade.peak_tick is None else cascade.peak_tick for cascade in cascades]),
    )


def cascade_payload(table: CascadeTable) -> dict[str, object]:
    """Return a table for JSON.

    Args:
        table: From `cascade_curve` or `table_of`.
    """
    return {
        "levels": [str(level) for level in LEVELS],
        "names": list(NUMBERS),
        "r_axis": typed_array(table.r_axis, "<f8"),
        "runs_by_count": typed_array(table.runs_by_count, "<u2"),
        "numbers": typed_array(table.numbers, "<f8"),
        "beside": typed_array(table.beside, "<f8"),
        "peak": typed_array(table.peak, "<f8"),
    }
