"""The projection over HTTP: the same parameters, the same table and the same numbers as the page."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.contract import TABLE
from api.dependencies import Format, FromApi, TableOnDay, settings_of
from api.shapes import Answer, OrNull, Source
from api.summaries import sources_named
from api.tables import csv_response, kept_response, stamp
from indicators.core.evidence.load import Evidence
from indicators.core.snapshot import Snapshot
from indicators.methods.projection.assumptions import OWN_REASON, StatedAssumption
from indicators.methods.projection.claim_layer.browser_tables import claim_payload
from indicators.methods.projection.claim_layer.lookup import build_table, noise_key
from indicators.methods.projection.count_layer import NO_COUNT, CountLayer
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import GROWTH_FADES, Projection, describe_claim, describe_pace, project
from indicators.methods.projection.uncertainty import variance_shares

UNIT = "persons sentenced"
READER = Source(source_id=None, publisher="reader's assumption", title=OWN_REASON, derived_from="")

routes = APIRouter(tags=["projection"])


class Total(BaseModel):
    """A total with the qualifier that it inherits."""

    value: float
    qualifier: str
    unit: str


class ClaimTotal(BaseModel):
    """The distribution of the total under the claim model."""

    mean: float
    q05: float
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float
    q95: float


class CountTotal(ClaimTotal):
    """The distribution of the total if the counted weeks between two dated totals go on."""

    weekly: float = Field(description="Mean of a counted week.")
    period_start: date = Field(description="First counted day.")
    period_end: date = Field(description="Last counted day.")
    starts: date = Field(description="First day of the weeks carried on, not the projection's origin_date.")
    known: date


class PathPoint(BaseModel):
    """One quantile of the running total at one target date."""

    week: int
    target_date: date
    level: float
    value: float


class AssumptionAnswer(BaseModel):
    """One input with its value and where that comes from."""

    name: str
    value: float | None = Field(description="Null where it is infinite: the size of a Poisson distribution.")
    unit: str
    basis: str = Field(description="published, assumed, or reader's assumption")
    source_ids: list[str]
    reason: str


class ProjectionAnswer(Answer):
    """A projection: it holds if its assumptions hold."""

    headline: Total = Field(description="Every week brings the figure.")
    calendar: Total = Field(
        description="Without court holidays, where the figure is a ceiling on a week; otherwise the same."
    )
    claim: ClaimTotal | None = Field(
        description="The total with the weekly figure read as a claim; null with a reason."
    )
    claim_reason: str
    pace: str = Field(description="How the weekly pace may move in the claim layer.")
    growth_note: str | None = Field(description="That growth fades, in every total; null where it does not.")
    count: CountTotal | None = Field(description="Counted weeks carried on; null where no two totals were known.")
    count_reason: str
    variance_shares: dict[str, float] = Field(
        description="Share of the claim layer's variance by cause; they sum to 1. Empty without a claim layer."
    )
    imprisoned: float | None = Field(description="Headline without suspended sentences; null without such a share.")
    per_thousand_a_year: float | None = Field(
        description="Headline per 1,000 troops a year; null without a force size."
    )
    origin_date: date
    paths: list[PathPoint]
    parameters: dict[str, object]
    assumptions: dict[str, AssumptionAnswer]
    table_version: OrNull
    sources: list[Source]


class ProjectionRequest(TableOnDay, ProjectionParameters):
    """The assumptions of a projection, and the day whose knowledge counts."""

    format: Annotated[Format, Field(description="json, or csv for a download of the answer's table.")] = "json"


@routes.get("/projection", response_model=ProjectionAnswer, responses=TABLE)
def show_projection(asked: Annotated[ProjectionRequest, Query()], given: FromApi) -> dict[str, object] | Response:
    """Carry a weekly figure on with its qualifier, and read it as a claim."""
    snapshot = given.known_on(asked.as_of)
    projection = project(settings_of(asked, ProjectionParameters))
    if asked.format == "csv":
        weeks = _weeks(projection, snapshot.projection_origin)
        return csv_response(weeks, "projection.csv", asked, snapshot.evidence)
    return stamp(snapshot.evidence, _body(projection, snapshot))


@routes.get("/projection/table")
def show_table(settings: Annotated[ProjectionParameters, Query()], given: FromApi) -> Response:
    """Return the table of the claim layer; it depends on the reading of the weekly figure alone.

    Under a reading without a distribution there is only the sentence that says so.
    """
    key = noise_key(settings)
    table = {} if key is None else claim_payload(build_table(key))
    return kept_response({"reading": describe_claim(settings), **table})


def sources_behind(evidence: Evidence, stated: Iterable[StatedAssumption], others: Iterable[str] = ()) -> list[Source]:
    """Return the sources of a model's inputs; the reader is one of them where a setting is the reader's own."""
    inputs = tuple(stated)
    used = {*others, *(id_ for item in inputs for id_ in item.source_ids)}
    sources = [Source.model_validate(row) for row in sources_named(evidence, used)]
    return [*sources, READER] if any(item.basis == "reader's assumption" for item in inputs) else sources


def _weeks(projection: Projection, origin: date) -> pd.DataFrame:
    paths = () if projection.claim_paths is None else projection.claim_paths
    return pd.DataFrame(
        {
            "week": projection.weeks.astype(int),
            "target_date": [(origin + timedelta(weeks=int(week))).isoformat() for week in projection.weeks],
            "headline": projection.headline_path,
            "calendar": projection.calendar_path,
            **{f"q{100 * level:02.0f}": path for level, path in zip(projection.levels, paths, strict=False)},
            "drift": projection.parameters.drift,
            "growth_sd": projection.parameters.growth_sd,
            "damping": projection.parameters.damping.value,
        }
    )


def _body(projection: Projection, snapshot: Snapshot) -> dict[str, object]:
    stated, origin = snapshot.stated_assumptions(projection.parameters), snapshot.projection_origin
    counted = snapshot.count_layer(projection.parameters)
    qualified = {"qualifier": projection.qualifier, "unit": UNIT}
    return {
        "headline": {"value": projection.headline, **qualified},
        "calendar": {"value": projection.calendar, **qualified},
        "claim": projection.claim,
        "claim_reason": projection.claim_sentence,
        "pace": describe_pace(projection.parameters),
        "growth_note": GROWTH_FADES if projection.parameters.fading else None,
        "count": None if counted is None else _count(counted),
        "count_reason": NO_COUNT if counted is None else counted.sentence,
        "variance_shares": variance_shares(projection.parameters),
        "imprisoned": projection.imprisoned,
        "per_thousand_a_year": projection.per_thousand_a_year,
        "origin_date": origin,
        "paths": _paths(projection, origin),
        "parameters": projection.parameters.model_dump(mode="json"),
        "assumptions": {item.id: item for item in stated},
        "table_version": projection.table_version,
        "sources": sources_behind(snapshot.evidence, stated, () if counted is None else counted.counted.source_ids),
    }


def _count(layer: CountLayer) -> dict[str, object]:
    names = (name for name in ClaimTotal.model_fields if name != "mean")
    return {
        **vars(layer),
        **dict(zip(names, layer.quantiles.values(), strict=True)),
        **{name: getattr(layer.counted, name) for name in ("period_start", "period_end", "known")},
        "starts": layer.counted.period_end + timedelta(days=1),
    }


def _paths(projection: Projection, origin: date) -> list[dict[str, object]]:
    if projection.claim_paths is None:
        return []
    return [
        {
            "week": int(week),
            "target_date": origin + timedelta(weeks=int(week)),
            "level": level,
            "value": float(value),
        }
        for level, row in zip(projection.levels, projection.claim_paths, strict=True)
        for week, value in zip(projection.weeks, row, strict=True)
    ]
