"""What a connector returns: figures of whole months in the words of the evidence, and the error that refuses them."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Fetch = Callable[[str], bytes | None]
"""Returns the content of a file by its path below the server; None if there is no such file."""


class UpstreamError(Exception):
    """A source is not as it has to be; the evidence stays as it was."""


@dataclass(frozen=True, kw_only=True)
class MonthlyFigure:
    """A figure of one whole month.

    Args:
        low: Lower bound, if the source states one.
        known: Day on which the public could read it; None if the file does not tell, so that it is the day of fetching.
    """

    series: str
    month: date
    value: float
    low: float | None = None
    high: float | None = None
    known: date | None
    source_id: str
    locator: str
    note: str

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return next_month(self.month) - timedelta(days=1)


def next_month(day: date) -> date:
    """Return the first day of the month after a day.

    Example:
        >>> next_month(date(2023, 12, 31)).isoformat()
        '2024-01-01'
    """
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the first days of all months from one to another, both included.

    Example:
        >>> [month.month for month in months_between(date(2023, 11, 1), date(2024, 1, 1))]
        [11, 12, 1]
    """
    while first <= last:
        yield first
        first = next_month(first)


def needed(fetch: Fetch, path: str) -> bytes:
    """Return a file that has to be there.

    Raises:
        UpstreamError: If there is no such file.
    """
    content = fetch(path)
    if content is None:
        raise UpstreamError(f"{path}: expected a file, got none (404); it may have been renamed")
    return content


def json_rows(path: str, content: bytes) -> list[dict[str, Any]]:
    """Read a JSON file that is a list of objects.

    Raises:
        UpstreamError: If it is anything else.
    """
    try:
        rows = json.loads(content)
    except ValueError as error:
        raise UpstreamError(f"{path}: expected JSON, got {_beginning(content)} ({error})") from None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise UpstreamError(f"{path}: expected a list of objects, got {_beginning(content)}")
    return rows


def csv_rows(path: str, content: bytes, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a CSV file that has some columns.

    Raises:
        UpstreamError: If a column is missing, a row is cut off, or the file is no text.
    """
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UpstreamError(f"{path}: expected a CSV file in UTF-8, got {_beginning(content)} ({error})") from None
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise UpstreamError(f"{path}: expected the columns {', '.join(missing)}, got {_beginning(content)}")
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise UpstreamError(f"{path}, row {number}: expected {len(reader.fieldnames or ())} cells; it is cut off")
    if not rows:
        raise UpstreamError(f"{path}: expected rows, got none")
    return rows


def number(path: str, where: str, cell: object) -> float:
    """Read a number of 0 or more.

    Raises:
        UpstreamError: If it is none.
    """
    try:
        value = float(str(cell))
    except ValueError:
        value = -1.0
    if isinstance(cell, bool) or not 0 <= value < 1e12:
        raise UpstreamError(f"{path}, {where}: expected a number of 0 or more, got {str(cell)[:40]!r}")
    return value


def day(path: str, where: str, cell: object) -> date:
    """Read a day as YYYY-MM-DD.

    Raises:
        UpstreamError: If it is none.
    """
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        raise UpstreamError(f"{path}, {where}: expected a day as YYYY-MM-DD, got {str(cell)[:40]!r}") from None


def _beginning(content: bytes) -> str:
    return repr(content[:40].decode("utf-8", "replace"))
