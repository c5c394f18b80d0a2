"""The price of recruits and their number: bonuses, and contracts claimed against contracts counted.

A rising bonus says that fewer sign for the old price; it follows budgets and quotas too. Officials claim more contracts
than the budget paid bonuses for. Official totals restart every January with a scope that changes, so they are
differenced within a year only. Contracts are not people: re-signings and transfers are in the claims.

Formula: contracts per week r = 7 x / n, x contracts in a period of n days, or 7 (x2 - x1) / (d2 - d1) between two
totals of one year; ratio q = x / b, x contracts claimed and b contracts counted from the budget in one period.

Reference: iStories, 30 May and 18 August 2025; Janis Kluge, 2025; Russian Security Council as printed by the press;
Conflict Intelligence Team, 2025.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedRow, DerivedSeries, convert_rates, derived_table, figures
from indicators.core.figures.periods import per_week, ratio
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Dated, Indicator, Panel

FEDERAL = "bonus_federal_sign_on"
AVERAGE = ("bonus_average_total", "bonus_average_regional")
BUDGET = "istories_contracts_budget"
REGIONS = "kluge_contracts_regional_model"
CLAIMED = "medvedev_contracts_ytd"
INTELLIGENCE = "hur_russian_recruits_ytd"


def _weekly(name: str, label: str, method: str) -> DerivedSeries:
    return DerivedSeries(
        id=f"recruitment_price_{name}_weekly", label=label, stage=Stage.FORCE, unit="contracts per week", method=method
    )


_OVER_DAYS = "Contracts of a period times 7, over its days."
CLAIMED_WEEKLY = _weekly(
    "claimed", "Claimed by officials", "Difference of two claimed totals of one year, times 7, over the days between."
)
BUDGET_WEEKLY = _weekly("budget", "Counted from the federal budget", _OVER_DAYS)
REGIONS_WEEKLY = _weekly("regions", "Estimated from regional budgets", _OVER_DAYS)
CLAIMED_OVER_BUDGET = DerivedSeries(
    id="recruitment_price_claimed_over_budget",
    label="Claimed over counted",
    stage=Stage.FORCE,
    unit="contracts claimed per contract counted",
    method="Contracts claimed by officials over contracts counted from the federal budget, in one period.",
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute contracts per week by three counters, and how far claims exceed the budget's count."""
    return derived_table(
        [
            # Totals restart in January: each year has its own first day, so no pair spans two years.
            *rates_between_totals(evidence.of_series(CLAIMED), CLAIMED_WEEKLY),
            *convert_rates(evidence.of_series(BUDGET), BUDGET_WEEKLY, per_week),
            *convert_rates(evidence.of_series(REGIONS), REGIONS_WEEKLY, per_week),
            *_claimed_over_budget(evidence),
        ]
    )


def _claimed_over_budget(evidence: Evidence) -> Iterator[DerivedRow]:
    counted = {(figure.period_start, figure.period_end): figure for figure in figures(evidence.of_series(BUDGET))}
    claims = evidence.of_series(CLAIMED)
    for claim, claimant in zip(figures(claims), claims["claimant"], strict=True):
        count = counted.get((claim.period_start, claim.period_end))
        if count is not None:
            yield DerivedRow(
                series=CLAIMED_OVER_BUDGET,
                figure=ratio(claim, count),
                claimant=str(claimant),
                note=f"{claim.value:,.0f} claimed, {count.value:,.0f} counted from the budget",
            )


INDICATOR = Indicator(
    id="recruitment_price",
    name="Price of recruits",
    group="Home front and price",
    question="What does a recruit cost, and how many sign by claim and by count?",
    unit="roubles",
    direction=-1,
    direction_reason="A higher price points to fewer volunteers at the old one; budgets and quotas move it too.",
    headline=(FEDERAL,),
    formula="7 x / n and 7 (x2 - x1) / (d2 - d1): contracts a week; q = x / b: contracts claimed x over counted b",
    caveats=(
        "Official totals include re-signings and transfers, and their scope changes between years.",
        "Counts from the budget shift signers between quarters, because bonuses are paid late.",
        "Averages of bonuses mix definitions: one-time payment at signing, regional part, or cost per recruit.",
        "Price follows budgets and quotas as well as reluctance.",
        Dated("Some regions cut bonuses in autumn 2025.", date(2025, 10, 31)),
        "Contracts are not people, and recruits are not morale.",
    ),
    references=(
        "iStories, contracts counted from federal spending on bonuses",
        "Janis Kluge, contracts and bonuses from regional budgets",
        "Russian Security Council, claims of contracts since 1 January, as printed by the press",
    ),
    panels=(
        Panel(
            id="federal",
            tab="Federal bonus",
            title="Federal sign-on bonus",
            unit="roubles",
            series=(FEDERAL,),
            kind="steps",
            note="A price holds from its day on until the next one.",
        ),
        Panel(
            id="average",
            tab="Average bonus",
            title="Average sign-on bonus, by author",
            unit="roubles",
            series=AVERAGE,
            kind="points",
            note="Authors define the average differently, so points are not joined.",
        ),
        Panel(
            id="regional",
            tab="Regional bonus",
            title="Regional sign-on bonus, by region",
            unit="roubles",
            series=("bonus_regional",),
            kind="points",
            note="Regions and days on which a page was found; a gap is no sign that nothing was paid.",
        ),
        Panel(
            id="contracts",
            tab="Contracts",
            title="Contracts claimed by officials and counted from the budget, per week",
            unit="contracts per week",
            series=(CLAIMED_WEEKLY.id, BUDGET_WEEKLY.id),
            kind="intervals",
            note="Claims are differenced within one year only. Quarters, half-years and years counted overlap.",
        ),
        Panel(
            id="regions",
            tab="By region",
            title="Contracts estimated from regional budgets, per week",
            unit="contracts per week",
            series=(REGIONS_WEEKLY.id,),
            kind="intervals",
            note=Dated("Extrapolated from 37 regions in 2025; periods overlap.", date(2025, 7, 31)),
        ),
        Panel(
            id="over_budget",
            tab="Claimed or counted",
            title="Contracts claimed over contracts counted from the budget",
            unit="contracts claimed per contract counted",
            series=(CLAIMED_OVER_BUDGET.id,),
            kind="intervals",
            note="At 1 claim and count agree.",
        ),
        Panel(
            id="totals",
            tab="Totals",
            title="Contracts and recruits since 1 January, as claimed",
            unit="persons",
            series=(CLAIMED, INTELLIGENCE),
            kind="totals",
            note="Totals restart every January with a scope of their own.",
        ),
    ),
    compute=compute,
)
