"""The register of engines: modules with a `measure` function that times our computation and an obvious alternative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from benchmarks.samples import median, percentile, ratio
from benchmarks.tables import number, table

ENGINES = ("benchmarks.projection", "benchmarks.loading", "benchmarks.cascade", "benchmarks.index")
"""An engine's module offers `measure(python, repeats) -> list[Timing]`; python is that of the peers' environment."""


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long something took here, and by another way.

    Args:
        what: What was computed.
        ours: Milliseconds of each repetition.
        alternative: The other way, in words; "" for none.
        theirs: Its milliseconds.
    """

    what: str
    ours: Sequence[float]
    alternative: str = ""
    theirs: Sequence[float] = field(default_factory=tuple)


Measure = Callable[[Path, int], list[Timing]]


def measure_engines(python: Path, *, quick: bool) -> str:
    """Time every registered engine and return the results as a table."""
    repeats = 7 if quick else 25
    rows = []
    for name in ENGINES:
        print(f"  {name}", flush=True)
        measure: Measure = import_module(name).measure
        rows += [_row(timing) for timing in measure(python, repeats)]
    header = ("Computation", "p50 ms", "p95 ms", "Alternative", "its p50 ms", "ours / alternative")
    return f"Median of {repeats} repetitions.\n\n{table(header, rows)}"


def _row(timing: Timing) -> tuple[str, ...]:
    return (
        timing.what,
        number(median(timing.ours)),
        number(percentile(timing.ours, 0.95)),
        timing.alternative or "–",
        number(median(timing.theirs)),
        number(ratio(timing.ours, timing.theirs)),
    )
