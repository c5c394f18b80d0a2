"""Strikes on rear areas: dated events by type, claimed interceptions, and what institutes say they do to morale.

In August 2023 the ISW judged that strikes on rear areas in southern Ukraine degrade the morale of units at the front.
That judgement is an assessment; no effect size is published, and none is computed here. Interceptions are claims of the
Russian Defence Ministry, not hits. Two tallies of them differ by what they count and are never spliced.

Formula: interceptions per day = x / n, x drones claimed downed in n days; closures per 30 days = 30 x / n.

Reference: ISW, assessment of 20 August 2023; Russian Ministry of Defence, as archived; RIA Novosti; Novaya
Gazeta Europe.
"""

from datetime import date
from functools import partial

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedSeries, convert_rates, derived_table
from indicators.core.figures.periods import Figure, days_between, scale
from indicators.core.model import Dated, Indicator, Panel

MINISTRY = "ru_mod_uav_interceptions_claimed"
RIA = "ru_mod_drones_downed_week_ria"
CLOSURES = "ru_airport_closures_drones"
MONTH_DAYS = 30

PER_DAY = DerivedSeries(
    id="rear_area_strikes_interceptions_per_day",
    label="Drones claimed downed, by month",
    stage=Stage.STRIKE,
    unit="drones per day",
    method="Drones claimed downed over the days covered.",
)
RIA_PER_DAY = DerivedSeries(
    id="rear_area_strikes_interceptions_per_day_ria",
    label="Drones claimed downed, by week",
    stage=Stage.STRIKE,
    unit="drones per day",
    method="An agency's weekly tally of the ministry's claims over the days of the week.",
)
CLOSURES_PER_MONTH = DerivedSeries(
    id="rear_area_strikes_closures_per_30_days",
    label="Airport closures because of drones",
    stage=Stage.STRIKE,
    unit="closures per 30 days",
    method="Closures times 30 over the days covered.",
)


def _per_days(figure: Figure, days: int) -> Figure:
    return scale(figure, days / days_between(figure.period_start, figure.period_end))


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute claimed interceptions per day by two tallies, and airport closures per 30 days."""
    per_day, per_month = partial(_per_days, days=1), partial(_per_days, days=MONTH_DAYS)
    return derived_table(
        [
            *convert_rates(evidence.of_series(MINISTRY), PER_DAY, per_day),
            *convert_rates(evidence.of_series(RIA), RIA_PER_DAY, per_day),
            *convert_rates(evidence.of_series(CLOSURES), CLOSURES_PER_MONTH, per_month),
        ],
        evidence.unfinished_months,
    )


INDICATOR = Indicator(
    id="rear_area_strikes",
    name="Strikes on rear areas",
    group="Pressure on the rear",
    question="What strikes hit rear areas, and what do institutes say they do to morale at the front?",
    unit="drones per day",
    direction=-1,
    direction_reason="Institutes judge that strikes in the rear depress units at the front; nobody measured how much.",
    headline=(PER_DAY.id,),
    formula="x / n: drones claimed downed x in n days; 30 x / n: airport closures x in n days",
    caveats=(
        "No effect size of strikes on morale is published; assessments are judgements and are shown as such.",
        Dated(
            "Events are examples, densest in summer 2023: their number says nothing about how many strikes there were.",
            date(2023, 9, 1),
            before="Events are examples: their number says nothing about how many strikes there were.",
        ),
        "Interceptions are Russian claims, not hits, and Kyiv rarely confirms; some archived posts are missing.",
        "The agency's weekly tally and the monthly one count unlike windows and are never joined or averaged.",
        "More drones downed can mean more launched, better defence, or more generous counting.",
    ),
    references=(
        Dated(
            "ISW, assessment of 20 August 2023, as relayed by the Kyiv Independent on 21 August 2023", date(2023, 8, 21)
        ),
        "Russian Ministry of Defence, posts on intercepted drones, as archived; RIA Novosti, weekly tallies",
        Dated("Novaya Gazeta Europe, airport closures, May 2025", date(2025, 5, 20)),
    ),
    panels=(
        Panel(
            id="events",
            tab="Strikes",
            title="Strikes and raids on the rear, by type",
            unit="event",
            series=("rear_strike", "moscow_drone", "milblogger"),
            kind="events",
            note="Each mark is one dated event; assessments link strikes to morale and are judgements.",
        ),
        Panel(
            id="mentions",
            tab="War bloggers",
            title="What assessments report war bloggers saying about strikes",
            unit="assessment",
            series=("rear_strikes", "capital_strikes", "retaliation"),
            kind="mentions",
            note=Dated(
                "A convenience sample, densest in summer 2023: how many marks there are says nothing about the mood.",
                date(2023, 9, 1),
                before="A convenience sample: how many marks there are says nothing about the mood.",
            ),
        ),
        Panel(
            id="interceptions",
            tab="Drones downed",
            title="Drones the Russian ministry says it downed, per day",
            unit="drones per day",
            series=(PER_DAY.id,),
            kind="line",
            note="Claims for Russia and occupied Crimea. The newest month is partial.",
        ),
        Panel(
            id="ria",
            tab="Weekly tally",
            title="The same claims by a weekly tally, per day",
            unit="drones per day",
            series=(RIA_PER_DAY.id,),
            kind="intervals",
            note="An agency's own sum over whole days, Monday to Sunday; two weeks are missing.",
        ),
        Panel(
            id="nights",
            tab="Single nights",
            title="Drones reported downed in one night",
            unit="drones",
            series=("ru_mod_drones_downed_night",),
            kind="lollipop",
            note="Nights of which a page was found, most of them large; a gap means that no page was found.",
        ),
        Panel(
            id="closures",
            tab="Airports",
            title="Airport closures because of drones, per 30 days",
            unit="closures per 30 days",
            series=(CLOSURES_PER_MONTH.id,),
            kind="intervals",
            note=Dated("2025 covers only the time to 10 May.", date(2025, 5, 20)),
        ),
    ),
    compute=compute,
)
