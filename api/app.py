"""The API application: read-only routes under /v1, with documentation drawn from our own origin."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Literal

import pandas as pd
from fastapi import APIRouter, FastAPI, HTTPException, Query, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from pydantic import Field, model_validator

import api.routes
from api import problems
from api import shapes as answers
from api.contract import TABLE, describe_problems, download
from api.dependencies import (
    DerivedOn,
    EvidenceOn,
    NoParameters,
    PageLink,
    ReadableQuery,
    TableOnDay,
    not_after,
    plain_page_link,
)
from api.documentation import add_documentation
from api.index import SnapshotOn, add_index_routes
from api.revalidation import Revalidation
from api.summaries import indicator_summary, newest_table, sources_of
from api.tables import csv_response, records, stamp
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.core.evidence.load import Evidence
from indicators.core.figures.glance import glance
from indicators.core.ledger.entries import entries_of
from indicators.core.model import DERIVED_COLUMNS, Indicator
from indicators.core.registry import all_indicators, get_indicator
from indicators.core.snapshot import Snapshot

DOCUMENTATION_FILES = "/static-offline-docs"
RETRY = {"Retry-After": "5"}
DESCRIPTION = """Sourced, dated and qualified figures on military morale, and projections that state their assumptions.

A quoted figure is a claim, not a count. Every row says who asserted it, who printed it, for which period, and
when it was known. Every answer carries the version of the data."""


class IndicatorRequest(TableOnDay):
    """The day, the form and whose forces are measured."""

    side: Annotated[Literal["RU", "UA"] | None, Field(description="Whose forces are measured: RU or UA.")] = None


class WholePackage(NoParameters):
    """Nothing: the package is always whole."""

    @model_validator(mode="before")
    @classmethod
    def _check_no_day(cls, given: object) -> object:
        if isinstance(given, Mapping) and "as_of" in given:
            raise ValueError(
                "The package is always whole: the data version is computed from its files. "
                "Leave as_of out, and keep the rows whose column known is not after your day"
            )
        return given


def create_api(
    evidence_on: EvidenceOn,
    derived_on: DerivedOn,
    package: Callable[[], bytes],
    today: Callable[[], date] = date.today,
    ready: Callable[[], bool] = lambda: True,
    snapshot_on: SnapshotOn | None = None,
    page_link: PageLink = plain_page_link,
) -> FastAPI:
    """Build the API.

    Args:
        evidence_on: Returns the evidence as known on a day (None for the latest).
        derived_on: Returns an indicator's derived table as computed from that evidence.
        package: Returns the whole data package as a ZIP file.
        today: Returns the present day; no later one can be asked for.
        ready: Returns whether readers can be sent to the server.
        snapshot_on: Returns all that follows from that evidence; None to work it out for every request.
        page_link: Returns the address of a page, to which entries of feeds lead.
    """

    def state() -> str:
        return f"{evidence_on(None).data_version} {code_version(__version__)} {today()}"

    known_on = not_after(today, evidence_on)
    snapshot_on = not_after(today, snapshot_on) if snapshot_on else lambda day: Snapshot(known_on(day))
    app = FastAPIOffline(
        title="Morale indicators",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        static_url=DOCUMENTATION_FILES,
    )
    app.state.page_link = page_link
    add_documentation(app, DOCUMENTATION_FILES)
    problems.install(app)
    routes = APIRouter(prefix="/v1")
    _indicator_routes(routes, known_on, derived_on, today)
    _table_routes(routes, known_on)
    add_index_routes(routes, snapshot_on)
    for module in pkgutil.iter_modules(api.routes.__path__, f"{api.routes.__name__}."):
        importlib.import_module(module.name).add_routes(routes, known_on)

    @routes.get("/health", tags=["service"])
    async def health(_: Annotated[NoParameters, Query()]) -> answers.Health:
        """Say that the server answers, and with which data and code."""
        version = evidence_on(None).data_version
        return answers.Health(status="ok", as_of=None, data_version=version, code_version=code_version(__version__))

    @routes.get("/ready", tags=["service"])
    async def readiness(_: Annotated[NoParameters, Query()], response: Response) -> answers.Ready:
        """Say whether a proxy can send readers here: 503 until every indicator is computed."""
        response.headers["Cache-Control"] = "no-store"
        if not ready():
            raise HTTPException(503, "The indicators are being computed; ask again in some seconds.", RETRY)
        return answers.Ready(status="ready")

    @routes.get(
        "/package.zip", tags=["data"], response_class=Response, responses=download("application/zip", binary=True)
    )
    def download_package(_: Annotated[WholePackage, Query()]) -> Response:
        """Download all tables, the descriptor and the codebook: always whole, since each row says when it was known."""
        headers = {"Content-Disposition": 'attachment; filename="morale-indicators-data.zip"'}
        return Response(package(), media_type="application/zip", headers=headers)

    app.include_router(routes)
    app.add_middleware(Revalidation, state=state)
    app.add_middleware(ReadableQuery)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["*"],
        expose_headers=["Content-Disposition", "ETag", "Retry-After"],
    )
    describe_problems(app)
    return app


def _indicator_routes(
    routes: APIRouter, evidence_on: EvidenceOn, derived_on: DerivedOn, today: Callable[[], date]
) -> None:
    def summary_of(indicator: Indicator, evidence: Evidence, derived: pd.DataFrame) -> dict[str, object]:
        return indicator_summary(indicator, evidence, glance(indicator, evidence, derived), evidence.as_of or today())

    @routes.get("/indicators", response_model=answers.IndicatorList, tags=["indicators"], responses=TABLE)
    def list_indicators(request: Annotated[TableOnDay, Query()]) -> dict[str, object] | Response:
        """List all indicators with their newest figure or event."""
        evidence = evidence_on(request.as_of)
        listed = [
            summary_of(indicator, evidence, derived_on(indicator.id, request.as_of)) for indicator in all_indicators()
        ]
        if request.format == "csv":
            return csv_response(newest_table(listed), "indicators.csv", request, evidence)
        return stamp(request.as_of, evidence.data_version, {"indicators": listed})

    @routes.get(
        "/indicators/{indicator_id}", response_model=answers.IndicatorDetail, tags=["indicators"], responses=TABLE
    )
    def show_indicator(
        indicator_id: str, request: Annotated[IndicatorRequest, Query()]
    ) -> dict[str, object] | Response:
        """Show one indicator: its observations, derived figures, dated entries and sources."""
        indicator = _known_indicator(indicator_id)
        evidence = evidence_on(request.as_of)
        derived = derived_on(indicator_id, request.as_of)
        observed = evidence.of_indicator(indicator_id)
        entries = entries_of(indicator, evidence)
        summary = summary_of(indicator, evidence, derived)
        if (side := request.side) is not None:
            derived, observed = derived[derived["side"] == side], observed[observed["side"] == side]
            entries = entries.iloc[:0]
        if request.format == "csv":
            both = [observed.assign(method="as published"), derived]
            table = pd.concat([part for part in both if not part.empty] or [derived])
            columns = ["observation_id", *DERIVED_COLUMNS]
            return csv_response(table.reindex(columns=columns), f"{indicator_id}.csv", request, evidence)
        body = {
            **summary,
            "formula": indicator.formula,
            "observations": records(observed),
            "derived": records(derived),
            "entries": records(entries),
            "sources": sources_of(evidence, observed, derived, entries),
        }
        return stamp(request.as_of, evidence.data_version, body)


def _table_routes(routes: APIRouter, evidence_on: EvidenceOn) -> None:
    @routes.get("/series/{series}", response_model=answers.SeriesAnswer, tags=["data"], responses=TABLE)
    def show_series(series: str, request: Annotated[TableOnDay, Query()]) -> dict[str, object] | Response:
        """Show one series of observations as published."""
        evidence = evidence_on(request.as_of)
        definition = evidence.series[evidence.series["series"] == series]
        if definition.empty:
            raise problems.not_found("series", series, "The series of an indicator stand in /api/v1/indicators/{id}.")
        rows = evidence.of_series(series)
        if request.format == "csv":
            return csv_response(rows, f"{series}.csv", request, evidence)
        body = {
            **records(definition[["series", "name", "definition", "unit", "kind"]])[0],
            "observations": records(rows),
            "sources": sources_of(evidence, rows),
        }
        return stamp(request.as_of, evidence.data_version, body)

    def add_table(name: str, sentence: str) -> None:
        @routes.get(
            f"/{name}",
            response_model=answers.RowsAnswer,
            tags=["data"],
            responses=TABLE,
            description=sentence,
            name=name,
        )
        def show_table(request: Annotated[TableOnDay, Query()]) -> dict[str, object] | Response:
            evidence = evidence_on(request.as_of)
            table: pd.DataFrame = getattr(evidence, name)
            if request.format == "csv":
                return csv_response(table, f"{name}.csv", request, evidence)
            named = [table] if name != "sources" and "source_id" in table else []
            body = {"rows": records(table), "sources": sources_of(evidence, *named)}
            return stamp(request.as_of, evidence.data_version, body)

    add_table("sources", "List every page and document the figures rest on.")
    add_table("events", "List dated events with who asserted and who denied them.")
    add_table("corrections", "List figures that were changed, with the cause.")


def _known_indicator(indicator_id: str) -> Indicator:
    try:
        return get_indicator(indicator_id)
    except KeyError as error:
        raise problems.not_found("indicator", indicator_id, "All ids stand in /api/v1/indicators.") from error
