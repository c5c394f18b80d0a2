"""Damaged tables: each is refused with file, row, column and reason, or rightly accepted because it says the same."""

from __future__ import annotations

import codecs
import csv
import io
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from factories import bundled, copy_of_data

from indicators.core.evidence.load import DATA_DIRECTORY, load_evidence
from indicators.core.evidence.parsing import DataError
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.evidence.table_files import plain, read_table

Lines = list[list[str]]
Change = Callable[[str, bytes], bytes]
SPREADSHEET = ("byte-order mark", "CRLF", "CR", "blank last line", "last row of empty cells")
"""What everyday programs do to a file, which changes nothing that it says."""


@cache
def original(table: str) -> bytes:
    return (DATA_DIRECTORY / f"{table}.csv").read_bytes()


def lines_of(content: bytes) -> Lines:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def written(lines: Lines, separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8", errors="surrogateescape")


def of_lines(change: Callable[[Lines], object]) -> Change:
    def changed(_: str, content: bytes) -> bytes:
        lines = lines_of(content)
        change(lines)
        return written(lines)

    return changed


def of_column(column: str, text: str) -> Change:
    """Set one cell of the first row; in a column of ids that nothing refers to, or any other."""
    return of_lines(lambda lines: lines[1].__setitem__(lines[0].index(column), text))


def _doubled_column(lines: Lines) -> None:
    for line in lines:
        line.append(line[0])


def _reordered(lines: Lines) -> None:
    for line in lines:
        line[0], line[1] = line[1], line[0]


FILES: dict[str, Change] = {
    "byte-order mark": lambda _, content: codecs.BOM_UTF8 + content,
    "CRLF": lambda _, content: content.replace(b"\n", b"\r\n"),
    "CR": lambda _, content: content.replace(b"\n", b"\r"),
    "blank last line": lambda _, content: content + b"\n",
    "last row of empty cells": lambda table, content: content + b"," * (len(TABLES[table]) - 1) + b"\n",
    "empty": lambda _, content: b"",
    "header only": of_lines(lambda lines: lines.__delitem__(slice(1, None))),
    "cut at a line end": of_lines(lambda lines: lines.__delitem__(slice(len(lines) // 2 + 1, None))),
    "cut within a row": lambda _, content: content[: content.rindex(b",", 0, len(content) // 2)],
    "column dropped": of_lines(lambda lines: [line.pop() for line in lines]),
    "column doubled": of_lines(_doubled_column),
    "columns reordered": of_lines(_reordered),
    "semicolons": lambda _, content: written(lines_of(content), ";"),
    "Latin-1": lambda _, content: content.rstrip(b"\n") + "é".encode("latin-1") + b"\n",
    "UTF-16": lambda _, content: content.decode("utf-8").encode("utf-16"),
    "id twice": of_lines(lambda lines: lines.append(lines[-1])),
    "id empty": of_lines(lambda lines: lines[1].__setitem__(0, "")),
    "blank line": lambda _, content: content.replace(b"\n", b"\n\n", 1),
    "line of spaces": lambda _, content: content.replace(b"\n", b"\n   \n", 1),
    "extra cell": of_lines(lambda lines: lines[1].append("more")),
    "NUL byte": of_lines(lambda lines: lines[1].__setitem__(0, lines[1][0] + "\0")),
    "stray quotation mark": lambda _, content: content.rstrip(b"\n") + b'"\n',
    "cell of a megabyte": of_lines(lambda lines: lines[1].__setitem__(0, "x" * 1_000_000)),
    "quotation mark never closed": lambda _, content: content.replace(b"\n", b'\n"', 1),
}
"""Damage to a whole file, for every table."""

WRONG_NUMBERS = (
    "NaN", "nan", "inf", "1e400", "1,000", "1_000", "0x10", "\uff11", "abc", "=1+1", "9" * 400, "1e308", "5e-324",
    " 5", "5 ",
)  # fmt: skip
WRONG_DAYS = (
    "2023-02-30", "2023-8-3", "30.08.2023", "2023-08-30T12:00", "99999-01-01", "0001-01-01", "1999-12-31",
    "9999-12-31", "2101-01-01",
)  # fmt: skip
WRONG_TEXT = ("a\u202eb", "two\nlines", "x" * 100_000, "\x1b[31m", "a\u200bb", "padded ")
"""Damage to one cell; Markdown, HTML and formulas are text like any other, which pages show as text."""


class Case(NamedTuple):
    table: str
    kind: str
    column: str
    change: Change


def file_cases() -> Iterator[Case]:
    for table in TABLES:
        for kind, change in FILES.items():
            yield Case(table, kind, "", change)


def cell_cases() -> Iterator[Case]:
    for table, columns in TABLES.items():
        for name, column in columns.items():
            wrong: tuple[str, ...] = WRONG_TEXT
            if column.type == "number":
                wrong = WRONG_NUMBERS
            elif column.type != "text":
                wrong = WRONG_DAYS + (("2099-01-01",) if column.past else ())
            elif column.refers or column.allowed or column.pattern:
                wrong = ("unheard of",)
            wrong += () if column.empty else ("",)
            for text in wrong:
                yield Case(table, repr(text[:20]), name, of_column(name, text))


ALL = (*file_cases(), *cell_cases())
FEW = [
    case
    for place, case in enumerate(ALL)
    if (case.table in ("corrections", "signposts") and not case.column) or place % 53 == 0
]
"""One of each kind of damage to a file, and some of the cells."""


def name_of(case: Case) -> str:
    return "-".join(filter(None, (case.table, case.column, case.kind)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_data(tmp_path_factory.mktemp("data"))


def assert_named_or_unchanged(case: Case, folder: Path) -> None:
    """Load the data with one damaged table."""
    path = folder / f"{case.table}.csv"
    path.write_bytes(case.change(case.table, original(case.table)))
    try:
        if case.kind in SPREADSHEET:
            assert load_evidence(folder).data_version == bundled().data_version
            return
        with pytest.raises(DataError) as caught:
            load_evidence(folder)
        assert_named(case, caught.value)
    finally:
        path.write_bytes(original(case.table))


def assert_named(case: Case, error: DataError) -> None:
    """Expect the table, a row, a reason that says what was expected, and the cell where one was damaged."""
    problems = [problem for problem in error.problems if problem.file == f"{case.table}.csv"]
    assert problems, str(error)
    assert all(problem.row for problem in problems)
    assert all(problem.reason.startswith("expected ") for problem in problems)
    assert max(map(len, str(error).splitlines())) < 900
    assert all(character.isprintable() or character == "\n" for character in str(error))
    if case.column:
        assert (2, case.column) in {(problem.row, problem.column) for problem in problems}


@pytest.mark.parametrize("case", FEW, ids=name_of)
def test_damage_is_named_or_changes_nothing(case: Case, folder: Path) -> None:
    assert_named_or_unchanged(case, folder)


@pytest.mark.long
@pytest.mark.parametrize("case", ALL, ids=name_of)
def test_every_damage_is_named_or_changes_nothing(case: Case, folder: Path) -> None:
    # Most damage shows in the table alone, which takes a tenth of the time of loading all.
    content = plain(case.change(case.table, original(case.table)))
    _, problems = read_table(case.table, content, bundled().edition.day)
    if problems:
        assert case.kind not in SPREADSHEET
        assert_named(case, DataError(problems))
    else:
        assert_named_or_unchanged(case, folder)


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named_as_the_cause(folder: Path, separator: str, name: str) -> None:
    path = folder / "series.csv"
    path.write_bytes(written(lines_of(original("series")), separator))
    with pytest.raises(DataError, match=f"series.csv, row 1, .*got {name}"):
        load_evidence(folder)
    path.write_bytes(original("series"))


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "events.csv").unlink()
    with pytest.raises(DataError, match=r"events\.csv, column \(file\): expected a readable CSV file"):
        load_evidence(folder)
    (folder / "events.csv").write_bytes(original("events"))


def test_a_descriptor_that_an_editor_has_saved_says_the_same(folder: Path) -> None:
    path = folder / "datapackage.json"
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_evidence(folder).edition.changed == ()
    shutil.copy(DATA_DIRECTORY / "datapackage.json", folder)


@pytest.mark.parametrize("content", [b"", b"{broken", b"[" * 100_000, b"{}", b"\0", b'{"resources": 5}'])
def test_a_broken_descriptor_is_refused(folder: Path, content: bytes) -> None:
    (folder / "datapackage.json").write_bytes(content)
    with pytest.raises(DataError, match=r"datapackage\.json, .*python -m indicators datapackage"):
        load_evidence(folder)
    shutil.copy(DATA_DIRECTORY / "datapackage.json", folder)


def test_a_missing_descriptor_is_refused(folder: Path) -> None:
    (folder / "datapackage.json").unlink()
    with pytest.raises(DataError, match=r"datapackage\.json, .*MORALE_INDICATORS_DATA"):
        load_evidence(folder)
    shutil.copy(DATA_DIRECTORY / "datapackage.json", folder)


def test_another_edition_says_so(folder: Path) -> None:
    assert str(load_evidence(folder).edition).startswith("This is the edition of ")
    path = folder / "publishers.csv"
    path.write_bytes(original("publishers").replace(b"Established newsroom", b"Known newsroom", 1))
    edition = load_evidence(folder).edition
    assert edition.changed == ("publishers",)
    assert "This is not the edition of" in str(edition)
    path.write_bytes(original("publishers"))


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_bytes(original("mentions"))
    path = folder / "mentions.csv"
    path.unlink()
    path.symlink_to(elsewhere)
    with pytest.raises(DataError, match=r"mentions\.csv, .*is a link"):
        load_evidence(folder)
    path.unlink()
    path.write_bytes(original("mentions"))


@pytest.mark.long
def test_a_hundred_megabytes_of_wrong_rows_end_with_the_first_problems(folder: Path) -> None:
    path = folder / "observations.csv"
    head, row = original("observations").split(b"\n")[:2]
    qualifier = row.split(b",")[head.split(b",").index(b"qualifier")]
    wrong = row.replace(b",%b," % qualifier, b",roughly,") + b"\n"
    path.write_bytes(head + b"\n" + wrong * (100_000_000 // len(wrong)))
    with pytest.raises(DataError) as caught:
        load_evidence(folder)
    assert len(caught.value.problems) >= 20
    assert KEYS["observations"] not in {problem.column for problem in caught.value.problems}
    path.write_bytes(original("observations"))
