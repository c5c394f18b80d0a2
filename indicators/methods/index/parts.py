"""What enters the index: every declared part with its pillar, polarity, goalposts and the reason for each choice.

This module is the one place of these declarations. They are assumptions of ours, the same on every replayed day: a
replay changes what is known, never the scale.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

REFERENCE = ("2022-03", "2025-02")
"""First and last month of the reference window: three years from the first whole month of the war."""

DECLARED = "2026-11-28"
"""Day on which parts, goalposts and weights were declared."""


@dataclass(frozen=True)
class Goalposts:
    """The five numbers of a part's months in the reference window, in its unit.

    The lowest and highest are its goalposts. The quartiles serve the two other scales by which robustness is judged.

    Args:
        lower: First quartile.
        middle: Median.
        upper: Third quartile.

    Raises:
        ValueError: If they are not finite or don't rise; quartiles may agree with a neighbour, but not with each other.
    """

    low: float
    lower: float
    middle: float
    upper: float
    high: float

    def __post_init__(self) -> None:
        """Check the order once, when the part is declared."""
        numbers = (self.low, self.lower, self.middle, self.upper, self.high)
        if not all(map(math.isfinite, numbers)) or sorted(numbers) != list(numbers) or self.lower == self.upper:
            raise ValueError(
                f"expected five finite numbers in rising order with two different quartiles, got {numbers}"
            )


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """A group of parts that share one weight.

    Args:
        name: Name on the page; one of the groups of indicators.
        measures: What else it measures besides morale.
    """

    id: str
    name: str
    measures: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One indicator of the index.

    Args:
        indicator: The indicator whose page shows its rows.
        origin: Who counts in the end; parts that share a counter count as one origin.
        unit: Unit of the series.
        polarity: -1 if more of it means worse morale, +1 if better.
        treatment: "log" for counts: ln(1 + x / m), m the median of the reference window, so that the unit has no say;
            "level" for shares, which enter as they are.
        longest: Days of the longest period whose average may stand for a month.
        waves: Whether it is asked or priced on some days instead of counted over all.
        measures: What else it measures.
    """

    id: str
    name: str
    pillar: str
    indicator: str
    series: str
    origin: str
    unit: str
    polarity: Literal[1, -1]
    treatment: Literal["log", "level"]
    goalposts: Goalposts
    longest: int = 31
    waves: bool = False
    reason: str
    measures: str


PILLARS: tuple[Pillar, ...] = (
    Pillar(
        id="refusal",
        name="Refusal and law",
        measures="how strictly the law is enforced and how much courts can take",
    ),
    Pillar(
        id="flight",
        name="Flight and surrender",
        measures="how well known the hotline is; who writes to it is not checked",
    ),
    Pillar(
        id="losses",
        name="Losses and cohesion",
        measures="how hard the fighting is, and how the other side and independent counters count",
    ),
    Pillar(
        id="rear",
        name="Pressure on the rear",
        measures="how many drones Ukraine sends, and what a ministry reports",
    ),
    Pillar(
        id="home",
        name="Home front and price",
        measures="what people tell pollsters, and what the state pays",
    ),
)

PARTS: tuple[Part, ...] = (
    Part(
        id="cases",
        name="Absence cases received by courts",
        pillar="refusal",
        indicator="refusal_cases",
        series="refusal_cases_weekly_art337",
        origin="Mediazona",
        unit="cases per week",
        polarity=-1,
        treatment="log",
        goalposts=Goalposts(96.9, 115, 161, 184, 184),
        longest=366,
        reason="The one count of refusal whose dated totals follow each other over years, by one counter.",
        measures="enforcement",
    ),
    Part(
        id="hotline",
        name="Requests to the surrender hotline",
        pillar="flight",
        indicator="flight_and_surrender",
        series="flight_and_surrender_hotline_requests_weekly",
        origin="I Want to Live",
        unit="requests per week",
        polarity=-1,
        treatment="log",
        goalposts=Goalposts(64.8, 246, 350, 462, 912),
        longest=183,
        reason="The only count of would-be surrender that was published more than a few times.",
        measures="how well known the hotline is",
    ),
    Part(
        id="claimed_losses",
        name="Personnel losses claimed by Ukraine",
        pillar="losses",
        indicator="personnel_losses",
        series="personnel_losses_claimed_per_day",
        origin="Ukrainian General Staff",
        unit="persons per day",
        polarity=-1,
        treatment="log",
        goalposts=Goalposts(168, 532, 753, 1160, 1570),
        reason="Published for every month. British figures repeat it, so they count as the same origin and stay out.",
        measures="fighting, and a belligerent's counting",
    ),
    Part(
        id="deaths",
        name="Deaths estimated from probate records",
        pillar="losses",
        indicator="named_deaths",
        series="named_deaths_estimated_weekly",
        origin="Mediazona",
        unit="persons per week",
        polarity=-1,
        treatment="log",
        goalposts=Goalposts(142, 628, 1160, 2130, 3830),
        reason="An independent estimate with published bounds that does not fade in months still being counted.",
        measures="fighting",
    ),
    Part(
        id="abandonment",
        name="Armour abandoned or captured, of all listed losses",
        pillar="losses",
        indicator="equipment_abandonment",
        series="equipment_abandonment_share_ru_month",
        origin="Oryx",
        unit="share",
        polarity=-1,
        treatment="level",
        goalposts=Goalposts(0.0287, 0.085, 0.122, 0.224, 0.556),
        reason="Crews that leave vehicles behind; months with too few vehicles or a corrected list do not enter.",
        measures="advances, retreats and what gets photographed",
    ),
    Part(
        id="drone_days",
        name="Days with drones reported over the Moscow area",
        pillar="rear",
        indicator="capital_drone_strikes",
        series="capital_drone_strikes_days_per_30",
        origin="Russian Ministry of Defence",
        unit="days per 30 days",
        polarity=-1,
        treatment="level",
        goalposts=Goalposts(0, 0.968, 0.968, 3, 12.6),
        reason="The longest monthly record of strikes on the rear.",
        measures="Ukraine's drones, and reporting",
    ),
    Part(
        id="talks",
        name="Russians for peace talks",
        pillar="home",
        indicator="home_front",
        series="levada_peace_talks",
        origin="Levada Center",
        unit="percent",
        polarity=-1,
        treatment="level",
        goalposts=Goalposts(44, 50, 53, 57, 60),
        waves=True,
        reason="One question by one pollster in most months. It asks everybody, not soldiers.",
        measures="public opinion",
    ),
    Part(
        id="contracts",
        name="Contracts signed, from the federal budget",
        pillar="home",
        indicator="recruitment_price",
        series="recruitment_price_budget_weekly",
        origin="iStories",
        unit="contracts per week",
        polarity=1,
        treatment="log",
        goalposts=Goalposts(5650, 6310, 7140, 9540, 11_900),
        longest=92,
        reason="Quarters alone: a year's average says nothing about a month. More signing counts as better.",
        measures="pay and the labour market",
    ),
)

LEFT_OUT: Mapping[str, str] = {
    "Anxiety in weekly polls (FOM)": "The waves found cluster around shocks, so it would enter just when it is high.",
    "British casualty figures": "They repeat the Ukrainian General Staff, month by month.",
    "Sentences for refusal": "They follow the cases through the same courts, and show how fast courts work.",
    "Military bloggers": "The assessments found are a convenience sample, dense in some months and thin in others.",
    "Leadership shocks": "Single events have no rate.",
    "Enlistment bonuses": "They change on some days in some regions, so no month can be set against another.",
    "A common factor of all parts": "It would weigh a part by how alike it moves with others, not by what it says; "
    "short series with gaps leave even the signs of its weights open.",
}
"""What stays out, with the reason."""
