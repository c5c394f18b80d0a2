"""Cases of absence, refusal and desertion that reach Russian military courts.

What is counted is a file registered on a court's website: not a sentence, and not a person. Mediazona counts from
the courts' own pages; RFE/RL counted once, separately, and is never differenced against Mediazona. Courts post
late, so the newest months are incomplete and a year's total grows after the year has ended.

Formula: weekly intake r = 7 (x2 - x1) / (d2 - d1), x1 and x2 two running totals of one counter and scope (cases)
dated d1 and d2 (days). A part-year total x over n days gives 7 x / n. Cases waiting B = C - S, C cases received and S
sentences passed, both to one day.

Reference: Mediazona, 19 July 2023, 29 December 2023, 18 June 2024 and June 2025, as listed under the sources.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage, Status
from indicators.core.figures.denominators import force_estimates, per_thousand_rows
from indicators.core.figures.derived import DerivedRow, DerivedSeries, convert_rates, derived_table, figures
from indicators.core.figures.periods import difference, merge_provenance, per_week
from indicators.core.figures.totals import both_totals, rates_between_totals
from indicators.core.model import Dated, Indicator, Panel
from indicators.methods.counts.backlog import cases_waiting

CUMULATIVE = {
    "art337": ("ru_art337_cases_cumulative_since_mobilisation", "Absence (Art. 337)"),
    "all": ("ru_refusal_cases_cumulative_since_mobilisation", "All refusal articles (337, 332, 338)"),
    "art332": ("ru_art332_cases_cumulative_since_mobilisation", "Refusal of an order (Art. 332)"),
    "art338": ("ru_art338_cases_cumulative_since_mobilisation", "Desertion (Art. 338)"),
}
ANNUAL = "ru_art337_cases_received_annual"
PART_YEAR = "ru_art337_cases_received_partyear"

_DIFFERENCED = "Difference of two running totals of one counter, times 7, over the days between their dates."


def _weekly_series(key: str, label: str) -> DerivedSeries:
    return DerivedSeries(
        id=f"refusal_cases_weekly_{key}", label=label, stage=Stage.CASE, unit="cases per week", method=_DIFFERENCED
    )


WITHIN_YEAR = DerivedSeries(
    id="refusal_cases_weekly_art337_within_year",
    label="Absence (Art. 337), part of a year",
    stage=Stage.CASE,
    unit="cases per week",
    method="Total from 1 January to its date, times 7, over the days; a second half-year is year less first half.",
)
SENTENCES = {
    "all": "ru_refusal_sentences_cumulative_since_mobilisation",
    "art337": "ru_art337_sentences_cumulative_since_mobilisation",
}


def _waiting_series(key: str, label: str) -> DerivedSeries:
    return DerivedSeries(
        id=f"refusal_cases_waiting_{key}",
        label=f"{label}, waiting",
        stage=Stage.CASE,
        unit="cases",
        method="Cases received less sentences passed, both since the mobilisation and to one day.",
    )


PER_THOUSAND = DerivedSeries(
    id="refusal_cases_art337_per_1000_a_year",
    label="Absence (Art. 337), per 1,000 troops a year",
    stage=Stage.CASE,
    unit="cases per 1,000 troops a year",
    method="Weekly intake times 52.1775 times 1,000, over the force estimate nearest in time of one claimant.",
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute weekly intake between dated totals, within years, and per 1,000 troops a year.

    Returns:
        Table with `DERIVED_COLUMNS`; one row per pair of totals.
    """
    rows: list[DerivedRow] = []
    for key, (series, label) in CUMULATIVE.items():
        rows += rates_between_totals(evidence.of_series(series), _weekly_series(key, label))
    for key, sentences in SENTENCES.items():
        cases, label = CUMULATIVE[key]
        rows += cases_waiting(evidence.of_series(cases), evidence.of_series(sentences), _waiting_series(key, label))
    absence = [row for row in rows if row.series.id == "refusal_cases_weekly_art337"]
    rows += _within_years(evidence)
    rows += per_thousand_rows(absence, force_estimates(evidence), PER_THOUSAND)
    return derived_table(rows)


def _within_years(evidence: Evidence) -> Iterator[DerivedRow]:
    part_years = evidence.of_series(PART_YEAR)
    yield from convert_rates(part_years, WITHIN_YEAR, per_week)
    annual = evidence.of_series(ANNUAL)
    for (claimant, start), vintages in annual.sort_values("known").groupby(["claimant", "period_start"]):
        half = part_years[
            (part_years["claimant"] == claimant)
            & (part_years["period_start"] == start)
            & (part_years["period_end"].dt.month == 6)
            & (part_years["period_end"].dt.day == 30)
        ]
        if half.empty:
            continue
        first_half = figures(half.sort_values("known").tail(1))[0]
        editions = figures(vintages)
        rates = [per_week(difference(first_half, edition)) for edition in editions]
        revised = len(editions) > 1
        note = both_totals(first_half, editions[-1])
        if revised:
            note += "; the year's total is a later edition than the half-year's, so this is likely too high"
        yield DerivedRow(
            series=WITHIN_YEAR,
            figure=replace(
                rates[-1],
                low=min(rate.value for rate in rates),
                high=max(rate.value for rate in rates),
                **merge_provenance(first_half, *editions),
            ),
            claimant=str(claimant),
            status=Status.MIXED_VINTAGES if revised else Status.OK,
            note=note,
        )


INDICATOR = Indicator(
    id="refusal_cases",
    name="Refusal cases reaching courts",
    group="Refusal and law",
    question="How many cases of absence, refusal and desertion reach Russian military courts, and how fast?",
    unit="cases per week",
    direction=-1,
    direction_reason="More soldiers charged with absence or refusal points to worse morale or stricter enforcement.",
    headline=("refusal_cases_weekly_art337",),
    formula="r = 7 (x2 - x1) / (d2 - d1): two running totals of one counter (cases), their dates (days); B = C - S: "
    "cases received less sentences passed, to one day",
    caveats=(
        "A case is not a sentence and not a person: do not read cases as sentences or people.",
        "Most absent soldiers are returned without a trial, so cases understate flight and partly measure enforcement.",
        "Courts post late: the newest months are incomplete and totals of past years still grow.",
        "Each total is of its own edition. A later one also holds files of earlier days that were posted late, so a "
        "rate between two totals is somewhat too high; none is corrected for it.",
        Dated(
            "The year 2023 grew by 1.4 percent between its two editions; its second half mixes both and is marked.",
            date(2024, 10, 17),
        ),
        "Cases waiting hold every file without a sentence, also those closed, joined or sent back: an upper reading. A "
        "growing number tells of court capacity at least as much as of flight.",
        "Rates per 1,000 troops divide cases of all garrison courts by the force in the theatre, so soldiers who never "
        "were there are above the line and not below it; the estimate nearest in time is taken.",
        Dated("The law was toughened on 24 September 2022, so earlier counts are not comparable.", date(2022, 9, 24)),
    ),
    references=(
        Dated(
            "Mediazona, count of absence cases on garrison court websites, 19 July 2023 and later editions",
            date(2023, 7, 19),
            before="Mediazona, count of absence cases on garrison court websites",
        ),
        Dated("Re: Russia, 23 March 2023, on trial lag", date(2023, 3, 23)),
        Dated("Re: Russia, 22 September 2023, on force size", date(2023, 9, 22)),
    ),
    panels=(
        Panel(
            id="weekly",
            tab="Rate",
            title="Cases reaching courts, per week",
            unit="cases per week",
            series=tuple(f"refusal_cases_weekly_{key}" for key in ("art337", "all", "art332")),
            kind="intervals",
            note="Each bar is the weekly average between two published totals.",
        ),
        Panel(
            id="within_year",
            tab="Earlier years",
            title="Absence cases per week, earlier counts by part of a year",
            unit="cases per week",
            series=(WITHIN_YEAR.id,),
            kind="intervals",
            note="Bars overlap where a part of a year was counted twice.",
        ),
        Panel(
            id="annual",
            tab="By year",
            title="Absence cases received in a year",
            unit="cases",
            series=(ANNUAL,),
            kind="columns",
            note="Revised figures replace earlier ones; see Revisions.",
        ),
        Panel(
            id="totals",
            tab="Totals",
            title=Dated("Cases since the September 2022 mobilisation", date(2022, 9, 21)),
            unit="cases",
            series=tuple(series for series, _ in CUMULATIVE.values()),
            kind="totals",
        ),
        Panel(
            id="waiting",
            tab="Waiting",
            title="Cases received and not yet sentenced",
            unit="cases",
            series=tuple(f"refusal_cases_waiting_{key}" for key in SENTENCES),
            kind="points",
            note="On days with both totals. Closed and returned files count as waiting: an upper reading.",
        ),
        Panel(
            id="per_thousand",
            tab="Per 1,000 troops",
            title="Absence cases per 1,000 troops a year",
            unit="cases per 1,000 troops a year",
            series=(PER_THOUSAND.id,),
            kind="intervals",
            note="Cases of all garrison courts over the force in the theatre: unlike groups. The force is a claim.",
        ),
    ),
    compute=compute,
    counts=ANNUAL,
)
