"""Tables as JSON records and as CSV that a spreadsheet can't execute."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Protocol

import pandas as pd
from fastapi import Response
from fastapi.responses import JSONResponse

from indicators.core.csv_text import csv_text, plain_cell
from indicators.core.evidence.load import Evidence

Format = Literal["json", "csv"]


class AskedTable(Protocol):
    """What a request says about the table that it asks for."""

    @property
    def as_of(self) -> date | None:
        """The day whose knowledge counts; None for the latest."""

    @property
    def byte_order_mark(self) -> bool:
        """Whether the file begins with a byte-order mark."""


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return a table as JSON-ready records: days as YYYY-MM-DD, missing values as null."""
    return [{str(name): plain_cell(cell) for name, cell in row.items()} for row in table.to_dict(orient="records")]


def csv_response(table: pd.DataFrame, file_name: str, asked: AskedTable, evidence: Evidence) -> Response:
    """Return a table as a CSV download; text that a spreadsheet would execute gets a leading apostrophe.

    A file leaves the answer that it came with behind, so every row ends with the day whose knowledge it holds and the
    version of the data: lines above the header would keep programs from reading the table.

    Args:
        file_name: Name without folder, with ".csv".
        asked: The day asked for, and whether the file begins with a byte-order mark.
        evidence: The evidence behind the rows; the day of the latest is that of its edition.
    """
    stamped = ((asked.as_of or evidence.edition.day).isoformat(), evidence.data_version)
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


def stamp(as_of: object, data_version: str, body: Mapping[str, object]) -> dict[str, object]:
    """Add what every answer carries: the day it holds for and the version of the data."""
    return {**body, "as_of": None if as_of is None else str(as_of), "data_version": data_version}
