"""The ledger: forecasts as they were written down, and what became of them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.methods.forecast.baseline import naive_quantiles
from indicators.methods.forecast.ensemble import MOST_STEPS
from indicators.methods.forecast.evaluation.scores import quantile_crps
from indicators.methods.forecast.evaluation.tables import HUB_COLUMNS, MODEL, NAIVE, quantile_rows
from indicators.methods.forecast.history import History
from indicators.methods.forecast.outlook import Outlook
from indicators.methods.levels import LEVELS
from indicators.methods.projection.assumptions import projection_origin
from indicators.methods.projection.parameters import DEFAULTS
from indicators.methods.projection.project import project
from indicators.methods.track_record.score import track_record
from indicators.methods.track_record.scored_projection import ScoreStatus

STEPS_WRITTEN = 6
PROJECTION = "projection"
"""Model of the rows with a projection's stated range: it holds if its assumptions do, and is scored all the same."""

LEDGER_COLUMNS = (*HUB_COLUMNS, "data_version", "code_version", "hash")
HASH_DIGITS = 16

HistoryOf = Callable[[str], History | None]


class EntryStatus(StrEnum):
    """What became of a forecast."""

    RESOLVED = "resolved"
    OPEN = "open"
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One forecast of one period.

    Args:
        model: `ensemble`, or `projection` for a projection's stated range.
        series: What it is about: a series, or the id of the published projection; empty for a file that was changed.
        reference: Last day of the newest period it knew.
        status: Resolved, open or void.
        reason: Why it is open or void; empty if resolved.
        observed: What came; None unless resolved.
        wis: Weighted interval score.
    """

    model: str
    series: str
    written: date
    reference: date
    target_end: date
    levels: tuple[float, ...]
    quantiles: tuple[float, ...]
    status: EntryStatus
    reason: str = ""
    observed: float | None = None
    known: date | None = None
    wis: float | None = None
    naive_wis: float | None = None


def ledger_of(outlooks: Iterable[Outlook], evidence: Evidence, written: date, code_version: str) -> pd.DataFrame:
    """Return the forecasts of a day as text, sealed by a hash: ours, naive ones, and the projection's stated range.

    A period that ended before the day is left out: it would be no forecast.

    Args:
        outlooks: Forecasts of series; refused ones have no rows.
    """
    rows: list[dict[str, Any]] = []
    for one in outlooks:
        if one.history is None or one.forecast is None:
            continue
        naive = naive_quantiles(one.history.values, MOST_STEPS)
        coming = [step for step, end in enumerate(one.ends) if end >= written][:STEPS_WRITTEN]
        reference = one.history.ends[-1].isoformat()
        for step in coming:
            for model, made in ((MODEL, one.forecast.quantiles), (NAIVE, naive)):
                end, known = one.ends[step].isoformat(), one.day.isoformat()
                rows += quantile_rows(model, one.series, reference, step + 1, end, known, made[step])
    rows += _projection_rows(evidence)
    table = pd.DataFrame(rows, columns=list(HUB_COLUMNS))
    table["value"] = [f"{value:.6g}" for value in table["value"]]
    table = table.astype(str).assign(data_version=evidence.data_version, code_version=code_version)
    return table.assign(hash=_hash(table))


def is_sealed(table: pd.DataFrame) -> bool:
    """Return whether a file of the ledger is as it was written.

    Args:
        table: The file, all cells as text.
    """
    complete = list(table.columns) == list(LEDGER_COLUMNS)
    return complete and set(table["hash"]) == {_hash(table.drop(columns="hash"))}


def _hash(table: pd.DataFrame) -> str:
    text = table.to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def _projection_rows(evidence: Evidence) -> Iterator[dict[str, Any]]:
    """Yield the range that the projection page states with its defaults, as of the day that it starts from."""
    made, start = project(DEFAULTS), projection_origin(evidence)
    found = next((row for row in track_record(evidence) if row.window_start == start), None)
    if made.claim is None or found is None:
        return
    shared = (PROJECTION, found.id, start.isoformat(), DEFAULTS.weeks, found.window_end.isoformat(), start.isoformat())
    for level, value in zip(
        LEVELS, (getattr(made.claim, f"q{round(100 * level):02}") for level in LEVELS), strict=True
    ):
        yield dict(zip(HUB_COLUMNS, (*shared, "quantile", level, value), strict=True))


def ledger_entries(
    files: Mapping[date, pd.DataFrame], evidence: Evidence, history_in: HistoryOf
) -> tuple[LedgerEntry, ...]:
    """Hold every forecast that was written down against what came, the newest file first.

    Args:
        files: Files of the ledger by their day, all cells as text.
        evidence: Evidence, restricted to what was known on a day or not; later files are left out.
        history_in: Returns a series of the evidence; None where it is none any more.
    """
    found: list[LedgerEntry] = []
    histories: dict[str, History | None] = {}
    for written, table in sorted(files.items(), reverse=True):
        if evidence.as_of is not None and written > evidence.as_of:
            continue
        if not is_sealed(table):
            found.append(_changed(written))
            continue
        naive = table[table["model_id"] == NAIVE]
        keys = ["model_id", "target", "reference_date", "target_end_date"]
        for key, rows in table[table["model_id"] != NAIVE].groupby(keys, sort=False):
            model, series, reference, end = map(str, key)
            if model != PROJECTION and series not in histories:
                histories[series] = history_in(series)
            beside = naive[(naive["target"] == series) & (naive["target_end_date"] == end)]
            entry = LedgerEntry(
                model=model,
                series=series,
                written=written,
                reference=date.fromisoformat(reference),
                target_end=date.fromisoformat(end),
                levels=tuple(rows["output_type_id"].astype(float)),
                quantiles=tuple(rows["value"].astype(float)),
                status=EntryStatus.OPEN,
            )
            outcome = _projected(evidence, entry) if model == PROJECTION else _observed(entry, histories[series])
            found.append(_resolved(entry, outcome, tuple(beside["value"].astype(float))))
    return tuple(found)


@dataclass(frozen=True)
class _Outcome:
    status: EntryStatus
    reason: str = ""
    observed: float | None = None
    known: date | None = None


def _observed(entry: LedgerEntry, history: History | None) -> _Outcome:
    if history is None:
        return _Outcome(EntryStatus.VOID, "The series is no longer among the data.")
    if entry.target_end not in history.ends:
        return _Outcome(EntryStatus.OPEN, "No complete figure for the period is known yet.")
    editions = history.editions[history.ends.index(entry.target_end)]
    if not editions:
        return _Outcome(EntryStatus.VOID, "The period has no figure, though a later one does.")
    return _Outcome(EntryStatus.RESOLVED, observed=editions[-1][1], known=editions[0][0])


def _projected(evidence: Evidence, entry: LedgerEntry) -> _Outcome:
    scored = next((one for one in track_record(evidence) if one.id == entry.series), None)
    if scored is None:
        return _Outcome(EntryStatus.VOID, "The projection is no longer among the data.")
    resolved = [one.outcome for one in scored.comparisons if one.status is ScoreStatus.RESOLVED and one.own_definition]
    if not resolved or resolved[0] is None:
        return _Outcome(EntryStatus.OPEN, "Nothing that was counted in the window is known yet.")
    return _Outcome(EntryStatus.RESOLVED, observed=resolved[0].figure.value, known=resolved[0].figure.known)


def _changed(written: date) -> LedgerEntry:
    """Return one void entry in place of a file that is not as it was written: nothing in it can be trusted."""
    return LedgerEntry(
        model=MODEL,
        series="",
        written=written,
        reference=written,
        target_end=written,
        levels=(),
        quantiles=(),
        status=EntryStatus.VOID,
        reason="The file was changed after it was written.",
    )


def _resolved(entry: LedgerEntry, outcome: _Outcome, naive: tuple[float, ...]) -> LedgerEntry:
    reason, status = outcome.reason, outcome.status
    if outcome.known is not None and outcome.known <= entry.written:
        status, reason = EntryStatus.VOID, "The outcome was known when it was written down."
    fields = {**entry.__dict__, "status": status, "reason": reason}
    if outcome.observed is not None:
        fields |= {"observed": outcome.observed, "known": outcome.known}
        fields["wis"] = _score(entry.quantiles, outcome.observed, entry.levels)
        fields["naive_wis"] = _score(naive, outcome.observed, entry.levels) if len(naive) == len(entry.levels) else None
    return LedgerEntry(**fields)


def _score(quantiles: tuple[float, ...], observed: float, levels: tuple[float, ...]) -> float:
    return float(quantile_crps(np.array([quantiles]), np.array([observed]), levels)[0])


def counts_of_entries(entries: Iterable[LedgerEntry]) -> dict[EntryStatus, int]:
    """Count forecasts by what became of them; voids are among them."""
    statuses = [entry.status for entry in entries]
    return {status: statuses.count(status) for status in EntryStatus}
