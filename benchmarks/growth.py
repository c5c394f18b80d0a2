"""Part growth: ten and a hundred times the evidence, and up to 160 readers at once."""

from __future__ import annotations

import asyncio
import json
import math
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pandas as pd

from benchmarks.browser import visit_all
from benchmarks.pages import DASH, DASH_TUNED, MARIMO, OURS, PANEL, PROJECTION, SERVERS, SHINY, STREAMLIT
from benchmarks.samples import median, percentile, time_calls
from benchmarks.servers import ROOT, running
from benchmarks.tables import Target, number, table, target_table
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import DATA_DIRECTORY, DATA_VARIABLE, load_evidence
from indicators.core.evidence.vocabulary import Context

FACTORS = (1, 10, 100)
LOAD_LIMIT_MS = 2000
PAGE = "/projection"
IDIOMATIC = (STREAMLIT, DASH, PANEL, SHINY, MARIMO)
PROTOCOLS = {OURS: "streamlit", DASH_TUNED: "dash"}
USERS_SECONDS = 300  # longest time for one server


def enlarge(factor: int, folder: Path) -> None:
    """Copy the evidence with its series and observations a number of times, each copy as context under other ids."""
    shutil.copytree(DATA_DIRECTORY, folder)
    for name, ids in (("series", ("series",)), ("observations", ("observation_id", "series"))):
        rows = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        context = {"indicator": Context.TERRITORY.value} if name == "series" else {}
        copies = [rows] + [
            rows.assign(**{key: rows[key] + f"_copy{copy}" for key in ids}, **context) for copy in range(1, factor)
        ]
        pd.concat(copies).to_csv(folder / f"{name}.csv", index=False)


def measure_growth(python: Path, first_port: int, *, quick: bool) -> str:
    """Measure loading and a slider step with more evidence, and steps with more readers."""
    with tempfile.TemporaryDirectory() as place:
        folders = {factor: Path(place) / str(factor) for factor in FACTORS}
        for factor, folder in folders.items():
            enlarge(factor, folder)
        loads = {factor: _loading(folder, 3 if quick else 5) for factor, folder in folders.items()}
        steps = _steps(python, first_port, folders, quick=quick)
    levels = "1,20,40" if quick else "1,20,40,80,160,320"
    users = dict(_users(python, first_port, levels, 9 if quick else 18))
    return "\n".join(
        [
            target_table(_targets(loads, steps, users)),
            "### More evidence: copies of all series and observations\n",
            _evidence_table(loads, steps),
            "### More readers: each lets go of a slider, changes or opens a page, every 3 s, without a browser\n",
            "Held means that 95 % of actions took less than a second. Opening a page is its document, the session and "
            "all that it shows; peers have one page, so going to another one opens theirs again.\n",
            _users_table(users),
        ]
    )


def _loading(folder: Path, repeats: int) -> tuple[int, list[float], list[float]]:
    evidence = load_evidence(folder)
    loads = time_calls(lambda _: load_evidence(folder), repeats)
    return len(evidence.observations), loads, time_calls(lambda _: as_of(evidence, date(2023, 12, 31)), repeats)


def _steps(python: Path, first_port: int, folders: dict[int, Path], *, quick: bool) -> dict[int, list[float]]:
    """Time the panel's steps with each size of the evidence, visited in turn."""
    with ExitStack() as stack:
        pages = []
        for offset, (factor, folder) in enumerate(folders.items()):
            started = running([SERVERS[OURS]], python, first_port + offset, variables={DATA_VARIABLE: str(folder)})
            page = PROJECTION.named(str(factor))
            pages.append((page, stack.enter_context(started)[OURS].url))
        seen = asyncio.run(visit_all(pages, 1 if quick else 3, 8 if quick else 12))
    return {factor: seen[str(factor)].steps for factor in folders}


def _users(python: Path, first_port: int, levels: str, seconds: float) -> Iterator[tuple[str, list[dict]]]:
    for name in (OURS, *IDIOMATIC, DASH_TUNED):
        print(f"  readers: {name}", flush=True)
        with running([SERVERS[name]], python, first_port) as servers:
            url = servers[name].url + (PAGE if name == OURS else SERVERS[name].ready.rstrip("/"))
            command = [python, "-m", "benchmarks.users", PROTOCOLS.get(name, name), url, "--levels", levels]
            command += ["--seconds", str(seconds), "--pid", str(servers[name].pid)]
            yield name, _levels(name, command)


def _levels(name: str, command: list) -> list[dict]:
    """Run the readers' program; what it printed before a failure counts."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            output, _ = process.communicate(timeout=USERS_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
    if process.returncode:
        print(f"  {name}: the readers' program ended early", flush=True)
    return [json.loads(line) for line in output.splitlines()]


def _held(levels: list[dict]) -> float:
    return max((level["users"] for level in levels if level["held"]), default=math.nan)


def _targets(
    loads: dict[int, tuple[int, list[float], list[float]]], steps: dict[int, list[float]], users: dict[str, list[dict]]
) -> list[Target]:
    most, least = max(FACTORS), min(FACTORS)
    best = max((_held(users[name]) for name in IDIOMATIC if users[name]), default=math.nan)
    return [
        Target(what=f"Loading {most} times the observations, ms", value=median(loads[most][1]), limit=LOAD_LIMIT_MS),
        Target(
            what=f"A step with {most} times the evidence / as it is, p50",
            value=median(steps[most]) / median(steps[least]),
            limit=1.1,
        ),
        Target(
            what="Readers held, mixed actions: ours / best idiomatic peer",
            value=_held(users[OURS]) / best,
            limit=2,
            at_least=True,
        ),
    ]


def _evidence_table(loads: dict[int, tuple[int, list[float], list[float]]], steps: dict[int, list[float]]) -> str:
    rows = [
        (
            f"{factor} times",
            f"{observations:,}",
            number(median(load)),
            number(median(replay)),
            number(median(steps[factor])),
            number(percentile(steps[factor], 0.95)),
        )
        for factor, (observations, load, replay) in loads.items()
    ]
    header = ("Evidence", "observations", "load ms", "as of a past day ms", "step p50 ms", "step p95 ms")
    return table(header, rows)


def _users_table(users: dict[str, list[dict]]) -> str:
    counts = sorted({level["users"] for levels in users.values() for level in levels})
    rows = []
    for name, levels in users.items():
        cells = {level["users"]: f"{number(level['p50'])} / {number(level['p95'])}" for level in levels}
        cost = number(median([level["cpu_ms"] for level in levels]))
        rows.append((name, *(cells.get(count, "–") for count in counts), cost, number(_held(levels))))
    return table(("Server, p50 / p95 ms", *map(str, counts), "CPU ms an action", "held"), rows)
