"""`python -m benchmarks.forecast --python PYTHON_OF_THE_PEERS`: accuracy beside others, and many series."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from benchmarks.forecast.compare import compare
from benchmarks.forecast.many import measure

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Run both parts, or one; keep the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast", description=__doc__)
    parser.add_argument("--python", type=Path, help="Python with the packages of requirements.txt; without it no peers")
    parser.add_argument("--series", type=int, nargs="*", default=[100, 1000], help="numbers of series to backtest")
    given = parser.parse_args()
    load = f"load of the machine before: {os.getloadavg()[0]:.1f}"
    parts = []
    if given.python is not None:
        parts.append("## Accuracy\n\n" + compare(given.python))
    if given.series:
        parts.append("## Many series of 60 months, 24 origins each\n\n" + measure(tuple(given.series)))
    text = f"# Forecasts beside others\n\n{datetime.now():%d %b %Y %H:%M}; {load}.\n\n" + "\n\n".join(parts) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
