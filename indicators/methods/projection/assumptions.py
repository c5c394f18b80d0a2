"""Where each input of a projection comes from: a published figure, an assumption of ours, or the reader."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import with_ancestors
from indicators.core.evidence.vocabulary import Per, Qualifier, Stage
from indicators.methods.projection.parameters import ProjectionParameters

Basis = Literal["published", "assumed", "reader's assumption"]

OWN_REASON = "Chosen by the reader; nobody published it."
"""Why a value holds that neither a source nor a default of ours gives."""


@dataclass(frozen=True, kw_only=True)
class StatedAssumption:
    """One input of a projection with its value and where that comes from.

    Args:
        basis: Whether somebody published it, we assume it, or the reader chose it.
        source_ids: Sources of a published value, the origins behind them included; empty otherwise.
    """

    id: str
    name: str
    value: float
    unit: str
    basis: Basis
    source_ids: tuple[str, ...]
    reason: str


def state_assumptions(evidence: Evidence, parameters: ProjectionParameters) -> tuple[StatedAssumption, ...]:
    """Say of every input where it comes from.

    A weekly rate counts as published only if someone published that value with that qualifier as a weekly sentencing
    rate; any other rate is the reader's, and so is every rate on a day before one was published. Other inputs keep
    the basis of `assumptions.csv` while they have its default.

    Args:
        parameters: The projection's settings; those that are not in use are left out.
    """
    rows = evidence.assumption_rows
    stated = [] if any(row["assumption_id"] == "weekly" for row in rows) else [_own_weekly(parameters)]
    for row in rows:
        parameter = row["assumption_id"]
        if parameter not in ProjectionParameters.model_fields:
            continue
        value = _value(parameters, parameter)
        if value is None:
            continue
        sources: tuple[str, ...] = ()
        if parameter == "weekly":
            sources = _published_weekly(evidence, value, parameters.qualifier)
        elif value == row["default"] and row["basis"] == "sourced":
            sources = (row["source_id"],)
        untouched = value == row["default"] and parameter != "weekly"
        basis: Basis = "published" if sources else "assumed" if untouched else "reader's assumption"
        stated.append(
            StatedAssumption(
                id=parameter,
                name=row["name"],
                value=value,
                unit=row["unit"],
                basis=basis,
                source_ids=tuple(sorted(with_ancestors(evidence.sources, sources))) if sources else (),
                reason=OWN_REASON if basis == "reader's assumption" else row["reason"],
            )
        )
    return tuple(stated)


def _own_weekly(parameters: ProjectionParameters) -> StatedAssumption:
    return StatedAssumption(
        id="weekly",
        name="Sentenced a week",
        value=parameters.weekly,
        unit="persons sentenced per week",
        basis="reader's assumption",
        source_ids=(),
        reason=OWN_REASON,
    )


def projection_origin(evidence: Evidence) -> date:
    """Return the day from which a projection runs: the day on which the weekly figure became known.

    Returns:
        That day; the replayed day where the figure was not known yet.

    Raises:
        ValueError: If the latest evidence has no weekly figure with the day it became known.
    """
    known = evidence.assumptions.loc[evidence.assumptions["assumption_id"] == "weekly", "known"].dropna()
    if not known.empty:
        return pd.Timestamp(known.iloc[0]).date()
    if evidence.as_of is None:
        raise ValueError("expected a row 'weekly' with a day in column known in assumptions.csv; add it")
    return evidence.as_of


def _value(parameters: ProjectionParameters, name: str) -> float | None:
    if name == "growth_monthly":
        return parameters.growth_monthly or (0.0 if parameters.growth_weekly is None else None)
    if name == "dispersion":
        return parameters.size
    value = getattr(parameters, name)
    return None if value is None else float(value)


def _published_weekly(evidence: Evidence, weekly: float, qualifier: Qualifier) -> tuple[str, ...]:
    same = np.flatnonzero(evidence.observations["value"].to_numpy() == weekly)
    if not same.size:  # as for most figures that a reader sets
        return ()
    series = evidence.series
    wanted = series.loc[(series["stage"] == Stage.SENTENCE) & (series["per"] == Per.WEEK), "series"]
    rows: pd.DataFrame = evidence.observations.iloc[same]
    matching = rows[rows["series"].isin(wanted) & (rows["qualifier"] == qualifier.value)]
    return tuple(matching["source_id"].drop_duplicates())
