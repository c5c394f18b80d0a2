"""What became known, day by day: new figures, revised ones, and corrections of our own entries."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.corrections import EntryNames, change_text, entry_names
from indicators.core.text import count_text, figure_text, period_text

Row = Mapping[Hashable, Any]
SAME_FIGURE = ["series", "period_start", "period_end", "side", "geography", "claimant"]
"""Two rows that agree in these are editions of one figure."""

_BEFORE = "value_before"


class UpdateKind(StrEnum):
    """What happened to the rows of an update."""

    FIGURES = "figures"
    REVISIONS = "revisions"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, kw_only=True)
class Update:
    """What one day brought on one subject.

    Args:
        id: The same as long as its rows are the same.
        day: Day on which figures became known, or on which a correction was made.
        indicator: Id of the indicator; "" for a correction.
        lines: Each figure or corrected cell, in words.
    """

    id: str
    kind: UpdateKind
    day: date
    indicator: str
    title: str
    lines: tuple[str, ...]
    source_ids: tuple[str, ...] = ()


def updates(evidence: Evidence, names: Mapping[str, str], since: date = date.min) -> list[Update]:
    """Return what became known or was corrected, newest first.

    A figure is revised where an edition with an earlier day stands beside it. Figures count by the day on which the
    public could know them, not by the day on which they were entered.
    """
    found = [*_figures(evidence, names, pd.Timestamp(max(since, pd.Timestamp.min.date()))), *_corrections(evidence)]
    return sorted((one for one in found if one.day >= since), key=lambda one: (one.day, one.id), reverse=True)


def _figures(evidence: Evidence, names: Mapping[str, str], since: pd.Timestamp) -> list[Update]:
    rows = evidence.observations.sort_values("known", kind="stable")
    indicator_of = dict(zip(evidence.series["series"], evidence.series["indicator"], strict=True))
    editions = rows.groupby(SAME_FIGURE, dropna=False, sort=False)
    # Rows of one day are no editions of each other: a counter may print several figures at once.
    earlier = rows["known"] > editions["known"].transform("min")
    before = editions["value"].shift().where(earlier)
    marked = rows.assign(indicator=rows["series"].map(indicator_of), revised=earlier, **{_BEFORE: before})
    marked = marked[marked["known"] >= since]
    return [
        _of_indicator(list(group.to_dict("records")), names, revised=bool(revised))
        for (_, _, revised), group in marked.groupby(["known", "indicator", "revised"], sort=False)
    ]


def _of_indicator(rows: list[dict[Hashable, Any]], names: Mapping[str, str], *, revised: bool) -> Update:
    kind = UpdateKind.REVISIONS if revised else UpdateKind.FIGURES
    indicator = rows[0]["indicator"]
    counted = count_text(len(rows), "revised figure" if revised else "new figure")
    sources = dict.fromkeys(id_ for row in rows for id_ in sorted(split_ids(row["source_id"])))
    return Update(
        id=_id(kind, *(row["observation_id"] for row in rows)),
        kind=kind,
        day=rows[0]["known"].date(),
        indicator=indicator,
        title=f"{names.get(indicator, indicator)}: {counted}",
        lines=tuple(map(_figure_line, rows)),
        source_ids=tuple(sources),
    )


def _figure_line(row: Row) -> str:
    figure = figure_text(row["value"], row["unit"], row["qualifier"], row["low"], row["high"])
    before: float = row[_BEFORE]
    was = "" if math.isnan(before) else f"; before: {figure_text(before, row['unit'], row['qualifier'])}"
    period = period_text(row["period_start"], row["period_end"])
    return f"{row['label']}, {period}: {figure} ({row['claimant']}{was})"


def _corrections(evidence: Evidence) -> list[Update]:
    names = entry_names(evidence)
    groups = evidence.corrections.groupby(["date", "cause"], sort=False)
    return [_of_cause(group.to_dict("records"), names) for _, group in groups]


def _of_cause(rows: list[dict[Hashable, Any]], names: EntryNames) -> Update:
    return Update(
        id=_id(UpdateKind.CORRECTIONS, *(row["correction_id"] for row in rows)),
        kind=UpdateKind.CORRECTIONS,
        day=rows[0]["date"].date(),
        indicator="",
        title=f"Corrected: {rows[0]['cause']}",
        lines=tuple(change_text(names, row) for row in rows),
    )


def _id(kind: UpdateKind, *ids: str) -> str:
    return f"{kind}-{sha256(';'.join(ids).encode()).hexdigest()[:16]}"
