"""What drives morale: training, rotation, losses among the mobilised, abuse by commanders.

No survey of training, leave or stress is published. There are single reports, leaked complaints and documented deaths;
each stands for itself. Months from call-up to death describe documented dead, not all mobilised men.

Formula: mobilised men named dead per week r = 7 (x2 - x1) / (d2 - d1), x1 and x2 two running totals of one count
(persons) dated d1 and d2 (days).

Reference: UK Ministry of Defence, updates of 2022 and 2023; Mediazona and BBC Russian Service; iStories and CIT,
21 September 2023; The New York Times, December 2025.
"""

from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedSeries, derived_table
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Dated, Indicator, Panel

TRAINING = "ru_training_days_before_front"
MOBILISED_DEAD = "ru_mobilised_dead_confirmed_cumulative"

MOBILISED_WEEKLY = DerivedSeries(
    id="morale_drivers_mobilised_dead_weekly",
    label="Mobilised men named dead",
    stage=Stage.DEATH,
    unit="persons per week",
    method="Difference of two running totals of one counter, times 7, over the days between their dates.",
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute mobilised men named dead per week between dated totals."""
    return derived_table(rates_between_totals(evidence.of_series(MOBILISED_DEAD), MOBILISED_WEEKLY))


INDICATOR = Indicator(
    id="morale_drivers",
    name="Training, rotation and stress",
    group="Losses and cohesion",
    question="How are soldiers trained, rotated and treated, by the few figures that exist?",
    unit="days",
    direction=1,
    direction_reason="Longer training before the front is held to steady soldiers.",
    headline=(TRAINING,),
    formula="7 (x2 - x1) / (d2 - d1): two running totals of mobilised men named dead (persons), their dates (days)",
    caveats=(
        Dated(
            "Days of training come from single reports and one politician's proposal, not from a survey.",
            date(2022, 11, 5),
            before="Days of training come from single reports, not from a survey.",
        ),
        Dated(
            "Months from call-up to death describe some 3,000 documented dead, not all mobilised men.",
            date(2023, 9, 21),
        ),
        "Named deaths are a minimum, and the pace of naming is not the pace of dying.",
        Dated(
            "Complaints reach different bodies under unlike rules; leaked sets have unknown selection.",
            date(2025, 10, 30),
        ),
        "Nobody publishes lengths of leave, rotation or a measure of stress.",
    ),
    references=(
        Dated("UK Ministry of Defence, updates of June and November 2022 and later, as relayed", date(2022, 11, 5)),
        Dated("Mediazona and BBC Russian Service, count of mobilised men named dead", date(2023, 1, 8)),
        Dated("iStories and Conflict Intelligence Team, 21 September 2023", date(2023, 9, 21)),
    ),
    panels=(
        Panel(
            id="training",
            tab="Training",
            title="Days of training before the front, by single reports",
            unit="days",
            series=(TRAINING,),
            kind="points",
            note=Dated(
                "One testimony, one proposal, one count and one ministry: four reports, not a series.",
                date(2025, 7, 1),
                before="Single reports, not a series.",
            ),
        ),
        Panel(
            id="events",
            tab="Reports",
            title="Reports on training, rotation and treatment",
            unit="event",
            series=("other", "mobilisation", "leadership", "milblogger", "prosecution"),
            kind="events",
            note="Each mark is one dated report or decision.",
        ),
        Panel(
            id="mobilised",
            tab="Mobilised dead",
            title=Dated("Mobilised men named dead, per week", date(2022, 9, 21)),
            unit="persons per week",
            series=(MOBILISED_WEEKLY.id,),
            kind="intervals",
            note="The pace of naming between two totals; all totals are minimums.",
        ),
        Panel(
            id="mobilised_total",
            tab="Totals",
            title=Dated("Mobilised men named dead since September 2022", date(2022, 9, 21)),
            unit="persons",
            series=(MOBILISED_DEAD,),
            kind="totals",
        ),
    ),
    compute=compute,
)
