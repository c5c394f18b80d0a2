"""The tables of the data over HTTP: one series, and the lists of sources, events and corrections."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.contract import TABLE
from api.dependencies import FromApi, TableOnDay
from api.shapes import RowsAnswer, SeriesAnswer
from api.summaries import defined_series, sources_of
from api.tables import csv_response, records, stamp

LISTS = {
    "sources": "List every page and document the figures rest on.",
    "events": "List dated events with who asserted and who denied them.",
    "corrections": "List figures that were changed, with the cause.",
}

routes = APIRouter(tags=["data"])


@routes.get("/series/{series}", response_model=SeriesAnswer, responses=TABLE)
def show_series(series: str, asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
    """Show one series of observations as published."""
    evidence = given.known_on(asked.as_of).evidence
    definition, rows = defined_series(evidence, series), evidence.of_series(series)
    if asked.format == "csv":
        return csv_response(rows, f"{series}.csv", asked, evidence)
    return stamp(evidence, {**definition, "observations": records(rows), "sources": sources_of(evidence, rows)})


def _add_list(name: str, sentence: str) -> None:
    @routes.get(f"/{name}", response_model=RowsAnswer, responses=TABLE, description=sentence, name=name)
    def show_table(asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
        evidence = given.known_on(asked.as_of).evidence
        table = getattr(evidence, name)
        if asked.format == "csv":
            return csv_response(table, f"{name}.csv", asked, evidence)
        named = [table] if name != "sources" and "source_id" in table else []
        return stamp(evidence, {"rows": records(table), "sources": sources_of(evidence, *named)})


for _name, _sentence in LISTS.items():
    _add_list(_name, _sentence)
