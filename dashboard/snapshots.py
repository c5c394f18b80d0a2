"""The only place that remembers the evidence, and what was computed from it or from a model's settings.

Everything here is read by many sessions at once and must not be changed by any of them. The sizes are bounded: a reader
who replays many days pushes out the days that nobody asks for.
"""

import logging
from collections import deque
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock, RLock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.kept.results import keep_snapshot, kept_snapshot
from indicators.core.citation.row_sums import RowCode, RowId
from indicators.core.citation.seal import row_codes
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.forecast_files import ledger_files, read_ledger
from indicators.core.evidence.load import Evidence, data_directory, data_package, forecast_folders, load_evidence
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.methods.cascade.assumptions import plausible_ranges
from indicators.methods.cascade.lookup import chances_beside
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.plausible import PlausibleSpread
from indicators.methods.cascade.run import Cascade, run_cascade
from indicators.methods.forecast.evaluation.ledger import LedgerEntry
from indicators.methods.index.parameters import DEFAULTS as INDEX_DEFAULTS
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.scenario_difference import paired_totals

REPLAYED_DAYS = 64
PAIRED_TOTALS = 256
CASCADES = 64


class EditionInUse(NamedTuple):
    """The edition of the data that readers see."""

    directory: Path
    latest: Snapshot
    taken: datetime

    @property
    def evidence(self) -> Evidence:
        """What is in it."""
        return self.latest.evidence


_editions: deque[EditionInUse] = deque(maxlen=2)
"""The edition in use and the one before, whose readers may still be in the middle of a page."""
_taking = RLock()
_drawing_cascades = Lock()


def edition_in_use() -> EditionInUse:
    """Return the edition of the data that readers see."""
    with _taking:
        if not _editions:
            _editions.appendleft(_load(data_directory()))
        return _editions[0]


def _load(directory: Path) -> EditionInUse:
    latest = kept_snapshot(directory)
    if latest is None:
        indicators = frozenset(indicator.id for indicator in all_indicators())
        latest = Snapshot(load_evidence(directory, today=date.today(), indicators=indicators))
    if latest.evidence.edition.changed:
        logging.getLogger(__name__).warning("%s", latest.evidence.edition)
    return EditionInUse(directory, latest, datetime.now(UTC))


def take_newest_edition() -> bool:
    """Take the current edition if it is not the one in use; readers keep that until everything of it is computed.

    Returns:
        Whether another edition is in use now.

    Raises:
        DataError: If the current edition can't be used; the one in use stays.
    """
    directory = data_directory()
    if directory == edition_in_use().directory:
        return False
    newer = _load(directory)
    compute_all(newer)
    with _taking:
        _editions.appendleft(newer)
    return True


def all_evidence() -> Evidence:
    """Return the checked evidence in use, whatever the day."""
    return edition_in_use().evidence


def _edition_of(data_version: str) -> EditionInUse:
    """Return the edition of a version that was in use a moment ago, if a newer one was taken meanwhile."""
    newest = edition_in_use()
    return next((one for one in _editions if one.evidence.data_version == data_version), newest)


@lru_cache(maxsize=2)
def _package_of(directory: Path) -> bytes:
    return data_package(directory)


def data_package_file() -> bytes:
    """Return the whole data package as a ZIP file."""
    return _package_of(edition_in_use().directory)


@lru_cache(maxsize=2)
def _row_codes_of(data_version: str) -> Mapping[RowId, RowCode]:
    return row_codes(_edition_of(data_version).evidence)


def row_codes_of_data() -> Mapping[RowId, RowCode]:
    """Return the code of every row of the data, by which a citation names the rows that changed."""
    return _row_codes_of(all_evidence().data_version)


@lru_cache(maxsize=REPLAYED_DAYS)
def _snapshot(day: date, data_version: str) -> Snapshot:
    evidence = _edition_of(data_version).evidence
    return Snapshot(as_of(evidence, day), evidence)


def snapshot_on(day: date | None) -> Snapshot:
    """Return what could be known on a day, and all that follows from it; None for the latest."""
    edition = edition_in_use()
    return edition.latest if day is None else _snapshot(day, edition.evidence.data_version)


@lru_cache(maxsize=4)
def _ledger_on(day: date | None, data_version: str, files: tuple[tuple[date, Path], ...]) -> tuple[LedgerEntry, ...]:
    return snapshot_on(day).forecast_ledger({written: read_ledger(path) for written, path in files})


def ledger_on(day: date | None) -> tuple[LedgerEntry, ...]:
    """Return the forecasts that had been written down by a day, with what was known of them; None for the latest."""
    files = tuple(ledger_files(forecast_folders()).items())
    return _ledger_on(day, all_evidence().data_version, files)


@lru_cache(maxsize=PAIRED_TOTALS)
def paired_totals_of(parameters: ProjectionParameters) -> npt.NDArray[np.float64] | None:
    """Return drawn totals of a projection, paired with those of every other."""
    return paired_totals(parameters)


@lru_cache(maxsize=CASCADES)
def cascade_of(parameters: CascadeParameters) -> Cascade:
    """Return the outcome of a what-if cascade."""
    return run_cascade(parameters)


@lru_cache(maxsize=CASCADES)
def chances_beside_of(parameters: CascadeParameters) -> list[float]:
    """Return the chances of the same units on the network beside."""
    return chances_beside(parameters)


def plausible_cascade(evidence: Evidence, edition: EditionInUse | None = None) -> PlausibleSpread:
    """Return what holds over all plausible settings of a cascade; whoever asks while it is under way waits for it.

    Args:
        evidence: What was known on a day; the ranges are from there, and as good as always those of the latest.
        edition: What keeps it; the edition in use if not given.
    """
    keeping = (edition or edition_in_use()).latest
    with _drawing_cascades:
        return keeping.plausible_cascade(tuple(plausible_ranges(evidence).items()))


def warm_up() -> None:
    """Compute once what every reader asks for, so that nobody waits for it."""
    compute_all(edition_in_use())


def compute_all(edition: EditionInUse) -> None:
    """Compute what every reader asks for, and keep it for later starts."""
    latest = edition.latest
    for indicator in all_indicators():
        latest.glance(indicator.id)
        latest.figures(indicator.id)
    _ = latest.answer, latest.counted_line, latest.article, latest.track_record
    latest.index_robustness(INDEX_DEFAULTS)
    plausible_cascade(edition.evidence, edition)
    keep_snapshot(edition.directory, latest)
