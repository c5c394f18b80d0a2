"""Reading one CSV file of the evidence: strictly, whatever program wrote it."""

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import date
from itertools import count, islice

import pandas as pd

from indicators.core.evidence.parsing import LISTED, Problem, parse_table, shown
from indicators.core.evidence.schema import LONGEST, TABLES

BLOCK = 5_000
"""Rows that are checked together; a file is read no further than its first block with a problem."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def plain(content: bytes) -> bytes:
    r"""Return a file as the project writes it: no mark at its start, line feeds, no empty rows at its end.

    Example:
        >>> plain(b"\xef\xbb\xbfa,b\r\n1,\r\n,\r\n\r\n")
        b'a,b\n1,\n'
    """
    content = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    filled = content.rstrip(b"\n,")
    return filled + content[len(filled) :].partition(b"\n")[0] + b"\n"


def read_table(table: str, content: bytes, latest: date) -> tuple[pd.DataFrame, list[Problem]]:
    """Read and check one table.

    Args:
        table: One of `TABLES`.
        content: Its file, from `plain`.

    Returns:
        The typed table and the problems found; of a file with problems not all rows are read.
    """
    file = f"{table}.csv"
    if content.startswith(_UTF_16):
        return pd.DataFrame(), [Problem(file, 1, "(file)", "expected UTF-8, got UTF-16; save the file as CSV UTF-8")]
    text = content.decode("utf-8", errors="surrogateescape")  # what is not UTF-8 is refused by its cell's name
    number = count(1)
    rows = (line for line, _ in zip(csv.reader(io.StringIO(text, newline=""), strict=True), number, strict=False))
    columns = list(TABLES[table])
    blocks: list[pd.DataFrame] = []
    try:
        problems = _check_header(file, next(rows, []), columns)
        while not problems:
            block = list(islice(rows, BLOCK))
            if blocks and not block:
                return pd.concat(blocks), []
            read = BLOCK * len(blocks)
            problems = list(islice(_uneven(file, block, read, len(columns)), LISTED))
            if not problems:
                frame = pd.DataFrame(block, range(read, read + len(block)), columns, dtype=object)
                typed, problems = parse_table(table, frame, latest)
                blocks.append(typed)
    except csv.Error as error:
        reason = f'expected quotation marks " in pairs and cells of at most {LONGEST:,} characters: {error}'
        problems = [Problem(file, next(number), "(row)", reason)]
    return pd.DataFrame(), problems


def _check_header(file: str, header: list[str], expected: list[str]) -> list[Problem]:
    if header == expected:
        return []
    if not any(header):
        return [Problem(file, 1, "(header)", "expected a header and rows: the file is empty")]
    for separator, name in _SEPARATORS.items():
        if separator.join(header).split(separator) == expected:
            reason = f"expected commas between cells, got {name}; save the file with the comma as separator"
            return [Problem(file, 1, "(header)", reason)]
    reason = f"expected exactly the columns {', '.join(expected)}; got {shown(','.join(header))}"
    return [Problem(file, 1, "(header)", reason)]


def _uneven(file: str, block: list[list[str]], read: int, cells: int) -> Iterator[Problem]:
    for row, line in enumerate(block, start=read + 2):
        if len(line) != cells:
            yield Problem(file, row, "(row)", f"expected {cells} cells as in the header, got {len(line)}")
