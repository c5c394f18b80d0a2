"""Part refresh: newer editions of the data are taken while readers move sliders; no view may be lost."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import time
import urllib.request
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import OURS, SERVERS
from benchmarks.servers import ROOT, running
from benchmarks.tables import Target, number, table, target_table
from indicators import __version__
from indicators.core.environment import DATA
from indicators.core.evidence.load import CURRENT, DATA_DIRECTORY, EDITIONS, describe

READERS = 20
EDITIONS_TAKEN, QUICK_EDITIONS = 6, 2
SECONDS_BETWEEN = 15.0
TAKEN_WITHIN = 60.0
"""Most seconds from a new edition to an answer from it, on two cores that readers keep busy."""


def measure_refresh(python: Path, first_port: int, *, quick: bool) -> str:
    """Let 20 readers step once a second while the current edition changes again and again.

    Args:
        python: Python of the peers' environment.
        first_port: Port of the server.
        quick: Whether to change it less often.
    """
    count = QUICK_EDITIONS if quick else EDITIONS_TAKEN
    seconds = SECONDS_BETWEEN * (count + 1)
    with TemporaryDirectory() as place:
        folder = Path(place)
        for edition in range(count + 1):
            _write_edition(folder, edition)
        _point_to(folder, 0)
        with running([SERVERS[OURS]], python, first_port, variables={DATA.name: str(folder)}) as servers:
            server = servers[OURS]
            command = [python, "-m", "benchmarks.users", "streamlit", f"{server.url}/projection"]
            command += ["--pid", str(server.pid), "--levels", str(READERS), "--seconds", str(seconds)]
            readers = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            taken = []
            for edition in range(1, count + 1):
                time.sleep(SECONDS_BETWEEN)
                taken.append(_switch(folder, edition, server.url))
            said, _ = readers.communicate(timeout=seconds + 120)
    result = json.loads(said.splitlines()[-1])
    lost = READERS if result["failure"] else 0
    return "\n".join(
        [
            target_table(
                [
                    Target(what="Readers whose view was lost", value=lost, limit=0),
                    Target(what="Editions taken without a restart", value=len(taken), limit=count, at_least=True),
                    Target(what="Longest time until an edition was in use, s", value=max(taken), limit=TAKEN_WITHIN),
                ]
            ),
            f"{READERS} readers of the projection page step once a second for {seconds:.0f} s.\n",
            table(
                ("Steps of readers", "p50, ms", "p95, ms"),
                [("while editions change", number(result["p50"]), number(result["p95"]))],
            ),
        ]
    )


def _write_edition(folder: Path, number_of: int) -> None:
    """Write an edition that differs from the others in a note, so that it has a data version of its own."""
    edition = folder / EDITIONS / str(number_of)
    shutil.copytree(DATA_DIRECTORY, edition)
    file = edition / "observations.csv"
    with file.open(encoding="utf-8", newline="") as text:
        header, first, *others = csv.reader(text)
    first[header.index("note")] += f" Edition {number_of} of a measurement."
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows([header, first, *others])
    describe(edition, date.today(), __version__)


def _point_to(folder: Path, number_of: int) -> None:
    unfinished = folder / f".{CURRENT}"
    unfinished.write_text(f"{number_of}\n", encoding="utf-8")
    unfinished.replace(folder / CURRENT)


def _switch(folder: Path, number_of: int, url: str) -> float:
    """Make an edition the current one; return the seconds until the server answers from it."""
    before = _version(url)
    began = time.monotonic()
    _point_to(folder, number_of)
    while _version(url) == before:
        if time.monotonic() - began > TAKEN_WITHIN:
            raise RuntimeError(
                f"expected edition {number_of} in use within {TAKEN_WITHIN:.0f} s, got the one before it"
            )
        time.sleep(0.5)
    return time.monotonic() - began


def _version(url: str) -> str:
    with urllib.request.urlopen(f"{url}/api/v1/health", timeout=60) as answer:
        return str(json.load(answer)["data_version"])
