"""Leaving without a court: surrender hotline, requests for help to desert, leaked lists of deserters.

Soldiers who surrender or hide are in no court file. What is published comes from projects with a stake in the
numbers, so each counter keeps its own series. A request to the hotline is not a surrender: relatives and men not yet
called up ask too. The monthly figures of its spokesman do not fit his own totals, so only totals are differenced.

Formula: weekly requests r = 7 (x2 - x1) / (d2 - d1), x1 and x2 two running totals of the hotline (requests) dated
d1 and d2 (days).

Reference: statements of the project "I Want to Live"; iStories, 20 May 2025; Frontelligence Insight, 2025; Mediazona on
the project "Get Lost", 29 February 2024.
"""

from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedSeries, derived_table
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Dated, Indicator, Panel

REQUESTS = "ru_surrender_hotline_requests_cumulative"
SURRENDERED = "ru_surrendered_via_hotline_cumulative"
LISTED = "ru_deserters_listed_stock"
GET_LOST = "ru_get_lost_desertion_requests_monthly"

REQUESTS_WEEKLY = DerivedSeries(
    id="flight_and_surrender_hotline_requests_weekly",
    label="Requests to the surrender hotline",
    stage=Stage.SURRENDER,
    unit="requests per week",
    method="Difference of two running totals of the hotline, times 7, over the days between their dates.",
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute weekly requests to the surrender hotline between its dated totals.

    Soldiers who surrendered are not differenced: their published total falls from 300 to 260 within four months.
    """
    return derived_table(rates_between_totals(evidence.of_series(REQUESTS), REQUESTS_WEEKLY))


INDICATOR = Indicator(
    id="flight_and_surrender",
    name="Flight and surrender",
    group="Flight and surrender",
    question="How many soldiers leave without a court: ask to surrender, hide, or stand on lists of deserters?",
    unit="requests per week",
    direction=-1,
    direction_reason="More requests and more listed deserters point to worse morale, or to a better known hotline.",
    headline=(REQUESTS_WEEKLY.id,),
    formula="r = 7 (x2 - x1) / (d2 - d1): two running totals of the hotline (requests), their dates (days)",
    caveats=(
        "A request is not a surrender: relatives and men not yet called up are included.",
        "The hotline is run by an adversary that has an interest in high numbers; nobody outside checks them.",
        "Several dates of totals are inferred and several totals are rounded, so single weeks mean little.",
        "Monthly figures of the hotline's spokesman do not fit his own totals and are not used.",
        Dated(
            "Lists of deserters keep men who came back; two lists overlap and are never added up.", date(2025, 5, 20)
        ),
        "No Russian count of surrenders by month or year is published.",
    ),
    references=(
        Dated("I Want to Live project, totals as printed by the press since October 2022", date(2022, 10, 20)),
        Dated("iStories, 20 May 2025, and Frontelligence Insight, March 2025, on leaked lists", date(2025, 5, 20)),
        Dated("Mediazona, 29 February 2024, and RFE/RL on the project Get Lost", date(2024, 2, 29)),
    ),
    panels=(
        Panel(
            id="requests",
            tab="Rate",
            title="Requests to the surrender hotline, per week",
            unit="requests per week",
            series=(REQUESTS_WEEKLY.id,),
            kind="intervals",
            note="Each bar is the weekly average between two totals. Close rounded totals give unsteady rates.",
        ),
        Panel(
            id="requests_total",
            tab="Totals",
            title=Dated("Requests to the surrender hotline since September 2022", date(2022, 10, 20)),
            unit="requests",
            series=(REQUESTS,),
            kind="totals",
        ),
        Panel(
            id="surrendered",
            tab="Surrendered",
            title=Dated("Soldiers who surrendered through the hotline since September 2022", date(2022, 10, 20)),
            unit="persons",
            series=(SURRENDERED,),
            kind="totals",
            note=Dated(
                "The total falls from 300 to 260: definitions differ or it is rounded, so it is not differenced.",
                date(2024, 6, 22),
            ),
        ),
        Panel(
            id="listed",
            tab="Leaked lists",
            title=Dated("Soldiers on leaked lists of deserters and absent men", date(2025, 3, 31)),
            unit="persons",
            series=(LISTED,),
            kind="totals",
            note="Names since February 2022, men who came back included. The lists overlap.",
        ),
        Panel(
            id="get_lost",
            tab="Help to desert",
            title="Requests for help to desert, in single months",
            unit="requests",
            series=(GET_LOST,),
            kind="columns",
            note="Only these months were published; the months between are unknown, not zero.",
        ),
    ),
    compute=compute,
)
