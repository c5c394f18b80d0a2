"""A published projection, each count it is held against, and whether that gives a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicators.core.evidence.vocabulary import Qualifier, Stage
from indicators.methods.track_record.miss_split import MissSplit
from indicators.methods.track_record.outcomes import Outcome


class ScoreStatus(StrEnum):
    """Whether a projection can be held against what happened."""

    RESOLVED = "resolved"
    OPEN = "open"
    UNSCORABLE = "unscorable"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One projection against one definition of what happened.

    Args:
        series: Id of the series that was counted; empty if there is none.
        own_definition: Whether that is the projection's own stage.
        ratio: Observed over projected; None unless resolved.
        ratio_low: The same from the observed lower bound; None where there is none.
        ratio_high: The same from the upper bound.
        split: Parts of the miss; None unless resolved.
        reason: Which figures were used, or why it is open or unscorable.
    """

    series: str
    definition: str
    stage: Stage
    own_definition: bool
    status: ScoreStatus
    outcome: Outcome | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    split: MissSplit | None = None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScoredProjection:
    """A published projection with every comparison that counts allow.

    Args:
        reading_of: Id of the projection of which this is another reading; empty for one of its own.
        window_gone: Share of the window's days that had passed when it was published, 0 to 1.
        comparisons: One for each definition and counter, the like-for-like ones first.
    """

    id: str
    projector: str
    statement: str
    published: date
    reading_of: str
    stage: Stage
    value: float
    qualifier: Qualifier
    unit: str
    window_start: date
    window_end: date
    window_basis: str
    window_gone: float
    source_id: str
    comparisons: tuple[Comparison, ...]

    @property
    def status(self) -> ScoreStatus:
        """Resolved if any comparison is, else open if any is, else unscorable."""
        statuses = {comparison.status for comparison in self.comparisons}
        return next(status for status in ScoreStatus if status in statuses)


def counts_by_status(record: Iterable[ScoredProjection]) -> dict[ScoreStatus, int]:
    """Count projections by status; another reading of a projection is an echo and not counted again."""
    own = [scored.status for scored in record if not scored.reading_of]
    return {status: own.count(status) for status in ScoreStatus}
