"""A chart's numbers as a workbook (XLSX): typed cells on one sheet, and what they are on the other."""

import io
import math
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from dashboard.downloads.charts import Cell, Chart, Pages
from indicators.core.plain_text import read_day, visible

LONGEST_CELL = 32_000
"""Characters that a cell of a workbook may hold, or a little less."""
LONGEST_LINK = 2_000
LICENCE = "This table is under CC BY 4.0; each source keeps its own terms."
_WIDEST, _NARROWEST = 60, 9
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def workbook(chart: Chart) -> bytes:
    """Return a chart's numbers as a workbook.

    Numbers and days are cells of their kind, so that a spreadsheet can reckon with them; text stays text, whatever it
    begins with, and a page is a link.

    Args:
        chart: The chart; without a table the sheet of numbers is empty.
    """
    book = Workbook(write_only=True)
    numbers, about = book.create_sheet("Numbers"), book.create_sheet("About")
    columns, rows = (chart.table.columns, chart.table.rows) if chart.table else ((), ())
    _set_widths(numbers, [columns, *rows[:200]])
    numbers.freeze_panes = "A2"
    if columns:
        numbers.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    numbers.append([_text(numbers, name, bold=True) for name in columns])
    for row in rows:
        numbers.append([_cell(numbers, cell) for cell in row])
    facts = {"Title": chart.title, **chart.about, "Licence": LICENCE}
    _set_widths(about, [list(facts), list(facts.values())])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, 100
    for name, fact in facts.items():
        value = _cell(about, fact)
        written = value if isinstance(value, WrittenCell) else WriteOnlyCell(about, value)  # type: ignore[arg-type]  # or a day
        written.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        about.append([_text(about, name, bold=True), written])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: WriteOnlyWorksheet, cell: Cell) -> WrittenCell | str | float | date | None:
    """Return what goes into a cell; a plain value costs half of a cell of its own."""
    if isinstance(cell, Pages):
        written = _text(sheet, str(cell))
        if cell.pages and _WEB.fullmatch(address := cell.pages[0][1]) and visible(address, LONGEST_LINK) == address:
            written.hyperlink = address
            written.data_type, written.style = "s", "Hyperlink"
        return written
    if isinstance(cell, str):
        with suppress(ValueError):
            return read_day(cell)
        text = visible(cell, LONGEST_CELL)
        # What begins like a formula or an error would be taken for one.
        return _text(sheet, cell) if text.startswith(("=", "#")) else text
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _text(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> WrittenCell:
    written = WriteOnlyCell(sheet, visible(text, LONGEST_CELL))
    written.data_type = "s"  # never a formula
    if bold:
        written.font = Font(bold=True)
    return written


def _set_widths(sheet: WriteOnlyWorksheet, lines: Iterable[Sequence[Cell]]) -> None:
    widths: dict[int, int] = {}
    for line in lines:
        for place, cell in enumerate(line, start=1):
            shown = "" if cell is None else str(cell)
            widths[place] = max(widths.get(place, _NARROWEST), min(len(shown) + 2, _WIDEST))
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = width  # type: ignore[attr-defined]
