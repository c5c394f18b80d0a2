"""Tables as JSON records and as CSV that a spreadsheet can't execute."""

from collections.abc import Mapping

import pandas as pd
from fastapi import Response
from fastapi.responses import JSONResponse

from api.dependencies import TableOnDay
from indicators.core.csv_text import csv_text, plain_cell
from indicators.core.evidence.load import Evidence


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return a table as JSON-ready records: days as YYYY-MM-DD, missing values as null."""
    return [{str(name): plain_cell(cell) for name, cell in row.items()} for row in table.to_dict(orient="records")]


def csv_response(table: pd.DataFrame, file_name: str, asked: TableOnDay, evidence: Evidence) -> Response:
    """Return a table as a CSV download; text that a spreadsheet would execute gets a leading apostrophe.

    A file leaves the answer that it came with behind, so every row ends with the day whose knowledge it holds and the
    version of the data: lines above the header would keep programs from reading the table.

    Args:
        evidence: The evidence behind the rows; the day of the latest is that of its edition.
    """
    stamped = ((evidence.as_of or evidence.edition.day).isoformat(), evidence.data_version)
    rows = ([*row.values(), *stamped] for row in records(table))
    text = csv_text([*table.columns, "as_of", "data_version"], rows, mark=asked.byte_order_mark)
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def kept_response(payload: Mapping[str, object] | bytes) -> Response:
    """Return what a panel interpolates in, for a browser to keep.

    A new release of the dashboard may bring other tables, so a browser keeps one for a day and no longer.

    Args:
        payload: The table, or its JSON as it is sent.
    """
    headers = {"Cache-Control": "public, max-age=86400"}
    if isinstance(payload, bytes):
        return Response(payload, media_type="application/json", headers=headers)
    return JSONResponse(payload, headers=headers)


def stamp(evidence: Evidence, body: Mapping[str, object]) -> dict[str, object]:
    """Add what every answer carries: the day it holds for and the version of the data."""
    return {**body, "as_of": evidence.as_of, "data_version": evidence.data_version}
