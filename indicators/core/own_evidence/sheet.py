"""Reading a reader's CSV or XLSX file, whatever program wrote it: its columns, its rows, and how it was understood."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from indicators.core.evidence.schema import LONGEST
from indicators.core.plain_text import quoted, visible

Cell = str | float | date | None
"""Text as it stands in the file; a number or a day where a workbook says that it is one; None for nothing."""

LARGEST_FILE = 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 5_000, 60, 50_000
LARGEST_UNPACKED = 8 * LARGEST_FILE
LAST_ROW, MOST_TAGS = 50_000, 400_000
"""The last row of a workbook that may hold anything, and the tags of one of its parts: a few bytes could name more."""
"""Bytes that a workbook may hold once it is unpacked."""
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old or encrypted workbook (XLS)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a text document (RTF)",
}
_SAVE_AS = "Save it as CSV or XLSX and open that."


class SheetError(ValueError):
    """A file can't be read; the message says what was expected, what came and what to do."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The table of a file.

    Args:
        name: Name of the file, safe to show.
        columns: Names of the columns, each once.
        rows: Cells row by row, as many as there are columns.
        semicolons: Whether semicolons stand between cells, as where a comma is the decimal mark.
        notes: How the file was understood, in sentences.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    semicolons: bool
    notes: tuple[str, ...]

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


def sheet_of(content: bytes, name: str) -> Sheet:
    r"""Read a file.

    Args:
        name: Its name; what is inside decides what it is.

    Raises:
        SheetError: If it is no table of a supported kind, too large, empty or damaged.

    Example:
        >>> sheet = sheet_of(b"\xef\xbb\xbfTag;Zahl\r\n30.08.2023;1,5\r\n;\r\n", "zahlen.csv")
        >>> sheet.columns, sheet.rows, sheet.numbers
        (('Tag', 'Zahl'), (('30.08.2023', '1,5'),), (2,))
    """
    shown = visible(name, 80)
    if len(content) > LARGEST_FILE:
        raise SheetError(f"{shown} has {len(content):,} bytes; expected at most {LARGEST_FILE:,}. Leave columns out.")
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise SheetError(f"{shown} is {kind}, not a CSV or XLSX file. {_SAVE_AS}")
    if content.startswith(b"PK"):
        return _table(shown, _workbook_rows(content, shown), semicolons=False, notes=[])
    if content[:200].lstrip(codecs.BOM_UTF8 + b" \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise SheetError(f"{shown} is a web page or XML, not a CSV or XLSX file. {_SAVE_AS}")
    text, notes = _decoded(content, shown)
    return _csv_table(text, shown, notes)


def _decoded(content: bytes, name: str) -> tuple[str, list[str]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), ["Read as UTF-16."]
        except UnicodeDecodeError:
            raise SheetError(f"{name} begins as UTF-16 text and ends as something else. {_SAVE_AS}") from None
    if b"\0" in content:
        raise SheetError(f"{name} is not text, so it is no CSV file. {_SAVE_AS}")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        # Undefined bytes of the encoding stay visible as what they are, and are refused where they stand.
        note = "It is not UTF-8, so it was read as Windows-1252; look whether its letters are right."
        return content.decode("cp1252", errors="replace"), [note]


def _csv_table(text: str, name: str, notes: list[str]) -> Sheet:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    announced, _, rest = text.partition("\n")
    separator = None
    if announced.lower().startswith("sep=") and announced[4:5] in _SEPARATORS:
        separator, text = announced[4], "\n" + rest
    if separator is None:
        head = [line for line in text.split("\n", 20)[:20] if line.strip()]
        separator = max(_SEPARATORS, key=lambda sign: _evidence_of(sign, head))
    if separator != ",":
        notes = [*notes, f"Cells stand apart by {_SEPARATORS[separator]}."]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

    def lines() -> Iterator[tuple[int, Sequence[Cell]]]:
        begun = 1
        try:
            for line in reader:
                yield begun, [cell.strip() or None for cell in line]
                begun = reader.line_num + 1
        except csv.Error as error:
            raise SheetError(
                f'{name}, row {begun}: expected quotation marks " in pairs and cells of at most {LONGEST:,} '
                f"characters ({visible(str(error), 80)})."
            ) from None

    return _table(name, lines(), semicolons=separator == ";", notes=notes)


def _evidence_of(separator: str, lines: Sequence[str]) -> tuple[int, int, bool]:
    """Return how much speaks for a separator: the lines that have it, how alike they are, and whether it is a comma."""
    counts = []
    for line in lines:
        with suppress(csv.Error):
            counts.append(len(next(csv.reader([line], delimiter=separator), [])) - 1)
    found = [count for count in counts if count > 0]
    return len(found), -len(set(found)), separator == ","


def _workbook_rows(content: bytes, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    import openpyxl  # it takes a while to load, and few readers bring a workbook

    damaged = SheetError(f"{name} is a damaged workbook, or another kind of ZIP file. {_SAVE_AS}")
    try:
        _check_parts(content, name)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                # A cell far to the right would make its reader fill the whole row up to it.
                filled = _filled_rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), name)
                rows = [(number, [_typed(cell) for cell in row]) for number, row in islice(filled, MOST_ROWS + 100)]
                if rows:
                    return iter(rows)
    except SheetError:
        raise
    except Exception:  # whatever a damaged workbook makes its reader stumble over
        raise damaged from None
    raise SheetError(f"{name} has no sheet with a filled cell. Save the sheet with the figures and open that.")


def _check_parts(content: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if not any(part.filename == "[Content_Types].xml" for part in parts):
            raise SheetError(f"{name} is a ZIP file, but no XLSX workbook. {_SAVE_AS}")
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise SheetError(
                f"{name} holds more than {LARGEST_UNPACKED // LARGEST_FILE} MB once it is unpacked. {_SAVE_AS}"
            )
        for part in parts:
            written = archive.read(part).replace(b"\0", b"")
            if b"<!DOCTYPE" in written:
                raise SheetError(f"{name} declares entities of its own, as no spreadsheet does. {_SAVE_AS}")
            if written.count(b"<") > MOST_TAGS:
                raise SheetError(f"{name} has more cells than the {MOST_CELLS:,} that can be read. Open it in parts.")


def _filled_rows(rows: Iterable[Sequence[object]], name: str) -> Iterator[tuple[int, Sequence[object]]]:
    """Return rows that hold anything, with their numbers; the reader of workbooks counts through all that are missing.

    Raises:
        SheetError: If there is a row so far down that counting would take long.
    """
    for number, row in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise SheetError(f"{name} has a row below row {LAST_ROW:,}; expected all rows above it. {_SAVE_AS}")
        if any(cell is not None for cell in row):
            yield number, row


def _typed(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, bool) or cell is None:
        return None if cell is None else str(cell).upper()
    if isinstance(cell, int | float):
        return float(cell)
    return cell if isinstance(cell, date) else str(cell).strip() or None


def _table(name: str, lines: Iterable[tuple[int, Sequence[Cell]]], *, semicolons: bool, notes: Sequence[str]) -> Sheet:
    """Return the table below the first row of at least two filled cells; titles above it are passed over."""
    columns: tuple[str, ...] = ()
    rows: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    passed: list[int] = []
    for number, line in lines:
        filled = [cell for cell in line if cell is not None]
        if not columns:
            if len(filled) < 2:
                passed += [number] * bool(filled)
                continue
            columns = _names(line, name)
            continue
        if not filled:
            continue
        if any(cell is not None for cell in line[len(columns) :]):
            raise SheetError(f"{name}, row {number}: expected {len(columns)} cells as in the header, got {len(line)}.")
        if len(rows) == MOST_ROWS or (len(rows) + 1) * len(columns) > MOST_CELLS:
            raise SheetError(f"{name}: expected at most {MOST_ROWS:,} rows and {MOST_CELLS:,} cells. Open it in parts.")
        rows.append((*line[: len(columns)], *[None] * (len(columns) - len(line))))
        numbers.append(number)
    if not columns:
        raise SheetError(f"{name}: expected a header and rows with at least two columns; found none.")
    if not rows:
        raise SheetError(f"{name}: expected rows below the header; found none.")
    above = [f"Row {passed[-1]} and what stands above it were taken for a title."] if passed else []
    return Sheet(
        name=name,
        columns=columns,
        rows=tuple(rows),
        numbers=tuple(numbers),
        semicolons=semicolons,
        notes=(
            f"{len(rows):,} row{'' if len(rows) == 1 else 's'} below a header of {len(columns)} columns.",
            *notes,
            *above,
        ),
    )


def _names(header: Sequence[Cell], name: str) -> tuple[str, ...]:
    last = max(place for place, cell in enumerate(header) if cell is not None)
    if last >= MOST_COLUMNS:
        raise SheetError(f"{name}: expected at most {MOST_COLUMNS} columns. Leave out what is not needed.")
    names: list[str] = []
    for place, cell in enumerate(header[: last + 1], start=1):
        written = visible(str(cell), 60) if cell is not None else f"Column {place}"
        if written in names:
            raise SheetError(f"{name}: expected each column once; {quoted(written)} stands twice. Rename one.")
        names.append(written)
    return tuple(names)
