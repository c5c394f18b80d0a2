"""Engine: 2,000 draws of the index over 40 months and all parts, against one pass a draw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.engines import Timing
from benchmarks.samples import time_calls
from indicators.core.evidence.load import load_evidence
from indicators.core.snapshot import Snapshot
from indicators.methods.index.cells import Cell
from indicators.methods.index.grid import grid_of
from indicators.methods.index.index import MoraleIndex, index_of_grid
from indicators.methods.index.parameters import DEFAULTS
from indicators.methods.index.parts import PARTS
from indicators.methods.index.robustness import DRAWS, draw_choices, evaluate, robustness

MONTHS = pd.period_range("2022-04", periods=40, freq="M")
LONE_DRAWS = 20


def forty_months(snapshot: Snapshot) -> MoraleIndex:
    """Return an index of 40 published months in which every part has figures with bounds, some parts late or early."""
    cells: dict[str, dict[pd.Period, Cell]] = {}
    for place, part in enumerate(PARTS):
        held = sorted(snapshot.index_grid.cells[part.id].items())
        own = MONTHS[place:] if place % 4 == 3 else MONTHS
        cells[part.id] = {}
        for turn, month in enumerate(own):
            cell = held[turn % len(held)][1]
            low, high = 0.95 * cell.value, 1.05 * cell.value
            cells[part.id][month] = replace(cell, low=low, high=high, rows=(f"{part.id} {month}",))
    return index_of_grid(grid_of(PARTS, cells), DEFAULTS)


def measure(python: Path, repeats: int) -> list[Timing]:
    """Time the draws at once, and one by one.

    Raises:
        RuntimeError: If fewer than 40 months were published, or both ways differ.
    """
    index = forty_months(Snapshot(load_evidence()))
    if len(index.published) != len(MONTHS):
        raise RuntimeError(f"expected {len(MONTHS)} published months, got {len(index.published)}")
    draws = draw_choices(index.grid, tuple(index.parameters.shares.values()), DRAWS)

    def alone(_: int) -> np.ndarray:
        runs = []
        for draw in range(LONE_DRAWS):
            only = slice(draw, draw + 1)
            one = replace(
                draws,
                scale=draws.scale[only],
                power=draws.power[only],
                weights=draws.weights[:, only],
                kept=draws.kept[:, only],
                inputs=draws.inputs[:, only],
            )
            runs.append(evaluate(index, one)[:, 0])
        return np.array(runs).T

    if not np.allclose(alone(0), robustness(index).runs[:, :LONE_DRAWS], atol=0.01):
        raise RuntimeError("draws at once and one by one differ")
    theirs = [milliseconds * DRAWS / LONE_DRAWS for milliseconds in time_calls(alone, min(repeats, 5))]
    return [
        Timing(
            what=f"Index: {len(MONTHS)} months, {len(PARTS)} parts, {DRAWS:,} draws",
            ours=time_calls(lambda _: robustness(index), repeats),
            alternative=f"draw by draw ({LONE_DRAWS} timed)",
            theirs=theirs,
        )
    ]
