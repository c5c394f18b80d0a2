"""The files of the forecast ledger: one for each day on which forecasts were written down, none ever changed."""

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.csv", re.ASCII)


def ledger_files(folders: Iterable[Path]) -> dict[date, Path]:
    """Return the files of the ledger by their day; of two of one day the first folder's counts.

    Args:
        folders: Folders of such files; one that does not exist has none.
    """
    found: dict[date, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
            named = _NAME.fullmatch(path.name)
            if named and path.is_file() and not path.is_symlink():
                found.setdefault(date.fromisoformat(named[1]), path)
    return found


def read_ledger(path: Path) -> pd.DataFrame:
    """Return a file of the ledger with all cells as text; without rows if it can't be read."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError):
        return pd.DataFrame(columns=["model_id"])


def write_ledger(folder: Path, day: date, table: pd.DataFrame) -> tuple[Path, bool]:
    """Write the forecasts of a day; a file that is there stays as it is.

    Args:
        table: The forecasts, all cells as text.

    Returns:
        The file, and whether it was written now.

    Raises:
        OSError: If it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day.isoformat()}.csv"
    partial = folder / f"{path.name}.partial"
    table.to_csv(partial, index=False, lineterminator="\n")
    try:
        os.link(partial, path)  # unlike a move it never takes the place of a file that is there
    except FileExistsError:
        return path, False
    finally:
        partial.unlink()
    return path, True
