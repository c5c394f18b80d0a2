"""The what-if cascade over HTTP: the same settings and the same numbers as the page, and every run as CSV."""

from threading import Condition
from typing import Annotated, Self
from urllib.parse import urlencode

import numpy as np
import pandas as pd
from cachetools import LRUCache, cached
from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, model_validator

from api.contract import TABLE
from api.dependencies import Format, FromApi, TableOnDay, settings_of
from api.routes.projection import AssumptionAnswer, sources_behind
from api.shapes import Answer, Source
from api.tables import csv_response, kept_response, stamp
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.core.evidence.load import Evidence
from indicators.methods.cascade.assumptions import state_cascade_assumptions
from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.lookup import cascade_curve, cascade_payload, chances_beside, table_of
from indicators.methods.cascade.parameters import CascadeParameters, check_cascade_cost, to_query
from indicators.methods.cascade.run import BINS, UNMEASURED, Cascade, run_cascade
from indicators.methods.levels import LEVELS

CURVES_KEPT = 16 * 2**20
"""Bytes of curves kept as they are sent."""

routes = APIRouter(tags=["cascade"])


class FanPoint(BaseModel):
    """One quantile of the broken share at one tick."""

    tick: int
    level: float
    share: float


class HistogramBar(BaseModel):
    """Share of runs whose final share lies in one class."""

    low: float
    high: float = Field(description="Not part of the class, but for the last one.")
    runs: float


class CascadeAnswer(Answer):
    """What the runs of a cascade come to if its assumptions hold."""

    statement: str = Field(description="What the figures can't be.")
    mean_share: float = Field(description="Mean share of units broken in the end; no typical outcome above R = 1.")
    p_at_least: dict[str, float] = Field(description="Probability that the final share reaches 0.1, 0.2 and 0.5.")
    p_seed_only: float = Field(description="Probability that nobody follows the units broken at the start.")
    p_unfinished: float = Field(description="Share of runs in which the break still spreads at the horizon.")
    self_starting: float = Field(
        description="Expected share of units with a tolerance of 0 or less; they break at the first pressure."
    )
    peak_tick: float | None = Field(description="Median tick with most new breaks among runs that reach 0.1.")
    effective_r: float
    fan: list[FanPoint]
    histogram: list[HistogramBar]
    parameters: dict[str, object]
    assumptions: dict[str, AssumptionAnswer]
    citation: str
    sources: list[Source]


class CascadeSettings(CascadeParameters):
    """The assumptions of a cascade that takes at most a second."""

    @model_validator(mode="after")
    def _check_cost(self) -> Self:
        check_cascade_cost(self)
        return self


class CascadeRequest(TableOnDay, CascadeSettings):
    """The assumptions of a cascade, the day whose knowledge counts and the form of the answer."""

    format: Annotated[
        Format, Field(description="json, or csv for the final count of every run, or for the one row of a break-even.")
    ] = "json"


class CascadeBreakEvenRequest(CascadeRequest):
    """The assumptions of a cascade and what is to be reached; R is solved for."""

    share: Annotated[float, Field(gt=0, le=1, description="Broken share to reach.")] = 0.1
    probability: Annotated[float, Field(gt=0, le=1, description="Probability with which it is to be reached.")] = 0.5


class CascadeBreakEvenAnswer(Answer):
    """The least R at which a share is reached with a probability."""

    statement: str
    share: float
    probability: float
    r: float | None = Field(description="Null where no allowed R is enough.")
    reachable: bool
    sources: list[Source]


@routes.get("/cascade", response_model=CascadeAnswer, responses=TABLE)
def show_cascade(asked: Annotated[CascadeRequest, Query()], given: FromApi) -> dict[str, object] | Response:
    """Let some units break and count how many follow, in many runs with stated assumptions."""
    evidence = given.known_on(asked.as_of).evidence
    cascade = run_cascade(settings_of(asked, CascadeParameters))
    if asked.format == "csv":
        return csv_response(_runs(cascade), "cascade.csv", asked, evidence)
    return stamp(evidence, _body(cascade, evidence))


@routes.get("/cascade/break-even", response_model=CascadeBreakEvenAnswer, responses=TABLE)
def show_break_even(asked: Annotated[CascadeBreakEvenRequest, Query()], given: FromApi) -> dict[str, object] | Response:
    """Solve for the least R at which the broken share reaches a target with a probability."""
    evidence, settings = given.known_on(asked.as_of).evidence, settings_of(asked, CascadeParameters)
    least = break_even_r(settings, asked.share, asked.probability)
    body = {
        "statement": UNMEASURED,
        "share": asked.share,
        "probability": asked.probability,
        "r": least,
        "reachable": least is not None,
    }
    if asked.format == "csv":
        return csv_response(pd.DataFrame([body], dtype=object), "cascade_break_even.csv", asked, evidence)
    sources = sources_behind(evidence, state_cascade_assumptions(evidence, settings))
    return stamp(evidence, {**body, "sources": sources})


@routes.get("/cascade/curve")
def show_curve(asked: Annotated[CascadeSettings, Query()], given: FromApi) -> Response:
    """Return the outcomes at many values of the effective R, for the panel; R itself doesn't matter."""
    unmoved = settings_of(asked, CascadeParameters).model_copy(update={"r": 0.0, "rear_strikes": 1.0, "cohesion": 0.0})
    return kept_response(_curve(unmoved))


@routes.get("/cascade/point")
def show_point(asked: Annotated[CascadeSettings, Query()], given: FromApi) -> Response:
    """Return the outcomes at one effective R in the same shape; it is there sooner than a curve."""
    settings = settings_of(asked, CascadeParameters)
    return kept_response(cascade_payload(table_of([run_cascade(settings)], [chances_beside(settings)])))


@cached(LRUCache(CURVES_KEPT, getsizeof=len), condition=Condition())
def _curve(settings: CascadeParameters) -> bytes:
    """Return a curve as JSON; whoever asks for one that is under way waits for it."""
    return bytes(JSONResponse(cascade_payload(cascade_curve(settings))).body)


def _body(cascade: Cascade, evidence: Evidence) -> dict[str, object]:
    parameters = cascade.parameters
    stated = state_cascade_assumptions(evidence, parameters)
    return {
        "statement": UNMEASURED,
        "mean_share": cascade.mean_share,
        "p_at_least": {str(share): probability for share, probability in cascade.p_at_least.items()},
        "p_seed_only": cascade.p_seed_only,
        "p_unfinished": cascade.p_unfinished,
        "self_starting": cascade.self_starting,
        "peak_tick": cascade.peak_tick,
        "effective_r": parameters.effective_r,
        "fan": [
            {"tick": tick, "level": level, "share": share}
            for level, row in zip(LEVELS, cascade.fan.tolist(), strict=True)
            for tick, share in enumerate(row)
        ],
        "histogram": [
            {"low": place / BINS, "high": (place + 1) / BINS, "runs": runs}
            for place, runs in enumerate(cascade.histogram)
        ],
        "parameters": parameters.model_dump(mode="json"),
        "assumptions": {item.id: item for item in stated},
        "citation": _citation(parameters, evidence.data_version),
        "sources": sources_behind(evidence, stated),
    }


def _runs(cascade: Cascade) -> pd.DataFrame:
    final = cascade.final.astype(int)
    return pd.DataFrame(
        {
            "run": np.arange(1, len(final) + 1),
            "units": cascade.parameters.units,
            "broken": final,
            "share": final / cascade.parameters.units,
        }
    )


def _citation(parameters: CascadeParameters, data_version: str) -> str:
    settings = urlencode(to_query(parameters) | {"seed": str(parameters.seed)})
    release = code_version(__version__)
    return f"Morale indicators {release}, what-if cascade, settings {settings}, data version {data_version}."
