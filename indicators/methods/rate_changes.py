"""Did the rate of an indicator's counts change: at an unknown date, and around dates known beforehand.

Both answers describe counts. Neither says why: law, population and counting changed too, and records come late.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from indicators.core.dated import concerning
from indicators.core.denominators import force_over
from indicators.core.derived import DerivedRow, DerivedSeries, derived_table, figures
from indicators.core.model import Indicator
from indicators.core.observations import Evidence
from indicators.core.periods import DAYS_PER_WEEK, Figure, days_between, merge_provenance
from indicators.core.statuses import settled_counts
from indicators.core.vocabulary import Qualifier, Stage
from indicators.methods.change_points import ChangePoint, single_change
from indicators.methods.counts import pearson_dispersion
from indicators.methods.event_study import MOST_DISPERSION, EventStudy, study_event

KNOWN_DATES: tuple[tuple[date, str], ...] = (
    (date(2022, 9, 21), "Mobilisation decree"),
    (date(2023, 6, 24), "Wagner mutiny"),
    (date(2024, 8, 1), "Federal bonus doubled"),
)
COUNTS_NEEDED = 12
AROUND = timedelta(days=31)
"""How far from a known date a change of law is still named with it."""

OF_SOLDIERS = frozenset({Stage.ABSENT, Stage.CASE, Stage.SENTENCE, Stage.PERSON, Stage.LOSS, Stage.DEATH})
"""Stages at which soldiers are counted, so that more soldiers alone make more of them."""


PER_SOLDIER = (
    "Rates are per soldier, by the estimates of {} read on a straight line between their days; how far these are off "
    "is not in the range."
)
NOT_PER_SOLDIER = "Rates are per week, not per soldier: nobody's estimates of the force span these periods."


@dataclass(frozen=True, kw_only=True)
class RateChanges:
    """What the counts of one indicator say about changes of their rate.

    Args:
        label: What is counted; "" without a series of counts.
        studies: Comparison around each known date, with the date's name.
        posterior: Probability by first period of the new rate, with `DERIVED_COLUMNS`; empty if refused.
        sentence: When the rate most probably changed, or why no date is sought.
    """

    label: str
    studies: tuple[tuple[str, EventStudy], ...]
    posterior: pd.DataFrame = field(repr=False)
    sentence: str


def rate_changes(indicator: Indicator, evidence: Evidence) -> RateChanges:
    """Seek one change of rate in an indicator's counts, and compare both sides of known dates.

    Args:
        indicator: The indicator; its `counts` names the series.
        evidence: Evidence, restricted to what was known on a day or not.
    """
    if not indicator.counts:
        return _without_counts("No series of counts in even periods is published here, so no change of rate is sought.")
    rows = settled_counts(indicator, evidence)
    if rows.empty:
        return _without_counts("No count was known yet on this day.")
    label, claimant = str(rows["label"].iloc[0]), str(rows["claimant"].iloc[0])
    periods = _newest_editions(figures(rows[rows["claimant"] == claimant]))
    past = [(day, name) for day, name in KNOWN_DATES if evidence.as_of is None or day <= evidence.as_of]
    counted, persons = "", None
    if Stage(rows["stage"].iloc[0]) in OF_SOLDIERS:
        force = force_over(evidence, periods)
        counted, persons = (NOT_PER_SOLDIER, None) if force is None else (PER_SOLDIER.format(force[0]), force[1])
    laws = concerning(evidence.events, indicator.id)
    laws = laws[laws["category"] == "law"]
    studies = tuple(
        (name, _noted(study_event(periods, day, persons=persons), counted, laws, day)) for day, name in past
    )
    posterior, sentence = _unknown_date(indicator, label, claimant, periods)
    return RateChanges(label=label, studies=studies, posterior=posterior, sentence=sentence)


def dispersion(periods: list[Figure], change: ChangePoint) -> float:
    """Return how much counts vary around the two rates compared with chance counts: sum (y - mu)^2 / mu over n - 2.

    Args:
        periods: The counts that the change was sought in, at least three.
        change: The change; mu is its rate before or after times the weeks of the period.
    """
    rates = [change.rate_before] * change.most_likely + [change.rate_after] * (len(periods) - change.most_likely)
    expected = [rate * _weeks(figure) for rate, figure in zip(rates, periods, strict=True)]
    return pearson_dispersion([figure.value for figure in periods], expected, fitted=2)


def _noted(study: EventStudy, counted: str, laws: pd.DataFrame, day: date) -> EventStudy:
    """Add to a comparison what its rates are related to, and which law changed around the date."""
    near = laws[(laws["date"] <= pd.Timestamp(day + AROUND)) & (laws["end_date"] >= pd.Timestamp(day - AROUND))]
    notes = [counted] if counted and study.method != "none" else []
    notes += [
        f"The law changed around that date too: {law['title'][0].lower()}{law['title'][1:]} ({law['date']:%B %Y})."
        for law in near.to_dict("records")
    ]
    return replace(study, sentence=" ".join([study.sentence, *notes]))


def _without_counts(sentence: str) -> RateChanges:
    return RateChanges(label="", studies=(), posterior=derived_table([]), sentence=sentence)


def _weeks(figure: Figure) -> float:
    return days_between(figure.period_start, figure.period_end) / DAYS_PER_WEEK


def _newest_editions(counts: list[Figure]) -> list[Figure]:
    newest = {figure.period_start: figure for figure in sorted(counts, key=lambda figure: figure.known)}
    return [newest[start] for start in sorted(newest)]


def _unknown_date(indicator: Indicator, label: str, claimant: str, periods: list[Figure]) -> tuple[pd.DataFrame, str]:
    if len(periods) < COUNTS_NEEDED:
        return derived_table([]), (
            f"The date of a change is sought only in {COUNTS_NEEDED} counts or more; there are {len(periods)}."
        )
    change = single_change([int(figure.value) for figure in periods], [_weeks(figure) for figure in periods])
    spread = dispersion(periods, change)
    if spread > MOST_DISPERSION:
        return derived_table([]), (
            f"These counts vary {spread:,.0f} times as much as chance counts would, even around two rates, so a search "
            "for one date of change would look far surer than it is; none is shown."
        )
    series = DerivedSeries(
        id=f"{indicator.id}_change",
        label="Probability that the new rate began with this period",
        stage=Stage.EVENT,
        unit="share",
        method="Posterior of one change in a Poisson rate, each date equally probable beforehand.",
    )
    provenance = merge_provenance(*periods)
    table = derived_table(
        DerivedRow(
            series=series,
            figure=Figure(
                period_start=first.period_start,
                period_end=first.period_end,
                value=probability,
                low=None,
                high=None,
                qualifier=Qualifier.ESTIMATE,
                **provenance,
            ),
            claimant=claimant,
        )
        for first, probability in zip(periods[1:], change.probabilities, strict=True)
    )
    place = change.most_probable
    return table, (
        f"If the rate changed once, it most probably did with {periods[place].period_start:%B %Y} (probability "
        f"{change.probabilities[place - 1]:.2f}). {label}: {change.rate_before:.2g} a week before the likeliest date, "
        f"{change.rate_after:.2g} from then on. The counts vary {spread:.1f} times as much as chance counts, so the "
        "date is less sure than the probability says."
    )
