"""The only place that remembers the evidence, and what was computed from it or from a model's settings.

Everything here is read by many sessions at once and must not be changed by any of them. The sizes are bounded: a reader
who replays many days pushes out the days that nobody asks for.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indicators.core.citation.row_sums import RowCode, RowId
from indicators.core.citation.seal import row_codes
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import Evidence, data_directory, data_package, load_evidence
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.methods.cascade.lookup import chances_beside
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.plausible import PlausibleSpread, plausible_spread
from indicators.methods.cascade.run import Cascade, run_cascade
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.scenario_difference import paired_totals

REPLAYED_DAYS = 64
PAIRED_TOTALS = 256
CASCADES = 64


@lru_cache(maxsize=2)
def _evidence_of(directory: Path) -> Evidence:
    indicators = frozenset(indicator.id for indicator in all_indicators())
    evidence = load_evidence(directory, today=date.today(), indicators=indicators)
    if evidence.edition.changed:
        logging.getLogger(__name__).warning("%s", evidence.edition)
    return evidence


def all_evidence() -> Evidence:
    """Return the checked evidence, whatever the day; a refresh is seen at once."""
    return _evidence_of(data_directory())


@lru_cache(maxsize=2)
def _package_of(directory: Path) -> bytes:
    return data_package(directory)


def data_package_file() -> bytes:
    """Return the whole data package as a ZIP file."""
    return _package_of(data_directory())


@lru_cache(maxsize=2)
def _row_codes_of(data_version: str) -> Mapping[RowId, RowCode]:
    return row_codes(all_evidence())


def row_codes_of_data() -> Mapping[RowId, RowCode]:
    """Return the code of every row of the data, by which a citation names the rows that changed."""
    return _row_codes_of(all_evidence().data_version)


@lru_cache(maxsize=REPLAYED_DAYS)
def _snapshot(day: date | None, data_version: str) -> Snapshot:
    return Snapshot(as_of(all_evidence(), day), all_evidence())


def snapshot_on(day: date | None) -> Snapshot:
    """Return what could be known on a day, and all that follows from it; None for the latest."""
    return _snapshot(day, all_evidence().data_version)


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


@lru_cache(maxsize=4)
def plausible_cascade(ranges: tuple[tuple[str, tuple[float, float]], ...]) -> PlausibleSpread:
    """Return what holds over all plausible settings of a cascade; the first reader waits for it some seconds."""
    return plausible_spread(dict(ranges))


def warm_up() -> None:
    """Compute every indicator once, so that no reader waits for it."""
    latest = snapshot_on(None)
    for indicator in all_indicators():
        latest.glance(indicator.id)
        latest.figures(indicator.id)
    _ = latest.counted_line
