"""How published projections turned out: each scored by every definition that counts allow.

A comparison in the projection's own definition comes first. Another definition is compared only where both were
counted in the same window, so that the step from one to the other is visible as its own part of the miss; otherwise
it is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from indicators.core.derived import figures
from indicators.core.model import Per, Qualifier, Stage
from indicators.core.observations import Evidence
from indicators.core.periods import DAYS_PER_WEEK, Figure, days_between, merge_provenance
from indicators.methods.miss_split import MissSplit, split_miss
from indicators.methods.outcomes import NoOutcome, Outcome, find_outcomes
from indicators.methods.run_rate import WEEKS_PER_MONTH, imprisoned
from indicators.methods.running_counts import definition_words

SUSPENDED_SHARE = "ru_art337_suspended_share"
STAGE_WORDS: Mapping[Stage, str] = {
    Stage.ABSENT: "soldiers absent",
    Stage.CASE: "cases received by courts",
    Stage.SENTENCE: "sentences",
    Stage.PERSON: "people imprisoned",
    Stage.FORCE: "troops",
    Stage.PRICE: "prices",
}
"""What is counted at a stage, in words."""

Row = Mapping[Hashable, Any]


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
        definition: What was counted, in words.
        stage: At which point it was counted.
        own_definition: Whether that is the projection's own stage.
        status: Resolved, open or unscorable.
        outcome: What was observed; None if nothing was.
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
    """A published projection with every comparison that counts allow."""

    id: str
    projector: str
    statement: str
    published: date
    stage: Stage
    value: float
    qualifier: Qualifier
    unit: str
    window_start: date
    window_end: date
    window_basis: str
    source_id: str
    comparisons: tuple[Comparison, ...]

    @property
    def status(self) -> ScoreStatus:
        """Resolved if any comparison is, else open if any is, else unscorable."""
        statuses = {comparison.status for comparison in self.comparisons}
        return next(status for status in ScoreStatus if status in statuses)


def track_record(evidence: Evidence) -> tuple[ScoredProjection, ...]:
    """Score every published projection, in the order of the file.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
    """
    return tuple(_score(evidence, row) for row in evidence.published_projections.to_dict("records"))


def knowledge_day(evidence: Evidence) -> date:
    """Return the day whose knowledge the evidence holds: the replayed day, or that of its newest observation."""
    return evidence.as_of or pd.Timestamp(evidence.observations["known"].max()).date()


def _score(evidence: Evidence, row: Row) -> ScoredProjection:
    start, end = row["window_start"].date(), row["window_end"].date()
    return ScoredProjection(
        id=row["projection_id"],
        projector=row["projector"],
        statement=row["statement"],
        published=row["published"].date(),
        stage=Stage(row["stage"]),
        value=row["value"],
        qualifier=Qualifier(row["qualifier"]),
        unit=row["unit"],
        window_start=start,
        window_end=end,
        window_basis=row["window_basis"],
        source_id=row["source_id"],
        comparisons=tuple(_comparisons(evidence, row, start, end)),
    )


def _comparisons(evidence: Evidence, row: Row, start: date, end: date) -> Iterator[Comparison]:
    stage = Stage(row["stage"])
    definitions = _definitions(evidence, row["outcome_series"], stage)
    if not definitions:
        reason = row["note"] or "Nobody has published a count by which it could be scored."
        yield _Definition("", row["unit"], stage, own=True).unresolved(ScoreStatus.UNSCORABLE, reason)
    over = end <= knowledge_day(evidence)
    base: Outcome | None = None
    for definition in definitions:
        found = find_outcomes(evidence, definition.series, start, end) if over else NoOutcome(reason=_not_over(end))
        if isinstance(found, NoOutcome):
            yield definition.unresolved(ScoreStatus.OPEN, found.reason)
            continue
        if base is None and definition.own:
            base = found[0]
        for outcome in found:
            yield _compare(row, definition, outcome, base)
    if base is not None:
        yield from _imprisoned(evidence, row, base)


def _compare(row: Row, definition: _Definition, outcome: Outcome, base: Outcome | None) -> Comparison:
    if base is None:
        reason = (
            f"Refused: the projection is about {STAGE_WORDS[Stage(row['stage'])]}, this counts "
            f"{STAGE_WORDS[definition.stage]}, and no count of the former in the window converts one into the other. "
            f"{outcome.sentence}"
        )
        return replace(definition.unresolved(ScoreStatus.UNSCORABLE, reason), outcome=outcome)
    figure, projected = outcome.figure, float(row["value"])
    days = days_between(row["window_start"].date(), row["window_end"].date())
    return Comparison(
        series=definition.series,
        definition=definition.words,
        stage=definition.stage,
        own_definition=definition.own,
        status=ScoreStatus.RESOLVED,
        outcome=outcome,
        ratio=figure.value / projected,
        ratio_low=None if figure.low is None else figure.low / projected,
        ratio_high=None if figure.high is None else figure.high / projected,
        split=split_miss(
            projected,
            figure.value,
            observed_as_projected=base.figure.value,
            weeks=days / DAYS_PER_WEEK,
            assumed_rate=_weekly_rate(row),
            known_share=None if outcome.edition is None else min(outcome.edition.value / figure.value, 1.0),
        ),
        reason=outcome.sentence,
    )


def _imprisoned(evidence: Evidence, row: Row, sentences: Outcome) -> Iterator[Comparison]:
    """Convert sentences to people imprisoned by the published shares of suspended sentences."""
    shares = figures(evidence.of_series(SUSPENDED_SHARE))
    chosen = evidence.assumptions.loc[evidence.assumptions["assumption_id"] == "suspended_share", "default"]
    if Stage(row["stage"]) is not Stage.SENTENCE or not shares or chosen.empty:
        return
    suspended, every = float(chosen.iloc[0]), [share.value / 100 for share in shares]
    counted = sentences.figure
    served = Figure(
        period_start=counted.period_start,
        period_end=counted.period_end,
        value=imprisoned(counted.value, suspended),
        low=None if counted.low is None else imprisoned(counted.low, max(*every, suspended)),
        high=None if counted.high is None else imprisoned(counted.high, min(*every, suspended)),
        qualifier=Qualifier.ESTIMATE,
        **merge_provenance(counted, *shares),
    )
    sentence = (
        f"Converted: {counted.value:,.0f} sentences times the {_percent(1 - suspended)} that were not suspended "
        f"(published shares of suspended sentences run from {_percent(min(every))} to {_percent(max(every))}). "
    )
    if served.value < row["value"] < counted.value:
        sentence += (
            "The sign flips: more people were sentenced than projected, but most known sentences were suspended, so "
            "read as people sent to prison the same figure is too high."
        )
    definition = _Definition(SUSPENDED_SHARE, "People imprisoned, converted from sentences", Stage.PERSON, own=False)
    outcome = replace(sentences, figure=served, sentence=sentence)
    yield _compare(row, definition, outcome, sentences)


@dataclass(frozen=True)
class _Definition:
    """What a series counts, and whether a projection is about the same."""

    series: str
    words: str
    stage: Stage
    own: bool

    def unresolved(self, status: ScoreStatus, reason: str) -> Comparison:
        return Comparison(
            series=self.series,
            definition=self.words,
            stage=self.stage,
            own_definition=self.own,
            status=status,
            reason=reason,
        )


def _definitions(evidence: Evidence, outcome_series: str, stage: Stage) -> list[_Definition]:
    """Return the definitions in the order of the file, those of the projection's own stage first."""
    series = {row["series"]: row for row in evidence.series.to_dict("records")}
    listed = [
        _Definition(
            id_, definition_words(series[id_]["name"]), Stage(series[id_]["stage"]), series[id_]["stage"] == stage
        )
        for id_ in outcome_series.split(";")
        if id_
    ]
    return sorted(listed, key=lambda definition: not definition.own)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _weekly_rate(row: Row) -> float | None:
    if row["rate_per"] == Per.WEEK:
        return float(row["rate_value"])
    return float(row["rate_value"]) / WEEKS_PER_MONTH if row["rate_per"] == Per.MONTH else None


def _not_over(end: date) -> str:
    return f"The window runs to {end:%-d %b %Y} and is not over."
