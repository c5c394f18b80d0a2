"""Rates per 1,000 of a force estimate: which estimate, by whom, and the arithmetic."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from indicators.core.evidence.load import Evidence
from indicators.core.figures.derived import DerivedRow, DerivedSeries, figures
from indicators.core.figures.periods import Figure, per_thousand_a_year
from indicators.core.text import day_text

FORCE_SERIES = "ru_force_in_ukraine"


def force_claimants(evidence: Evidence) -> tuple[str, ...]:
    """Return who has estimated the force size, the longest span of estimates first."""
    rows = evidence.of_series(FORCE_SERIES)
    spans = {
        str(claimant): group["period_end"].max() - group["period_end"].min()
        for claimant, group in rows.groupby("claimant")
    }
    return tuple(sorted(spans, key=lambda claimant: (-spans[claimant], claimant)))


def force_estimates(evidence: Evidence, claimant: str | None = None) -> list[Figure]:
    """Return one claimant's force estimates (persons) in order of date.

    Args:
        claimant: Whose estimates; None takes the claimant whose estimates span the longest time.

    Returns:
        The estimates; none if there is no such claimant.
    """
    claimants = force_claimants(evidence)
    chosen = claimant or (claimants[0] if claimants else None)
    rows = evidence.of_series(FORCE_SERIES)
    return figures(rows[rows["claimant"] == chosen].sort_values("period_end"))


def estimates_near(evidence: Evidence, day: date) -> dict[str, Figure]:
    """Return each claimant's force estimate nearest to a day, the nearest of all first."""
    nearest = {
        claimant: min(force_estimates(evidence, claimant), key=lambda estimate: abs(_middle(estimate) - day))
        for claimant in force_claimants(evidence)
    }
    return dict(sorted(nearest.items(), key=lambda pair: abs(_middle(pair[1]) - day)))


def per_thousand_rows(
    weekly: Iterable[DerivedRow], forces: Sequence[Figure], series: DerivedSeries
) -> Iterator[DerivedRow]:
    """Relate derived weekly rates to the force estimate nearest to the middle of each rate's period.

    Args:
        forces: Estimates by one claimant; without any, no row results.

    Yields:
        One row per rate; the note names the estimate.
    """
    for row in weekly if forces else ():
        day = _middle(row.figure)
        force = min(forces, key=lambda estimate: abs(_middle(estimate) - day))
        note = f"per {force.value:,.0f} troops, estimate of {day_text(force.period_end)}; {row.note}"
        figure = per_thousand_a_year(row.figure, force)
        yield DerivedRow(series=series, figure=figure, claimant=row.claimant, side=row.side, note=note)


def _middle(figure: Figure) -> date:
    return figure.period_start + (figure.period_end - figure.period_start) / 2
