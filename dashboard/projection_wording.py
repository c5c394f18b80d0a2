"""Sentences and tables of the projection page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.charts.labels import figure_text, number_text
from indicators.core.model import Qualifier
from indicators.core.observations import Evidence
from indicators.core.provenance import source_note
from indicators.methods.assumptions import StatedAssumption
from indicators.methods.projection import Projection

_ROUND_TO = 10


def total_text(value: float, qualifier: Qualifier) -> str:
    """Write a projected total with the qualifier that it inherits.

    Example:
        >>> total_text(5200.0, Qualifier.UP_TO)
        'up to 5,200'
    """
    return figure_text(value, "", qualifier.value)


def claim_text(projection: Projection) -> str:
    """Write the claim layer's mean, rounded to tens since nothing finer is known.

    Args:
        projection: The projection; without a claim layer a dash stands for it.
    """
    if projection.claim is None:
        return "–"
    return f"about {_rounded(projection.claim.mean)}"


def projection_finding(projection: Projection) -> str:
    """Say in one or two sentences what the projection comes to.

    Args:
        projection: The projection.
    """
    parameters = projection.parameters
    total = total_text(projection.headline, projection.qualifier)
    weekly = figure_text(parameters.weekly, "a week", parameters.qualifier.value)
    sentence = f"{weekly[0].upper()}{weekly[1:]} for {parameters.weeks} weeks comes to {total}"
    if parameters.growth:
        sentence += f" with growth of {parameters.growth:.1%} a week"
    claim = projection.claim
    if claim is None:
        return f"{sentence}."
    interval = f"90 %: {_rounded(claim.q05)} to {_rounded(claim.q95)}"
    return f"{sentence}; read as a claim, to about {_rounded(claim.mean)} ({interval})."


def assumption_line(evidence: Evidence, stated: Sequence[StatedAssumption]) -> str:
    """Write the source line of a projection: who published its weekly figure, and that the rest is assumed.

    Args:
        evidence: Evidence that holds the sources.
        stated: The projection's assumptions.
    """
    published = [item for item in stated if item.basis == "published"]
    reader = [item.name for item in stated if item.basis == "reader's assumption"]
    ids = [source for item in published for source in item.source_ids]
    parts = (
        [f"Published inputs: {source_note(evidence, ids)}."] if ids else ["No input of this projection was published."]
    )
    if reader:
        parts.append(f"Reader's assumption: {', '.join(reader)}.")
    parts.append("Everything else is assumed; see the assumptions.")
    return " ".join(parts)


def assumption_table(evidence: Evidence, stated: Sequence[StatedAssumption]) -> pd.DataFrame:
    """Return the assumptions with value, unit, basis, source and reason, for people.

    Args:
        evidence: Evidence that holds the sources.
        stated: The projection's assumptions.
    """
    return pd.DataFrame(
        {
            "Assumption": [item.name for item in stated],
            "Value": [number_text(item.value) for item in stated],
            "Unit": [item.unit for item in stated],
            "Basis": [item.basis for item in stated],
            "Source": [source_note(evidence, item.source_ids) if item.source_ids else "" for item in stated],
            "Why": [item.reason for item in stated],
        }
    )


def projection_table(projection: Projection, dates: Sequence[date]) -> pd.DataFrame:
    """Return the running totals week by week, for people.

    Args:
        projection: The projection.
        dates: Target date of each week.
    """
    table = pd.DataFrame(
        {
            "Week": projection.weeks,
            "Target date": pd.to_datetime(list(dates)),
            "Plain arithmetic": projection.headline_path,
            "Court calendar": projection.calendar_path,
        }
    )
    if projection.claim_paths is not None:
        for level, row in zip(projection.levels, projection.claim_paths, strict=True):
            table[f"{level:.0%} level"] = row
    return table


def _rounded(value: float) -> str:
    return number_text(round(value / _ROUND_TO) * _ROUND_TO if value >= 10 * _ROUND_TO else round(value))
