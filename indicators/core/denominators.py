"""Rates per 1,000 of a force estimate: which estimate, by whom, and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from indicators.core.derived import DerivedRow, DerivedSeries, figures
from indicators.core.observations import Evidence
from indicators.core.periods import Figure, per_thousand_a_year

FORCE_SERIES = "ru_force_in_ukraine"
_MIDDLE = 0.5


def force_claimants(evidence: Evidence) -> tuple[str, ...]:
    """Return who has estimated the force size, most estimates first."""
    counts = evidence.of_series(FORCE_SERIES)["claimant"].value_counts(sort=True)
    return tuple(sorted(counts.index, key=lambda claimant: (-counts[claimant], claimant)))


def nearest_force(evidence: Evidence, day: date, claimant: str | None = None) -> Figure | None:
    """Return the claimant's force estimate nearest to a day.

    Args:
        evidence: Evidence to look in.
        day: The day for which a denominator is needed.
        claimant: Whose estimates to use; None takes the claimant with most estimates.

    Returns:
        The estimate (persons), or None if the claimant made none.
    """
    claimants = force_claimants(evidence)
    if not claimants:
        return None
    rows = evidence.of_series(FORCE_SERIES)
    rows = rows[rows["claimant"] == (claimant or claimants[0])]
    if rows.empty:
        return None
    middle = rows["period_start"] + (rows["period_end"] - rows["period_start"]) * _MIDDLE
    return figures(rows.loc[[(middle - pd.Timestamp(day)).abs().idxmin()]])[0]


def per_thousand_rows(
    evidence: Evidence, weekly: Iterable[DerivedRow], series: DerivedSeries, claimant: str | None = None
) -> list[DerivedRow]:
    """Relate derived weekly rates to the force estimate nearest to the middle of each rate's period.

    Args:
        evidence: Evidence that holds the estimates.
        weekly: Derived rows with a weekly rate.
        series: The derived series that the result forms.
        claimant: Whose force estimates to use; None takes the claimant with most.

    Returns:
        Derived rows; none where no estimate exists.
    """
    result = []
    for row in weekly:
        rate = row.figure
        middle = rate.period_start + (rate.period_end - rate.period_start) * _MIDDLE
        force = nearest_force(evidence, middle, claimant)
        if force is None:
            continue
        note = f"per {force.value:,.0f} troops, estimate of {force.period_end:%-d %b %Y}; {row.note}"
        figure = per_thousand_a_year(rate, force)
        result.append(DerivedRow(series=series, figure=figure, claimant=row.claimant, side=row.side, note=note))
    return result
