"""Backtests of many series on one machine and on two Dask workers: time, memory, and whether scores are the same."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

MONTHS = 60
ROOT = Path(__file__).resolve().parents[2]


def write_series(file: Path, number: int) -> None:
    """Write made-up counts: a level that wanders, with scatter beyond chance."""
    rng = np.random.default_rng(7)
    ends = pd.date_range("2019-01-31", periods=MONTHS, freq="ME").strftime("%Y-%m-%d")
    tables = []
    for one in range(number):
        level = np.exp(rng.normal(4, 1) + np.cumsum(rng.normal(0, 0.1, MONTHS)))
        values = rng.negative_binomial(8, 8 / (8 + level))
        tables.append(pd.DataFrame({"series": f"s{one:04}", "period_end": ends, "value": values}))
    pd.concat(tables).to_csv(file, index=False)


def timed(file: Path, folder: Path, *more: str) -> tuple[float, float, str]:
    """Return seconds, the largest memory of a process in MB, and what was printed."""
    command = [sys.executable, "-m", "indicators", "backtest", str(file), "--json", "--output", str(folder), *more]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - start, memory, done.stdout


def measure(numbers: tuple[int, ...]) -> str:
    """Return the table of times by number of series."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    where = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--no-dashboard"]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
    ]
    quiet = {"env": where, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([*dask, "--port", address.rpartition(":")[2]], **quiet)]
    started += [subprocess.Popen(worker, **quiet) for _ in range(2)]
    rows = [
        "| Series | one machine, s | two Dask workers, s | largest process, MB | same scores |",
        "| ---: | ---: | ---: | ---: | --- |",
    ]
    try:
        with tempfile.TemporaryDirectory() as kept:
            for number in numbers:
                file = Path(kept) / "series.csv"
                write_series(file, number)
                alone, memory, first = timed(file, Path(kept) / "alone")
                spread, _, second = timed(file, Path(kept) / "spread", "--scheduler", address)
                same = "to the last digit" if first == second else "NO"
                rows.append(f"| {number:,} | {alone:.0f} | {spread:.0f} | {memory:.0f} | {same} |")
                print(rows[-1], file=sys.stderr, flush=True)
    finally:
        for process in started:
            process.kill()
            process.wait()
    return "\n".join(rows)
