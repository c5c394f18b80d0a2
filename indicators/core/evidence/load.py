"""The one reader of `data/`: checked tables, their edition, and the digest that names their version."""

import io
import zipfile
from collections.abc import Hashable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from platformdirs import user_data_path

from indicators.core.environment import DATA
from indicators.core.evidence.consistency import check_consistency
from indicators.core.evidence.descriptor import (
    CODEBOOK,
    COMMAND,
    DESCRIPTOR,
    Edition,
    read_descriptor,
    sha256,
    write_descriptor,
)
from indicators.core.evidence.echoes import Chain, chain_of
from indicators.core.evidence.parsing import DataError, Problem
from indicators.core.evidence.provenance import CitedPage, page_of_source
from indicators.core.evidence.schema import TABLES
from indicators.core.evidence.table_files import plain, read_table
from indicators.core.evidence.vocabulary import Kind

DATA_DIRECTORY = Path(__file__).resolve().parents[3] / "data"
DATA_VARIABLE = DATA.name
"""Environment variable that names another folder of the data package, or one of editions."""

CURRENT, EDITIONS = "current", "editions"
"""Within a folder of editions: the file that names the one in use, and the folder in which they lie."""

FORECASTS = "forecasts"
"""The folder of the forecast ledger, within the data that come along and within a folder of editions."""

ONE_COUNTER = ("claimant", "side", "geography", "counter_scope", "period_start")
"""Columns of observations in which running totals have to agree for one to follow on another."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All checked tables, as they stand or as they stood on `as_of`.

    `observations` also carries its series' label, stage, kind, per and counter_scope.

    `data_version` is the first 12 hexadecimal digits of the SHA-256 over all files; it does not change with `as_of`.
    `edition` says which edition the files are, and which of them were changed since.
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
    gaps: pd.DataFrame = field(repr=False)
    signposts: pd.DataFrame = field(repr=False)
    corrections: pd.DataFrame = field(repr=False)
    data_version: str
    edition: Edition
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
    def chain(self) -> Chain:
        """What every source repeats, by its id."""
        return chain_of(self.sources)

    @cached_property
    def pages(self) -> dict[str, CitedPage]:
        """The page of every source by its id, the newest first."""
        rows = self.sources.sort_values("published", ascending=False, kind="stable").to_dict("records")
        return {row["source_id"]: page_of_source(row) for row in rows}

    @cached_property
    def unfinished_months(self) -> frozenset[str]:
        """The ids of counts by month whose period is not a whole calendar month."""
        monthly = self.series["cadence"].str.startswith("monthly")
        counted = self.series["kind"].isin([Kind.FLOW.value, Kind.NET.value])
        rows = self.of_series(*self.series.loc[monthly & counted, "series"])
        first, last = rows["period_start"], rows["period_end"]
        whole = first.dt.is_month_start & last.dt.is_month_end & (last - first < pd.Timedelta(days=31))
        return frozenset(rows.loc[~whole, "observation_id"])

    @cached_property
    def fallen_totals(self) -> frozenset[str]:
        """The ids of running totals that lie below the total before them, of one series, counter and scope.

        Counters correct downwards, so these stay, but nothing is counted up to them.
        """
        totals = self.observations[self.observations["kind"] == Kind.CUMULATIVE]
        scoped = totals[totals["counter_scope"] != ""].sort_values(["period_end", "known"], kind="stable")
        counter = ["series", *ONE_COUNTER]
        newest = scoped.drop_duplicates([*counter, "period_end"], keep="last")
        return frozenset(newest.loc[newest.groupby(counter)["value"].diff() < 0, "observation_id"])

    def of_indicator(self, indicator: str) -> pd.DataFrame:
        """Return the observations of one indicator's series."""
        return self.of_series(*self.series.loc[self.series["indicator"] == indicator, "series"])

    def of_series(self, *series: str) -> pd.DataFrame:
        """Return the observations of the named series."""
        found = [self._places[name] for name in series if name in self._places]
        return self.observations.take(np.sort(np.concatenate(found)) if found else [])

    @cached_property
    def _places(self) -> Mapping[Hashable, npt.NDArray[np.intp]]:
        # Looked up once: pages and routes ask for series dozens of times.
        return {name: np.asarray(places) for name, places in self.observations.groupby("series").indices.items()}


def active_directory(folder: Path) -> Path | None:
    """Return the edition in use of a folder of editions; None if it has none.

    Args:
        folder: Where `python -m indicators refresh` keeps editions.
    """
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    edition = folder / EDITIONS / Path(name).name
    return edition if (edition / DESCRIPTOR).is_file() else None


def editions_folder() -> Path:
    """Return where editions are kept: the folder that the environment names, else the user's own data folder."""
    return Path(DATA.read() or user_data_path("morale-indicators"))


def data_directory() -> Path:
    """Return the folder of the tables in use.

    The environment may name a data package, or a folder of editions. Without it the newest edition in the user's data
    folder counts, and before the first refresh the data that come along.
    """
    folder = editions_folder()
    return active_directory(folder) or (folder if DATA.read() else DATA_DIRECTORY)


def forecast_folders() -> tuple[Path, Path]:
    """Return where forecasts that were written down lie: those that come along, then those of this server."""
    return DATA_DIRECTORY / FORECASTS, editions_folder() / FORECASTS


def load_evidence(
    directory: Path = DATA_DIRECTORY, *, today: date = date.min, indicators: Set[str] | None = None
) -> Evidence:
    """Read and check every table of the evidence.

    Args:
        directory: Folder of a data package: `datapackage.json` and one CSV file per table of `schema.TABLES`.
        today: The present day; nothing may be later than it, unless the edition itself is.
        indicators: Ids of the indicators that exist; None for those of this package.

    Raises:
        DataError: If the folder or a file is missing, unreadable or cut off, or a cell, row or reference breaks a
            rule; lists the first problems of each kind.
    """
    edition = _described_edition(directory)
    tables, contents = _checked_tables(directory, max(edition.day, today), edition.rows, indicators)
    tables["series"] = _with_full_units(tables["series"])
    tables["observations"] = _with_definitions(tables["observations"], tables["series"])
    hashes = {table: sha256(content) for table, content in contents.items()}
    changed = tuple(table for table in TABLES if hashes[table] != edition.hashes[table])
    version = sha256("".join(hashes.values()).encode())[:12]
    return Evidence(**tables, data_version=version, edition=replace(edition, changed=changed))


def _checked_tables(
    directory: Path, latest: date, rows: Mapping[str, int], indicators: Set[str] | None
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return all tables with their types, and their files as the project writes them."""
    tables: dict[str, pd.DataFrame] = {}
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for table in TABLES:
        try:
            contents[table] = _read(directory / f"{table}.csv")
        except OSError as error:
            problems.append(Problem(f"{table}.csv", None, "(file)", f"expected a readable CSV file: {error}"))
            continue
        tables[table], found = read_table(table, contents[table], latest)
        problems += found or _cut_off(table, len(tables[table]), rows.get(table, 0))
    if indicators is None:
        indicators = {path.stem for path in Path(__file__).resolve().parents[2].glob("[!_]*.py")}
    problems = problems or check_consistency(tables, indicators)
    if problems:
        raise DataError(problems)
    return tables, contents


def _described_edition(directory: Path) -> Edition:
    if not directory.is_dir():
        raise DataError([Problem(str(directory), None, "(folder)", f"expected a folder with {DESCRIPTOR}; {_ADVICE}")])
    try:
        return read_descriptor(_read(directory / DESCRIPTOR))
    except OSError as error:
        reason = f"expected the descriptor of a data package: {error}; {_ADVICE}, or run `{COMMAND}`"
        raise DataError([Problem(DESCRIPTOR, None, "(file)", reason)]) from None
    except ValueError as error:
        raise DataError([Problem(DESCRIPTOR, None, "(file)", str(error))]) from None


_ADVICE = f"set the environment variable {DATA_VARIABLE} to the folder, or unset it for the data that come along"


def _cut_off(table: str, rows: int, described: int) -> Iterator[Problem]:
    if rows < described:
        reason = f"expected {described:,} rows as {DESCRIPTOR} says, got {rows:,}; the file is cut off, or rows were"
        yield Problem(f"{table}.csv", rows + 2, "(row)", f"{reason} removed on purpose: then run `{COMMAND}`")


def _read(path: Path) -> bytes:
    """Return a file as the project writes it; links and whatever is no file are refused."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(f"{path.name} is a link or no file; put the file itself there")
    return plain(path.read_bytes())


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
    """Return the whole data package as a ZIP file: the descriptor, what it lists, and nothing else.

    Raises:
        DataError: If the descriptor is missing or broken.
        OSError: If a file that it lists is missing or a link.
    """
    _described_edition(directory)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (DESCRIPTOR, CODEBOOK, *(f"{table}.csv" for table in TABLES)):
            # A fixed time stamp keeps the file the same from one download to the next.
            archive.writestr(zipfile.ZipInfo(name), _read(directory / name), compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def describe(directory: Path, day: date, version: str, indicators: Set[str] | None = None) -> Edition:
    """Write every table in the project's form, and the descriptor of the edition that they are.

    Writing again changes nothing: the edition keeps its day for as long as its tables stay the same.

    Args:
        directory: Folder of the tables; gets the descriptor.
        day: Day of the edition if the tables changed.
        indicators: Ids of the indicators that exist; None for those of this package.

    Raises:
        DataError: If a table can't be read or breaks a rule; then nothing is written.
    """
    tables, contents = _checked_tables(directory, date.max, {}, indicators)
    hashes = {table: sha256(content) for table, content in contents.items()}
    with suppress(DataError):  # there is none yet, or one of another form
        before = _described_edition(directory)
        day = before.day if before.hashes == hashes else day
    rows = {table: len(read) for table, read in tables.items()}
    edition = Edition(day=day, version=version, rows=rows, hashes=hashes)
    for table, content in contents.items():
        (directory / f"{table}.csv").write_bytes(content)
    (directory / DESCRIPTOR).write_bytes(write_descriptor(edition))
    return edition
