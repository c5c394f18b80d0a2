"""The one reader of `data/`: checked tables and the digest that names their version."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.core.consistency import check_consistency
from indicators.core.csv_text import read_plain, read_strictly
from indicators.core.parsing import DataError, Problem, parse_table
from indicators.core.schema import TABLES

DATA_DIRECTORY = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All checked tables, as they stand or as they stood on `as_of`.

    `observations` also carries its series' label, stage, kind, per and counter_scope.

    `data_version` is the first 12 hexadecimal digits of the SHA-256 over all files; it does not change with `as_of`.
    """

    publishers: pd.DataFrame = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    series: pd.DataFrame = field(repr=False)
    observations: pd.DataFrame = field(repr=False)
    events: pd.DataFrame = field(repr=False)
    mentions: pd.DataFrame = field(repr=False)
    published_projections: pd.DataFrame = field(repr=False)
    assumptions: pd.DataFrame = field(repr=False)
    comparisons: pd.DataFrame = field(repr=False)
    comparison_guards: pd.DataFrame = field(repr=False)
    claims: pd.DataFrame = field(repr=False)
    claim_links: pd.DataFrame = field(repr=False)
    signposts: pd.DataFrame = field(repr=False)
    corrections: pd.DataFrame = field(repr=False)
    data_version: str
    as_of: date | None = None

    @cached_property
    def assumption_rows(self) -> tuple[dict[Hashable, Any], ...]:
        """The assumptions row by row."""
        return tuple(self.assumptions.to_dict("records"))

    @cached_property
    def source_rows(self) -> dict[Hashable, dict[Hashable, Any]]:
        """Every source by its id."""
        return self.sources.set_index("source_id").to_dict("index")

    @cached_property
    def publisher_of(self) -> dict[str, str]:
        """Publisher of every source by its id."""
        return dict(zip(self.sources["source_id"], self.sources["publisher"], strict=True))

    @cached_property
    def source_names(self) -> dict[str, str]:
        """Publisher and date of every source by its id, the newest page first."""
        rows = self.sources.sort_values("published", ascending=False, kind="stable")
        parts = zip(rows["source_id"], rows["publisher"], rows["published"], strict=True)
        return {source: f"{publisher} ({published or 'undated page'})" for source, publisher, published in parts}

    def of_indicator(self, indicator: str) -> pd.DataFrame:
        """Return the observations of one indicator's series."""
        chosen = self.series.loc[self.series["indicator"] == indicator, "series"]
        return self.observations[self.observations["series"].isin(chosen)]

    def of_series(self, *series: str) -> pd.DataFrame:
        """Return the observations of the named series."""
        return self.observations[self.observations["series"].isin(series)]


def load_evidence(directory: Path = DATA_DIRECTORY) -> Evidence:
    """Read and check every table of the evidence.

    Args:
        directory: Folder with one CSV file (UTF-8, comma, header) per table of `schema.TABLES`.

    Returns:
        The evidence, not yet restricted to any day.

    Raises:
        DataError: If a file is missing or unreadable, or a cell, row or reference breaks a rule; lists all problems.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for table in TABLES:
        path = directory / f"{table}.csv"
        try:
            content = path.read_bytes()
            plain = read_plain(content)
            lines = read_strictly(content) if plain is None else []
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            problems.append(Problem(path.name, None, "(file)", f"expected a readable UTF-8 CSV file: {error}"))
            continue
        digest.update(table.encode() + b"\0" + content + b"\0")
        if plain is None:
            if not lines:
                problems.append(Problem(path.name, None, "(file)", "expected a header and rows: the file is empty"))
                continue
            header, *rows = lines
            uneven = [(number, len(row)) for number, row in enumerate(rows, start=2) if len(row) != len(header)]
            if uneven:
                wanted = f"expected {len(header)} cells as in the header, got"
                problems += [Problem(path.name, number, "(row)", f"{wanted} {cells}") for number, cells in uneven]
                continue
            plain = pd.DataFrame(rows, columns=header, dtype=str)
        tables[table], found = parse_table(table, plain)
        problems += found
    if not problems:
        problems = check_consistency(tables)
    if problems:
        raise DataError(problems)
    series = _with_full_units(tables["series"])
    complete: dict[str, Any] = tables | {
        "series": series,
        "observations": _with_definitions(tables["observations"], series),
    }
    return Evidence(**complete, data_version=digest.hexdigest()[:12])


def _with_full_units(series: pd.DataFrame) -> pd.DataFrame:
    # A rate's value holds per its unit of time, so the unit says so: "sentences" a week is "sentences per week".
    per = " per " + series["per"].str.replace("_", " ")
    return series.assign(unit=series["unit"].where(series["per"] == "", series["unit"] + per))


def _with_definitions(observations: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    columns = ["series", "name", "unit", "stage", "kind", "per", "counter_scope"]
    definition = series[columns].rename(columns={"name": "label"})
    joined = observations.drop(columns="unit").merge(definition, on="series", how="left")
    order = [*observations.columns, *(column for column in definition.columns if column not in observations.columns)]
    return joined[order]


def data_package(directory: Path = DATA_DIRECTORY) -> bytes:
    """Return the whole data package as a ZIP file: tables, descriptor and codebook.

    Args:
        directory: Folder of the data package.

    Returns:
        The ZIP file's bytes, the same for the same files.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(directory.iterdir()):
            if path.suffix in (".csv", ".json", ".md"):
                # A fixed time stamp keeps the file the same from one download to the next.
                entry = zipfile.ZipInfo(f"morale-indicators/{path.name}")
                archive.writestr(entry, path.read_bytes(), compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
