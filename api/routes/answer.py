"""The answer over HTTP: what became of "100 a week, 5,200 a year", as far as a day's evidence tells."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.dependencies import EvidenceOn, OnDay
from api.routes.track_record import Observed, count_fields
from api.shapes import Answer, Number, Source
from api.summaries import sources_named
from api.tables import stamp
from indicators.core.evidence.load import Evidence
from indicators.core.figures.periods import Figure
from indicators.methods.track_record import answer as answers
from indicators.methods.track_record.answer import AnswerFigure, AnswerStatus


class Cited(BaseModel):
    """The weekly figure as published."""

    value: float
    qualifier: str
    period_start: str
    period_end: str
    known: str


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
    period_start: str
    period_end: str
    value: float
    known: str


class AnswerAnswer(Answer):
    """The answer in one sentence, in parts, and in figures."""

    question: str
    status: AnswerStatus
    verdict: str
    sentence: str
    parts: list[str] = Field(description="What was claimed, what it counted, and what happened, as far as known.")
    projected: Number
    cited: Cited | None
    counted_from: str | None
    counted_to: str | None
    window_end: str | None
    figures: list[Followed] = Field(description="What the weekly figure counted comes first.")
    weekly: list[Weekly]
    known: str | None
    sources: list[Source]


def add_routes(routes: APIRouter, evidence_on: EvidenceOn) -> None:
    """Add the route of the answer."""

    @routes.get("/answer", response_model=AnswerAnswer, tags=["projection"])
    def show_answer(request: Annotated[OnDay, Query()]) -> dict[str, object]:
        """Say what became of "100 a week, 5,200 a year"."""
        evidence = evidence_on(request.as_of)
        found = answers.answer(evidence)
        body = {
            **{name: getattr(found, name) for name in ("question", "status", "verdict", "sentence", "projected")},
            "parts": list(found.parts),
            "cited": None if found.cited is None else _dated(found.cited),
            **{
                name: None if day is None else day.isoformat()
                for name, day in (
                    ("counted_from", found.counted_from),
                    ("counted_to", found.counted_to),
                    ("window_end", found.window_end),
                    ("known", found.known),
                )
            },
            "figures": [_followed(evidence, one) for one in found.figures],
            "weekly": [
                {
                    **{name: getattr(one, name) for name in ("series", "line_end", "claimant")},
                    **_dated(one.figure),
                }
                for one in found.weekly
            ],
            "sources": sources_named(evidence, found.source_ids),
        }
        return stamp(request.as_of, evidence.data_version, body)


def _followed(evidence: Evidence, one: AnswerFigure) -> dict[str, object]:
    figure = one.figure
    return {
        "series": one.series,
        "name": one.name,
        "stage": one.stage.value,
        "observed": {
            **count_fields(evidence, figure, one.span, one.paced or (None, None), one.routes),
            **_dated(figure),
            "claimants": [one.claimant],
            "interpolated": len(one.routes) > 1,
        },
        "projected": one.projected,
        "ratio": one.ratio,
        "ratio_low": None if figure.low is None else figure.low / one.projected,
        "ratio_high": None if figure.high is None else figure.high / one.projected,
    }


def _dated(figure: Figure) -> dict[str, object]:
    return {
        "value": figure.value,
        "qualifier": figure.qualifier.value,
        "period_start": figure.period_start.isoformat(),
        "period_end": figure.period_end.isoformat(),
        "known": figure.known.isoformat(),
    }
