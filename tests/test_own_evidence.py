"""A reader's file: what everyday programs write is understood, what can be read in two ways is refused by name."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.evidence.load import DATA_DIRECTORY
from indicators.core.own_evidence.conventions import numbers, spans
from indicators.core.own_evidence.observations import (
    Mapped,
    OwnFigures,
    guessed_columns,
    observations_as_they_are,
    observations_mapped,
)
from indicators.core.own_evidence.sheet import LARGEST_FILE, MOST_ROWS, Sheet, SheetError, sheet_of

TODAY = date(2026, 11, 28)
PLAIN = "day,count\n2023-08-30,5\n2023-08-31,7.5\n"
EXPECTED = [(date(2023, 8, 30), date(2023, 8, 30), 5.0), (date(2023, 8, 31), date(2023, 8, 31), 7.5)]


def workbook(*rows: list[Any], change: Callable[[Any], None] = lambda book: None) -> bytes:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def mapped(sheet: Sheet, **columns: str) -> OwnFigures:
    """Return a file's figures with its first two columns as period and value."""
    needed = {"period_start": sheet.columns[0], "value": sheet.columns[1]}
    return observations_mapped(sheet, Mapped(columns=needed | columns, name="Mine", unit="cases"), bundled(), TODAY)


def figures(content: bytes | str, name: str = "mine.csv") -> list[tuple[date, date, float]]:
    """Return first day, last day and value of every row of a file without faults."""
    own = mapped(sheet_of(content.encode() if isinstance(content, str) else content, name))
    assert list(own.problems) == []
    rows = own.rows
    return list(zip(rows["period_start"].dt.date, rows["period_end"].dt.date, rows["value"], strict=True))


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        (PLAIN + ",\n\n,\n").encode(),
        PLAIN.replace(",", ";").replace("7.5", "7,5").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        ("sep=;\r\n" + PLAIN.replace(",", ";").replace("7.5", "7,5")).encode(),
        ("Weekly report\n\n" + PLAIN).encode(),
        PLAIN.replace("2023-08-30", "30.8.2023").replace("2023-08-31", "31 Aug 2023").encode(),
        PLAIN.replace("2023-08-30", "30/08/2023").replace("2023-08-31", "31/08/2023").encode(),
        PLAIN.replace("2023-08-30", "2023-08-30 00:00:00").encode(),
        workbook(["day", "count"], [datetime(2023, 8, 30), 5], [date(2023, 8, 31), 7.5]),
        workbook(["day", "count"], ["2023-08-30", "5"], ["31.08.2023", "7,5"]),
        workbook(["Report"], [], ["day", "count"], ["2023-08-30", 5.0], [], ["2023-08-31", 7.5]),
    ],
)
def test_files_of_everyday_programs_hold_the_same_figures(content: bytes) -> None:
    assert figures(content) == EXPECTED


def test_letters_of_an_old_encoding_are_read_with_a_warning() -> None:
    sheet = sheet_of("Tag;Fälle\n2023-08-30;5\n".encode("cp1252"), "mine.csv")
    assert sheet.columns == ("Tag", "Fälle")
    assert any("Windows-1252" in note for note in sheet.notes)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2023-08", date(2023, 8, 1), date(2023, 8, 31)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("08/2023", date(2023, 8, 1), date(2023, 8, 31)),
        ("2023 Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("Q1/2023", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_cell_may_name_a_month_a_quarter_or_a_year(cell: str, first: date, last: date) -> None:
    assert figures(f"period,count\n{cell},5\n") == [(first, last, 5.0)]


def test_a_year_of_a_workbook_is_a_number_and_still_a_year() -> None:
    assert figures(workbook(["year", "count"], [2023, 5])) == [(date(2023, 1, 1), date(2023, 12, 31), 5.0)]


def test_a_row_may_cover_the_week_that_begins_with_its_day() -> None:
    columns = {"period_start": "day", "value": "count"}
    weekly = Mapped(columns=columns, name="Mine", unit="cases", length="week")
    own = observations_mapped(sheet_of(PLAIN.encode(), "x.csv"), weekly, bundled(), TODAY)
    assert own.rows["period_end"].dt.date.tolist() == [date(2023, 9, 5), date(2023, 9, 6)]


@pytest.mark.parametrize(
    ("cells", "semicolons", "texts"),
    [
        (["1.234,5", "2.000"], True, ("1234.5", "2000")),
        (["1,234.5", "2,000"], False, ("1234.5", "2000")),
        (["1.234"], False, ("1.234",)),
        (["1 234,5", "1\u202f234"], True, ("1234.5", "1234")),
        (["0,5"], True, ("0.5",)),
        (["1.234.567"], True, ("1234567",)),
        (["-3", "\u22124"], False, ("-3", "-4")),
        ([1234.0, 0.1, None], True, ("1234", "0.1", "")),
    ],
)
def test_a_column_of_numbers_has_one_decimal_mark(cells: list[Any], semicolons: bool, texts: tuple[str, ...]) -> None:
    reading = numbers(cells, semicolons=semicolons)
    assert (reading.texts, dict(reading.reasons)) == (texts, {})


@pytest.mark.parametrize(
    ("cells", "semicolons", "reason"),
    [
        (["1.234"], True, "this is 1234 or 1.234"),
        (["1,234"], False, "this is 1234 or 1.234"),
        (["1,5", "1.5"], True, "expected one decimal mark in the whole column"),
        (["1,2,3"], False, "expected a number"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused(cells: list[Any], semicolons: bool, reason: str) -> None:
    reasons = numbers(cells, semicolons=semicolons).reasons
    assert set(reasons) == set(range(len(cells)))
    assert all(reason in found for found in reasons.values())


@given(st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), min_size=1, max_size=20))
def test_both_decimal_marks_lead_to_the_same_numbers(values: list[float]) -> None:
    grouped = [f"{value:,.2f}" for value in values]
    swapped = [text.translate(str.maketrans(",.", ".,")) for text in grouped]
    for cells, semicolons in ((grouped, False), (swapped, True)):
        reading = numbers(cells, semicolons=semicolons)
        assert not reading.reasons
        assert [float(text) for text in reading.texts] == values


@pytest.mark.parametrize("cells", [["3/4/2023"], ["13/4/2023", "4/13/2023"], ["30/02/2023"], ["32.1.2023"], ["soon"]])
def test_a_day_that_can_be_read_in_two_ways_or_in_none_is_refused(cells: list[Any]) -> None:
    _, reading = spans(cells)
    assert set(reading.reasons) == set(range(len(cells)))


def test_a_fault_names_file_row_column_and_reason() -> None:
    sheet = sheet_of(b"Title only\n\nMonth;Count\n2023-08;5\n\n2023-09;many\nlater;6\n", "mine.csv")
    own = mapped(sheet)
    assert own.rows.empty
    assert [(found.file, found.row, found.column) for found in own.problems] == [
        ("mine.csv", 6, "Count (value)"), ("mine.csv", 7, "Month (period_start)"),
    ]  # fmt: skip
    assert "expected a number" in own.problems[0].reason
    assert "'many'" in own.problems[0].reason


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2023-08-30,5,9,3", "low", "expected low not above value"),
        ("2099-08-30,5,1,9", "", "expected"),
        ("2023-08-30,1e300,,", "count (value)", "expected a number from"),
        ("1850-01-01,5,,", "day (period_start)", "expected a day"),
    ],
)
def test_the_rules_of_the_data_hold_for_a_reader_too(row: str, column: str, reason: str) -> None:
    sheet = sheet_of(f"day,count,low,high\n{row}\n".encode(), "mine.csv")
    own = mapped(sheet, low="low", high="high")
    assert own.rows.empty
    assert any(reason in found.reason and column in found.column for found in own.problems), own.problems


def test_the_projects_own_file_opens_whole() -> None:
    sheet = sheet_of((DATA_DIRECTORY / "observations.csv").read_bytes(), "observations.csv")
    own = observations_as_they_are(sheet, bundled(), TODAY)
    assert list(own.problems) == []
    ours = bundled().observations
    assert own.rows["observation_id"].tolist() == ours["observation_id"].tolist()
    assert own.rows["value"].tolist() == ours["value"].tolist()
    assert own.rows["unit"].tolist() == ours["unit"].tolist()


def test_a_series_that_nobody_knows_is_refused_in_a_file_of_observations() -> None:
    header, row = (DATA_DIRECTORY / "observations.csv").read_text(encoding="utf-8").splitlines()[:2]
    cells = row.split(",")
    cells[1], cells[11] = "of_my_own", "My own counter"
    sheet = sheet_of("\n".join([header, ",".join(cells)]).encode(), "mine.csv")
    (found,) = observations_as_they_are(sheet, bundled(), TODAY).problems
    assert (found.row, found.column) == (2, "series")


def test_a_row_far_down_is_not_lost_and_a_cell_far_right_costs_nothing() -> None:
    book = openpyxl.Workbook()
    for row, (day, count) in ((1, ("day", "count")), (2, ("2023-08-30", 5)), (40_000, ("2023-08-31", 7.5))):
        book.active.cell(row, 1, day)
        book.active.cell(row, 2, count)
    book.active.cell(3, 16_000, "far")
    file = io.BytesIO()
    book.save(file)
    sheet = sheet_of(file.getvalue(), "mine.xlsx")
    assert sheet.numbers == (2, 40_000)


def test_columns_are_guessed_by_their_names() -> None:
    sheet = sheet_of(b"Source,Date,Note,Count\na,2023-08-30,b,5\n", "mine.csv")
    assert guessed_columns(sheet) == {"period_start": "Date", "value": "Count", "source_id": "Source", "note": "Note"}


def test_columns_with_other_names_are_guessed_by_what_is_in_them() -> None:
    sheet = sheet_of(b"Notiz;Monat;F\xc3\xa4lle\na;Aug 2023;101,5\n;Sep 2023;\n", "mine.csv")
    assert guessed_columns(sheet) == {"period_start": "Monat", "value": "F\u00e4lle"}


def zipped(**files: bytes) -> bytes:
    """Return a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Return a workbook with one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a", "b"], [1, 2]))) as before, zipfile.ZipFile(file, "w", 8) as after:
        for part in before.namelist():
            after.writestr(part, content if part == name else before.read(part))
    return file.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
SHEET = "xl/worksheets/sheet1.xml"


def cells(rows: bytes) -> bytes:
    """Return a sheet of rows as XML."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, rows)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "expected a header"),
        (b"just words", "expected a header"),
        (b"a,b\n", "expected rows below the header"),
        (b"a,a\n1,2\n", "'a' stands twice"),
        (b"a,b\n1,2,3\n", "row 2: expected 2 cells"),
        (b'a,b\n"1,2\n', "expected quotation marks"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "an old or encrypted workbook"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<!DOCTYPE html><html></html>", "a web page or XML"),
        (codecs.BOM_UTF8 + b"<?xml version='1.0'?><x/>", "a web page or XML"),
        (b"a,b\n1,\x00\n", "is not text"),
        (codecs.BOM_UTF16_LE + b"a", "begins as UTF-16"),
        (b"x" * (LARGEST_FILE + 1), "expected at most"),
        (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), "expected at most 5,000 rows"),
        (b",".join(b"c%d" % number for number in range(70)) + b"\n" + b"1," * 69 + b"1\n", "at most 60 columns"),
        (b"PK\x03\x04", "a damaged workbook"),
        (zipped(a=b"b"), "no XLSX workbook"),
        (zipped(**{"[Content_Types].xml": b"<x/>"}), "a damaged workbook"),
        (zipped(**{"[Content_Types].xml": b"<x/>", "big.xml": b"0" * 9_000_000}), "more than 8 MB"),
        (with_part(SHEET, BOMB), "declares entities of its own"),
        (with_part(SHEET, BOMB.decode().encode("utf-16")), "declares entities of its own"),
        (with_part("docProps/app.xml", BOMB), "declares entities of its own"),
        (with_part(SHEET, cells(b'<row r="90000000000"><c><v>1</v></c></row>')), "has a row below row 50,000"),
        (with_part(SHEET, cells(b"<row/>" * 400_000)), "more cells than the 50,000 that can be read"),
        (with_part(SHEET, b"<worksheet"), "a damaged workbook"),
        (workbook(), "no sheet with a filled cell"),
    ],
)
def test_every_bad_file_has_its_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(SheetError) as refused:
        sheet_of(content, "mine\u202e<b>.csv")
    assert sentence in str(refused.value)
    assert "\u202e" not in str(refused.value)


def outcome(content: bytes) -> Sheet | str:
    """Return what became of a file: its table, or the sentence that refuses it."""
    try:
        return sheet_of(content, "x")
    except SheetError as error:
        return str(error)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    found = outcome(content)
    assert found
    if isinstance(found, Sheet):
        assert found.rows
        assert all(len(row) == len(found.columns) for row in found.rows)


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_a_table_or_a_sentence(place: int, noise: bytes) -> None:
    whole = workbook(["day", "count"], ["2023-08-30", 5])
    assert outcome(whole[:place] + noise + whole[place + len(noise) :])
