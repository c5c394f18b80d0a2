"""The record of corrections as data: what a table said before a correction can be rebuilt from it."""

from __future__ import annotations

from datetime import date

import pandas as pd


def before_corrections(table: pd.DataFrame, corrections: pd.DataFrame, file: str, day: date) -> pd.DataFrame:
    """Undo every correction made after a day, the newest first.

    Args:
        table: A table as it stands now, with the row id in its first column; cells as text.
        corrections: The record of corrections.
        file: The table's file, such as "observations.csv".
        day: Last day whose corrections stay.

    Returns:
        The table as it read at the end of that day, apart from rows that were added since.

    Raises:
        ValueError: If a row or the corrected cell is not there as the record says, so that the chain is broken.

    Example:
        >>> table = pd.DataFrame({"observation_id": ["o1"], "value": ["10"]})
        >>> corrections = pd.DataFrame({
        ...     "correction_id": ["c1"], "date": [pd.Timestamp("2023-03-01")], "file": ["observations.csv"],
        ...     "row_id": ["o1"], "field": ["value"], "old": ["9"], "new": ["10"], "cause": ["misread"],
        ... })
        >>> before_corrections(table, corrections, "observations.csv", date(2023, 2, 28))["value"].tolist()
        ['9']
    """
    rebuilt = table.copy()
    key = rebuilt.columns[0]
    later = corrections[(corrections["file"] == file) & (corrections["date"] > pd.Timestamp(day))]
    for _, correction in later.iloc[::-1].sort_values("date", ascending=False, kind="stable").iterrows():
        rows = rebuilt[key] == correction["row_id"]
        field = correction["field"]
        found = rebuilt.loc[rows].get(field, pd.Series(dtype=str)).tolist()
        if found != [correction["new"]]:
            raise ValueError(
                f"correction {correction['correction_id']} says that {field} of {correction['row_id']} in {file} "
                f"became {correction['new']!r}; the table has {found}"
            )
        rebuilt.loc[rows, field] = correction["old"]
    return rebuilt
