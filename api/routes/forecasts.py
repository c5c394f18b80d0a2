"""Forecasts over HTTP: what is forecast for a series, how good that was, and what came of those written down."""

from functools import lru_cache
from typing import Annotated, Any

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api import problems
from api.contract import TABLE
from api.dependencies import EvidenceOn, TableOnDay
from api.shapes import Answer, Number, Source
from api.summaries import sources_named, sources_of
from api.tables import csv_response, stamp
from indicators.core.evidence.forecast_files import ledger_files, read_ledger
from indicators.core.evidence.load import Evidence, forecast_folders
from indicators.core.registry import all_indicators
from indicators.methods.forecast.evaluation.ledger import (
    EntryStatus,
    LedgerEntry,
    counts_of_entries,
    ledger_entries,
)
from indicators.methods.forecast.evaluation.tables import HUB_COLUMNS, MODEL, quantile_rows, summary
from indicators.methods.forecast.history import History
from indicators.methods.forecast.levels import HUB_LEVELS, Floats
from indicators.methods.forecast.outlook import DerivedOf, Outlook, history_in, outlook

AS_OF = "as_of"  # the stamp of every table says it


class PeriodForecast(BaseModel):
    """The forecast of one period."""

    horizon: int = Field(description="Periods after the newest complete one.")
    target_end_date: str = Field(description="Last day of the period.")
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
    reference_date: str | None = Field(description="Last day of the newest complete period; null without one.")
    refusal: str | None = Field(description="Why there is no forecast; null if there is one.")
    forecasts: list[PeriodForecast]
    weights: dict[str, float] = Field(description="Weight of each model.")
    backtest: Tested | None
    sources: list[Source]


class EntryAnswer(BaseModel):
    """One forecast that was written down, and what became of it."""

    model_id: str = Field(description="ensemble, or projection for the range that a projection states.")
    target: str = Field(description="A series or a projection's id; empty for a file that was changed.")
    written: str = Field(description="Day of the file it stands in.")
    reference_date: str
    target_end_date: str
    quantiles: dict[str, float]
    status: EntryStatus
    reason: str | None = Field(description="Why it is open or void.")
    observed: Number
    known: str | None
    wis: Number
    naive_wis: Number


class LedgerAnswer(Answer):
    """Every forecast that was written down; voids are counted."""

    counts: dict[EntryStatus, int]
    entries: list[EntryAnswer]
    sources: list[Source]


def add_routes(routes: APIRouter, evidence_on: EvidenceOn) -> None:
    """Add the routes of forecasts."""

    @routes.get("/forecasts/{series}", response_model=ForecastAnswer, tags=["forecast"], responses=TABLE)
    def show_forecast(series: str, request: Annotated[TableOnDay, Query()]) -> dict[str, object] | Response:
        """Forecast the next twelve periods of a series from what was known on a day, and say how good that has been."""
        evidence = evidence_on(request.as_of)
        definition = evidence.series[evidence.series["series"] == series]
        if definition.empty:
            raise problems.not_found("series", series, "The series of an indicator stand in /api/v1/indicators/{id}.")
        found = outlook(evidence, series, _derived_of(evidence))
        if request.format == "csv":
            return csv_response(_hub_table(found), f"forecast_{series}.csv", request, evidence)
        tested = found.tested()
        body = {
            "series": series,
            "name": definition["name"].iloc[0],
            "unit": definition["unit"].iloc[0],
            "reference_date": found.history.ends[-1].isoformat() if found.history and found.history.ends else None,
            "refusal": found.refusal or None,
            "forecasts": [
                {"horizon": step, "target_end_date": end.isoformat(), "quantiles": _by_level(HUB_LEVELS, row)}
                for step, (end, row) in enumerate(zip(found.ends, _quantiles(found), strict=True), start=1)
            ],
            "weights": found.forecast.weights if found.forecast else {},
            "backtest": None if tested is None else summary(tested),
            "sources": sources_of(evidence, evidence.of_series(series)),
        }
        return stamp(request.as_of, evidence.data_version, body)

    @routes.get("/forecast-ledger", response_model=LedgerAnswer, tags=["forecast"], responses=TABLE)
    def show_ledger(request: Annotated[TableOnDay, Query()]) -> dict[str, object] | Response:
        """List every forecast that was written down by a day, with its outcome as far as it was known then."""
        evidence = evidence_on(request.as_of)
        files = {day: read_ledger(path) for day, path in ledger_files(forecast_folders()).items()}
        derived_of = _derived_of(evidence)
        entries = ledger_entries(files, evidence, lambda series: _history(evidence, series, derived_of))
        rows = [_entry(entry) for entry in entries]
        if request.format == "csv":
            columns = [name for name in EntryAnswer.model_fields if name != "quantiles"]
            return csv_response(pd.DataFrame(rows, columns=columns), "forecast_ledger.csv", request, evidence)
        used = evidence.of_series(*{entry.series for entry in entries})["source_id"]
        body = {
            "counts": counts_of_entries(entries),
            "entries": rows,
            "sources": sources_named(evidence, {id_ for cell in used for id_ in str(cell).split(";")}),
        }
        return stamp(request.as_of, evidence.data_version, body)


def _derived_of(evidence: Evidence) -> DerivedOf:
    """Return what computes an indicator's table once; context series belong to no indicator."""
    known = {indicator.id: indicator for indicator in all_indicators()}
    return lru_cache(len(known) + 1)(lambda id_: known[id_].compute(evidence) if id_ in known else None)


def _history(evidence: Evidence, series: str, derived_of: DerivedOf) -> History | None:
    try:
        return history_in(evidence, series, derived_of)
    except ValueError:
        return None


def _quantiles(found: Outlook) -> list[Floats]:
    return [] if found.forecast is None else list(found.forecast.quantiles)


def _by_level(levels: tuple[float, ...], values: Any) -> dict[str, float]:
    return {f"{level:g}": float(value) for level, value in zip(levels, values, strict=True)}


def _hub_table(found: Outlook) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for step, (end, row) in enumerate(zip(found.ends, _quantiles(found), strict=True), start=1):
        reference = found.history.ends[-1].isoformat() if found.history else ""
        rows += quantile_rows(MODEL, found.series, reference, step, end.isoformat(), "", row)
    return pd.DataFrame(rows, columns=list(HUB_COLUMNS)).drop(columns=AS_OF)


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "model_id": entry.model,
        "target": entry.series,
        "written": entry.written.isoformat(),
        "reference_date": entry.reference.isoformat(),
        "target_end_date": entry.target_end.isoformat(),
        "quantiles": _by_level(entry.levels, entry.quantiles),
        "status": entry.status,
        "reason": entry.reason or None,
        "observed": entry.observed,
        "known": None if entry.known is None else entry.known.isoformat(),
        "wis": entry.wis,
        "naive_wis": entry.naive_wis,
    }
