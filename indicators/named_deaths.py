"""Named deaths: a documented minimum, counted by name from open sources.

By month of death the newest months are always too low, because deaths become known late. How complete a month is tells
its age: the ratio of named to estimated deaths rises with age until it levels off. Months are sums of ISO weeks whose
Thursday falls in them, so a month has four or five weeks; rates per week make months comparable. The running total
jumps in February 2026, when names were matched with state registers, and is never differenced from then on.

Formula: deaths per week of death r = x / w, x a month's named deaths (persons), w its ISO weeks; completed r / c, c the
month's completeness by its age; names added per week a = 7 (x2 - x1) / (d2 - d1), x1 and x2 two running totals dated d1
and d2 (days).

Reference: Mediazona, BBC Russian Service and Meduza, edition of May 2026, as published with The Economist's data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Qualifier, Stage, Status
from indicators.core.figures.derived import DerivedRow, DerivedSeries, derived_table, figures
from indicators.core.figures.direction import Z_95
from indicators.core.figures.periods import FULL_SCALE_INVASION, Figure, days_between, merge_provenance, scale
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Dated, Indicator, Panel
from indicators.core.text import percent_text
from indicators.methods.counts.completeness import (
    Completeness,
    CountOfAge,
    age_in_months,
    completed_count,
    completeness_by_age,
)

NAMED = "mediazona_ru_named_deaths"
ESTIMATED = "mediazona_ru_deaths_estimate"
TOTAL = "mediazona_confirmed_deaths_total"
COMPLETENESS = "mediazona_named_list_year_end_completeness"
SHARES = (
    "ru_confirmed_dead_share_volunteers",
    "ru_confirmed_dead_share_prisoners",
    "ru_confirmed_dead_share_mobilised",
)

REGISTERS_MATCHED = date(2026, 2, 1)
THURSDAY = 3

NAMED_WEEKLY = DerivedSeries(
    id="named_deaths_weekly",
    label="Named deaths",
    stage=Stage.DEATH,
    unit="persons per week",
    method="A month's named deaths over the ISO weeks whose Thursday falls in it.",
)
ESTIMATED_WEEKLY = DerivedSeries(
    id="named_deaths_estimated_weekly",
    label="Deaths estimated from the probate registry",
    stage=Stage.DEATH,
    unit="persons per week",
    method="A month's estimated deaths over the ISO weeks whose Thursday falls in it.",
)
COMPLETED_WEEKLY = DerivedSeries(
    id="named_deaths_completed_weekly",
    label="Named deaths, completed for names still to come",
    stage=Stage.DEATH,
    unit="persons per week",
    method="Named deaths of an incomplete month over its completeness by age (see methods.completeness), per ISO week.",
)
ADDED_WEEKLY = DerivedSeries(
    id="named_deaths_added_weekly",
    label="Names added to the list",
    stage=Stage.DEATH,
    unit="names per week",
    method="Difference of two running totals before February 2026, times 7, over the days between their dates.",
)


def weeks_of_month(figure: Figure) -> int:
    """Return the number of ISO weeks that belong to a month: those whose Thursday falls in it.

    Args:
        figure: A figure whose period is one month.

    Example:
        >>> from indicators.core.evidence.vocabulary import KnownBasis, Qualifier
        >>> october = Figure(period_start=date(2024, 10, 1), period_end=date(2024, 10, 31), value=10_183, low=None,
        ...     high=None, qualifier=Qualifier.AT_LEAST, known=date(2026, 5, 11), known_basis=KnownBasis.EDITION,
        ...     source_ids=("s",), inputs=("o",))
        >>> weeks_of_month(october)
        5
    """
    days = range(days_between(figure.period_start, figure.period_end))
    return sum((figure.period_start + timedelta(days=day)).weekday() == THURSDAY for day in days)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute deaths per week of death, named, completed and estimated, and names added per week.

    Months whose list of names is not complete by their age are marked, and stand completed beside it.
    """
    named, estimated = evidence.of_series(NAMED), evidence.of_series(ESTIMATED)
    estimates = {(figure.known, figure.period_start): figure for figure in figures(estimated)}
    curve = _completeness(figures(named), estimates)
    rows = [*_named(named, curve), *_completed(named, estimates, curve)]
    rows += [_weekly(figure, ESTIMATED_WEEKLY, claimant) for figure, claimant in _with_claimants(estimated)]
    totals = evidence.of_series(TOTAL)
    # A total is dated by its day alone; all of them count from the first day of the list.
    unbroken = totals[totals["period_end"] < pd.Timestamp(REGISTERS_MATCHED)]
    rows += rates_between_totals(unbroken.assign(period_start=pd.Timestamp(FULL_SCALE_INVASION)), ADDED_WEEKLY)
    return derived_table(rows, evidence.unfinished_months)


def _completeness(named: list[Figure], estimates: Mapping[tuple[date, date], Figure]) -> Completeness | None:
    """Return completeness by age from the months that one edition both names and estimates."""
    pairs = [(figure, estimates.get((figure.known, figure.period_start))) for figure in named]
    return completeness_by_age(
        [
            CountOfAge(age=_age(figure), named=figure.value, estimated=estimate.value)
            for figure, estimate in pairs
            if estimate is not None and figure.value > 0 and estimate.value > 0
        ]
    )


def _age(figure: Figure) -> int:
    return age_in_months(figure.period_end, figure.known)


def _named(named: pd.DataFrame, curve: Completeness | None) -> Iterator[DerivedRow]:
    for figure, claimant in _with_claimants(named):
        complete = curve is not None and curve.complete(_age(figure))
        weekly = _weekly(figure, NAMED_WEEKLY, claimant)
        yield replace(weekly, status=Status.OK if complete else Status.INCOMPLETE)


def _completed(
    named: pd.DataFrame, estimates: Mapping[tuple[date, date], Figure], curve: Completeness | None
) -> Iterator[DerivedRow]:
    for figure, claimant in _with_claimants(named):
        found = None if curve is None or curve.complete(_age(figure)) else curve.at(_age(figure))
        if curve is None or found is None:
            continue
        share, variation = found
        whole, deviation = completed_count(figure.value, share, variation, curve.dispersion)
        estimate = estimates.get((figure.known, figure.period_start))
        completed = replace(
            figure,
            value=whole,
            low=max(whole - Z_95 * deviation, figure.value),
            high=whole + Z_95 * deviation,
            qualifier=Qualifier.ESTIMATE,
            **merge_provenance(*(part for part in (figure, estimate) if part is not None)),
        )
        yield replace(
            _weekly(completed, COMPLETED_WEEKLY, claimant),
            status=Status.INCOMPLETE,
            note=f"{figure.value:,.0f} persons named, {percent_text(share)} complete at its age",
        )


def _with_claimants(rows: pd.DataFrame) -> Iterator[tuple[Figure, str]]:
    return zip(figures(rows), rows["claimant"].astype(str), strict=True)


def _weekly(figure: Figure, derived: DerivedSeries, claimant: str) -> DerivedRow:
    weeks = weeks_of_month(figure)
    return DerivedRow(
        series=derived,
        figure=scale(figure, 1 / weeks),
        claimant=claimant,
        note=f"{figure.value:,.0f} persons in {weeks} weeks",
    )


INDICATOR = Indicator(
    id="named_deaths",
    name="Named deaths",
    group="Losses and cohesion",
    question="How many Russian soldiers are documented dead by name, and how late do deaths become known?",
    unit="persons per week",
    direction=-1,
    direction_reason="More deaths put more pressure on units; they do not measure how soldiers feel about it.",
    headline=(NAMED_WEEKLY.id,),
    formula="x / w: a month's named deaths x (persons) over its ISO weeks w; x / (w c) with c its completeness by age; "
    "7 (x2 - x1) / (d2 - d1) between totals",
    caveats=(
        "A minimum: the counters themselves expect that a large part of all deaths is never named.",
        "The newest months are still being completed: a fall there is not a fall in deaths. They are hatched and "
        "stand in no headline, change or study.",
        Dated(
            "A month counts as complete once it holds nine tenths of the names that a month holds after 22 months. "
            "In the edition of May 2026 that takes about 20 months; names level off at 72 percent of the estimate.",
            date(2026, 5, 11),
        ),
        Dated(
            "From March to August 2022 more deaths are named than estimated (1.05 to 1.64 times): the two lines count "
            "different populations, and neither is a share of the other.",
            date(2026, 5, 11),
        ),
        "Names added in a week tell the pace of naming, not of dying.",
        Dated(
            "In February 2026 names were matched with state registers; the total is not differenced from there on.",
            date(2026, 2, 24),
        ),
        Dated(
            "Estimates from the probate registry are partly predicted from July 2025 on.",
            date(2026, 5, 11),
        ),
        "Shares by kind of soldier cover all named deaths since 2022, and many notices do not state the kind.",
    ),
    references=(
        Dated("Mediazona, BBC Russian Service and Meduza, named deaths, edition of May 2026", date(2026, 5, 11)),
        Dated("Mediazona and Meduza, estimate from the probate registry, 10 July 2023 and later", date(2023, 7, 10)),
    ),
    panels=(
        Panel(
            id="by_death",
            tab="Per week",
            title="Named deaths by month of death, per week",
            unit="persons per week",
            series=(NAMED_WEEKLY.id, ESTIMATED_WEEKLY.id, COMPLETED_WEEKLY.id),
            kind="line",
            note="Hatched: names are still missing. The completed line rests on how fast names came in so far.",
        ),
        Panel(
            id="named",
            tab="By month",
            title="Named deaths by month of death",
            unit="persons",
            series=(NAMED,),
            kind="columns",
            note="Months hold four or five whole weeks. Hatched: still incomplete.",
        ),
        Panel(
            id="total",
            tab="Totals",
            title="Named deaths since February 2022",
            unit="persons",
            series=(TOTAL,),
            kind="totals",
            note=Dated(
                "The jump of February 2026 comes from matching state registers, not from the front.", date(2026, 2, 24)
            ),
        ),
        Panel(
            id="estimated_total",
            tab="Estimated",
            title=Dated("Deaths since February 2022 estimated from the probate registry", date(2023, 7, 10)),
            unit="persons",
            series=("meduza_mediazona_probate_estimate_cumulative",),
            kind="points",
            note="Each point is an edition with a model of its own, so points are not joined.",
        ),
        Panel(
            id="added",
            tab="Names added",
            title="Names added to the list, per week",
            unit="names per week",
            series=(ADDED_WEEKLY.id,),
            kind="intervals",
            note=Dated(
                "The pace of naming, up to the matching of registers.", date(2026, 2, 24), before="The pace of naming."
            ),
        ),
        Panel(
            id="completeness",
            tab="How late",
            title="Share of a year's named deaths that were known when it ended",
            unit="percent",
            series=(COMPLETENESS,),
            kind="columns",
            note=Dated(
                "Measured against the edition of May 2026: for 2025 only months later, so its share will fall.",
                date(2026, 5, 11),
            ),
        ),
        Panel(
            id="kinds",
            tab="Who they were",
            title="Kinds of soldiers among all named deaths",
            unit="percent",
            series=SHARES,
            kind="totals",
            note="Each point covers all named deaths up to its day.",
        ),
    ),
    compute=compute,
    counts=NAMED,
)
