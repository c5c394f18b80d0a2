"""Runs the measurements: `python -m benchmarks [PART] [--quick]`; `TITLES` has the parts, and without one all run."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from playwright.async_api import Error

from benchmarks.addresses import measure_addresses
from benchmarks.comparison import compare_pages
from benchmarks.engines import measure_engines
from benchmarks.growth import measure_growth
from benchmarks.load import measure_load
from benchmarks.refresh import measure_refresh
from benchmarks.replicas import measure_replicas
from benchmarks.requests import measure_requests
from benchmarks.servers import DEFAULT_PEERS, peers_python
from benchmarks.soak import measure_soak
from benchmarks.start import measure_start
from benchmarks.tables import run_line, write_part

RESULTS = Path(__file__).parent / "RESULTS.md"
TITLES = {
    "addresses": "Random states of the address",
    "browser": "In the browser: ours and the peers",
    "engines": "Engines",
    "growth": "Growth: more evidence, more readers",
    "load": "Many readers at once, and an end while they read",
    "replicas": "A killed copy behind nginx",
    "refresh": "Newer data under moving readers",
    "requests": "Requests: the dearest that are allowed",
    "soak": "Memory of the server",
    "start": "From launch to a drawn page",
}


def measure(part: str, python: Path, port: int, *, quick: bool) -> str:
    """Run one part and return its results."""
    if part == "addresses":
        return measure_addresses(python, port, quick=quick)
    if part == "browser":
        return compare_pages(python, port, quick=quick)
    if part == "engines":
        return measure_engines(python, quick=quick)
    if part == "growth":
        return measure_growth(python, port, quick=quick)
    if part == "load":
        return measure_load(python, port, quick=quick)
    if part == "replicas":
        return measure_replicas(python, port, quick=quick)
    if part == "refresh":
        return measure_refresh(python, port, quick=quick)
    if part == "requests":
        return measure_requests(python, port, quick=quick)
    if part == "start":
        return measure_start(python, port, quick=quick)
    return measure_soak(python, port, quick=quick)


def main() -> None:
    """Run the parts asked for; a full run is kept in RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed beside other dashboards.")
    parser.add_argument("part", nargs="?", default="all", choices=[*TITLES, "all"])
    parser.add_argument("--quick", action="store_true", help="fewer repetitions; results are printed, not kept")
    parser.add_argument("--peers", type=Path, default=DEFAULT_PEERS, help="environment of the peers, made if missing")
    parser.add_argument("--port", type=int, default=8640, help="first of twelve free ports (default: 8640)")
    parser.add_argument("--results", type=Path, help="file to keep the results in")
    arguments = parser.parse_args()
    python = peers_python(arguments.peers.absolute())
    results = arguments.results or (None if arguments.quick else RESULTS)
    failed = []
    for part in TITLES if arguments.part == "all" else [arguments.part]:
        print(f"{TITLES[part]} ...", flush=True)
        start, clock, load = datetime.now(), time.perf_counter(), os.getloadavg()[0]
        try:
            text = measure(part, python, arguments.port, quick=arguments.quick)
        except (RuntimeError, subprocess.SubprocessError, Error) as error:
            # The parts are independent, and the others may have taken a long time.
            print(f"{TITLES[part]}: {error}", file=sys.stderr, flush=True)
            failed.append(part)
            continue
        text = f"{run_line(start, time.perf_counter() - clock, load, quick=arguments.quick)}\n\n{text}"
        print(f"\n{text}", flush=True)
        if results is not None:
            write_part(results, part, TITLES[part], text)
    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
