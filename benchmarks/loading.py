"""Engine: loading the evidence and going back to a past day, against plain reading without checks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from benchmarks.engines import Timing
from benchmarks.samples import time_calls
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import DATA_DIRECTORY, load_evidence

DAY = date(2023, 12, 31)


def read_plainly(day: date | None = None) -> dict[str, pd.DataFrame]:
    """Read all tables and keep what was known by a day, without any check."""
    tables = {path.stem: pd.read_csv(path) for path in DATA_DIRECTORY.glob("*.csv")}
    if day is not None:
        for name, table in tables.items():
            if "known" in table:
                tables[name] = table[pd.to_datetime(table["known"]) <= pd.Timestamp(day)]
    return tables


def measure(python: Path, repeats: int) -> list[Timing]:
    """Time loading with all checks, and the replay of a day from what is loaded."""
    evidence = load_evidence()
    return [
        Timing(
            what="Load all tables with every check",
            ours=time_calls(lambda _: load_evidence(), repeats),
            alternative="pd.read_csv, no checks",
            theirs=time_calls(lambda _: read_plainly(), repeats),
        ),
        Timing(
            what="Evidence as of a past day",
            ours=time_calls(lambda repeat: as_of(evidence, DAY + timedelta(days=repeat)), repeats),
            alternative="read again and filter, no checks",
            theirs=time_calls(lambda repeat: read_plainly(DAY + timedelta(days=repeat)), repeats),
        ),
    ]
