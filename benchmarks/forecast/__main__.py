"""`python -m benchmarks.forecast --python PYTHON_OF_THE_PEERS`: accuracy beside others, and many series."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from benchmarks.forecast.compare import compare
from benchmarks.forecast.many import measure
from benchmarks.tables import run_line, write_part

RESULTS = Path(__file__).parents[1] / "RESULTS.md"


def keep(name: str, title: str, part: Callable[[], str]) -> None:
    """Run a part and keep its results."""
    start, clock, load = datetime.now(), time.perf_counter(), os.getloadavg()[0]
    found = part()
    text = f"{run_line(start, time.perf_counter() - clock, load, quick=False)}\n\n{found}"
    write_part(RESULTS, name, title, text)
    print(text)


def main() -> None:
    """Run both parts, or one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast", description=__doc__)
    parser.add_argument("--python", type=Path, help="Python with the packages of requirements.txt; without it no peers")
    parser.add_argument("--series", type=int, nargs="*", default=[100, 1000], help="numbers of series to backtest")
    given = parser.parse_args()
    if given.python is not None:
        keep("forecasts", "Forecasts beside others", lambda: compare(given.python))
    if given.series:
        title = "Backtests of many series of 60 months, 24 origins each"
        keep("backtests", title, lambda: measure(tuple(given.series)))


if __name__ == "__main__":
    main()
