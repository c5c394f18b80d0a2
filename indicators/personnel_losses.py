"""Russian personnel losses as claimed by the adversary: pressure on the force, not a count.

The Ukrainian General Staff publishes a running total every day (killed and wounded, by a method it does not
disclose). The UK Ministry of Defence's daily averages restate those claims: one origin, not a confirmation. A
report dated D covers the day before, so months here are built after shifting report dates back by one day.

Formula: losses per day = x / n, x a month's claimed losses (persons), n its days; losses per armoured vehicle = x /
v, v the armoured vehicles claimed destroyed in the same month.

Reference: Ukrainian General Staff daily reports, as collected in public datasets; UK Ministry of Defence updates.
"""

from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedRow, DerivedSeries, convert_rates, derived_table, figures
from indicators.core.figures.periods import days_between, ratio, scale
from indicators.core.model import Dated, Indicator, Panel

CLAIMED = "claimed_ru_personnel_losses"
CLAIMED_ARMOUR = "claimed_ru_armour_losses"
UKMOD_DAILY = "ukmod_ru_casualties_avg_daily"

PER_DAY = DerivedSeries(
    id="personnel_losses_claimed_per_day",
    label="Claimed losses per day (days of the losses)",
    stage=Stage.LOSS,
    unit="persons per day",
    method="A month's claimed losses over its days; report dates are shifted back by one day first.",
)
PER_VEHICLE = DerivedSeries(
    id="personnel_losses_per_armoured_vehicle",
    label="Claimed persons per claimed armoured vehicle",
    stage=Stage.LOSS,
    unit="persons per vehicle",
    method="A month's claimed personnel losses over its claimed armoured vehicle losses.",
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute claimed losses per day and per armoured vehicle."""
    claimed = evidence.of_series(CLAIMED)
    rows: list[DerivedRow] = convert_rates(
        claimed, PER_DAY, lambda figure: scale(figure, 1 / days_between(figure.period_start, figure.period_end))
    )
    armour = {figure.period_end: figure for figure in figures(evidence.of_series(CLAIMED_ARMOUR))}
    for figure, claimant in zip(figures(claimed), claimed["claimant"], strict=True):
        vehicles = armour.get(figure.period_end)
        if vehicles is not None and vehicles.value > 0:
            note = f"{figure.value:,.0f} persons, {vehicles.value:,.0f} vehicles"
            rows.append(
                DerivedRow(series=PER_VEHICLE, figure=ratio(figure, vehicles), claimant=str(claimant), note=note)
            )
    return derived_table(rows, evidence.unfinished_months)


INDICATOR = Indicator(
    id="personnel_losses",
    name="Claimed personnel losses",
    group="Losses and cohesion",
    question="How heavy are Russian losses by the adversary's claim, and how do they change?",
    unit="persons per day",
    direction=-1,
    direction_reason="Heavier losses put more pressure on units; how units bear them differs.",
    headline=(PER_DAY.id,),
    formula="x / n: a month's claimed losses x (persons) over its days n; x / v with v claimed armoured vehicles",
    caveats=(
        "An adversary's claim of killed and wounded together, by an undisclosed method; nobody can verify it.",
        "The UK averages restate the same claims: one origin, never a confirmation.",
        "By report date a month differs slightly; months here count the days of the losses.",
        Dated("December 2024 is about 1,570 a day by day of loss and 1,585 by day of report.", date(2025, 1, 1)),
        "Losses are pressure on the force; they do not measure how soldiers feel about it.",
    ),
    references=(
        "Ukrainian General Staff, daily reports since 24 February 2022",
        "UK Ministry of Defence, daily averages by month",
    ),
    panels=(
        Panel(
            id="per_day",
            tab="Per day",
            title="Claimed losses, persons per day",
            unit="persons per day",
            series=(PER_DAY.id, UKMOD_DAILY),
            kind="line",
            note="The UK line restates the Ukrainian claims: it is the same origin drawn twice.",
        ),
        Panel(
            id="monthly",
            tab="By month",
            title="Claimed losses by month",
            unit="persons",
            series=(CLAIMED,),
            kind="columns",
        ),
        Panel(
            id="year",
            tab="By year",
            title="Losses of a year as stated by the UK and by the commander-in-chief of Ukraine",
            unit="persons",
            series=("uk_mod_ru_casualties_year_total", "ua_cinc_russian_losses_annual"),
            kind="columns",
            note="Killed and wounded. The UK restates the Ukrainian claims: one origin, not a confirmation.",
        ),
        Panel(
            id="since_2022",
            tab="Totals",
            title="Losses since February 2022 as stated by the UK",
            unit="persons",
            series=("uk_mod_ru_casualties_cumulative",),
            kind="points",
            note=Dated(
                "Its own estimate until early 2024, then the Ukrainian totals; points are not joined.", date(2024, 5, 4)
            ),
        ),
        Panel(
            id="per_vehicle",
            tab="Per vehicle",
            title="Claimed persons lost per armoured vehicle lost",
            unit="persons per vehicle",
            series=(PER_VEHICLE.id,),
            kind="line",
            note="A rising line means attacks with fewer vehicles, or unlike counting of men and machines.",
        ),
    ),
    compute=compute,
    counts=CLAIMED,
)
