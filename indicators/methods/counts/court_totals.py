"""Running totals of refusal by one counter, and how they hang together: sentences follow cases, by article."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.figures.derived import figures
from indicators.core.figures.periods import DAYS_PER_WEEK, Figure, less
from indicators.core.figures.totals import totals_by_counter
from indicators.methods.projection.run_rate import WORKING_DAYS_PER_WEEK

SENTENCES = "ru_refusal_sentences_cumulative_since_mobilisation"
ABSENCE_SENTENCES = "ru_art337_sentences_cumulative_since_mobilisation"
ABSENCE_CASES = "ru_art337_cases_cumulative_since_mobilisation"
REFUSAL_CASES = "ru_refusal_cases_cumulative_since_mobilisation"
OTHER_CASES = (
    "ru_art332_cases_cumulative_since_mobilisation",
    "ru_art338_cases_cumulative_since_mobilisation",
)
ARTICLES = (ABSENCE_CASES, *OTHER_CASES)
PARTS: Mapping[str, tuple[str, ...]] = {
    SENTENCES: ARTICLES,
    ABSENCE_SENTENCES: (ABSENCE_CASES,),
    REFUSAL_CASES: ARTICLES,
}
"""Cases, by article, of which a series is the total or which its sentences follow."""

FOLLOWING = (SENTENCES, ABSENCE_SENTENCES)
"""Sentences: every one of them was a case before."""

FAMILY = (*FOLLOWING, *ARTICLES, REFUSAL_CASES)
"""Series that bear on each other."""

PART_YEAR_CASES = "ru_art337_cases_received_partyear"
COURT_DAY_PACES = "ru_refusal_sentences_per_workday"
ABSENCE_MONTHS = "ru_art337_sentences_monthly"


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The highest pace published of a series, which holds for the days up to a total that it was published with.

    Args:
        daily: Highest rise a day, averaged over a week.
    """

    series: str
    until: date
    daily: float


@dataclass(frozen=True, kw_only=True)
class Counter:
    """One counter's running totals, those of one series and of all that bear on it.

    Args:
        totals: Dated totals by series, in order of date, from 0 on; always those of `series`.
        part_years: The same for cases, with totals that a count of part of a year adds.
    """

    series: str
    claimant: str
    totals: Mapping[str, Sequence[Figure]]
    part_years: Mapping[str, Sequence[Figure]]
    paces: tuple[Pace, ...] = ()

    @property
    def own(self) -> Sequence[Figure]:
        """The dated totals of the series itself."""
        return self.totals[self.series]

    def dated_days(self) -> set[date]:
        """Return the days on which a total fixes the series; a total of some sentences fixes the others' share."""
        linked = [id_ for id_ in FOLLOWING if id_ in self.totals] if self.series in FOLLOWING else []
        return {total.period_end for id_ in (self.series, *linked) for total in self.part_years[id_]}

    def parts(self) -> tuple[str, ...]:
        """Return the cases by article that the series follows or sums, if this counter counts them all."""
        parts = PARTS.get(self.series, ())
        return parts if all(part in self.totals for part in parts) else ()


def counter_of(series: str, totals: Sequence[Figure]) -> Counter:
    """Return a counter of whom nothing else is known than the totals of one series."""
    return Counter(series=series, claimant="", totals={series: totals}, part_years={series: totals})


def counters(evidence: Evidence, series: str, start: date) -> dict[str, Counter]:
    """Return everyone who counts a series, with what else they count that bears on it."""
    linked = FAMILY if series in FAMILY else (series,)
    return _counters(evidence, series, {id_: totals_by_counter(evidence.of_series(id_), start) for id_ in linked})


def sentence_counters(evidence: Evidence, start: date) -> dict[str, dict[str, Counter]]:
    """Return everyone who counts sentences, by series."""
    by_series = {id_: totals_by_counter(evidence.of_series(id_), start) for id_ in FAMILY}
    return {series: _counters(evidence, series, by_series) for series in FOLLOWING}


def _counters(
    evidence: Evidence, series: str, by_series: Mapping[str, Mapping[str, Sequence[Figure]]]
) -> dict[str, Counter]:
    found = {}
    for claimant, own in by_series[series].items():
        totals = {
            id_: counted[claimant]
            for id_, counted in by_series.items()
            if claimant in counted and counted[claimant][0].period_end == own[0].period_end
        }
        part_years = dict(totals)
        if ABSENCE_CASES in totals:
            rows = evidence.of_series(PART_YEAR_CASES)
            part_years[ABSENCE_CASES] = with_part_years(totals[ABSENCE_CASES], rows[rows["claimant"] == claimant])
        paces = _paces(evidence, claimant, totals) if SENTENCES in totals else ()
        found[claimant] = Counter(
            series=series, claimant=claimant, totals=totals, part_years=part_years, paces=tuple(paces)
        )
    return found


def with_part_years(totals: Sequence[Figure], part_years: pd.DataFrame) -> list[Figure]:
    """Add the running totals that follow from counts of part of a year: C(d2) = C(d1) + P(d2) - P(d1).

    P counts from one first day; d1 is a day on which both a running total and such a count end, d2 a later end of P
    beyond every running total that was known with a date between them.

    Args:
        totals: Running totals in order of date.
        part_years: Observations of counts of part of a year by the same counter.
    """
    dated = {total.period_end: total for total in totals}
    found = dict(dated)
    for _, group in part_years.groupby("period_start"):
        counted = figures(group.sort_values("period_end"))
        for later in counted:
            earlier = [one for one in counted if one.period_end in dated and one.period_end < later.period_end]
            if not earlier or later.period_end in dated:
                continue
            base = dated[earlier[-1].period_end]
            added = less(base, less(earlier[-1], later))
            found[later.period_end] = replace(added, period_end=later.period_end)
    return [found[day] for day in sorted(found)]


def _paces(evidence: Evidence, claimant: str, totals: Mapping[str, Sequence[Figure]]) -> list[Pace]:
    """Return the highest paces: of absence in a month by its newest total, of all articles on a court day."""
    found = []
    last = totals[SENTENCES][-1].period_end
    days = [figure.value for figure in _figures(evidence, COURT_DAY_PACES, claimant)]
    if days:
        found.append(Pace(series=SENTENCES, until=last, daily=max(days) * WORKING_DAYS_PER_WEEK / DAYS_PER_WEEK))
    if ABSENCE_SENTENCES in totals:
        newest = totals[ABSENCE_SENTENCES][-1]
        months = [
            figure.value / calendar.monthrange(figure.period_start.year, figure.period_start.month)[1]
            for figure in _figures(evidence, ABSENCE_MONTHS, claimant)
            if figure.known <= newest.known
        ]
        if months:
            found.append(Pace(series=ABSENCE_SENTENCES, until=newest.period_end, daily=max(months)))
    return found


def _figures(evidence: Evidence, series: str, claimant: str) -> list[Figure]:
    rows = evidence.of_series(series)
    return figures(rows[rows["claimant"] == claimant])
