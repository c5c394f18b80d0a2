"""Drone strikes that reach Moscow and its region, by the day.

Days on which the Russian Defence Ministry reported drones over Moscow or its region; a day's report is an
interception claim, not a hit. Drones counted per attack use unlike windows (a night, a day, 24 hours) and after
September 2023 only large raids and a few chance finds are in the list, so attacks are drawn one by one and never
added up.

Formula: days with a report per 30 days = 30 x / n, x days with a report in the month, n the days covered.

Reference: posts of the Russian Ministry of Defence as archived; statements of the mayor of Moscow; BBC Verify for
2023.
"""

from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedRow, DerivedSeries, convert_rates, derived_table
from indicators.core.figures.periods import days_between, scale
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Dated, Indicator, Panel

DAYS = "ru_mod_moscow_uav_days"
ATTACKS = "moscow_drones_downed_per_attack"
NATIONWIDE = "bbc_drone_attacks_ru_crimea_cumulative_2023"
MONTH_DAYS = 30

PER_MONTH = DerivedSeries(
    id="capital_drone_strikes_days_per_30",
    label="Days with drones over Moscow, per 30 days",
    stage=Stage.STRIKE,
    unit="days per 30 days",
    method="Days with a report times 30, over the days of the month that the record covers.",
)
NATIONWIDE_WEEKLY = DerivedSeries(
    id="capital_drone_strikes_attacks_weekly_2023",
    label="Attacks on Russia and occupied Crimea",
    stage=Stage.STRIKE,
    unit="attacks per week",
    method="Difference of two running totals of one counter, times 7, over the days between their dates.",
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute drone days per 30 days and the pace of attacks in 2023."""
    rows: list[DerivedRow] = convert_rates(
        evidence.of_series(DAYS),
        PER_MONTH,
        lambda figure: scale(figure, MONTH_DAYS / days_between(figure.period_start, figure.period_end)),
    )
    rows += rates_between_totals(evidence.of_series(NATIONWIDE), NATIONWIDE_WEEKLY)
    return derived_table(rows, evidence.unfinished_months)


INDICATOR = Indicator(
    id="capital_drone_strikes",
    name="Drone strikes on Moscow",
    group="Pressure on the rear",
    question="How often do drones reach Moscow and its region?",
    unit="days",
    direction=-1,
    direction_reason="Strikes on the capital anger war bloggers; an effect on soldiers is not measured.",
    headline=(DAYS,),
    formula="30 x / n: days x with a report of drones over Moscow or its region in a record of n days",
    caveats=(
        "Russian interception claims: not hits, and rarely confirmed by Kyiv.",
        "A minimum: archived posts are cut at about 400 characters, so long lists may hide Moscow.",
        "Drones per attack use unlike windows (a night, a day, 24 hours), so nothing is summed.",
        Dated("After September 2023 only large raids and a few chance finds are listed.", date(2024, 9, 11)),
        "Strikes are pressure; no effect size on morale is published.",
    ),
    references=(
        "Russian Ministry of Defence, posts on intercepted drones, as archived",
        Dated("BBC Verify, count of drone attacks in 2023", date(2023, 7, 31)),
    ),
    panels=(
        Panel(
            id="days",
            tab="Days",
            title="Days with drones over Moscow or its region, by month",
            unit="days",
            series=(DAYS,),
            kind="columns",
            note="At least: the archived reports are cut. The newest month is incomplete.",
        ),
        Panel(
            id="attacks",
            tab="By attack",
            title="Drones downed near Moscow, by attack",
            unit="drones",
            series=(ATTACKS,),
            kind="lollipop",
            note="Two counts of one attack stand side by side. Not complete: a gap means that no page was found.",
        ),
        Panel(
            id="nationwide",
            tab="Nationwide",
            title=Dated("Drone attacks on Russia and occupied Crimea in 2023", date(2023, 7, 31)),
            unit="attacks",
            series=(NATIONWIDE,),
            kind="totals",
        ),
    ),
    compute=compute,
    counts=DAYS,
)
