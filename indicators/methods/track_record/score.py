"""How published projections turned out: each scored by every definition that counts allow.

Comparisons at the projection's own stage come first, in the order of the file: what its figure counted before what its
words may cover. Another stage is compared only where both were counted in the same window, so that the step from one to
the other is visible as its own part of the miss; otherwise it is refused with a sentence. A projection whose outcome
the public could read when it was published asked no question and is not scored.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from indicators.core.evidence.echoes import echo_graph
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Per, Qualifier, Stage
from indicators.core.figures.periods import DAYS_PER_WEEK, days_between
from indicators.core.text import day_text
from indicators.methods.counts.court_totals import ABSENCE_SENTENCES, SENTENCES
from indicators.methods.counts.running_counts import definition_words
from indicators.methods.projection.run_rate import WEEKS_PER_MONTH
from indicators.methods.track_record.imprisoned import DEFINITION, SHARE, imprisoned_of, suspended_share
from indicators.methods.track_record.miss_split import split_miss
from indicators.methods.track_record.outcomes import NoOutcome, Outcome, find_outcomes
from indicators.methods.track_record.scored_projection import Comparison, ScoredProjection, ScoreStatus

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


def track_record(evidence: Evidence) -> tuple[ScoredProjection, ...]:
    """Score every published projection, in the order of the file."""
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
        reading_of=row["reading_of"],
        stage=Stage(row["stage"]),
        value=row["value"],
        qualifier=Qualifier(row["qualifier"]),
        unit=row["unit"],
        window_start=start,
        window_end=end,
        window_basis=row["window_basis"],
        window_gone=_gone(start, end, row["published"].date()),
        source_id=row["source_id"],
        comparisons=tuple(_comparisons(evidence, row, start, end)),
    )


def _comparisons(evidence: Evidence, row: Row, start: date, end: date) -> Iterator[Comparison]:
    stage = Stage(row["stage"])
    definitions = _definitions(evidence, row["outcome_series"], stage)
    if not definitions:
        reason = row["note"] or "Nobody has published a count by which it could be scored."
        yield _Definition("", row["unit"], stage, own=True).unresolved(ScoreStatus.UNSCORABLE, reason)
    found = [(definition, find_outcomes(evidence, definition.series, start, end)) for definition in definitions]
    early = _known_before(row, [one for _, outcomes in found if isinstance(outcomes, list) for one in outcomes])
    if early is not None:
        yield from _without_a_question(found, early)
        return
    over = end <= knowledge_day(evidence)
    own = [one for definition, outcomes in found if definition.own and isinstance(outcomes, list) for one in outcomes]
    widest = max(own, key=lambda outcome: outcome.figure.value, default=None)
    for definition, outcomes in found:
        if not over or isinstance(outcomes, NoOutcome):
            reason = outcomes.reason if over and isinstance(outcomes, NoOutcome) else _not_over(end)
            yield definition.unresolved(ScoreStatus.OPEN, reason)
            continue
        for outcome in outcomes:
            # A projection's words name no article, so another stage is converted from the widest count of its own.
            yield _compare(evidence, row, definition, outcome, outcome if definition.own else widest)
    if over and Stage(row["stage"]) is Stage.SENTENCE:
        counted = {definition.series: outcomes for definition, outcomes in found}
        yield from _imprisoned(evidence, row, start, end, counted)


def _known_before(row: Row, outcomes: list[Outcome]) -> Outcome | None:
    """Return an outcome that the public could read when the projection became known; its first edition counts."""
    day = row["known"].date()
    return next((one for one in outcomes if (one.edition or one.figure).known <= day), None)


def _without_a_question(
    found: list[tuple[_Definition, list[Outcome] | NoOutcome]], early: Outcome
) -> Iterator[Comparison]:
    """Refuse every comparison of a projection whose outcome was known, by one count at least, when it was published."""
    known = f"The outcome was known when the projection was published. {early.sentence}"
    for definition, outcomes in found:
        if isinstance(outcomes, NoOutcome):
            yield definition.unresolved(ScoreStatus.UNSCORABLE, known)
            continue
        for outcome in outcomes:
            reason = known if outcome is early else f"{known} Counted here: {outcome.sentence}"
            yield replace(definition.unresolved(ScoreStatus.UNSCORABLE, reason), outcome=outcome)


def _compare(
    evidence: Evidence, row: Row, definition: _Definition, outcome: Outcome, base: Outcome | None
) -> Comparison:
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
        reason=f"{outcome.sentence}{_same_origin(evidence, row, outcome)}",
    )


def _same_origin(evidence: Evidence, row: Row, outcome: Outcome) -> str:
    """Name whoever stands behind both the projection and the count that it is held against."""
    chain = evidence.chain
    printed = [(source, claimant) for source in outcome.figure.source_ids for claimant in outcome.claimants]
    behind = echo_graph(chain, [(row["source_id"], row["projector"])]).originators
    shared = behind & echo_graph(chain, printed).originators
    return f" Same origin as the projection: {', '.join(sorted(shared))}." if shared else ""


def _imprisoned(
    evidence: Evidence, row: Row, start: date, end: date, counted: Mapping[str, list[Outcome] | NoOutcome]
) -> Iterator[Comparison]:
    """Hold people sent to prison, converted from sentences, against a projection of sentences."""
    share = suspended_share(evidence, start, end)
    absence, everything = (
        counted.get(series) or find_outcomes(evidence, series, start, end) for series in (ABSENCE_SENTENCES, SENTENCES)
    )
    if share is None or isinstance(absence, NoOutcome) or isinstance(everything, NoOutcome):
        return
    one = everything[0]
    found = imprisoned_of(absence[0].figure, one.figure, share)
    outcome = replace(one, figure=found.figure, routes=found.routes, paced=None, sentence=found.sentence)
    definition = _Definition(SHARE, DEFINITION, Stage.PERSON, own=False)
    yield _compare(evidence, row, definition, outcome, one)


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


def _weekly_rate(row: Row) -> float | None:
    if row["rate_per"] == Per.WEEK:
        return float(row["rate_value"])
    return float(row["rate_value"]) / WEEKS_PER_MONTH if row["rate_per"] == Per.MONTH else None


def _gone(start: date, end: date, published: date) -> float:
    length = days_between(start, end)
    return min(max((published - start).days, 0), length) / length


def _not_over(end: date) -> str:
    return f"The window runs to {day_text(end)} and is not over."
