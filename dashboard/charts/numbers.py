"""The table behind a chart, with column names for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.labels import QUALIFIER_WORDS

COLUMNS: Mapping[str, str] = {
    "label": "Series",
    "series": "Series",
    "period_start": "From",
    "period_end": "To",
    "value": "Value",
    "low": "Low",
    "high": "High",
    "n": "Cases",
    "unit": "Unit",
    "qualifier": "Qualifier",
    "claimant": "Claimant",
    "known": "Known",
    "status": "Status",
    "note": "Note",
}
"""Heading by column of the data model, in reading order."""


def number_table(table: pd.DataFrame, series: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of a chart as a table to read and to save.

    Every edition of a figure is listed, also those that the chart leaves out for a newer one.

    Args:
        table: Observation or derived rows.
        series: Series to keep, in order; None keeps all.

    Returns:
        The columns of ``COLUMNS`` that hold anything, renamed; sorted by series, period and day known.

    Example:
        >>> table = pd.DataFrame({"series": ["s"], "period_start": ["2023-01-01"], "value": [3.0],
        ...                       "period_end": ["2023-01-31"], "low": [None], "qualifier": ["up_to"]})
        >>> number_table(table).to_dict("records")
        [{'Series': 's', 'From': '2023-01-01', 'To': '2023-01-31', 'Value': 3.0, 'Qualifier': 'up to'}]
    """
    rows = table if series is None else table[table["series"].isin(list(series))]
    order = {name: position for position, name in enumerate(series or ())}
    by = [column for column in ("period_start", "period_end", "known") if column in rows]
    rows = rows.assign(position=[order.get(name, len(order)) for name in rows["series"]])
    rows = rows.sort_values(["position", *by], kind="stable")
    named = "label" in rows and rows["label"].notna().all() and len(rows) > 0
    present = [
        column
        for column in COLUMNS
        if column in rows and _filled(rows[column]) and column != ("series" if named else "label")
    ]
    shown = rows[present]
    if "qualifier" in shown:
        words = {qualifier: text or "exact" for qualifier, text in QUALIFIER_WORDS.items()}
        shown = shown.assign(qualifier=[words.get(str(qualifier), qualifier) for qualifier in shown["qualifier"]])
    if "status" in shown:
        shown = shown.assign(status=[str(status).replace("_", " ") for status in shown["status"]])
    return shown.rename(columns=dict(COLUMNS)).reset_index(drop=True)


def _filled(column: pd.Series) -> bool:
    return bool(column.notna().any() and (column.astype(str) != "").any())
