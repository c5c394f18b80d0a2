"""The track record over HTTP: published projections against what was counted."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import TABLE
from api.dependencies import FromApi, TableOnDay
from api.shapes import Answer, Number, OrNull, Source, inside
from api.summaries import sources_named
from api.tables import csv_response, stamp
from indicators.core.evidence.load import Evidence
from indicators.methods.track_record.answer import AnswerFigure
from indicators.methods.track_record.outcomes import Outcome
from indicators.methods.track_record.scored_projection import ScoredProjection, ScoreStatus, counts_by_status

routes = APIRouter(tags=["projection"])


_PACED = "limit if nothing rose faster than the highest published pace."


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
    period_end: date
    value: float


class Observed(BaseModel):
    """What was counted in the window, or on the day."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    value: float = inside(
        "figure", "value", description="The middle of the routes where an edge lies between dated totals."
    )
    low: Number = inside("figure", "low", description="Hard lower limit.")
    high: Number = inside("figure", "high", description="Hard upper limit.")
    range_low: float = inside("span", 0, description="The lowest value that an honest route leads to.")
    range_high: float = inside("span", 1, description="The highest value that an honest route leads to.")
    pace_low: Number = inside("paced", 0, default=None, description=f"Lower {_PACED}")
    pace_high: Number = inside("paced", 1, default=None, description=f"Upper {_PACED}")
    routes: list[RouteAnswer]
    rests_on: list[Total] = []
    qualifier: str = inside("figure", "qualifier")
    period_start: date = inside("figure", "period_start")
    period_end: date = inside("figure", "period_end")
    known: date = inside("figure", "known")
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

    series: OrNull
    definition: str
    stage: str
    own_definition: bool = Field(
        description="Whether the projection itself counts at this stage; what its figure counted comes first."
    )
    status: ScoreStatus
    observed: Observed | None = Field(validation_alias="outcome")
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
    published: date
    projected: Projected
    window_start: date
    window_end: date
    window_basis: str
    window_gone: float = Field(description="Share of the window's days that had passed at publication, 0 to 1.")
    reading_of: OrNull = Field(description="Id of the projection of which this is another reading; null if none.")
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


@routes.get("/track-record", response_model=TrackRecordAnswer, responses=TABLE)
def show_track_record(asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
    """Score every published projection by each definition that counts allow."""
    snapshot = given.known_on(asked.as_of)
    evidence, record = snapshot.evidence, snapshot.track_record
    projections = [_record(evidence, scored) for scored in record]
    if asked.format == "csv":
        return csv_response(_comparison_table(projections), "track_record.csv", asked, evidence)
    counted = [item.outcome.figure for scored in record for item in scored.comparisons if item.outcome]
    used = {scored.source_id for scored in record}.union(*(figure.source_ids for figure in counted))
    body = {
        "counts": counts_by_status(record),
        "projections": projections,
        "sources": sources_named(evidence, used),
    }
    return stamp(evidence, body)


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


def _comparison_table(projections: Iterable[ProjectionRecord]) -> pd.DataFrame:
    """Return one row for each comparison, with the projection that it judges."""
    rows = [
        [
            *(projection[name] for name in _PROJECTION),
            *(projection["projected"][name] for name in _PROJECTED),
            *(comparison[name] for name in _COMPARISON),
            *((comparison["observed"] or {}).get(name) for name in _OBSERVED),
        ]
        for projection in (one.model_dump(mode="json") for one in projections)
        for comparison in projection["comparisons"]
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)


def _record(evidence: Evidence, scored: ScoredProjection) -> ProjectionRecord:
    read = {**vars(scored), "status": scored.status, "projected": scored}
    record = ProjectionRecord.model_validate(read, from_attributes=True)
    for answer, comparison in zip(record.comparisons, scored.comparisons, strict=True):
        if comparison.outcome is not None:
            answer.observed = observed_of(evidence, comparison.outcome)
    return record


def observed_of(evidence: Evidence, found: Outcome | AnswerFigure) -> Observed:
    """Return what was counted, with the rows that it rests on."""
    observed = Observed.model_validate(found, from_attributes=True)
    rows = evidence.observations
    used = rows[rows["observation_id"].isin(found.figure.inputs)].sort_values(["period_end", "series"])
    columns = used[list(Total.model_fields)].to_dict("records")
    observed.rests_on = [Total.model_validate(row) for row in columns]
    return observed
