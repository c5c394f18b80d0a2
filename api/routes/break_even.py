"""What would have to be true, over HTTP: the value of one assumption at which the total reaches a target."""

from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.contract import TABLE
from api.dependencies import FromApi, settings_of
from api.routes.projection import ProjectionRequest, sources_behind
from api.shapes import Answer, Source
from api.tables import csv_response, stamp
from indicators.methods.projection.break_even import Layer, SolveFor, break_even
from indicators.methods.projection.parameters import ProjectionParameters

LARGEST_TARGET = 10_000_000.0

routes = APIRouter(tags=["projection"])


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


@routes.get("/projection/break-even", response_model=BreakEvenAnswer, responses=TABLE)
def show_break_even(asked: Annotated[BreakEvenRequest, Query()], given: FromApi) -> dict[str, object] | Response:
    """Solve for the value of one assumption at which the total reaches a target, all others held."""
    snapshot, settings = given.known_on(asked.as_of), settings_of(asked, ProjectionParameters)
    answer = break_even(settings, asked.target, asked.solve_for, asked.layer)
    body = {"target": asked.target, "layer": asked.layer, **vars(answer)}
    if asked.format == "csv":
        return csv_response(pd.DataFrame([body], dtype=object), "break_even.csv", asked, snapshot.evidence)
    sources = sources_behind(snapshot.evidence, snapshot.stated_assumptions(settings))
    return stamp(snapshot.evidence, {**body, "sources": sources})
