"""The track record over HTTP: published projections against what was counted."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.contract import TABLE
from api.dependencies import EvidenceOn, TableOnDay
from api.shapes import Answer, Number, Source
from api.summaries import sources_named
from api.tables import csv_response, records, stamp
from indicators.core.evidence.load import Evidence
from indicators.core.figures.periods import Figure
from indicators.methods.counts.window_counts import Route
from indicators.methods.track_record.miss_split import MissSplit
from indicators.methods.track_record.outcomes import Outcome
from indicators.methods.track_record.score import track_record
from indicators.methods.track_record.scored_projection import (
    Comparison,
    ScoredProjection,
    ScoreStatus,
    counts_by_status,
)


class Projected(BaseModel):
    """The projected figure."""

    value: float
    qualifier: str
    unit: str


class RouteAnswer(BaseModel):
    """One honest way to a count."""

    name: str
    value: float


class Total(BaseModel):
    """A row of the data that a count rests on."""

    observation_id: str
    series: str
    period_end: str
    value: float


class Observed(BaseModel):
    """What was counted in the window, or on the day."""

    value: float = Field(description="The middle of the routes where an edge lies between dated totals.")
    low: Number = Field(description="Hard lower limit.")
    high: Number = Field(description="Hard upper limit.")
    range_low: float = Field(description="The lowest value that an honest route leads to.")
    range_high: float = Field(description="The highest value that an honest route leads to.")
    pace_low: Number = Field(description="Lower limit if nothing rose faster than the highest published pace.")
    pace_high: Number = Field(description="Upper limit if nothing rose faster than the highest published pace.")
    routes: list[RouteAnswer]
    rests_on: list[Total]
    qualifier: str
    period_start: str
    period_end: str
    known: str
    claimants: list[str]
    interpolated: bool = Field(description="Whether an edge of the window lies between two dated totals.")


class Split(BaseModel):
    """Parts of ln(observed / projected); the parts sum to the total, null parts are in unexplained."""

    total: float
    definition: Number
    rate: Number
    model: Number
    delay: Number
    unexplained: float
    reasons: dict[str, str] = Field(description="Why a part is null, by part.")


class ComparisonAnswer(BaseModel):
    """One projection against one definition of what happened."""

    series: str | None
    definition: str
    stage: str
    own_definition: bool = Field(
        description="Whether the projection itself counts at this stage; what its figure counted comes first."
    )
    status: ScoreStatus
    observed: Observed | None
    ratio: Number = Field(description="Observed over projected.")
    ratio_low: Number
    ratio_high: Number
    split: Split | None
    reason: str = Field(description="Which totals were used with their dates, or why there is no score.")


class ProjectionRecord(BaseModel):
    """A published projection with every comparison that counts allow, the like-for-like one first."""

    id: str
    projector: str
    statement: str
    published: str
    projected: Projected
    window_start: str
    window_end: str
    window_basis: str
    window_gone: float = Field(description="Share of the window's days that had passed at publication, 0 to 1.")
    reading_of: str | None = Field(description="Id of the projection of which this is another reading; null if none.")
    status: ScoreStatus
    source_id: str
    comparisons: list[ComparisonAnswer]


class TrackRecordAnswer(Answer):
    """Every published projection, and how many could be scored."""

    counts: dict[ScoreStatus, int] = Field(
        description="Number of projections by status; another reading of a projection is not counted again."
    )
    projections: list[ProjectionRecord]
    sources: list[Source]


def add_routes(routes: APIRouter, evidence_on: EvidenceOn) -> None:
    """Add the route of the track record."""

    @routes.get("/track-record", response_model=TrackRecordAnswer, tags=["projection"], responses=TABLE)
    def show_track_record(request: Annotated[TableOnDay, Query()]) -> dict[str, object] | Response:
        """Score every published projection by each definition that counts allow."""
        evidence = evidence_on(request.as_of)
        record = track_record(evidence)
        if request.format == "csv":
            return csv_response(_comparison_table(evidence, record), "track_record.csv", request, evidence)
        used = {scored.source_id for scored in record}
        for scored in record:
            used |= {id_ for item in scored.comparisons if item.outcome for id_ in item.outcome.figure.source_ids}
        body = {
            "counts": counts_by_status(record),
            "projections": [_record(evidence, scored) for scored in record],
            "sources": sources_named(evidence, used),
        }
        return stamp(request.as_of, evidence.data_version, body)


_PROJECTION = ("id", "projector", "statement", "published", "window_start", "window_end", "source_id")
_PROJECTED = ("value", "qualifier", "unit")
_COMPARISON = ("series", "definition", "stage", "status", "ratio", "ratio_low", "ratio_high", "reason")
_OBSERVED = ("value", "low", "high", "range_low", "range_high", "pace_low", "pace_high", "known")
_COLUMNS = (
    *_PROJECTION,
    *(f"projected_{name}" for name in _PROJECTED),
    *_COMPARISON,
    *(f"observed_{name}" for name in _OBSERVED),
)


def _comparison_table(evidence: Evidence, record: Iterable[ScoredProjection]) -> pd.DataFrame:
    """Return one row for each comparison, with the projection that it judges."""
    rows = [
        [
            *(projection[name] for name in _PROJECTION),
            *(projection["projected"][name] for name in _PROJECTED),
            *(comparison[name] for name in _COMPARISON),
            *((comparison["observed"] or {}).get(name) for name in _OBSERVED),
        ]
        for projection in (_record(evidence, scored) for scored in record)
        for comparison in projection["comparisons"]
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)


def _record(evidence: Evidence, scored: ScoredProjection) -> dict[str, Any]:
    return {
        "id": scored.id,
        "projector": scored.projector,
        "statement": scored.statement,
        "published": scored.published.isoformat(),
        "projected": {"value": scored.value, "qualifier": scored.qualifier.value, "unit": scored.unit},
        "window_start": scored.window_start.isoformat(),
        "window_end": scored.window_end.isoformat(),
        "window_basis": scored.window_basis,
        "window_gone": scored.window_gone,
        "reading_of": scored.reading_of or None,
        "status": scored.status,
        "source_id": scored.source_id,
        "comparisons": [_comparison(evidence, comparison) for comparison in scored.comparisons],
    }


def _comparison(evidence: Evidence, comparison: Comparison) -> dict[str, object]:
    return {
        "series": comparison.series or None,
        "definition": comparison.definition,
        "stage": comparison.stage.value,
        "own_definition": comparison.own_definition,
        "status": comparison.status,
        "observed": None if comparison.outcome is None else _observed(evidence, comparison.outcome),
        "ratio": comparison.ratio,
        "ratio_low": comparison.ratio_low,
        "ratio_high": comparison.ratio_high,
        "split": None if comparison.split is None else _split(comparison.split),
        "reason": comparison.reason,
    }


def _observed(evidence: Evidence, outcome: Outcome) -> dict[str, object]:
    figure, paced = outcome.figure, outcome.paced or (None, None)
    return {
        **count_fields(evidence, figure, outcome.span, paced, outcome.routes),
        "qualifier": figure.qualifier.value,
        "period_start": figure.period_start.isoformat(),
        "period_end": figure.period_end.isoformat(),
        "known": figure.known.isoformat(),
        "claimants": list(outcome.claimants),
        "interpolated": outcome.interpolated,
    }


def count_fields(
    evidence: Evidence,
    figure: Figure,
    span: tuple[float, float],
    paced: tuple[float | None, float | None],
    routes: Iterable[Route],
) -> dict[str, object]:
    """Return a count with its limits, the range of honest routes to it, and the rows it rests on."""
    rows = evidence.observations
    used = rows[rows["observation_id"].isin(figure.inputs)].sort_values(["period_end", "series"])
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "range_low": span[0],
        "range_high": span[1],
        "pace_low": paced[0],
        "pace_high": paced[1],
        "routes": [asdict(route) for route in routes],
        "rests_on": records(used[["observation_id", "series", "period_end", "value"]]),
    }


def _split(split: MissSplit) -> dict[str, object]:
    parts = ("total", "definition", "rate", "model", "delay", "unexplained")
    return {**{part: getattr(split, part) for part in parts}, "reasons": dict(split.reasons)}
