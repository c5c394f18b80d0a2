"""Everything that is computed from the evidence as the public could know it on one day.

A page or a route asks for its snapshot at the door; from there on no day is handed on. Each part is computed when
something first asks for it, and kept as long as the snapshot. Many readers share one, so nobody may change what it
returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property, wraps
from threading import Lock
from typing import Any, TypeVar, TypeVarTuple

import pandas as pd

from indicators.core.citation.canonical import digest
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.denominators import estimates_near
from indicators.core.figures.glance import SHARED_COLUMNS, Glance, figure_table, glance
from indicators.core.figures.periods import Figure
from indicators.core.ledger.claims import AnnotatedArticle, annotated_article, article_day
from indicators.core.registry import all_indicators, get_indicator
from indicators.methods.cascade.plausible import PlausibleSpread, plausible_spread
from indicators.methods.counts.rate_changes import RateChanges, rate_changes
from indicators.methods.counts.running_counts import CountPath
from indicators.methods.forecast.evaluation.backtest import Backtest
from indicators.methods.forecast.evaluation.ledger import LedgerEntry, ledger_entries
from indicators.methods.forecast.history import History
from indicators.methods.forecast.outlook import Outlook, forecast_series, outlook
from indicators.methods.index.cells import monthly_cells
from indicators.methods.index.grid import Grid, grid_of
from indicators.methods.index.index import MoraleIndex, index_of_grid
from indicators.methods.index.parameters import IndexParameters
from indicators.methods.index.parts import PARTS
from indicators.methods.index.readings import ReadIndex, Reading, read_index
from indicators.methods.index.robustness import Robustness, robustness
from indicators.methods.projection.afterwards import CountedLine, counted_line, counts_afterwards
from indicators.methods.projection.assumptions import StatedAssumption, projection_origin, state_assumptions
from indicators.methods.projection.count_layer import CountLayer, NewestTotals, count_layer, newest_totals
from indicators.methods.projection.parameters import DEFAULTS, ProjectionParameters
from indicators.methods.track_record.answer import Answer, answer
from indicators.methods.track_record.score import track_record
from indicators.methods.track_record.scored_projection import ScoredProjection

Asked = TypeVarTuple("Asked")
Result = TypeVar("Result")
_KEEPING = Lock()


def kept(most: int) -> Callable[[Callable[[Snapshot, *Asked], Result]], Callable[[Snapshot, *Asked], Result]]:
    """Keep what a method returned for the newest arguments, as long as its snapshot."""

    def decorate(method: Callable[[Snapshot, *Asked], Result]) -> Callable[[Snapshot, *Asked], Result]:
        @wraps(method)
        def ask(snapshot: Snapshot, *asked: *Asked) -> Result:
            answers: dict[tuple[*Asked], Result] = snapshot.answers.setdefault(method.__name__, {})
            with suppress(KeyError):
                return answers[asked]
            answer = method(snapshot, *asked)
            with _KEEPING:
                answers[asked] = answer
                for earlier in list(answers)[:-most]:
                    del answers[earlier]
            return answer

        return ask

    return decorate


class Snapshot:
    """The evidence of one day, and what follows from it.

    Args:
        latest: The evidence without a day, for what a past day is held against; the same object where there is none.
    """

    def __init__(self, evidence: Evidence, latest: Evidence | None = None) -> None:
        self.evidence = evidence
        self.latest = latest or evidence
        self.answers: dict[str, Any] = {}

    @property
    def day(self) -> date | None:
        """The last day whose publications count; None for the latest."""
        return self.evidence.as_of

    def tables(self, *names: str) -> list[pd.DataFrame]:
        """Return tables of the evidence."""
        return [getattr(self.evidence, name) for name in names]

    @kept(64)
    def derived(self, indicator_id: str) -> pd.DataFrame:
        """Return an indicator's derived table."""
        return get_indicator(indicator_id).compute(self.evidence)

    @kept(64)
    def derived_digest(self, indicator_id: str) -> str:
        """Return the digest of an indicator's derived table."""
        return digest(self.derived(indicator_id))

    @kept(64)
    def figures(self, indicator_id: str) -> pd.DataFrame:
        """Return an indicator's observations and derived rows in one table."""
        return figure_table(get_indicator(indicator_id), self.evidence, self.derived(indicator_id))

    @cached_property
    def all_figures(self) -> pd.DataFrame:
        """The observations and derived rows of all indicators in one table, context series included."""
        context = self.evidence.observations[list(SHARED_COLUMNS)].assign(status=Status.OK.value)
        derived = [self.derived(indicator.id) for indicator in all_indicators()]
        return pd.concat([context, *(table[[*SHARED_COLUMNS, "status"]] for table in derived if not table.empty)])

    @kept(64)
    def glance(self, indicator_id: str) -> Glance:
        """Return an indicator's newest figure or event, how it changed and how many origins it has."""
        return glance(get_indicator(indicator_id), self.evidence, self.derived(indicator_id))

    @kept(64)
    def rate_changes(self, indicator_id: str) -> RateChanges:
        """Return whether and when an indicator's counts changed their rate."""
        return rate_changes(get_indicator(indicator_id), self.evidence)

    @cached_property
    def article(self) -> AnnotatedArticle:
        """The news report of August 2023, statement by statement."""
        return annotated_article(self.evidence, min(article_day(self.latest), self.day or date.max))

    @cached_property
    def track_record(self) -> tuple[ScoredProjection, ...]:
        """Every published projection with its score."""
        return track_record(self.evidence)

    @cached_property
    def answer(self) -> Answer:
        """What became of "100 a week, 5,200 a year"."""
        return answer(self.evidence)

    @cached_property
    def projection_origin(self) -> date:
        """The day from which a projection runs."""
        return projection_origin(self.evidence)

    @cached_property
    def counted_line(self) -> CountedLine | None:
        """Sentences counted since a projection's first day."""
        return counted_line(self.evidence, self.projection_origin)

    @kept(16)
    def counts_afterwards(self, origin: date, weeks: int) -> tuple[CountPath, ...]:
        """Return all counts of refusal since a projection's first day."""
        return tuple(counts_afterwards(self.evidence, origin, weeks))

    @cached_property
    def newest_totals(self) -> NewestTotals | None:
        """The two newest dated totals of sentences."""
        return newest_totals(self.evidence)

    @cached_property
    def force_estimates(self) -> Mapping[str, Figure]:
        """Each claimant's estimate of the force nearest to a projection's first day."""
        return estimates_near(self.evidence, self.projection_origin)

    def count_layer(self, parameters: ProjectionParameters) -> CountLayer | None:
        """Return what counted weeks lead one to expect; the published weekly figure plays no part."""
        return self._count_layer(parameters.model_copy(update={"weekly": DEFAULTS.weekly}))

    @kept(16)
    def _count_layer(self, parameters: ProjectionParameters) -> CountLayer | None:
        return count_layer(self.newest_totals, parameters)

    @kept(16)
    def stated_assumptions(self, parameters: ProjectionParameters) -> tuple[StatedAssumption, ...]:
        """Return where each input of a projection comes from."""
        return state_assumptions(self.evidence, parameters)

    @cached_property
    def series_names(self) -> Mapping[str, str]:
        """The name of every series by its id."""
        return dict(zip(self.evidence.series["series"], self.evidence.series["name"], strict=True))

    @cached_property
    def forecast_series(self) -> tuple[str, ...]:
        """The series that come every month or week and are of a kind that is forecast."""
        return forecast_series(self.evidence)

    @kept(32)
    def outlook(self, series: str) -> Outlook:
        """Return a series' forecast, or why there is none."""
        return outlook(self.evidence, series, self._derived_if_any)

    @kept(32)
    def backtest(self, series: str) -> Backtest | None:
        """Return how good such forecasts of a series have been; None where none could be made."""
        return self.outlook(series).tested()

    @kept(4)
    def plausible_cascade(self, ranges: tuple[tuple[str, tuple[float, float]], ...]) -> PlausibleSpread:
        """Return what holds over all plausible settings of a cascade; it takes some seconds and rests on nothing else.

        Args:
            ranges: As `plausible_spread` takes them.
        """
        return plausible_spread(dict(ranges))

    def forecast_ledger(self, files: Mapping[date, pd.DataFrame]) -> tuple[LedgerEntry, ...]:
        """Return what became of forecasts that were written down, given the files of the ledger."""
        return ledger_entries(files, self.evidence, self._history)

    def _history(self, series: str) -> History | None:
        return self.outlook(series).history if series in self.series_names else None

    def _derived_if_any(self, indicator_id: str) -> pd.DataFrame | None:
        return self.derived(indicator_id) if indicator_id in {one.id for one in all_indicators()} else None

    @cached_property
    def index_grid(self) -> Grid:
        """The figures that enter the index, by month and part."""
        return grid_of(PARTS, monthly_cells(self.all_figures, PARTS))

    @kept(16)
    def index(self, parameters: IndexParameters) -> MoraleIndex:
        """Return the index of pressure on morale for some weights."""
        return index_of_grid(self.index_grid, parameters)

    def index_read(self, parameters: IndexParameters, reading: str = "plain") -> MoraleIndex:
        """Return the index under a reading: "plain", "cautious" or "worst"."""
        if reading == "plain":
            return self.index(parameters)
        return self.read_index(parameters, "cautious" if reading == "cautious" else "worst").index

    def index_robustness(self, parameters: IndexParameters, reading: str = "plain") -> Robustness:
        """Return how far the index depends on choices that could have been made otherwise."""
        return self._index_robustness(parameters, reading)

    @kept(16)
    def _index_robustness(self, parameters: IndexParameters, reading: str) -> Robustness:
        return robustness(self.index_read(parameters, reading))

    @kept(16)
    def read_index(self, parameters: IndexParameters, reading: Reading) -> ReadIndex:
        """Return the index under a cautious or a worst-case reading of the same rows."""
        return read_index(self.all_figures, self.index_grid, parameters, reading)
