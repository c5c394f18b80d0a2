"""The answer over HTTP: what became of "100 a week, 5,200 a year", as far as a day's evidence tells."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.dependencies import FromApi, OnDay
from api.routes.track_record import Observed, observed_of
from api.shapes import Answer, Number, Source, inside
from api.summaries import sources_named
from api.tables import stamp
from indicators.methods.track_record.answer import AnswerFigure, AnswerStatus

routes = APIRouter(tags=["projection"])


class Cited(BaseModel):
    """The weekly figure as published."""

    value: float
    qualifier: str
    period_start: date
    period_end: date
    known: date


class Followed(BaseModel):
    """What followed, by one definition."""

    series: str
    name: str
    stage: str
    observed: Observed
    projected: float = Field(description="What the weekly figure comes to for the same days.")
    ratio: float = Field(description="Observed over projected.")
    ratio_low: Number = Field(description="The same from the hard lower limit.")
    ratio_high: Number


class Weekly(BaseModel):
    """Sentences a week between two dated totals, or absence sentences alone."""

    series: str
    line_end: str = Field(description="Name of the line where it ends.")
    claimant: str
    period_start: date = inside("figure", "period_start")
    period_end: date = inside("figure", "period_end")
    value: float = inside("figure", "value")
    known: date = inside("figure", "known")


class AnswerAnswer(Answer):
    """The answer in one sentence, in parts, and in figures."""

    question: str
    status: AnswerStatus
    verdict: str
    sentence: str
    parts: list[str] = Field(description="What was claimed, what it counted, and what happened, as far as known.")
    projected: Number
    cited: Cited | None
    counted_from: date | None
    counted_to: date | None
    window_end: date | None
    figures: list[Followed] = Field(description="What the weekly figure counted comes first.")
    weekly: list[Weekly]
    known: date | None
    sources: list[Source]


@routes.get("/answer", response_model=AnswerAnswer)
def show_answer(asked: Annotated[OnDay, Query()], given: FromApi) -> dict[str, object]:
    """Say what became of "100 a week, 5,200 a year"."""
    snapshot = given.known_on(asked.as_of)
    found, evidence = snapshot.answer, snapshot.evidence
    body = {
        **{name: getattr(found, name) for name in AnswerAnswer.model_fields if hasattr(found, name)},
        "figures": [{**vars(one), **_ratios(one), "observed": observed_of(evidence, one)} for one in found.figures],
        "sources": sources_named(evidence, found.source_ids),
    }
    return stamp(evidence, body)


def _ratios(one: AnswerFigure) -> dict[str, float | None]:
    limits = {"ratio_low": one.figure.low, "ratio_high": one.figure.high}
    over = {name: None if limit is None else limit / one.projected for name, limit in limits.items()}
    return {"ratio": one.ratio, **over}
