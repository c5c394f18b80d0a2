"""A reader's table as observations: columns mapped to those of the data, then the checks that `data/` has to pass."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import pandas as pd

from indicators.core.evidence.consistency import check_consistency
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.parsing import LISTED, Problem, fault, parse_table, shown
from indicators.core.evidence.schema import TABLES, Column
from indicators.core.evidence.vocabulary import Kind, KnownBasis, Qualifier
from indicators.core.own_evidence.conventions import Reading, Span, numbers, spans
from indicators.core.own_evidence.sheet import Cell, Sheet

OWN_SERIES = "own"
"""Id of a series that the reader names."""
NUMBERS, DAYS = ("value", "low", "high"), ("period_start", "period_end", "known")
COLUMNS = tuple(TABLES["observations"])
Length = Literal["said", "week"]
"""How long a row's period is: what its cell says (a day, a month, a year), or the seven days that begin with it."""

_GUESSES: Mapping[str, tuple[str, ...]] = {
    "period_start": ("period_start", "start", "from", "date", "day", "month", "week", "period", "year", "datum", "tag"),
    "period_end": ("period_end", "end", "to", "until", "bis"),
    "value": ("value", "count", "number", "total", "figure", "cases", "amount", "wert", "zahl", "anzahl"),
    "low": ("low", "lower", "minimum", "min"),
    "high": ("high", "upper", "maximum", "max"),
    "qualifier": ("qualifier",),
    "claimant": ("claimant", "by", "who"),
    "known": ("known", "published", "publication"),
    "source_id": ("source_id", "source", "url", "link", "quelle"),
    "note": ("note", "notes", "comment", "remark"),
}


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """Which columns of a file hold what, and what holds for every row.

    Args:
        columns: Column of the file by column of the observations; period_start and value at least.
        fixed: Text for every row by column of the observations, for those that no column of the file holds.
        unit: Their unit, in words.
        length: How long a row's period is where no column says its end.
    """

    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    name: str
    unit: str
    length: Length = "said"


class OwnFigures(NamedTuple):
    """What became of a file.

    Args:
        rows: Its observations with the columns of those of the evidence; empty where it has problems.
        problems: What is wrong with which cell, in the reader's own rows and columns.
        notes: How its numbers and days were read.
    """

    rows: pd.DataFrame
    problems: Sequence[Problem]
    notes: Sequence[str]


def is_observations(sheet: Sheet) -> bool:
    """Return whether a file has all columns of `observations.csv`; others, as in CSV of the API, play no part."""
    return set(COLUMNS) <= set(sheet.columns)


def guessed_columns(sheet: Sheet) -> dict[str, str]:
    """Return which column of a file probably holds what, by its name, and period and value else by what is in it."""
    found: dict[str, str] = {}
    for target, words in _GUESSES.items():
        free = [column for column in sheet.columns if column not in found.values()]
        for word in words:
            match = next((column for column in free if word in column.lower().replace("_", " ").split()), None)
            match = match or next((column for column in free if column.lower() == word), None)
            if match:
                found[target] = match
                break
    if "period_start" not in found:
        found |= _first_free(sheet, "period_start", found, lambda cells: not spans(cells)[1].reasons)
    if "value" not in found:
        found |= _first_free(sheet, "value", found, lambda cells: _all_numbers(cells, sheet))
    return found


def _first_free(
    sheet: Sheet, target: str, found: Mapping[str, str], fits: Callable[[Sequence[Cell]], bool]
) -> dict[str, str]:
    free = (column for column in sheet.columns if column not in found.values())
    cells = ((column, [cell for cell in sheet.column(column) if cell is not None]) for column in free)
    return next(({target: column} for column, filled in cells if filled and fits(filled)), {})


def _all_numbers(cells: Sequence[Cell], sheet: Sheet) -> bool:
    reading = numbers(cells, semicolons=sheet.semicolons)
    return not reading.reasons and all(not fault(text, Column("number")) for text in reading.texts)


def observations_as_they_are(sheet: Sheet, evidence: Evidence, today: date) -> OwnFigures:
    """Check a file in the form of `observations.csv`; its series are those of the evidence.

    Claimants and sources may be any: the reader's own need not stand in our lists.

    Args:
        evidence: The evidence with the series that the file may name.
    """
    columns = dict(zip(COLUMNS, COLUMNS, strict=True))
    return _checked(sheet, *_texts(sheet, columns, {}, "said"), columns, evidence.series, evidence, today)


def observations_mapped(sheet: Sheet, mapped: Mapped, evidence: Evidence, today: date) -> OwnFigures:
    """Check a file whose columns a reader has mapped; its figures are one series of the reader's."""
    fixed = {
        "observation_id": "",
        "series": OWN_SERIES,
        "unit": mapped.unit,
        "qualifier": Qualifier.EXACT.value,
        "side": "RU",
        "geography": "not said",
        "claimant": "your own",
        "known": today.isoformat(),
        "known_basis": KnownBasis.PUBLISHED.value,
        "source_id": "your own file",
    } | {name: text for name, text in mapped.fixed.items() if text}
    own = {name: "" for name in TABLES["series"]} | {
        "series": OWN_SERIES,
        "name": mapped.name,
        "unit": mapped.unit,
        "direction_reason": "the reader's own",
        "kind": Kind.NET.value,  # nothing is known of it, so it may fall below 0
    }
    series = pd.concat([evidence.series, pd.DataFrame([own])], ignore_index=True)
    raw, reasons, notes = _texts(sheet, mapped.columns, fixed, mapped.length)
    return _checked(sheet, raw, reasons, notes, mapped.columns, series, evidence, today)


def _texts(
    sheet: Sheet, columns: Mapping[str, str], fixed: Mapping[str, str], length: Length
) -> tuple[pd.DataFrame, list[Problem], list[str]]:
    """Return all cells as text in the form of the data, under the numbers of their rows."""
    texts: dict[str, Sequence[str]] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    periods: list[Span | None] = [None] * len(sheet.rows)
    for target in COLUMNS:
        if target not in columns:
            texts[target] = [fixed.get(target, "")] * len(sheet.rows)
            continue
        cells = sheet.column(columns[target])
        if target in NUMBERS:
            reading = numbers(cells, semicolons=sheet.semicolons)
        elif target in DAYS:
            found, reading = spans(cells)
            periods = found if target == "period_start" else periods
            if target == "period_end":
                ends = (span.last.isoformat() if span else "" for span in found)
                last = tuple(end or text for end, text in zip(ends, reading.texts, strict=True))
                reading = Reading(last, reading.reasons, reading.notes)
        else:
            reading = Reading(tuple("" if cell is None else str(cell) for cell in cells), {})
        texts[target] = reading.texts
        notes += [f"{columns[target]}: {note}" for note in reading.notes]
        problems += [
            Problem(sheet.name, sheet.numbers[place], target, f"{reason}, got {shown(str(cells[place]))}")
            for place, reason in reading.reasons.items()
        ]
    if "period_end" not in columns:
        texts["period_end"] = [_end(span, length) for span in periods]
    if "observation_id" not in columns:
        texts["observation_id"] = [f"own-{number}" for number in sheet.numbers]
    # `parse_table` numbers rows from 2, as a file's own rows are counted below its header.
    return pd.DataFrame(texts, [number - 2 for number in sheet.numbers], list(COLUMNS), dtype=str), problems, notes


def _end(span: Span | None, length: Length) -> str:
    if span is None:
        return ""
    return (span.first + timedelta(days=6) if length == "week" else span.last).isoformat()


def _checked(
    sheet: Sheet,
    raw: pd.DataFrame,
    reasons: Sequence[Problem],
    notes: Sequence[str],
    columns: Mapping[str, str],
    series: pd.DataFrame,
    evidence: Evidence,
    today: date,
) -> OwnFigures:
    typed, wrong = parse_table("observations", raw, today)
    # A cell whose convention was not understood is named once, with that reason; so is one that others follow from.
    said = {(problem.row, problem.column) for problem in reasons}
    rows = {row for row, _ in said}
    new = [one for one in wrong if (one.row, one.column) not in said and (one.column in columns or one.row not in rows)]
    problems = [*reasons, *new]
    if not problems:
        base = series.assign(unit=_base_units(series))
        found = check_consistency(_tables_with(_with_base_units(typed, series), base, evidence))
        problems = [one for one in found if one.file == "observations.csv"]
    if problems:
        first = sorted(problems, key=lambda one: one.row or 0)[:LISTED]
        return OwnFigures(evidence.observations.iloc[:0], [_named(one, sheet, columns) for one in first], notes)
    return OwnFigures(_with_definitions(typed, series), (), notes)


def _named(problem: Problem, sheet: Sheet, columns: Mapping[str, str]) -> Problem:
    own = columns.get(problem.column)
    named = f"({problem.column})" if own is None else own if own == problem.column else f"{own} ({problem.column})"
    return Problem(sheet.name, problem.row, named, problem.reason)


def _base_units(series: pd.DataFrame) -> pd.Series:
    """Return units as `series.csv` has them, where a rate's unit of time stands in a column of its own."""
    endings = [f" per {per.replace('_', ' ')}" if per else "" for per in series["per"]]
    return pd.Series(
        [unit.removesuffix(ending) for unit, ending in zip(series["unit"], endings, strict=True)], series.index
    )


def _with_base_units(rows: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Return rows with units as `observations.csv` has them; tables of the API name a rate's unit of time in them."""
    names = series["series"]
    full, base = dict(zip(names, series["unit"], strict=True)), dict(zip(names, _base_units(series), strict=True))
    cells = zip(rows["series"], rows["unit"], strict=True)
    return rows.assign(unit=[base[name] if unit == full.get(name) else unit for name, unit in cells])


def _tables_with(rows: pd.DataFrame, series: pd.DataFrame, evidence: Evidence) -> dict[str, pd.DataFrame]:
    tables: dict[str, Any] = {table: getattr(evidence, table) for table in TABLES}
    publishers = _with_ids(evidence.publishers, "publisher", rows["claimant"])
    sources = _with_ids(evidence.sources, "source_id", rows["source_id"])
    return tables | {"observations": rows, "series": series, "publishers": publishers, "sources": sources}


def _with_ids(table: pd.DataFrame, key: str, named: pd.Series) -> pd.DataFrame:
    """Return a table with a row for each id that it lacks; other cells are as empty as they may be."""
    new = sorted(set(named) - set(table[key]) - {""})
    if not new:
        return table
    empty = {name: pd.NaT if pd.api.types.is_datetime64_any_dtype(table[name]) else "" for name in table}
    own = pd.DataFrame([{**empty, key: name} for name in new]).astype(table.dtypes.to_dict())
    return pd.concat([table, own], ignore_index=True)


def _with_definitions(rows: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    definition = series.drop_duplicates("series").set_index("series")
    of_rows = {name: rows["series"].map(definition[name]) for name in ("unit", "stage", "kind", "per", "counter_scope")}
    return rows.assign(**of_rows, label=rows["series"].map(definition["name"]))
