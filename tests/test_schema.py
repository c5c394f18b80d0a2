"""A wrong cell, row or file stops the loading and is named with file, row, column and reason."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from factories import VALID, copy_of_data, raw_tables, write_package

from indicators.core.evidence.load import describe, load_evidence
from indicators.core.evidence.parsing import DataError, Problem, parse_table
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.registry import all_indicators

Lines = list[list[str]]
SAMPLE = {"sample", *(indicator.id for indicator in all_indicators())}


def edit(path: Path, change: Callable[[Lines], None]) -> None:
    """Change a CSV file's cells; line 1 is the header."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    change(lines)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def set_cell(path: Path, row: int, column: str, text: str) -> None:
    """Set one cell; row 1 is the header, as in a spreadsheet."""

    def change(lines: Lines) -> None:
        lines[row - 1][lines[0].index(column)] = text

    edit(path, change)


def problems_of(directory: Path) -> tuple[Problem, ...]:
    """Return what stops the loading; fails if nothing does."""
    with pytest.raises(DataError) as caught:
        load_evidence(directory, indicators=SAMPLE)
    return caught.value.problems


def named(problems: Iterable[Problem], file: str, row: int | None, column: str) -> str:
    """Return the reasons given for one cell."""
    return " | ".join(
        problem.reason for problem in problems if (problem.file, problem.row, problem.column) == (file, row, column)
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A tiny valid data package."""
    return write_package(tmp_path / "data")


def test_a_valid_package_loads_with_types(package: Path) -> None:
    observations = load_evidence(package, indicators=SAMPLE).observations
    assert observations["value"].tolist() == [10.0]
    assert observations["low"].isna().all()
    assert observations["known"].tolist() == [pd.Timestamp("2023-02-01")]
    assert observations["note"].tolist() == [""]


FAULTS = [
    ("events", "category", "Mutiny", "expected one of mutiny, leadership"),
    ("mentions", "theme", "weather", "expected one of command, losses"),
    ("signposts", "event_category", "mutinies", "expected one of mutiny, leadership"),
    ("observations", "value", "many", "expected a number"),
    ("observations", "value", "", "expected a value"),
    ("observations", "value", "nan", "expected a number"),
    ("observations", "value", "inf", "expected a number"),
    ("observations", "value", "-INF", "expected a number"),
    ("observations", "value", "1e999", "expected a number"),
    ("observations", "value", " ", "no blanks at either end"),
    ("observations", "value", "5 ", "no blanks at either end"),
    ("observations", "value", " 5", "no blanks at either end"),
    ("observations", "value", "1_000", "expected a number"),
    ("observations", "value", "\uff11\uff10\uff10", "expected a number"),
    ("observations", "value", "9" * 400, "expected a number"),
    ("observations", "value", "1e13", "expected a number from -1e+12 to 1e+12"),
    ("observations", "value", "5e-324", "expected 0 or a number of 1e-09 to 1e+12"),
    ("observations", "note", "a\x00b", "control"),
    ("observations", "note", "a\u202eb", "invisible"),
    ("observations", "note", "a\nb", "line break"),
    ("observations", "note", 'an inch "', "in pairs"),
    ("observations", "note", "x" * 2001, "at most 2,000 characters, found 2,001"),
    ("observations", "observation_id", "a;b", "an id of letters"),
    ("observations", "known", "0001-01-01", "2000-01-01"),
    ("observations", "period_end", "9999-12-31", "2100-12-31"),
    ("sources", "published", "2023-02-30", "day of the calendar"),
    ("sources", "published", "1999", "2000-01-01"),
    ("sources", "language", "English", "two letters"),
    ("published_projections", "rate_value", "-5", "expected a number from 1e-09"),
    ("published_projections", "rate_value", "5e-324", "expected a number from 1e-09"),
    ("published_projections", "value", "0", "expected a number from 1e-09"),
    ("assumptions", "step", "0", "expected a number from 1e-09"),
    ("assumptions", "assumption_id", "unheard_of", "expected one of weekly"),
    ("assumptions", "unit", "furlongs", "expected one of days"),
    ("claims", "likelihood_high", "80", "expected a number from 0 to 1"),
    ("claims", "pages", "timeline;nowhere", "expected one of overview"),
    ("corrections", "file", "secret.csv", "expected one of publishers.csv"),
    ("observations", "value", "0x1F", "expected a number"),
    ("observations", "value", "1,000", "expected a number"),
    ("observations", "low", "few", "expected a number"),
    ("observations", "high", "-", "expected a number"),
    ("observations", "qualifier", "approx", "expected one of exact, at_least"),
    ("observations", "qualifier", "", "expected a value"),
    ("observations", "side", "Russia", "expected one of RU, UA"),
    ("observations", "known_basis", "guess", "expected one of published"),
    ("observations", "known", "", "expected a value"),
    ("observations", "known", "30.08.2023", "YYYY-MM-DD"),
    ("observations", "known", "2023-02-30", "YYYY-MM-DD"),
    ("observations", "known", "2023-8-30", "YYYY-MM-DD"),
    ("observations", "known", "2023-08-30\n", "line break"),
    ("observations", "period_start", "2023", "YYYY-MM-DD"),
    ("observations", "period_end", "2023-13-01", "YYYY-MM-DD"),
    ("observations", "geography", "", "expected a value"),
    ("series", "stage", "convicted", "expected one of absent"),
    ("series", "kind", "count", "expected one of flow"),
    ("series", "per", "year", "expected one of day"),
    ("series", "direction", "0", "expected one of 1, -1"),
    ("publishers", "stance", "neutral", "expected one of belligerent"),
    ("publishers", "reliability", "G", "expected one of A"),
    ("sources", "url", "example.org", "https://"),
    ("sources", "page", "mirror", "expected one of publisher"),
    ("sources", "published", "August 2023", "its month or year alone"),
    ("sources", "licence", "", "expected a value"),
    ("events", "status", "rumoured", "expected one of confirmed"),
    ("events", "end_date", "", "expected a value"),
    ("mentions", "date", "soon", "YYYY-MM-DD"),
    ("published_projections", "rate_per", "year", "expected one of day"),
    ("published_projections", "value", "", "expected a value"),
    ("assumptions", "default", "half", "expected a number"),
    ("assumptions", "basis", "guessed", "expected one of sourced"),
    ("assumptions", "known", "never", "YYYY-MM-DD"),
    ("corrections", "cause", "", "expected a value"),
]


@cache
def faulty(table: str) -> tuple[Problem, ...]:
    """Return the problems of a table with one row per fault, in the order of `FAULTS`."""
    rows = [
        {**({} if table == "assumptions" else {KEYS[table]: f"id{place}"}), column: text}
        for place, (file, column, text, _) in enumerate(FAULTS)
        if file == table
    ]
    return tuple(parse_table(table, raw_tables(**{table: rows})[table])[1])


@pytest.mark.parametrize(("table", "column", "text", "reason"), FAULTS)
def test_a_wrong_cell_is_named(table: str, column: str, text: str, reason: str) -> None:
    row = 2 + [fault for fault in FAULTS if fault[0] == table].index((table, column, text, reason))
    assert reason in named(faulty(table), f"{table}.csv", row, column)


def test_a_missing_file_is_named(package: Path) -> None:
    (package / "mentions.csv").unlink()
    assert "readable CSV file" in named(problems_of(package), "mentions.csv", None, "(file)")


@pytest.mark.parametrize("name", ["nowhere", "file", "empty"])
def test_a_missing_folder_is_one_sentence_that_names_the_variable(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    (problem,) = problems_of(tmp_path / name)
    assert "MORALE_INDICATORS_DATA" in problem.reason


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b'observation_id,series\n"o1,never closed\n'], ids=["empty", "bytes", "quote"]
)
def test_an_unreadable_file_is_named(package: Path, content: bytes) -> None:
    (package / "observations.csv").write_bytes(content)
    assert {problem.file for problem in problems_of(package)} == {"observations.csv"}


def test_an_empty_file_is_called_empty(package: Path) -> None:
    (package / "events.csv").write_bytes(b"")
    assert named(problems_of(package), "events.csv", 1, "(header)").endswith("the file is empty")


def test_text_that_is_not_utf_8_is_named(package: Path) -> None:
    file = package / "sources.csv"
    file.write_bytes(file.read_text(encoding="utf-8").replace("A count", "Année").encode("latin-1"))
    assert "UTF-8" in named(problems_of(package), "sources.csv", 2, "title")


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header[:-1],
        lambda header: [*header, "comment"],
        lambda header: [header[1], header[0], *header[2:]],
        lambda header: [header[0].upper(), *header[1:]],
        lambda header: [*header[:-1], header[0]],
    ],
    ids=["column missing", "column too many", "order", "spelling", "column twice"],
)
def test_a_wrong_header_is_named(package: Path, change: Callable[[list[str]], list[str]]) -> None:
    def change_header(lines: Lines) -> None:
        lines[0] = change(lines[0])
        lines[1:] = [line[: len(lines[0])] + ["x"] * (len(lines[0]) - len(line)) for line in lines[1:]]

    edit(package / "observations.csv", change_header)
    reason = named(problems_of(package), "observations.csv", 1, "(header)")
    assert "expected exactly the columns observation_id, series" in reason


@pytest.mark.parametrize("row", [2, 3])
def test_a_row_with_a_cell_too_many_stops_the_loading(tmp_path: Path, row: int) -> None:
    rows = [{}, {"observation_id": "o2", "period_end": "2023-01-30"}]
    package = write_package(tmp_path, observations=rows)
    edit(package / "observations.csv", lambda lines: lines[row - 1].append("surplus"))
    assert {problem.file for problem in problems_of(package)} == {"observations.csv"}


@pytest.mark.parametrize("table", ["sources", "observations"])
def test_a_row_that_breaks_off_stops_the_loading(package: Path, table: str) -> None:
    edit(package / f"{table}.csv", lambda lines: lines[1].pop())
    assert {problem.file for problem in problems_of(package)} == {f"{table}.csv"}


def test_all_problems_are_listed_at_once(package: Path) -> None:
    set_cell(package / "observations.csv", 2, "value", "many")
    set_cell(package / "observations.csv", 2, "side", "Russia")
    set_cell(package / "events.csv", 2, "status", "rumoured")
    found = {(problem.file, problem.column) for problem in problems_of(package)}
    assert found == {("observations.csv", "value"), ("observations.csv", "side"), ("events.csv", "status")}


def test_a_long_list_of_problems_is_cut() -> None:
    error = DataError(Problem("events.csv", row, "date", "expected a day") for row in range(2, 32))
    assert len(error.problems) == 30
    assert "events.csv, row 21, column date: expected a day" in str(error)
    assert "row 22" not in str(error)
    assert str(error).endswith("and at least 10 more")


def test_files_with_a_header_only_are_empty_tables(package: Path) -> None:
    tables = ("comparison_guards", "mentions", "published_projections", "corrections")
    for table in tables:
        edit(package / f"{table}.csv", lambda lines: lines.__delitem__(slice(1, None)))
    cut = {(problem.file, problem.row, problem.column) for problem in problems_of(package)}
    assert cut == {(f"{table}.csv", 2, "(row)") for table in tables}
    describe(package, date(2026, 11, 28), "0", indicators=SAMPLE)
    evidence = load_evidence(package, indicators=SAMPLE)
    for table in tables:
        empty = getattr(evidence, table)
        assert empty.empty
        assert list(empty.columns) == list(VALID[table])


@pytest.mark.parametrize("table", list(TABLES))
def test_every_file_has_one_key_that_may_not_be_empty(table: str) -> None:
    raw = raw_tables(**{table: [{KEYS[table]: ""}]})[table]
    _, problems = parse_table(table, raw)
    assert named(problems, f"{table}.csv", 2, KEYS[table]) != ""


def test_the_version_names_the_content(package: Path, tmp_path: Path) -> None:
    before = load_evidence(package, indicators=SAMPLE).data_version
    copy = Path(shutil.copytree(package, tmp_path / "copy"))
    assert load_evidence(copy, indicators=SAMPLE).data_version == before
    assert len(before) == 12
    set_cell(copy / "observations.csv", 2, "value", "11")
    assert load_evidence(copy, indicators=SAMPLE).data_version != before


BUNDLED_FAULTS = [
    ("events", "category", "Mutiny", "expected one of mutiny, leadership"),
    ("mentions", "theme", "weather", "expected one of command, losses"),
    ("signposts", "event_category", "mutinies", "expected one of mutiny, leadership"),
    ("observations", "period_end", "2001-01-01", "not below period_start"),
    ("observations", "source_id", "nowhere", "sources.csv"),
    ("observations", "claimant", "Somebody", "publishers.csv"),
    ("observations", "series", "no_such_series", "series.csv"),
    ("observations", "low", "99999999", "low not above value"),
    ("observations", "high", "-99999999", "high not below value"),
    ("observations", "unit", "furlongs", "one unit"),
    ("observations", "qualifier", "roughly", "expected one of"),
    ("observations", "known", "2023-02-31", "a day of the calendar"),
    ("observations", "value", "", "expected a value"),
    ("events", "end_date", "2001-01-01", "not below date"),
    ("sources", "derived_from", "nowhere", "sources.csv"),
    ("assumptions", "minimum", "99999999", "not below minimum"),
]


@pytest.mark.parametrize(("table", "column", "text", "reason"), BUNDLED_FAULTS)
def test_one_planted_fault_in_the_bundled_data_stops_the_loading(
    tmp_path: Path, table: str, column: str, text: str, reason: str
) -> None:
    copy = copy_of_data(tmp_path)
    set_cell(copy / f"{table}.csv", 5, column, text)
    problems = problems_of(copy)
    assert {(problem.file, problem.row) for problem in problems} == {(f"{table}.csv", 5)}
    assert any(reason in problem.reason for problem in problems)
