"""The projection over HTTP: the same parameters, the same table and the same numbers as the page."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.contract import TABLE
from api.dependencies import AS_OF, ByteOrderMark, Day, EvidenceOn
from api.shapes import Answer, Source
from api.summaries import sources_named
from api.tables import Format, csv_response, kept_response, stamp
from indicators.core.evidence.load import Evidence
from indicators.methods.projection.assumptions import OWN_REASON, StatedAssumption, projection_origin, state_assumptions
from indicators.methods.projection.claim_layer.browser_tables import claim_payload
from indicators.methods.projection.claim_layer.lookup import build_table, noise_key
from indicators.methods.projection.count_layer import NO_COUNT, CountLayer, count_layer, newest_totals
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import GROWTH_FADES, Projection, describe_claim, describe_pace, project
from indicators.methods.projection.uncertainty import variance_shares

UNIT = "persons sentenced"
READER = Source(source_id=None, publisher="reader's assumption", title=OWN_REASON, derived_from="")


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
    period_start: str = Field(description="First counted day.")
    period_end: str = Field(description="Last counted day.")
    starts: str = Field(description="First day of the weeks carried on, not the projection's origin_date.")
    known: str


class PathPoint(BaseModel):
    """One quantile of the running total at one target date."""

    week: int
    target_date: str
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
    origin_date: str
    paths: list[PathPoint]
    parameters: dict[str, object]
    assumptions: dict[str, AssumptionAnswer]
    table_version: str | None
    sources: list[Source]


class ProjectionRequest(ProjectionParameters):
    """The assumptions of a projection, and the day whose knowledge counts."""

    as_of: Annotated[Day | None, Field(description=AS_OF)] = None
    format: Annotated[Format, Field(description="json, or csv for a download of the answer's table.")] = "json"
    byte_order_mark: ByteOrderMark = False

    def settings(self) -> ProjectionParameters:
        """Return the assumptions alone."""
        return ProjectionParameters.model_validate(self.model_dump(include=set(ProjectionParameters.model_fields)))


def add_routes(routes: APIRouter, evidence_on: EvidenceOn) -> None:
    """Add the projection's routes."""

    @routes.get("/projection", response_model=ProjectionAnswer, tags=["projection"], responses=TABLE)
    def show_projection(request: Annotated[ProjectionRequest, Query()]) -> dict[str, object] | Response:
        """Carry a weekly figure on with its qualifier, and read it as a claim."""
        evidence = evidence_on(request.as_of)
        projection = project(request.settings())
        if request.format == "csv":
            return csv_response(_weeks(projection, projection_origin(evidence)), "projection.csv", request, evidence)
        return stamp(request.as_of, evidence.data_version, _body(projection, evidence))

    @routes.get("/projection/table", tags=["projection"])
    def show_table(settings: Annotated[ProjectionParameters, Query()]) -> Response:
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


def _body(projection: Projection, evidence: Evidence) -> dict[str, object]:
    stated = state_assumptions(evidence, projection.parameters)
    origin = projection_origin(evidence)
    counted = count_layer(newest_totals(evidence), projection.parameters)
    sources = sources_behind(evidence, stated, () if counted is None else counted.counted.source_ids)
    qualifier = projection.qualifier.value
    return {
        "headline": {"value": projection.headline, "qualifier": qualifier, "unit": UNIT},
        "calendar": {"value": projection.calendar, "qualifier": qualifier, "unit": UNIT},
        "claim": None if projection.claim is None else asdict(projection.claim),
        "claim_reason": projection.claim_sentence,
        "pace": describe_pace(projection.parameters),
        "growth_note": GROWTH_FADES if projection.parameters.fading else None,
        "count": None if counted is None else _count(counted),
        "count_reason": NO_COUNT if counted is None else counted.sentence,
        "variance_shares": variance_shares(projection.parameters),
        "imprisoned": projection.imprisoned,
        "per_thousand_a_year": projection.per_thousand_a_year,
        "origin_date": origin.isoformat(),
        "paths": _paths(projection, origin),
        "parameters": projection.parameters.model_dump(mode="json"),
        "assumptions": {item.id: asdict(item) for item in stated},
        "table_version": projection.table_version or None,
        "sources": sources,
    }


def _count(layer: CountLayer) -> dict[str, object]:
    names = (name for name in ClaimTotal.model_fields if name != "mean")
    return {
        "mean": layer.mean,
        **dict(zip(names, layer.quantiles.values(), strict=True)),
        "weekly": layer.weekly,
        "period_start": layer.counted.period_start.isoformat(),
        "period_end": layer.counted.period_end.isoformat(),
        "starts": (layer.counted.period_end + timedelta(days=1)).isoformat(),
        "known": layer.counted.known.isoformat(),
    }


def _paths(projection: Projection, origin: date) -> list[dict[str, object]]:
    if projection.claim_paths is None:
        return []
    return [
        {
            "week": int(week),
            "target_date": (origin + timedelta(weeks=int(week))).isoformat(),
            "level": level,
            "value": float(value),
        }
        for level, row in zip(projection.levels, projection.claim_paths, strict=True)
        for week, value in zip(projection.weeks, row, strict=True)
    ]
