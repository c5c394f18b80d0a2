"""Tables as CSV text that a spreadsheet can't execute."""

import csv
import io
import math
from collections.abc import Iterable

import pandas as pd

MARK = "\ufeff"
"""Byte-order mark: it tells spreadsheets that a file is UTF-8."""
_EXECUTABLE = ("=", "+", "-", "@", "\t", "\r")


def csv_text(columns: Iterable[object], rows: Iterable[Iterable[object]], *, mark: bool = False) -> str:
    r"""Return a table as CSV; text that a spreadsheet would execute gets a leading apostrophe.

    Args:
        rows: Cells row by row, as `plain_cell` returns them.

    Example:
        >>> csv_text(["n", "note"], [[-1.5, "=1+1"], [None, "a, b"]])
        'n,note\r\n-1.5,\'=1+1\r\n,"a, b"\r\n'
    """
    buffer = io.StringIO()
    buffer.write(MARK if mark else "")
    writer = csv.writer(buffer)
    writer.writerow(map(_inert, columns))
    writer.writerows(map(_inert, row) for row in rows)
    return buffer.getvalue()


def plain_cell(cell: object) -> object:
    """Return a cell of a table as files hold it: days as YYYY-MM-DD, missing values as None.

    Example:
        >>> plain_cell(pd.Timestamp("2023-08-30")), plain_cell(float("nan")), plain_cell(1.5)
        ('2023-08-30', None, 1.5)
    """
    if cell is None or cell is pd.NaT:
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return cell


def _inert(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_EXECUTABLE):
        return f"'{cell}"
    return cell
