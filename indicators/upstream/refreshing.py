"""A refresh: newer figures become rows, a new edition is checked as a whole, and only then it replaces the old one.

Editions lie in a folder of their own, each complete. The file `current` names the one in use; it is replaced in one
step, so a refresh that is stopped at any moment leaves the old edition or the new one, never a mixture.
"""

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

from indicators import __version__
from indicators.core.evidence.contacts import note_contacts
from indicators.core.evidence.descriptor import CODEBOOK, DESCRIPTOR
from indicators.core.evidence.load import CURRENT, EDITIONS, active_directory, describe
from indicators.core.evidence.parsing import DataError
from indicators.core.evidence.schema import TABLES
from indicators.upstream import economist, general_staff, oryx
from indicators.upstream.fetching import Fetcher
from indicators.upstream.monthly import Fetch, MonthlyFigure, UpstreamError

CONNECTORS: Mapping[str, Callable[[Fetch, date], list[MonthlyFigure]]] = {
    connector.NAME: connector.figures for connector in (general_staff, oryx, economist)
}
EDITIONS_KEPT = 3
COMPLETED = ("period_end", "value", "low", "high", "known", "known_basis", "source_id", "locator", "note")
"""Cells that change when part of a month becomes the whole of it."""

MANIFEST = "manifest.json"
Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a refresh found.

    Args:
        revised: Ids of rows that stand beside an earlier figure for the same month.
        withdrawn: Ids of the newest rows whose month a source no longer gives; they stay.
    """

    new: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is a new edition to make."""
        return bool(self.new or self.revised or self.completed)


@dataclass(kw_only=True)
class _Tables:
    columns: Sequence[str]
    rows: list[Row]
    corrections: list[Row] = field(default_factory=list)


def refresh(
    fetcher: Fetcher,
    folder: Path,
    bundled: Path,
    today: date,
    *,
    only: Iterable[str] = CONNECTORS,
    dry_run: bool = False,
) -> Changes:
    """Fetch newer figures and, if all is well, make an edition of the data with them the current one.

    Args:
        today: The present day: the day on which a figure without a day of its own is known.
        dry_run: Whether to stop before anything is written.

    Returns:
        What changed; nothing if the sources say what the data say.

    Raises:
        UpstreamError: If a source is not as it has to be, or the new edition breaks a rule of the data. Nothing has
            changed then but the record of when each source was asked.
    """
    figures: list[MonthlyFigure] = []
    for name in only:
        asked = datetime.now(UTC)
        try:
            figures += CONNECTORS[name](fetcher.fetch, today)
        except UpstreamError as error:
            if not dry_run:
                note_contacts(folder, [name], asked, str(error))
            raise
        if not dry_run:
            note_contacts(folder, [name], asked)
    active = active_directory(folder) or bundled
    tables = _read(active / "observations.csv")
    changes = _merge(tables, figures, today)
    if changes and not dry_run:
        _write(folder, active, tables, changes, fetcher, today)
    return changes


def _read(file: Path) -> _Tables:
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        return _Tables(rows=list(reader), columns=tuple(reader.fieldnames or ()))


def _merge(tables: _Tables, figures: Sequence[MonthlyFigure], today: date) -> Changes:
    by_month: dict[tuple[str, str], list[Row]] = {}
    for row in tables.rows:
        by_month.setdefault((row["series"], row["period_start"]), []).append(row)
    templates = {row["series"]: row for row in sorted(tables.rows, key=lambda row: (row["known"], row["period_end"]))}
    taken = {row["observation_id"] for row in tables.rows}
    new, revised, completed = [], [], []
    for figure in figures:
        if figure.series not in templates:
            raise UpstreamError(f"{figure.series}: expected a series that the evidence has, got a new one")
        there = by_month.get((figure.series, figure.month.isoformat()), [])
        whole = [row for row in there if row["period_end"] == figure.last_day.isoformat()]
        made = _row(figure, templates[figure.series], figure.known or today, taken)
        newest = max(whole, key=lambda row: row["known"], default=None)
        part = max(there, key=lambda row: row["period_end"], default=None)
        if newest is None and part is not None:
            completed.append(part["observation_id"])
            tables.corrections += _complete(part, made, today)
            continue
        if newest is None:
            new.append(made["observation_id"])
        elif _numbers(newest) == _numbers(made):
            continue
        elif newest["known"] == today.isoformat():
            # A day is one edition: what came in the morning was not read by anybody as the figure of an earlier day.
            newest |= {name: made[name] for name in ("value", "low", "high", "source_id", "locator", "note")}
            revised.append(newest["observation_id"])
            continue
        else:
            made |= {"known": today.isoformat(), "known_basis": "edition"}
            revised.append(made["observation_id"])
        tables.rows.append(made)
        taken.add(made["observation_id"])
    return Changes(
        new=tuple(new),
        revised=tuple(revised),
        completed=tuple(completed),
        withdrawn=tuple(_withdrawn(by_month, figures)),
    )


def _row(figure: MonthlyFigure, template: Row, known: date, taken: set[str]) -> Row:
    id_ = f"{figure.series}_{figure.last_day:%Y%m%d}"
    if id_ in taken:
        id_ = f"{id_}_known_{known:%Y%m%d}"
    return template | {
        "observation_id": id_,
        "period_start": figure.month.isoformat(),
        "period_end": figure.last_day.isoformat(),
        "value": _text(figure.value),
        "low": _text(figure.low),
        "high": _text(figure.high),
        "known": known.isoformat(),
        "known_basis": "reported_next_day" if figure.known else "edition",
        "source_id": figure.source_id,
        "locator": figure.locator,
        "note": figure.note,
    }


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _numbers(row: Row) -> tuple[float | None, ...]:
    return tuple(float(row[name]) if row[name] else None for name in ("value", "low", "high"))


def _complete(part: Row, made: Row, today: date) -> list[Row]:
    """Let a row for part of a month hold the whole month; beside it, it would count its days twice."""
    cause = f"Part of the month, up to {part['period_end']}; the whole month is known now."
    changed = [name for name in COMPLETED if part[name] != made[name]]
    corrections = [
        {
            "correction_id": f"{part['observation_id']}-{name}-{today:%Y%m%d}",
            "date": today.isoformat(),
            "file": "observations.csv",
            "row_id": part["observation_id"],
            "field": name,
            "old": part[name],
            "new": made[name],
            "cause": cause,
        }
        for name in changed
    ]
    part |= made | {"observation_id": part["observation_id"]}
    return corrections


def _withdrawn(by_month: Mapping[tuple[str, str], Sequence[Row]], figures: Sequence[MonthlyFigure]) -> list[str]:
    given: dict[str, set[str]] = {}
    for figure in figures:
        given.setdefault(figure.series, set()).add(figure.month.isoformat())
    return [
        max(rows, key=lambda row: row["known"])["observation_id"]
        for (series, month), rows in by_month.items()
        if series in given and min(given[series]) <= month <= max(given[series]) and month not in given[series]
    ]


def _write(folder: Path, active: Path, tables: _Tables, changes: Changes, fetcher: Fetcher, today: date) -> None:
    editions = folder / EDITIONS
    editions.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix=".building-", dir=editions))
    try:
        for name in (*(f"{table}.csv" for table in TABLES), DESCRIPTOR, CODEBOOK):
            shutil.copyfile(active / name, building / name)
        _write_rows(building / "observations.csv", tables.columns, tables.rows)
        if tables.corrections:
            before = _read(building / "corrections.csv")
            _write_rows(building / "corrections.csv", before.columns, [*before.rows, *tables.corrections])
        try:
            edition = describe(building, today, __version__)
        except DataError as error:
            raise UpstreamError(f"the new edition breaks a rule of the data. {error}") from None
        manifest = {
            "day": today.isoformat(),
            "from": active.name,
            "files": [asdict(file) for file in fetcher.files.values()],
            "rows": edition.rows,
            "changes": asdict(changes),
        }
        (building / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        name = f"{today:%Y-%m-%d}-{edition.hashes['observations'][:12]}"
        if not (editions / name).exists():
            building.rename(editions / name)
        _point_to(folder, name)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _forget_old(editions, name)


def _write_rows(file: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _point_to(folder: Path, name: str) -> None:
    """Name the current edition, in one step."""
    unfinished = folder / f".{CURRENT}-{os.getpid()}"
    unfinished.write_text(name + "\n", encoding="utf-8")
    os.replace(unfinished, folder / CURRENT)


def _forget_old(editions: Path, current: str) -> None:
    """Keep the last good editions, and clear what a refresh that was stopped has left."""
    whole = sorted(
        (path for path in editions.iterdir() if (path / MANIFEST).exists()), key=lambda path: path.stat().st_mtime
    )
    for path in whole[:-EDITIONS_KEPT]:
        if path.name != current:
            shutil.rmtree(path, ignore_errors=True)
