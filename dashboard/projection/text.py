"""Sentences and tables of the projection page."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.charts.columns import Columns
from dashboard.charts.models.fan import LineEnd, line_ends
from dashboard.component.controls import Tile
from dashboard.component.source_line import SourceLine
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.rounding import lower_limit
from indicators.core.text import (
    QUALIFIER_WORDS,
    day_text,
    figure_text,
    number_text,
    percent_text,
    rounded_text,
    upper_first,
)
from indicators.methods.projection.afterwards import CountedLine
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
    "headline_note": "{weekly} every week, for {period}",
    "claim_label": "More likely",
    "claim_label_mean": "With uncertainty",
    "claim_value": "about {mean}",
    "claim_none": "no point estimate",
    "no_value": "–",
    "interval": "{low} to {high}",
    "counted_label": "Counted",
    "counted_note": "all refusal articles, at least {low}, by {claimant}",
    "counted_until": " up to {day}",
    "counted_none": "no later count was known",
    "end_claim": "{label} {value}",
    "end_counted": "counted {value}, all articles ({claimant})",
    "finding": "{total} in {period}",
    "finding_ceiling": "At most {total} in {period}",
    "court_days": "Minus court holidays ({days} of 260 weekdays): {total}; the likelier total is lowered alike.",
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

BOUND_WORDS: Mapping[str, str] = {
    qualifier: upper_first(words or "exactly") for qualifier, words in QUALIFIER_WORDS.items()
} | {Qualifier.UP_TO.value: "At most"}
"""What a projected total is, above its number."""


def total_text(value: float, qualifier: Qualifier) -> str:
    """Write a projected total with the qualifier that it inherits.

    Example:
        >>> total_text(5200.0, Qualifier.UP_TO)
        'up to 5,200'
    """
    return figure_text(value, "", qualifier.value)


def projection_tiles(projection: Projection, counted: CountedLine | None = None) -> tuple[Tile, ...]:
    """Return the answer in three figures: the plain arithmetic, what is more likely, and what was counted.

    Args:
        projection: The projection; without a claim layer a dash stands for it.
        counted: What was counted since its first day; None where nothing was known.

    Example:
        >>> from indicators.methods.projection.parameters import ProjectionParameters
        >>> from indicators.methods.projection.project import project
        >>> [f"{tile.label} {tile.value}" for tile in projection_tiles(project(ProjectionParameters()))]
        ['At most 5,200', 'More likely about 3,900', 'Counted –']
    """
    parameters, claim = projection.parameters, projection.claim
    within = None if counted is None else counted.within(parameters.weeks)
    return (
        Tile(
            label=BOUND_WORDS[projection.qualifier.value],
            value=number_text(projection.headline),
            note=PHRASES["headline_note"].format(
                weekly=number_text(parameters.weekly), period=_period_text(parameters)
            ),
        ),
        Tile(
            label=_claim_label(parameters),
            value=PHRASES["no_value"] if claim is None else _claim_text(claim),
            note=PHRASES["claim_none"] if claim is None else _interval_text(claim),
        ),
        Tile(
            label=PHRASES["counted_label"],
            value=PHRASES["no_value"] if within is None else _counted_text(within),
            note=PHRASES["counted_none"] if within is None else _counted_note(within, parameters.weeks),
        ),
    )


def projection_ends(projection: Projection, dates: Sequence[date], counted: CountedLine | None = None) -> list[LineEnd]:
    """Return what stands at the end of each line of the fan.

    Args:
        dates: Day of each week, the first day before them.
    """
    last, claim = dates[-1].isoformat(), projection.claim
    ends = []
    if counted is not None:
        within = counted.within(projection.parameters.weeks)
        text = PHRASES["end_counted"].format(value=_counted_text(within), claimant=within.claimant)
        ends.append(LineEnd("counted", counted_days(within, dates[0])[-1], within.values[-1], text))
    label = BOUND_WORDS[projection.qualifier.value]
    ends.append(LineEnd("headline", last, projection.headline, f"{label} {number_text(projection.headline)}"))
    if claim is not None:
        text = PHRASES["end_claim"].format(label=_claim_label(projection.parameters), value=_claim_text(claim))
        ends.append(LineEnd("median", last, claim.q50, text))
    return line_ends(ends)


def counted_days(counted: CountedLine, origin: date) -> list[str]:
    """Return the ISO date of every reading of a counted line."""
    return [(origin + timedelta(days=round(7 * week))).isoformat() for week in counted.weeks]


def projection_lines(projection: Projection) -> tuple[str, ...]:
    """Return the sentences below the tiles: how the figure is read, how the pace moves, the headline in other units.

    Args:
        projection: The projection; without a share of suspended sentences or a force size their line is empty.

    Example:
        >>> from indicators.methods.projection.parameters import ProjectionParameters
        >>> from indicators.methods.projection.project import project
        >>> projection_lines(project(ProjectionParameters(force_size=360_000, drift=0, growth_sd=0)))[3:]
        ... # doctest: +NORMALIZE_WHITESPACE
        ('Minus court holidays (247 of 260 weekdays): up to 4,940; the likelier total is lowered alike.',
         '', 'Per 1,000 troops a year: up to 14.4.')
    """
    pace = "" if projection.claim is None else describe_pace(projection.parameters)
    court_days = PHRASES["court_days"].format(
        days=number_text(projection.parameters.working_days),
        total=total_text(projection.calendar, projection.qualifier),
    )
    others = (("imprisoned", projection.imprisoned), ("per_thousand", projection.per_thousand_a_year))
    return (
        projection.claim_sentence,
        pace,
        PHRASES["growth_fades"] if projection.parameters.fading else "",
        court_days if projection.parameters.ceiling else "",
        *(
            "" if total is None else PHRASES[name].format(total=total_text(total, projection.qualifier))
            for name, total in others
        ),
    )


def projection_finding(projection: Projection) -> str:
    """Say in one or two sentences what the projection comes to.

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


def counted_source(evidence: Evidence, counted: CountedLine | None) -> SourceLine:
    """Return the sources of what was counted, to follow the source line of a projection; empty without any."""
    return () if counted is None else (" Counted: ", cited_pages(evidence, counted.source_ids), ".")


def projection_table(projection: Projection, dates: Sequence[date], counted: CountedLine | None = None) -> Columns:
    """Return the running totals week by week, for people.

    Args:
        dates: Day of each week, the first day before them.
        counted: What was counted since the first day; it stands in the weeks in which it was read.
    """
    read = {} if counted is None else dict(zip(counted.weeks, counted.values, strict=True))
    weeks = projection.weeks.tolist()
    columns: dict[str, list[Any]] = {
        "Week": weeks,
        "Target date": list(dates[1:]),
        "Counted": [read.get(float(week)) for week in weeks],
        "Every week": projection.headline_path.tolist(),
        "Minus court holidays": projection.calendar_path.tolist(),
    }
    if projection.claim_paths is not None:
        levels = zip(projection.levels, projection.claim_paths, strict=True)
        columns |= {f"{percent_text(level)} level": path.tolist() for level, path in levels}
    return columns


def opening_answer(projection: Projection, counted: CountedLine | None) -> str:
    """Say what the projection comes to, and what was counted."""
    finding = projection_finding(projection)
    if counted is None:
        return finding
    within = counted.within(projection.parameters.weeks)
    return (
        f"{finding} {PHRASES['counted_label']}: {_counted_text(within)} sentences "
        f"({_counted_note(within, projection.parameters.weeks)})."
    )


def _period_text(parameters: ProjectionParameters) -> str:
    return PHRASES["year" if parameters.weeks == WEEKS_PER_YEAR_OF_COURTS else "weeks"].format(weeks=parameters.weeks)


def _claim_label(parameters: ProjectionParameters) -> str:
    return PHRASES["claim_label" if parameters.ceiling else "claim_label_mean"]


def _counted_text(counted: CountedLine) -> str:
    return PHRASES["claim_value"].format(mean=rounded_text(counted.values[-1]))


def _counted_note(counted: CountedLine, weeks: int) -> str:
    note = PHRASES["counted_note"].format(low=number_text(lower_limit(counted.lows[-1])), claimant=counted.claimant)
    return note + (PHRASES["counted_until"].format(day=day_text(counted.last_day)) if counted.weeks[-1] < weeks else "")


def _claim_text(claim: ClaimSummary) -> str:
    return PHRASES["claim_value"].format(mean=rounded_text(claim.mean))


def _interval_text(claim: ClaimSummary) -> str:
    return PHRASES["interval"].format(low=rounded_text(claim.q05), high=rounded_text(claim.q95))
