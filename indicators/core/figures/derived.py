"""From observation rows to figures, and from computed figures to the table that every indicator returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from indicators.core.evidence.vocabulary import KnownBasis, Qualifier, Stage, Status
from indicators.core.figures.periods import Figure
from indicators.core.model import DERIVED_COLUMNS

if TYPE_CHECKING:
    from indicators.core.evidence.load import Evidence


@dataclass(frozen=True, kw_only=True)
class DerivedSeries:
    """What all rows of one derived series share.

    Args:
        id: Series id; stable, part of the API.
    """

    id: str
    label: str
    stage: Stage
    unit: str
    method: str


_ORDER = ("series", "side", "claimant", "period_start", "period_end", "known")
_KINDS = {
    **dict.fromkeys(("value", "low", "high", "n"), "float64"),
    **dict.fromkeys(("period_start", "period_end", "known"), "datetime64[us]"),
}
_OF_A_FIGURE = (
    *("period_start", "period_end", "value", "low", "high", "qualifier", "known", "known_basis", "source_id"),
    "observation_id",
)


def figures(rows: pd.DataFrame) -> list[Figure]:
    """Turn observation rows into figures, in the table's order.

    Args:
        rows: Observations with typed columns.
    """
    # Column by column: row by row, pandas takes several times as long.
    columns = (rows[name].tolist() for name in _OF_A_FIGURE)
    return [
        Figure(
            period_start=start.date(),
            period_end=end.date(),
            value=float(value),
            low=None if pd.isna(low) else float(low),
            high=None if pd.isna(high) else float(high),
            qualifier=Qualifier(qualifier),
            known=known.date(),
            known_basis=KnownBasis(basis),
            source_ids=(source,),
            inputs=(observation,),
        )
        for start, end, value, low, high, qualifier, known, basis, source, observation in zip(*columns, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class DerivedRow:
    """One computed figure and what must stand beside it.

    Args:
        n: Denominator of a share.
        status: Whether the value may be read as it stands.
        note: What a reader must see with it, such as the totals it comes from.
    """

    series: DerivedSeries
    figure: Figure
    claimant: str
    side: str = "RU"
    n: float | None = None
    status: Status = Status.OK
    note: str = ""

    def cells(self) -> dict[str, object]:
        """Return the row's cells by `DERIVED_COLUMNS`."""
        return {
            "series": self.series.id,
            "label": self.series.label,
            "stage": self.series.stage.value,
            "period_start": self.figure.period_start,
            "period_end": self.figure.period_end,
            "value": self.figure.value,
            "low": self.figure.low,
            "high": self.figure.high,
            "n": self.n,
            "unit": self.series.unit,
            "qualifier": self.figure.qualifier.value,
            "side": self.side,
            "claimant": self.claimant,
            "known": self.figure.known,
            "known_basis": self.figure.known_basis.value,
            "source_id": ";".join(self.figure.source_ids),
            "method": self.series.method,
            "inputs": ";".join(self.figure.inputs),
            "status": self.status.value,
            "note": self.note,
        }


def derived_table(rows: Iterable[DerivedRow], unfinished: Set[str] = frozenset()) -> pd.DataFrame:
    """Collect derived rows into a table with `DERIVED_COLUMNS`, sorted by series, claimant and period.

    Args:
        unfinished: Ids of observations whose period is not over (see `Evidence.unfinished_months`); a row that rests
            on one of them is incomplete.
    """
    marked = (
        replace(row, status=Status.INCOMPLETE)
        if row.status is Status.OK and not unfinished.isdisjoint(row.figure.inputs)
        else row
        for row in rows
    )
    cells = sorted((row.cells() for row in marked), key=itemgetter(*_ORDER))
    # Column by column and typed at once: pandas takes several times as long to find the types of rows.
    return pd.DataFrame({name: _typed(name, [row[name] for row in cells]) for name in DERIVED_COLUMNS})


def no_figures(_: Evidence) -> pd.DataFrame:
    """Return a table without rows, for an indicator that shows dated events or assessments and counts none."""
    return derived_table([])


def _typed(name: str, cells: list[Any]) -> Any:
    kind = _KINDS.get(name)
    if kind is None and cells:
        return cells  # pandas sees that they are texts, unless there are none
    return np.array(cells, dtype=kind or object)


def convert_rates(rows: pd.DataFrame, series: DerivedSeries, convert: Callable[[Figure], Figure]) -> list[DerivedRow]:
    """Convert each row of a table by itself, keeping claimant, side and note.

    Args:
        rows: Observations with typed columns.
        convert: Figure to figure, such as a total to a weekly rate.
    """
    return [
        DerivedRow(series=series, figure=convert(figure), claimant=claimant, side=side, note=note)
        for figure, claimant, side, note in zip(
            figures(rows), rows["claimant"], rows["side"], rows["note"], strict=True
        )
    ]
