"""Named deaths: a documented minimum, counted by name from open sources.

By month of death the newest months are always too low, because deaths become known late: of the deaths of 2024 that
are known now, 42 percent had been named when the year ended. Months are sums of ISO weeks whose Thursday falls in
them, so a month has four or five weeks; rates per week make months comparable. The running total jumps in February
2026, when names were matched with state registers, and is never differenced from then on.

Formula: deaths per week of death r = x / w, x a month's named deaths (persons), w its ISO weeks; names added per week
a = 7 (x2 - x1) / (d2 - d1), x1 and x2 two running totals dated d1 and d2 (days).

Reference: Mediazona, BBC Russian Service and Meduza, edition of May 2026, as published with The Economist's data.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from indicators.core.derived import DerivedRow, DerivedSeries, derived_table, figures
from indicators.core.model import Dated, Indicator, Panel
from indicators.core.observations import Evidence
from indicators.core.periods import FULL_SCALE_INVASION, Figure, days_between, scale
from indicators.core.totals import rates_between_totals
from indicators.core.vocabulary import Stage, Status

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
INCOMPLETE_MONTHS = 9
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
        >>> from indicators.core.vocabulary import KnownBasis, Qualifier
        >>> october = Figure(period_start=date(2024, 10, 1), period_end=date(2024, 10, 31), value=10_183, low=None,
        ...     high=None, qualifier=Qualifier.AT_LEAST, known=date(2026, 5, 11), known_basis=KnownBasis.EDITION,
        ...     source_ids=("s",), inputs=("o",))
        >>> weeks_of_month(october)
        5
    """
    days = range(days_between(figure.period_start, figure.period_end))
    return sum((figure.period_start + timedelta(days=day)).weekday() == THURSDAY for day in days)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute deaths per week of death, named and estimated, and names added per week.

    Months that end within `INCOMPLETE_MONTHS` before their edition are marked as incomplete.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.

    Returns:
        Table with `DERIVED_COLUMNS`.
    """
    rows = _weekly(evidence, NAMED, NAMED_WEEKLY) + _weekly(evidence, ESTIMATED, ESTIMATED_WEEKLY)
    totals = evidence.of_series(TOTAL)
    # A total is dated by its day alone; all of them count from the first day of the list.
    unbroken = totals[totals["period_end"] < pd.Timestamp(REGISTERS_MATCHED)]
    rows += rates_between_totals(unbroken.assign(period_start=pd.Timestamp(FULL_SCALE_INVASION)), ADDED_WEEKLY)
    return derived_table(rows)


def _weekly(evidence: Evidence, series: str, derived: DerivedSeries) -> list[DerivedRow]:
    months = evidence.of_series(series)
    rows = []
    for figure, claimant in zip(figures(months), months["claimant"], strict=True):
        weeks = weeks_of_month(figure)
        settled_by = pd.Timestamp(figure.known) - pd.DateOffset(months=INCOMPLETE_MONTHS)
        rows.append(
            DerivedRow(
                series=derived,
                figure=scale(figure, 1 / weeks),
                claimant=str(claimant),
                status=Status.OK if pd.Timestamp(figure.period_end) <= settled_by else Status.INCOMPLETE,
                note=f"{figure.value:,.0f} persons in {weeks} weeks",
            )
        )
    return rows


INDICATOR = Indicator(
    id="named_deaths",
    name="Named deaths",
    group="Losses and cohesion",
    question="How many Russian soldiers are documented dead by name, and how late do deaths become known?",
    unit="persons per week",
    direction=-1,
    direction_reason="More deaths put more pressure on units; they do not measure how soldiers feel about it.",
    headline=(NAMED_WEEKLY.id,),
    formula="x / w: a month's named deaths x (persons) over its ISO weeks w; 7 (x2 - x1) / (d2 - d1) between totals",
    caveats=(
        "A minimum: the counters themselves expect that a large part of all deaths is never named.",
        "The last nine months before an edition are still being completed: a fall there is not a fall in deaths.",
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
        "Mediazona and Meduza, estimate from the probate registry, 10 July 2023 and later",
    ),
    panels=(
        Panel(
            id="by_death",
            title="Named deaths by month of death, per week",
            unit="persons per week",
            series=(NAMED_WEEKLY.id, ESTIMATED_WEEKLY.id),
            kind="line",
            note="Hatched: the nine months before the edition, in which names are still missing.",
            incomplete_months=INCOMPLETE_MONTHS,
        ),
        Panel(
            id="named",
            title="Named deaths by month of death",
            unit="persons",
            series=(NAMED,),
            kind="columns",
            note="Months hold four or five whole weeks. Hatched: still incomplete.",
            incomplete_months=INCOMPLETE_MONTHS,
        ),
        Panel(
            id="total",
            title="Named deaths since February 2022",
            unit="persons",
            series=(TOTAL,),
            kind="steps",
            note=Dated(
                "The jump of February 2026 comes from matching state registers, not from the front.", date(2026, 2, 24)
            ),
        ),
        Panel(
            id="estimated_total",
            title="Deaths since February 2022 estimated from the probate registry",
            unit="persons",
            series=("meduza_mediazona_probate_estimate_cumulative",),
            kind="points",
            note="Each point is an edition with a model of its own, so points are not joined.",
        ),
        Panel(
            id="added",
            title="Names added to the list, per week",
            unit="names per week",
            series=(ADDED_WEEKLY.id,),
            kind="intervals",
            note="The pace of naming, up to the matching of registers.",
        ),
        Panel(
            id="completeness",
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
            title="Kinds of soldiers among all named deaths",
            unit="percent",
            series=SHARES,
            kind="steps",
            note="Each point covers all named deaths up to its day.",
        ),
    ),
    compute=compute,
    counts=NAMED,
)
