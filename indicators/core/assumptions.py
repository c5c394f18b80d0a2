"""Where each input of a projection comes from: a published figure, an assumption of ours, or the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from indicators.core.model import Per, Qualifier, Stage
from indicators.core.observations import Evidence
from indicators.core.provenance import with_ancestors

Basis = Literal["published", "assumed", "reader's assumption"]


@dataclass(frozen=True, kw_only=True)
class StatedAssumption:
    """One input of a projection with its value and where that comes from.

    Args:
        id: Name of the parameter.
        name: Its display name.
        value: The value used.
        unit: Its unit.
        basis: Whether somebody published it, we assume it, or the reader chose it.
        source_ids: Sources of a published value, the origins behind them included; empty otherwise.
        reason: Why this value and this range.
    """

    id: str
    name: str
    value: float
    unit: str
    basis: Basis
    source_ids: tuple[str, ...]
    reason: str


def state_assumptions(
    evidence: Evidence, values: Mapping[str, float], qualifier: Qualifier
) -> tuple[StatedAssumption, ...]:
    """Say of every input where it comes from.

    A weekly rate counts as published only if someone published that value with that qualifier as a weekly sentencing
    rate; any other rate is the reader's. Other inputs keep the basis of `assumptions.csv` while they have its default.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
        values: Values by assumption id; ids without a row in the assumptions are left out.
        qualifier: Qualifier that the weekly rate is read with.
    """
    stated = []
    for row in evidence.assumptions.to_dict("records"):
        parameter = row["assumption_id"]
        if parameter not in values:
            continue
        value = values[parameter]
        sources: tuple[str, ...] = ()
        if parameter == "weekly":
            sources = _published_weekly(evidence, value, qualifier)
        elif value == row["default"] and row["basis"] == "sourced":
            sources = (row["source_id"],)
        basis: Basis = "published" if sources else "assumed" if value == row["default"] else "reader's assumption"
        if parameter == "weekly" and not sources:
            basis = "reader's assumption"
        stated.append(
            StatedAssumption(
                id=parameter,
                name=row["name"],
                value=value,
                unit=row["unit"],
                basis=basis,
                source_ids=tuple(sorted(with_ancestors(evidence.sources, sources))),
                reason=row["reason"],
            )
        )
    return tuple(stated)


def _published_weekly(evidence: Evidence, weekly: float, qualifier: Qualifier) -> tuple[str, ...]:
    series = evidence.series
    wanted = series.loc[(series["stage"] == Stage.SENTENCE) & (series["per"] == Per.WEEK), "series"]
    rows: pd.DataFrame = evidence.observations
    matching = rows[rows["series"].isin(wanted) & (rows["value"] == weekly) & (rows["qualifier"] == qualifier.value)]
    return tuple(matching["source_id"].drop_duplicates())
