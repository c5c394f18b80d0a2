"""Splitting a table into the groups a chart tells apart: by series, by claimant, projected or observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts.labels import (
    STATUS_WORDS,
    day_text,
    figure_text,
    hover_text,
    is_number,
    number_text,
    period_text,
)
from dashboard.palette import CATEGORICAL

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")
NOTE_LENGTH = 120  # longer notes stay in the number table
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Group:
    """Rows drawn alike, with the look that tells them from the other groups."""

    label: str
    colour: str
    symbol: str
    projected: bool
    unit: str
    rows: pd.DataFrame

    def hover(self) -> list[str]:
        """Return what to say about each row: figure, period, who says so and since when."""
        return [hover_text(_sentences(row, self.label, self.unit)) for row in self.rows.to_dict("records")]

    def values(self, column: str = "value") -> list[float | None]:
        """Return a column as plain numbers, None where nothing is known."""
        return [float(value) if is_number(value) else None for value in self.rows[column].tolist()]

    def days(self, column: str) -> list[str]:
        """Return a date column (``start``, ``middle``, ``end`` or ``after``) as ISO dates."""
        return [f"{day:%Y-%m-%d}" for day in self.rows[column]]


def prepared(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can be drawn, in order of time, with dates to draw at.

    Args:
        table: Columns series, period_start, period_end and value at least; the other columns of an
            observation or a derived row are used where they are present.

    Returns:
        The table with every optional column present and with start, middle, end and after (the day
        after the last day, so that a one-day period has a width).

    Raises:
        KeyError: If one of the four columns is missing.

    Example:
        >>> rows = prepared(pd.DataFrame({"series": ["s"], "period_start": ["2023-01-01"],
        ...                               "period_end": ["2023-01-31"], "value": [3]}))
        >>> f"{rows['middle'].iloc[0]:%d %b}", rows["status"].iloc[0]
        ('16 Jan', 'ok')
    """
    missing = {"series", "period_start", "period_end", "value"} - set(table.columns)
    if missing:
        raise KeyError(
            f"a chart table needs the columns series, period_start, period_end and value; "
            f"missing: {', '.join(sorted(missing))}; got {', '.join(map(str, table.columns))}"
        )
    start, end = pd.to_datetime(table["period_start"]), pd.to_datetime(table["period_end"])
    rows = table.assign(start=start, end=end, after=end + DAY, middle=start + (end + DAY - start) / 2)
    rows["value"] = pd.to_numeric(rows["value"], errors="coerce").astype(float)
    for bound in ("low", "high"):
        rows[bound] = pd.to_numeric(rows[bound], errors="coerce").astype(float) if bound in rows else float("nan")
    for column, default in (("qualifier", "exact"), ("status", "ok"), ("claimant", ""), ("known", "")):
        rows[column] = rows[column].astype(object).where(rows[column].notna(), default) if column in rows else default
    rows = rows[rows["value"].notna() & rows["start"].notna() & rows["end"].notna()]
    # Of several editions of one figure the newest is drawn; the older ones stay in the number table.
    same = [column for column in ("series", "label", "side", "claimant", "start", "end") if column in rows]
    newest = rows.assign(edition=pd.to_datetime(rows["known"], errors="coerce")).sort_values("edition", kind="stable")
    return newest.drop_duplicates(same, keep="last").sort_values(["start", "end"], kind="stable")


def split(rows: pd.DataFrame, series: Sequence[str], unit: str, projected_from: Any = None) -> list[Group]:
    """Split prepared rows into groups in the order of a panel's series, then of first appearance.

    Args:
        rows: Result of ``prepared``.
        series: Series ids in colour order.
        unit: Unit of the panel, in words.
        projected_from: First projected day; rows that start then or later count as projected, as do
            all rows whose qualifier says so.

    Returns:
        Groups with at least one row each. Of up to 18 groups no two share both colour and symbol.

    Example:
        >>> table = pd.DataFrame({"series": ["s", "s"], "claimant": ["A", "B"], "value": [1, 2],
        ...                       "period_start": ["2023-01-01"] * 2, "period_end": ["2023-01-31"] * 2})
        >>> [(group.label, group.colour) for group in split(prepared(table), ["s"], "cases")]
        [('A', '@observed'), ('B', '@second')]
    """
    projected = rows["qualifier"].eq("projection")
    if projected_from is not None:
        projected |= rows["start"] >= pd.Timestamp(projected_from)
    order = {name: position for position, name in enumerate(series)}
    keyed = rows.assign(
        is_projected=projected,
        position=[order.get(name, len(order)) for name in rows["series"]],
        group_label=_labels(rows),
    ).sort_values("position", kind="stable")
    several_series = keyed["series"].nunique() > 1
    groups: list[Group] = []
    for (_, label), part in keyed.groupby(["is_projected", "group_label"], sort=False):
        number, projected_part = len(groups), bool(part["is_projected"].iloc[0])
        # With several series a colour stands for a series and the symbol tells claimants apart.
        colour = CATEGORICAL[(int(part["position"].iloc[0]) if several_series else number) % len(CATEGORICAL)]
        groups.append(
            Group(
                label=f"{label}, projected" if projected_part else str(label),
                colour="@projected" if projected_part else colour,
                symbol=SYMBOLS[(number + number // len(SYMBOLS)) % len(SYMBOLS)],
                projected=projected_part,
                unit=unit,
                rows=part.sort_values(["start", "end"], kind="stable"),
            )
        )
    return groups


def _labels(rows: pd.DataFrame) -> list[str]:
    """Return a legend entry for each row: the series' own label, and the claimant where there are several."""
    several_series = rows["series"].nunique() > 1
    claimants = rows.groupby("series")["claimant"].nunique()
    labels = []
    for row in rows.to_dict("records"):
        claimant = str(row["claimant"])
        named = next((row[column] for column in ("label", "name") if isinstance(row.get(column), str)), None)
        label = named or str(row["series"]).replace("_", " ")
        if claimant and not several_series and (named is None or claimants[row["series"]] > 1):
            labels.append(claimant)
        elif claimants[row["series"]] > 1:
            labels.append(f"{label}: {claimant}")
        else:
            labels.append(label)
    return labels


def _sentences(row: dict[Any, Any], label: str, unit: str) -> list[str]:
    figure = figure_text(row["value"], unit, str(row["qualifier"]), row["low"], row["high"])
    known = day_text(row["known"])
    claimant, note = str(row["claimant"]), row.get("note")
    return [
        figure,
        period_text(row["start"], row["end"]),
        label if label != claimant else "",
        ", ".join(part for part in (claimant, f"known {known}" if known else "") if part),
        f"from {number_text(row['n'])} cases" if is_number(row.get("n")) else "",
        STATUS_WORDS.get(str(row["status"]), ""),
        note if isinstance(note, str) and len(note) <= NOTE_LENGTH else "",
    ]
