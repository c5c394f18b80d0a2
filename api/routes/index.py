"""The index of pressure on morale over HTTP: its months, published or refused with a reason, and all declarations."""

import math
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.contract import TABLE
from api.dependencies import Format, FromApi, TableOnDay, settings_of
from api.shapes import Answer, Number, Source
from api.summaries import sources_named
from api.tables import csv_response, stamp
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.methods.index.coverage import MonthState
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.parameters import IndexParameters, index_query
from indicators.methods.index.parts import DECLARED, LEFT_OUT, PILLARS, REFERENCE
from indicators.methods.index.robustness import Robustness

STATEMENT = "From 1, least pressure, to 100, most: higher means worse. It describes what was published; no forecast."

routes = APIRouter(tags=["index"])


class ReadingAsked(StrEnum):
    """Which reading of the rows is asked for."""

    PLAIN = "plain"
    CAUTIOUS = "cautious"
    WORST = "worst"


class IndexRequest(TableOnDay, IndexParameters):
    """Weights, mean and reading, the day whose knowledge counts and the form of the answer."""

    reading: Annotated[
        ReadingAsked, Field(description="plain, or a cautious or worst-case reading by the named rules.")
    ] = ReadingAsked.PLAIN
    format: Annotated[Format, Field(description="json, or csv for one row a month.")] = "json"


class IndexMonth(BaseModel):
    """One month: its value with bands, or why there is none."""

    month: str
    state: Literal["published", "refused"]
    value: Number = Field(description="From 1 to 100; higher means worse. Null for a refused month.")
    q05: Number
    q10: Number
    q25: Number
    q50: Number
    q75: Number
    q90: Number
    q95: Number
    chance_of_rise: Number = Field(
        description="Chance that the month stands above the one before, ties by half; null where that one is refused."
    )
    linked: bool = Field(description="Whether it is linked to the month before over the parts that both have.")
    coverage: float = Field(description="Share of the weight with a figure.")
    pillars: dict[str, Number] = Field(description="Pressure of each pillar from 1 to 100.")
    parts: dict[str, Number] = Field(description="Pressure of each part from 1 to 100.")
    origins: list[str] = Field(description="Who counted the figures of the month itself.")
    carried: list[str] = Field(description="Parts whose last figure stands in, for at most two months.")
    missing: list[str] = Field(description="Parts without a figure.")
    decisive: list[str] = Field(description="Origins without any one of which the month would be refused.")
    reason: str = Field(description="Why a month is refused; empty for a published one.")
    needed: str = Field(description="What a refused month lacks.")


class IndexPart(BaseModel):
    """A declared part of the index."""

    id: str
    name: str
    pillar: str
    indicator: str
    series: str
    origin: str
    unit: str
    polarity: int = Field(description="-1 if more of it means worse morale, +1 if better.")
    treatment: str
    goalposts: dict[str, float]
    longest: int
    waves: bool
    reason: str
    measures: str = Field(description="What else it measures.")


class IndexAnswer(Answer):
    """The index with everything it rests on."""

    statement: str
    months: list[IndexMonth]
    weights: dict[str, float] = Field(description="Share of each pillar; they sum to 1.")
    mean: str
    reading: str
    parts: list[IndexPart]
    left_out: dict[str, str]
    reference_window: list[str]
    declared: str = Field(description="Day on which parts, goalposts and weights were declared.")
    citation: str
    sources: list[Source]


@routes.get("/index", response_model=IndexAnswer, responses=TABLE)
def show_index(asked: Annotated[IndexRequest, Query()], given: FromApi) -> dict[str, object] | Response:
    """Put counts of refusal, flight, losses, strikes and polls into one line, or say why a month has none."""
    snapshot, settings = given.known_on(asked.as_of), settings_of(asked, IndexParameters)
    index = snapshot.index_read(settings, asked.reading.value)
    months = month_rows(index, snapshot.index_robustness(settings, asked.reading.value))
    if asked.format == "csv":
        table = pd.DataFrame([_flat(row) for row in months], dtype=object)
        return csv_response(table, "index.csv", asked, snapshot.evidence)
    cells = [cell for held in index.grid.cells.values() for cell in held.values()]
    body = {
        "statement": STATEMENT,
        "months": months,
        "weights": settings.shares,
        "mean": settings.mean.value,
        "reading": asked.reading.value,
        "parts": [asdict(part) for part in index.grid.parts],
        "left_out": dict(LEFT_OUT),
        "reference_window": list(REFERENCE),
        "declared": DECLARED,
        "citation": _citation(settings, asked.reading, snapshot.evidence.data_version),
        "sources": sources_named(snapshot.evidence, {source for cell in cells for source in cell.source_ids}),
    }
    return stamp(snapshot.evidence, body)


def month_rows(index: MoraleIndex, drawn: Robustness) -> list[dict[str, Any]]:
    """Return every month of an index as the API has it."""
    places = {month: place for place, month in enumerate(drawn.months)}
    return [_row(index, drawn, down, state, places.get(state.month)) for down, state in enumerate(index.states)]


def _row(index: MoraleIndex, drawn: Robustness, down: int, state: MonthState, place: int | None) -> dict[str, Any]:
    pillars, parts = index.pillar_scores[down], index.part_scores[down]
    return {
        "month": str(state.month),
        "state": "refused" if place is None else "published",
        "value": index.value_of.get(state.month),
        **{
            f"q{round(100 * level):02d}": None if place is None else values[place]
            for level, values in drawn.levels.items()
        },
        "chance_of_rise": None if place is None else drawn.chance_of_rise(state.month),
        "linked": state.month in index.linked,
        "coverage": state.coverage,
        "pillars": {pillar.id: _number(score) for pillar, score in zip(PILLARS, pillars, strict=True)},
        "parts": {part.id: _number(score) for part, score in zip(index.grid.parts, parts, strict=True)},
        **{name: list(getattr(state, name)) for name in ("origins", "carried", "missing", "decisive")},
        "reason": state.reason,
        "needed": state.needed,
    }


def _number(score: float) -> float | None:
    return None if math.isnan(score) else float(score)


def _flat(row: dict[str, Any]) -> dict[str, object]:
    """Return a month as one row of a table."""
    flat: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name[:-1]}_{key}": score for key, score in value.items()}
        else:
            flat[name] = ";".join(value) if isinstance(value, list) else value
    return flat


def _citation(settings: IndexParameters, reading: ReadingAsked, version: str) -> str:
    chosen = index_query(settings) | ({} if reading is ReadingAsked.PLAIN else {"reading": reading.value})
    named = f"settings {urlencode(chosen)}" if chosen else "equal weights"
    release = code_version(__version__)
    return f"Morale indicators {release}, index of pressure on morale, {named}, data version {version}."
