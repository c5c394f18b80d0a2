"""A what-if cascade of 2,000 runs, 100 units and 60 weeks, beside the same model in Mesa.

Ours is timed twice: the runs alone, tick by tick as in Mesa, and the whole answer to a slider step with quantiles and
histogram, set against Mesa's runs alone. Both start from the same tolerances, and the broken units of every run after
every tick are compared before any time is believed.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.engines import Timing
from indicators.methods.cascade.mixed import count_paths
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.run import run_cascade

PEER = Path(__file__).parent / "peers" / "mesa_cascade.py"
PARAMETERS = CascadeParameters(r=1.35)
WAYS = {"agents": "Mesa, agent by agent", "layer": "Mesa, property layer"}
PEER_REPEATS = 3  # a run of the peer takes seconds


def measure(python: Path, repeats: int) -> list[Timing]:
    """Time the cascade here and in Mesa.

    Args:
        python: Python of the peers' environment.
        repeats: Repetitions of ours.

    Raises:
        RuntimeError: If a run ends differently in Mesa.
    """
    alone = _timed(lambda _: count_paths(PARAMETERS), repeats)
    ours = _timed(lambda _: run_cascade(PARAMETERS), repeats)
    # Another seed means other tolerances, which have to be drawn and sorted.
    fresh = _timed(lambda turn: run_cascade(PARAMETERS.model_copy(update={"seed": 100 + turn})), repeats)
    size = f"{PARAMETERS.replicates:,} cascades of {PARAMETERS.units} units, {PARAMETERS.ticks} weeks"
    paths = count_paths(PARAMETERS).T.tolist()
    timings = []
    for way, (theirs, found) in _in_mesa(python).items():
        differing = sum(one != other for one, other in zip(paths, found, strict=True))
        if differing:
            raise RuntimeError(f"{WAYS[way]}: {differing} of {len(found)} runs differ; the models disagree")
        for what, times in ((f"{size}, the runs alone", alone), (f"{size}, the whole answer", ours)):
            timings.append(Timing(what=what, ours=times, alternative=WAYS[way], theirs=theirs))
    agents = timings[0]
    return [
        *timings,
        Timing(what=f"{size}, drawn anew", ours=fresh, alternative=agents.alternative, theirs=agents.theirs),
    ]


def _timed(compute: Callable[[int], object], repeats: int) -> list[float]:
    compute(0)
    milliseconds = []
    for turn in range(1, repeats + 1):
        start = time.perf_counter()
        compute(turn)
        milliseconds.append(1_000 * (time.perf_counter() - start))
    return milliseconds


def _in_mesa(python: Path) -> dict[str, tuple[list[float], list[list[int]]]]:
    settings = {
        "runs": PARAMETERS.replicates,
        "units": PARAMETERS.units,
        "initial": PARAMETERS.initial,
        "r": PARAMETERS.effective_r,
        "ticks": PARAMETERS.ticks,
        "seed": PARAMETERS.seed,
        "repeats": PEER_REPEATS,
    }
    command = [str(python), str(PEER), json.dumps(settings)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the cascade in Mesa failed: {done.stderr.strip()[-500:]}")
    answer = json.loads(done.stdout)
    return {way: (answer[way]["milliseconds"], answer[way]["paths"]) for way in WAYS}
