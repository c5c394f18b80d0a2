"""Sentences for absence, refusal and desertion: the "100 a week" and what it grew to.

What is counted is a court's decision against a soldier. The UK update of 30 August 2023 speaks of convictions for
refusing to fight; its figure is Mediazona's count of sentences for absence (Art. 337). Rates that were published as
rates hold for their whole period and are converted only to another unit of time, never divided by the period again.

Formula: weekly rate of a figure per court day r = x D / 52, x sentences per court day, D = 247 court days a year;
of one named month r = 7 x / n, n its days; of a pace per month r = 12 x / 52.1775; between running totals
r = 7 (x2 - x1) / (d2 - d1).

Reference: UK Ministry of Defence, update of 30 August 2023; Mediazona, 19 July 2023 and later editions.
"""

from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.derived import DerivedRow, DerivedSeries, convert_rates, derived_table
from indicators.core.figures.periods import Figure, is_one_month, per_week, scale
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Dated, Indicator, Panel
from indicators.methods.projection.run_rate import DEFAULT_WORKING_DAYS, WEEKS_PER_MONTH, WEEKS_PER_YEAR_OF_COURTS

UKMOD_WEEKLY = "ru_refusal_convictions_weekly_ukmod"
ART337_WEEKLY = "ru_art337_sentences_weekly"

BETWEEN_TOTALS = DerivedSeries(
    id="refusal_sentences_weekly_all",
    label="All refusal articles, between totals",
    stage=Stage.SENTENCE,
    unit="sentences per week",
    method="Difference of two running totals of one counter, times 7, over the days between their dates.",
)
ART337_BETWEEN_TOTALS = DerivedSeries(
    id="refusal_sentences_weekly_art337",
    label="Absence (Art. 337), between totals",
    stage=Stage.SENTENCE,
    unit="sentences per week",
    method="Difference of two running totals of one counter, times 7, over the days between their dates.",
)
UKRAINE_WEEKLY = DerivedSeries(
    id="refusal_sentences_weekly_ua_art407",
    label="Ukraine: absence (Art. 407)",
    stage=Stage.SENTENCE,
    unit="sentences per week",
    method="Sentences of a year or a part of it, times 7, over its days.",
)


def from_month(figure: Figure) -> Figure:
    """Turn a figure per month into a weekly rate: 7 x / n for one calendar month of n days, else 12 x / 52.1775.

    Example:
        >>> from indicators.core.evidence.vocabulary import KnownBasis, Qualifier
        >>> august = Figure(period_start=date(2023, 8, 1), period_end=date(2023, 8, 31), value=457, low=None, high=None,
        ...     qualifier=Qualifier.EXACT, known=date(2023, 11, 24), known_basis=KnownBasis.PUBLISHED,
        ...     source_ids=("s",), inputs=("o",))
        >>> round(from_month(august).value, 1)
        103.2
    """
    return (
        per_week(figure) if is_one_month(figure.period_start, figure.period_end) else scale(figure, 1 / WEEKS_PER_MONTH)
    )


def from_court_day(figure: Figure) -> Figure:
    """Turn a figure per court day into a weekly rate: 247 x / 52."""
    return scale(figure, DEFAULT_WORKING_DAYS / WEEKS_PER_YEAR_OF_COURTS)


CONVERTED_RATES = (
    (
        "ru_refusal_sentences_monthly",
        DerivedSeries(
            id="refusal_sentences_weekly_all_from_months",
            label="All refusal articles, stated per month",
            stage=Stage.SENTENCE,
            unit="sentences per week",
            method="A single month's figure times 7 over its days; a pace over a longer time times 12 over 52.1775.",
        ),
        from_month,
    ),
    (
        "ru_art337_sentences_monthly",
        DerivedSeries(
            id="refusal_sentences_weekly_art337_from_months",
            label="Absence (Art. 337), stated per month",
            stage=Stage.SENTENCE,
            unit="sentences per week",
            method="A single month's figure times 7 over its days; a pace over a longer time times 12 over 52.1775.",
        ),
        from_month,
    ),
    (
        "ru_refusal_sentences_per_workday",
        DerivedSeries(
            id="refusal_sentences_weekly_from_court_days",
            label="All refusal articles, stated per court day",
            stage=Stage.SENTENCE,
            unit="sentences per week",
            method="Published pace per court day times 247 court days over 52 weeks.",
        ),
        from_court_day,
    ),
    (
        "ru_art337_sentences_per_workday",
        DerivedSeries(
            id="refusal_sentences_weekly_art337_from_court_days",
            label="Absence (Art. 337), stated per court day",
            stage=Stage.SENTENCE,
            unit="sentences per week",
            method="Published pace per court day times 247 court days over 52 weeks.",
        ),
        from_court_day,
    ),
)


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute weekly sentencing rates from running totals and from published paces."""
    rows: list[DerivedRow] = [
        *rates_between_totals(evidence.of_series("ru_refusal_sentences_cumulative_since_mobilisation"), BETWEEN_TOTALS),
        *rates_between_totals(
            evidence.of_series("ru_art337_sentences_cumulative_since_mobilisation"), ART337_BETWEEN_TOTALS
        ),
    ]
    rows += convert_rates(evidence.of_series("ua_art407_sentences"), UKRAINE_WEEKLY, per_week)
    for published, series, convert in CONVERTED_RATES:
        rows += convert_rates(evidence.of_series(published), series, convert)
    return derived_table(rows)


INDICATOR = Indicator(
    id="refusal_sentences",
    name="Sentences for refusing to serve",
    group="Refusal and law",
    question=Dated(
        "How many soldiers are sentenced a week for absence or refusal, and did 100 a week last?",
        date(2023, 8, 30),
        before="How many soldiers are sentenced a week for absence or refusal?",
    ),
    unit="sentences per week",
    direction=-1,
    direction_reason="More sentences for absence and refusal point to worse morale or stricter enforcement.",
    headline=(BETWEEN_TOTALS.id, UKMOD_WEEKLY),
    formula="r = 7 (x2 - x1) / (d2 - d1) between totals; 7 x / n from x in a month of n days; 12 x / 52.1775 from a "
    "pace of x a month; 247 x / 52 from x a court day",
    caveats=(
        Dated(
            "The 100 a week are sentences for absence (Art. 337), not for strict refusal of an order (Art. 332).",
            date(2023, 7, 19),
            before="Sentences for absence (Art. 337) are not those for strict refusal of an order (Art. 332).",
        ),
        Dated("Strict refusal of an order came to about 421 cases in 2023.", date(2023, 12, 29)),
        Dated("The UK figure repeats Mediazona's count: both are one origin.", date(2023, 8, 30)),
        "Sentenced does not mean imprisoned: a sentence can be suspended.",
        Dated("More than half of the known absence sentences were suspended.", date(2023, 8, 18)),
        Dated(
            "A trial follows the offence by about five months, so a month's sentences reflect an earlier season.",
            date(2023, 3, 23),
        ),
        "Texts are published for few sentences; shares rest on that sample.",
    ),
    references=(
        Dated("UK Ministry of Defence, intelligence update of 30 August 2023, as relayed", date(2023, 8, 30)),
        Dated("Mediazona, 19 July 2023 and later editions", date(2023, 7, 19)),
    ),
    panels=(
        Panel(
            id="weekly",
            tab="Rate",
            title="Sentences for absence and refusal, per week",
            unit="sentences per week",
            series=(BETWEEN_TOTALS.id, ART337_BETWEEN_TOTALS.id, *(series.id for _, series, _ in CONVERTED_RATES)),
            kind="intervals",
            note="Absence alone and all three offences are shown separately.",
        ),
        Panel(
            id="published",
            tab="As published",
            title="Weekly figures as published",
            unit="sentences per week",
            series=(ART337_WEEKLY,),
            kind="intervals",
            note=Dated(
                "Mediazona's own weekly pace, the origin of the UK figure.",
                date(2023, 8, 30),
                before="Mediazona's own weekly pace.",
            ),
        ),
        Panel(
            id="ukmod",
            tab="UK figure",
            title=Dated("Convictions a week, by the UK update", date(2023, 8, 30)),
            unit="convictions per week",
            series=(UKMOD_WEEKLY,),
            kind="intervals",
            note="Up to 100 a week: a ceiling, not an average.",
        ),
        Panel(
            id="suspended",
            tab="Suspended",
            title="Share of absence sentences that were suspended",
            unit="percent",
            series=("ru_art337_suspended_share",),
            kind="intervals",
            note=Dated("From the few texts published: 44 of 684 in March 2024.", date(2024, 4, 12)),
        ),
        Panel(
            id="all_crimes",
            tab="All crimes",
            title="Soldiers convicted of any crime in a year",
            unit="convictions",
            series=("ru_military_convicted_all_articles_annual",),
            kind="columns",
            note="All crimes by soldiers, not refusal: an official cross-check of the direction only.",
        ),
    ),
    compute=compute,
)
