"""The only place that remembers the evidence and what was computed from it.

Everything here is read by many sessions at once and must not be changed by any of them. The sizes are bounded: a reader
who replays many days pushes out the days that nobody asks for.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.core.citation.canonical import digest
from indicators.core.citation.row_sums import RowCode, RowId
from indicators.core.citation.seal import row_codes
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import DATA_DIRECTORY, DATA_VARIABLE, Evidence, data_package, load_evidence
from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.denominators import estimates_near
from indicators.core.figures.glance import SHARED_COLUMNS, Glance, figure_table, glance
from indicators.core.figures.periods import Figure
from indicators.core.ledger.claims import AnnotatedArticle, annotated_article, article_day
from indicators.core.ledger.entries import concerning
from indicators.core.registry import all_indicators, get_indicator
from indicators.methods.cascade.lookup import chances_beside
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.plausible import PlausibleSpread, plausible_spread
from indicators.methods.cascade.run import Cascade, run_cascade
from indicators.methods.counts.rate_changes import RateChanges, rate_changes
from indicators.methods.counts.running_counts import CountPath
from indicators.methods.projection.afterwards import counted_before, counts_afterwards
from indicators.methods.projection.assumptions import StatedAssumption, projection_origin, state_assumptions
from indicators.methods.projection.count_layer import CountLayer, NewestTotals, count_layer, newest_totals
from indicators.methods.projection.parameters import DEFAULTS, ProjectionParameters
from indicators.methods.projection.scenario_difference import paired_totals
from indicators.methods.track_record.answer import Answer, answer
from indicators.methods.track_record.score import track_record
from indicators.methods.track_record.scored_projection import ScoredProjection

REPLAYED_DAYS = 64
PAIRED_TOTALS = 256
STATED = 256
CASCADES = 64


def data_directory() -> Path:
    """Return the folder of the data package; an environment variable may point to another one."""
    return Path(os.environ.get(DATA_VARIABLE, DATA_DIRECTORY))


@lru_cache(maxsize=1)
def _all_evidence() -> Evidence:
    indicators = frozenset(indicator.id for indicator in all_indicators())
    evidence = load_evidence(data_directory(), today=date.today(), indicators=indicators)
    if evidence.edition.changed:
        logging.getLogger(__name__).warning("%s", evidence.edition)
    return evidence


@lru_cache(maxsize=1)
def data_package_file() -> bytes:
    """Return the whole data package as a ZIP file."""
    return data_package(data_directory())


@lru_cache(maxsize=REPLAYED_DAYS)
def evidence_on(day: date | None) -> Evidence:
    """Return the evidence as the public could know it on a day; None for the latest."""
    return as_of(_all_evidence(), day)


@lru_cache(maxsize=REPLAYED_DAYS * 8)
def derived_on(indicator_id: str, day: date | None) -> pd.DataFrame:
    """Return an indicator's derived table, computed from the evidence of a day."""
    return get_indicator(indicator_id).compute(evidence_on(day))


@lru_cache(maxsize=REPLAYED_DAYS)
def annotated_article_on(day: date | None) -> AnnotatedArticle:
    """Return the news report of August 2023, statement by statement, as known on a day."""
    return annotated_article(evidence_on(day), min(article_day(evidence_on(None)), day or date.max))


@lru_cache(maxsize=1)
def row_codes_of_data() -> Mapping[RowId, RowCode]:
    """Return the code of every row of the data, by which a citation names the rows that changed."""
    return row_codes(_all_evidence())


@lru_cache(maxsize=REPLAYED_DAYS * 8)
def derived_digest_on(indicator_id: str, day: date | None) -> str:
    """Return the digest of an indicator's derived table."""
    return digest(derived_on(indicator_id, day))


@lru_cache(maxsize=REPLAYED_DAYS * 8)
def figures_on(indicator_id: str, day: date | None) -> pd.DataFrame:
    """Return an indicator's observations and derived rows in one table."""
    return figure_table(get_indicator(indicator_id), evidence_on(day), derived_on(indicator_id, day))


def all_figures_on(day: date | None) -> pd.DataFrame:
    """Return the observations and derived rows of a day in one table, context series included."""
    context = evidence_on(day).observations[list(SHARED_COLUMNS)].assign(status=Status.OK.value)
    derived = [derived_on(indicator.id, day) for indicator in all_indicators()]
    return pd.concat([context, *(table[[*SHARED_COLUMNS, "status"]] for table in derived if not table.empty)])


@lru_cache(maxsize=REPLAYED_DAYS * 8)
def glance_on(indicator_id: str, day: date | None) -> Glance:
    """Return what an indicator's card shows."""
    return glance(get_indicator(indicator_id), evidence_on(day), derived_on(indicator_id, day))


@lru_cache(maxsize=REPLAYED_DAYS * 8)
def counts_afterwards_on(day: date | None, origin: date, weeks: int) -> tuple[CountPath, ...]:
    """Return all counts of refusal since a projection's first day, as known on a day."""
    return tuple(counts_afterwards(evidence_on(day), origin, weeks))


@lru_cache(maxsize=REPLAYED_DAYS)
def projection_origin_on(day: date | None) -> date:
    """Return the day from which a projection runs, as known on a day."""
    return projection_origin(evidence_on(day))


@lru_cache(maxsize=REPLAYED_DAYS)
def counted_before_on(day: date | None) -> tuple[Figure, ...]:
    """Return the dated totals that a projection has behind it, as known on a day."""
    return counted_before(evidence_on(day), projection_origin_on(day))


@lru_cache(maxsize=REPLAYED_DAYS)
def newest_totals_on(day: date | None) -> NewestTotals | None:
    """Return the two newest dated totals of sentences, as known on a day."""
    return newest_totals(evidence_on(day))


@lru_cache(maxsize=REPLAYED_DAYS)
def force_estimates_on(day: date | None) -> Mapping[str, Figure]:
    """Return each claimant's estimate of the force nearest to a projection's first day, as known on a day."""
    return estimates_near(evidence_on(day), projection_origin_on(day))


@lru_cache(maxsize=REPLAYED_DAYS * 8)
def events_concerning_on(indicator_id: str, day: date | None) -> Mapping[str, Sequence[Any]]:
    """Return the columns of the dated events that concern an indicator, as known on a day."""
    events = concerning(evidence_on(day).events, indicator_id)
    return {name: events[name].tolist() for name in events.columns}


@lru_cache(maxsize=REPLAYED_DAYS)
def of_series_on(day: date | None, *series: str) -> pd.DataFrame:
    """Return the observations of some series, as known on a day."""
    return evidence_on(day).of_series(*series)


def count_layer_on(day: date | None, parameters: ProjectionParameters) -> CountLayer | None:
    """Return what counted weeks lead one to expect, as known on a day; the published weekly figure plays no part."""
    return _count_layer_on(day, parameters.model_copy(update={"weekly": DEFAULTS.weekly}))


@lru_cache(maxsize=STATED)
def _count_layer_on(day: date | None, parameters: ProjectionParameters) -> CountLayer | None:
    return count_layer(newest_totals_on(day), parameters)


@lru_cache(maxsize=STATED)
def stated_assumptions_on(day: date | None, parameters: ProjectionParameters) -> tuple[StatedAssumption, ...]:
    """Return where each input of a projection comes from, as known on a day."""
    return state_assumptions(evidence_on(day), parameters)


@lru_cache(maxsize=PAIRED_TOTALS)
def paired_totals_of(parameters: ProjectionParameters) -> npt.NDArray[np.float64] | None:
    """Return drawn totals of a projection, paired with those of every other."""
    return paired_totals(parameters)


@lru_cache(maxsize=REPLAYED_DAYS)
def track_record_on(day: date | None) -> tuple[ScoredProjection, ...]:
    """Return every published projection with its score, as known on a day."""
    return track_record(evidence_on(day))


@lru_cache(maxsize=REPLAYED_DAYS)
def answer_on(day: date | None) -> Answer:
    """Return what became of "100 a week, 5,200 a year", as known on a day."""
    return answer(evidence_on(day))


@lru_cache(maxsize=REPLAYED_DAYS)
def rate_changes_on(indicator_id: str, day: date | None) -> RateChanges:
    """Return whether and when an indicator's counts changed their rate."""
    return rate_changes(get_indicator(indicator_id), evidence_on(day))


@lru_cache(maxsize=CASCADES)
def cascade_of(parameters: CascadeParameters) -> Cascade:
    """Return the outcome of a what-if cascade."""
    return run_cascade(parameters)


@lru_cache(maxsize=CASCADES)
def chances_beside_of(parameters: CascadeParameters) -> list[float]:
    """Return the probabilities of large cascades on the network that a cascade is held against."""
    return chances_beside(parameters)


@lru_cache(maxsize=4)
def plausible_cascade(ranges: tuple[tuple[str, tuple[float, float]], ...]) -> PlausibleSpread:
    """Return what holds over all plausible settings of a cascade; the first reader waits for it some seconds."""
    return plausible_spread(dict(ranges))


def warm_up() -> None:
    """Load the data and compute every indicator once, so that no reader waits for it."""
    for indicator in all_indicators():
        glance_on(indicator.id, None)
        figures_on(indicator.id, None)
