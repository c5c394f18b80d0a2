"""The cascade of our page in Mesa: agent by agent, and with a property layer, one model for each run.

Reads settings from its one argument as JSON; prints milliseconds of each repetition and the broken units of every run
after every tick, collected the way Mesa does it. Tolerances are drawn before the clock starts, from the same seed as
ours, so that the counts must agree run by run and tick by tick.
"""

from __future__ import annotations

import json
import sys
import time

import mesa
import numpy as np
from mesa.discrete_space import PropertyLayer


class Unit(mesa.Agent):
    """A unit that breaks once the pressure on it reaches its tolerance."""

    def __init__(self, model: mesa.Model, tolerance: float, broken: bool) -> None:
        super().__init__(model)
        self.tolerance = tolerance
        self.broken = broken

    def step(self) -> None:
        """Break, if the pressure is high enough."""
        if not self.broken and self.tolerance <= self.model.pressure:
            self.broken = True
            self.model.broken += 1


class AgentCascade(mesa.Model):
    """One run, agent by agent."""

    def __init__(self, tolerances: list[float], initial: int, per_unit: float) -> None:
        super().__init__(seed=1)
        for place, tolerance in enumerate(tolerances):
            Unit(self, tolerance, place < initial)
        self.per_unit = per_unit
        self.broken = initial
        self.pressure = 0.0
        self.collector = mesa.DataCollector(model_reporters={"broken": "broken"})
        self.collector.collect(self)

    def step(self) -> None:
        """Let all units feel the pressure of those broken so far."""
        before = self.broken
        self.pressure = self.per_unit * before
        self.agents.do("step")
        self.collector.collect(self)
        self.running = self.broken > before


class LayerCascade(mesa.Model):
    """One run with all units in a property layer."""

    def __init__(self, tolerances: np.ndarray, initial: int, per_unit: float) -> None:
        super().__init__(seed=1)
        self.tolerance = PropertyLayer("tolerance", (1, len(tolerances)), default_value=0.0)
        self.tolerance.set_cells(tolerances[None, :])
        self.down = PropertyLayer("down", (1, len(tolerances)), default_value=False, dtype=bool)
        self.down.data[0, :initial] = True
        self.per_unit = per_unit
        self.broken = initial
        self.collector = mesa.DataCollector(model_reporters={"broken": "broken"})
        self.collector.collect(self)

    def step(self) -> None:
        """Let all units feel the pressure of those broken so far."""
        before, pressure = self.broken, self.per_unit * self.broken
        reached = self.tolerance.select_cells(lambda tolerance: tolerance <= pressure, return_list=False)
        self.down.modify_cells(np.logical_or, reached)
        self.broken = int(self.down.aggregate(np.sum))
        self.collector.collect(self)
        self.running = self.broken > before


def run(model: mesa.Model, ticks: int) -> list[int]:
    """Step a model until nothing changes, at most for some ticks, and return the broken units after each tick."""
    for _ in range(ticks):
        model.step()
        if not model.running:
            break
    path = model.collector.model_vars["broken"]
    return path + path[-1:] * (ticks + 1 - len(path))


def main() -> None:
    """Time both ways."""
    given = json.loads(sys.argv[1])
    shape = (given["runs"], given["units"])
    tolerances = np.random.default_rng([given["seed"], 0]).standard_exponential(shape)
    per_unit = given["r"] / (given["units"] - 1)
    results = {}
    for name, build, rows in (
        ("agents", AgentCascade, tolerances.tolist()),
        ("layer", LayerCascade, tolerances),
    ):
        milliseconds, paths = [], []
        for _ in range(given["repeats"]):
            start = time.perf_counter()
            paths = [run(build(row, given["initial"], per_unit), given["ticks"]) for row in rows]
            milliseconds.append(1_000 * (time.perf_counter() - start))
        results[name] = {"milliseconds": milliseconds, "paths": paths}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
