"""Forecasts over HTTP: what is forecast for a series, how good that was, and what came of those written down."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.contract import TABLE
from api.dependencies import FromApi, TableOnDay
from api.shapes import Answer, Number, OrNull, Source
from api.summaries import defined_series, sources_of
from api.tables import csv_response, stamp
from indicators.core.evidence.forecast_files import ledger_files, read_ledger
from indicators.core.evidence.load import forecast_folders
from indicators.methods.forecast.evaluation.ledger import EntryStatus, counts_of_entries
from indicators.methods.forecast.evaluation.tables import HUB_COLUMNS, MODEL, quantile_rows, summary
from indicators.methods.forecast.levels import HUB_LEVELS, Floats
from indicators.methods.forecast.outlook import Outlook

AS_OF = "as_of"  # the stamp of every table says it

routes = APIRouter(tags=["forecast"])


class PeriodForecast(BaseModel):
    """The forecast of one period."""

    horizon: int = Field(description="Periods after the newest complete one.")
    target_end_date: date = Field(description="Last day of the period.")
    quantiles: dict[str, float] = Field(description="Value by quantile level, the 23 of the forecast hubs.")


class HorizonScore(BaseModel):
    """Scores of past forecasts, some periods ahead."""

    horizon: int
    n: int
    wis: float = Field(description="Mean weighted interval score.")
    relative_wis: Number = Field(description="The same over that of repeating the last value; null with few origins.")
    mae: float = Field(description="Mean absolute error of the median.")
    coverage: dict[str, float]


class Tested(BaseModel):
    """What such forecasts would have been worth at past origins."""

    series: str
    n_origins: int
    relative_wis: Number = Field(description="Below 1 is better than repeating the last value; null below 10 origins.")
    wis: float
    coverage: dict[str, float] = Field(description="Share of outcomes in the 50, 80 and 95 % intervals.")
    by_horizon: list[HorizonScore]


class ForecastAnswer(Answer):
    """A series' forecast, or why there is none."""

    series: str
    name: str
    unit: str
    reference_date: date | None = Field(description="Last day of the newest complete period; null without one.")
    refusal: OrNull = Field(description="Why there is no forecast; null if there is one.")
    forecasts: list[PeriodForecast]
    weights: dict[str, float] = Field(description="Weight of each model.")
    backtest: Tested | None
    sources: list[Source]


class EntryAnswer(BaseModel):
    """One forecast that was written down, and what became of it."""

    model_id: str = Field(
        validation_alias="model", description="ensemble, or projection for the range that a projection states."
    )
    target: str = Field(
        validation_alias="series", description="A series or a projection's id; empty for a file that was changed."
    )
    written: date = Field(description="Day of the file it stands in.")
    reference_date: date = Field(validation_alias="reference")
    target_end_date: date = Field(validation_alias="target_end")
    quantiles: dict[str, float]
    status: EntryStatus
    reason: OrNull = Field(description="Why it is open or void.")
    observed: Number
    known: date | None
    wis: Number
    naive_wis: Number


class LedgerAnswer(Answer):
    """Every forecast that was written down; voids are counted."""

    counts: dict[EntryStatus, int]
    entries: list[EntryAnswer]
    sources: list[Source]


@routes.get("/forecasts/{series}", response_model=ForecastAnswer, responses=TABLE)
def show_forecast(series: str, asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
    """Forecast the next twelve periods of a series from what was known on a day, and say how good that has been."""
    snapshot = given.known_on(asked.as_of)
    evidence, definition = snapshot.evidence, defined_series(snapshot.evidence, series)
    found = snapshot.outlook(series)
    steps = list(enumerate(zip(found.ends, _quantiles(found), strict=True), start=1))
    reference = found.history.ends[-1] if found.history and found.history.ends else None
    if asked.format == "csv":
        rows = [
            line
            for step, (end, row) in steps
            for line in quantile_rows(MODEL, series, str(reference), step, end.isoformat(), "", row)
        ]
        table = pd.DataFrame(rows, columns=list(HUB_COLUMNS)).drop(columns=AS_OF)
        return csv_response(table, f"forecast_{series}.csv", asked, evidence)
    tested = snapshot.backtest(series)
    body = {
        **definition,
        "reference_date": reference,
        "refusal": found.refusal,
        "forecasts": [
            {"horizon": step, "target_end_date": end, "quantiles": _by_level(HUB_LEVELS, row)}
            for step, (end, row) in steps
        ],
        "weights": found.forecast.weights if found.forecast else {},
        "backtest": None if tested is None else summary(tested),
        "sources": sources_of(evidence, evidence.of_series(series)),
    }
    return stamp(evidence, body)


@routes.get("/forecast-ledger", response_model=LedgerAnswer, responses=TABLE)
def show_ledger(asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
    """List every forecast that was written down by a day, with its outcome as far as it was known then."""
    snapshot = given.known_on(asked.as_of)
    evidence = snapshot.evidence
    found = snapshot.forecast_ledger({day: read_ledger(path) for day, path in ledger_files(forecast_folders()).items()})
    entries = [
        EntryAnswer.model_validate({**vars(one), "quantiles": _by_level(one.levels, one.quantiles)}) for one in found
    ]
    if asked.format == "csv":
        columns = [name for name in EntryAnswer.model_fields if name != "quantiles"]
        table = pd.DataFrame([one.model_dump(mode="json") for one in entries], columns=columns)
        return csv_response(table, "forecast_ledger.csv", asked, evidence)
    body = {
        "counts": counts_of_entries(found),
        "entries": entries,
        "sources": sources_of(evidence, evidence.of_series(*{one.series for one in found})),
    }
    return stamp(evidence, body)


def _quantiles(found: Outlook) -> list[Floats]:
    return [] if found.forecast is None else list(found.forecast.quantiles)


def _by_level(levels: tuple[float, ...], values: Iterable[float]) -> dict[str, float]:
    return {f"{level:g}": float(value) for level, value in zip(levels, values, strict=True)}
