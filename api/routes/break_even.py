"""What would have to be true, over HTTP: the value of one assumption at which the total reaches a target."""

from dataclasses import asdict
from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.contract import TABLE
from api.dependencies import EvidenceOn
from api.routes.projection import ProjectionRequest, sources_behind
from api.shapes import Answer, Source
from api.tables import csv_response, stamp
from indicators.methods.projection.assumptions import state_assumptions
from indicators.methods.projection.break_even import Layer, SolveFor, break_even

LARGEST_TARGET = 10_000_000.0


class BreakEvenRequest(ProjectionRequest):
    """The assumptions of a projection, the total to reach and the assumption that may move."""

    target: Annotated[float, Field(gt=0, le=LARGEST_TARGET, description="Total to reach.")]
    solve_for: Annotated[SolveFor, Field(description="The assumption that may move; all others are held.")]
    layer: Annotated[Layer, Field(description="Which total is meant; claim means its mean.")] = "headline"


class BreakEvenAnswer(Answer):
    """The value at which the target is reached."""

    target: float
    layer: Layer
    solve_for: SolveFor
    value: float | None = Field(description="Null where no allowed value of this assumption reaches the target.")
    reachable: bool
    sentence: str
    sources: list[Source]


def add_routes(routes: APIRouter, evidence_on: EvidenceOn) -> None:
    """Add the break-even route."""

    @routes.get("/projection/break-even", response_model=BreakEvenAnswer, tags=["projection"], responses=TABLE)
    def show_break_even(request: Annotated[BreakEvenRequest, Query()]) -> dict[str, object] | Response:
        """Solve for the value of one assumption at which the total reaches a target, all others held."""
        evidence, settings = evidence_on(request.as_of), request.settings()
        answer = break_even(settings, request.target, request.solve_for, request.layer)
        body = {"target": request.target, "layer": request.layer, **asdict(answer)}
        if request.format == "csv":
            return csv_response(pd.DataFrame([body], dtype=object), "break_even.csv", request, evidence)
        sources = sources_behind(evidence, state_assumptions(evidence, settings))
        return stamp(request.as_of, evidence.data_version, {**body, "sources": sources})
