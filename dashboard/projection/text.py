"""Sentences and tables of the projection page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.charts.columns import Columns
from dashboard.charts.labels import figure_text, number_text, percent_text, rounded_text, upper_first
from dashboard.component.panel import Tile
from dashboard.component.source_line import SourceLine
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.periods import Figure
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import (
    GROWTH_FADES,
    PACE_HOLDS,
    PACE_MOVES,
    ClaimSummary,
    Projection,
    describe_pace,
)
from indicators.methods.projection.run_rate import WEEKS_PER_YEAR_OF_COURTS, monthly_from_weekly

PHRASES: Mapping[str, str] = {
    "weekly_unit": "a week",
    "year": "a year",
    "weeks": "{weeks} weeks",
    "headline_label": "{weekly} every week",
    "headline_note": "“{weekly}”, for {period}",
    "calendar_label": "Minus court holidays",
    "calendar_note": "{days} court days a year",
    "calendar_none": "an average holds its holidays already",
    "claim_label": "Realistic average",
    "claim_value": "about {mean}",
    "claim_none": "no point estimate",
    "no_value": "–",
    "interval": "90 %: {low} to {high}",
    "finding": "{total} in {period}",
    "finding_ceiling": "At most {total} in {period}",
    "finding_growth": " with growth of {growth} % a month",
    "finding_fades": " that fades after 13 weeks",
    "finding_likely": "; more likely {mean} ({interval})",
    "finding_claim": "; with its uncertainty {mean} ({interval})",
    "pace_moves": PACE_MOVES,
    "pace_holds": PACE_HOLDS,
    "growth_fades": GROWTH_FADES,
    "imprisoned": "Without suspended sentences: {total}.",
    "per_thousand": "Per 1,000 troops a year: {total}.",
}
"""Sentences of the figures; the panel fills the same ones in the browser."""


def total_text(value: float, qualifier: Qualifier) -> str:
    """Write a projected total with the qualifier that it inherits.

    Example:
        >>> total_text(5200.0, Qualifier.UP_TO)
        'up to 5,200'
    """
    return figure_text(value, "", qualifier.value)


def projection_tiles(projection: Projection) -> tuple[Tile, ...]:
    """Return the nested layers as tiles, the most certain arithmetic first.

    Args:
        projection: The projection; without a claim layer a dash stands for it.

    Example:
        >>> from indicators.methods.projection.parameters import ProjectionParameters
        >>> from indicators.methods.projection.project import project
        >>> [tile.value for tile in projection_tiles(project(ProjectionParameters()))]
        ['up to 5,200', 'up to 4,940', 'about 3,900']
    """
    parameters, claim = projection.parameters, projection.claim
    return (
        Tile(
            label=PHRASES["headline_label"].format(weekly=number_text(parameters.weekly)),
            value=total_text(projection.headline, projection.qualifier),
            note=PHRASES["headline_note"].format(weekly=_weekly_text(parameters), period=_period_text(parameters)),
        ),
        Tile(
            label=PHRASES["calendar_label"],
            value=total_text(projection.calendar, projection.qualifier),
            note=PHRASES["calendar_note" if parameters.ceiling else "calendar_none"].format(
                days=parameters.working_days
            ),
        ),
        Tile(
            label=PHRASES["claim_label"],
            value=PHRASES["no_value"] if claim is None else _claim_text(claim),
            note=PHRASES["claim_none"] if claim is None else _interval_text(claim),
        ),
    )


def projection_lines(projection: Projection) -> tuple[str, ...]:
    """Return the sentences below the tiles: how the figure is read, how the pace moves, the headline in other units.

    Args:
        projection: The projection; without a share of suspended sentences or a force size their line is empty.

    Example:
        >>> from indicators.methods.projection.parameters import ProjectionParameters
        >>> from indicators.methods.projection.project import project
        >>> projection_lines(project(ProjectionParameters(force_size=360_000, drift=0, growth_sd=0)))[1:]
        ('If nothing changes: the pace holds to what is set.', '', '', 'Per 1,000 troops a year: up to 14.4.')
    """
    pace = "" if projection.claim is None else describe_pace(projection.parameters)
    others = (("imprisoned", projection.imprisoned), ("per_thousand", projection.per_thousand_a_year))
    return (
        projection.claim_sentence,
        pace,
        PHRASES["growth_fades"] if projection.parameters.fading else "",
        *(
            "" if total is None else PHRASES[name].format(total=total_text(total, projection.qualifier))
            for name, total in others
        ),
    )


def projection_finding(projection: Projection) -> str:
    """Say in one or two sentences what the projection comes to.

    Args:
        projection: The projection.

    Example:
        >>> from indicators.methods.projection.parameters import ProjectionParameters
        >>> from indicators.methods.projection.project import project
        >>> projection_finding(project(ProjectionParameters(reading="ceiling", growth_weekly=0.01)))
        'At most 6,777 in a year with growth of 4.42 % a month.'
    """
    parameters, claim = projection.parameters, projection.claim
    if parameters.qualifier is Qualifier.UP_TO:
        opening = PHRASES["finding_ceiling"].format(
            total=number_text(projection.headline), period=_period_text(parameters)
        )
    else:
        total = upper_first(total_text(projection.headline, projection.qualifier))
        opening = PHRASES["finding"].format(total=total, period=_period_text(parameters))
    sentence = opening
    if parameters.growth:
        sentence += PHRASES["finding_growth"].format(growth=number_text(100 * monthly_from_weekly(parameters.growth)))
        sentence += PHRASES["finding_fades"] if parameters.fading else ""
    if claim is not None:
        likely = "finding_likely" if parameters.ceiling else "finding_claim"
        sentence += PHRASES[likely].format(mean=_claim_text(claim), interval=_interval_text(claim))
    return f"{sentence}."


def past_source(evidence: Evidence, past: Sequence[Figure]) -> SourceLine:
    """Return the sources of the totals before a projection, to follow its source line; empty without any.

    Args:
        evidence: Evidence that holds the sources.
        past: Dated totals that were counted before it began.
    """
    ids = sorted({source for total in past for source in total.source_ids})
    return (" Counted before: ", cited_pages(evidence, ids), ".") if ids else ()


def past_name(past: Sequence[Figure]) -> str:
    """Say what the dated totals before a projection count, and from which day.

    Args:
        past: Dated totals of one counter.
    """
    return f"Counted before, since {past[0].period_start:%-d %b %Y}" if past else "Counted before"


def projection_table(projection: Projection, dates: Sequence[date], past: Sequence[Figure] = ()) -> Columns:
    """Return the running totals week by week, for people.

    Args:
        projection: The projection.
        dates: Target date of each week.
        past: Dated totals that were counted before it began; they come first, in a column of their own.
    """
    before = [None] * len(past)
    columns: dict[str, list[Any]] = {
        "Week": [*before, *projection.weeks.tolist()],
        "Target date": [*(total.period_end for total in past), *dates],
    }
    if past:
        columns[past_name(past)] = [*(total.value for total in past), *([None] * len(dates))]
    paths = {"Every week": projection.headline_path, "Minus court holidays": projection.calendar_path}
    if projection.claim_paths is not None:
        levels = zip(projection.levels, projection.claim_paths, strict=True)
        paths |= {f"{percent_text(level)} level": path for level, path in levels}
    return columns | {name: [*before, *path.tolist()] for name, path in paths.items()}


def _period_text(parameters: ProjectionParameters) -> str:
    return PHRASES["year" if parameters.weeks == WEEKS_PER_YEAR_OF_COURTS else "weeks"].format(weeks=parameters.weeks)


def _weekly_text(parameters: ProjectionParameters) -> str:
    return figure_text(parameters.weekly, PHRASES["weekly_unit"], parameters.qualifier.value)


def _claim_text(claim: ClaimSummary) -> str:
    return PHRASES["claim_value"].format(mean=rounded_text(claim.mean))


def _interval_text(claim: ClaimSummary) -> str:
    return PHRASES["interval"].format(low=rounded_text(claim.q05), high=rounded_text(claim.q95))
