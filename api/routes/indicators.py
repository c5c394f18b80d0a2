"""The indicators over HTTP: each with its newest figure or event, and one with all that stands behind it."""

from typing import Annotated, Literal

import pandas as pd
from fastapi import APIRouter, Query, Response
from pydantic import Field

from api import problems
from api.contract import TABLE
from api.dependencies import FromApi, TableOnDay
from api.shapes import IndicatorDetail, IndicatorList
from api.summaries import indicator_summary, newest_table, sources_of
from api.tables import csv_response, records, stamp
from indicators.core.ledger.entries import entries_of
from indicators.core.model import DERIVED_COLUMNS
from indicators.core.registry import all_indicators, get_indicator

routes = APIRouter(tags=["indicators"])


class IndicatorRequest(TableOnDay):
    """The day, the form and whose forces are measured."""

    side: Annotated[Literal["RU", "UA"] | None, Field(description="Whose forces are measured: RU or UA.")] = None


@routes.get("/indicators", response_model=IndicatorList, responses=TABLE)
def list_indicators(asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
    """List all indicators with their newest figure or event."""
    snapshot = given.known_on(asked.as_of)
    listed = [indicator_summary(one, snapshot, asked.as_of or given.today()) for one in all_indicators()]
    if asked.format == "csv":
        return csv_response(newest_table(listed), "indicators.csv", asked, snapshot.evidence)
    return stamp(snapshot.evidence, {"indicators": listed})


@routes.get("/indicators/{indicator_id}", response_model=IndicatorDetail, responses=TABLE)
def show_indicator(
    indicator_id: str, asked: Annotated[IndicatorRequest, Query()], given: FromApi
) -> dict[str, object] | Response:
    """Show one indicator: its observations, derived figures, dated entries and sources."""
    try:
        indicator = get_indicator(indicator_id)
    except KeyError as error:
        raise problems.not_found("indicator", indicator_id, "All ids stand in /api/v1/indicators.") from error
    snapshot = given.known_on(asked.as_of)
    evidence, derived = snapshot.evidence, snapshot.derived(indicator_id)
    observed, entries = evidence.of_indicator(indicator_id), entries_of(indicator, evidence)
    if (side := asked.side) is not None:
        derived, observed = derived[derived["side"] == side], observed[observed["side"] == side]
        entries = entries.iloc[:0]
    if asked.format == "csv":
        both = [observed.assign(method="as published"), derived]
        table = pd.concat([part for part in both if not part.empty] or [derived])
        columns = ["observation_id", *DERIVED_COLUMNS]
        return csv_response(table.reindex(columns=columns), f"{indicator_id}.csv", asked, evidence)
    body = {
        **indicator_summary(indicator, snapshot, asked.as_of or given.today()),
        "formula": indicator.formula,
        "observations": records(observed),
        "derived": records(derived),
        "entries": records(entries),
        "sources": sources_of(evidence, observed, derived, entries),
    }
    return stamp(evidence, body)
