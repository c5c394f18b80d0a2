"""Running totals to weekly rates, within one claimant and one scope."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

import pandas as pd

from indicators.core.evidence.load import ONE_COUNTER
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.derived import DerivedRow, DerivedSeries, figures
from indicators.core.figures.periods import Figure, days_between, difference, per_week
from indicators.core.text import day_text

DAY_NOT_GIVEN = "exact day not given"
"""Words in the note of a total whose page names a stretch such as "late May"; it is dated by the last day of it."""

UNSURE_DAYS = 6
"""How much earlier such a total may have been counted: late May is 25 to 31 May."""


def rates_between_totals(totals: pd.DataFrame, series: DerivedSeries) -> Iterator[DerivedRow]:
    """Difference consecutive running totals of one counter and scope, and state the rise per week.

    A total below the one before it is a correction by its counter; no rate is formed between the two.

    Totals of another claimant, scope, side, place or first day are never differenced against each other, nor are
    totals whose scope nobody stated. Of several editions of one day's total the newest known is taken. Where a
    page gives no exact day, the bounds hold the days it may have been.

    Yields:
        One row per pair of neighbouring totals; the note gives both totals with their dates.
    """
    scoped = totals[totals["counter_scope"] != ""]
    unsure = {row for row, note in zip(scoped["observation_id"], scoped["note"], strict=True) if DAY_NOT_GIVEN in note}
    # By hand: pandas takes longer to group a few rows than everything else here together.
    counted = defaultdict(list)
    for counter, total in zip(zip(*(scoped[name] for name in ONE_COUNTER), strict=True), figures(scoped), strict=True):
        counted[counter].append(total)
    for (claimant, side, *_), own in sorted(counted.items(), key=itemgetter(0)):
        for earlier, later in pairwise(newest_by_end(own)):
            if later.value < earlier.value:
                continue
            yield DerivedRow(
                series=series,
                figure=_weekly_between(earlier, later, unsure),
                claimant=str(claimant),
                side=str(side),
                note=both_totals(earlier, later),
            )


def _weekly_between(earlier: Figure, later: Figure, unsure: Set[str]) -> Figure:
    rate = per_week(difference(earlier, later))
    if unsure.isdisjoint(rate.inputs):
        return rate
    days = days_between(rate.period_start, rate.period_end)
    longest = days + (0 if unsure.isdisjoint(earlier.inputs) else UNSURE_DAYS)
    shortest = days - (0 if unsure.isdisjoint(later.inputs) else UNSURE_DAYS)
    return replace(
        rate,
        low=None if rate.low is None else rate.low * days / longest,
        high=None if rate.high is None or shortest < 1 else rate.high * days / shortest,
        qualifier=Qualifier.ABOUT if rate.qualifier is Qualifier.EXACT else rate.qualifier,
    )


def newest_by_end(totals: list[Figure]) -> list[Figure]:
    """Return one total per end date, the newest known, in order of date."""
    newest = {total.period_end: total for total in sorted(totals, key=lambda figure: figure.known)}
    return [newest[end] for end in sorted(newest)]


def dated_total(total: Figure) -> str:
    """Write a running total with the day it runs to, as in "18,159 to 31 May 2025"."""
    return f"{total.value:,.0f} to {day_text(total.period_end)}"


def both_totals(earlier: Figure, later: Figure) -> str:
    """Write two totals with their dates, as in "9,059 to 18 Jun 2024; 18,159 to 31 May 2025"."""
    return f"{dated_total(earlier)}; {dated_total(later)}"


def totals_by_counter(rows: pd.DataFrame, start: date) -> dict[str, list[Figure]]:
    """Return each claimant's running totals from 0 on, of the count that was running on a day."""
    counters = {}
    for claimant, group in rows[rows["period_start"] <= pd.Timestamp(start)].groupby("claimant"):
        one_count = group[group["period_start"] == group["period_start"].max()]
        counters[str(claimant)] = _from_zero(newest_by_end(figures(one_count)))
    return counters


def _from_zero(totals: Sequence[Figure]) -> list[Figure]:
    # A running total is 0 on the day before it starts.
    first = totals[0]
    before = first.period_start - timedelta(days=1)
    return [replace(first, value=0.0, low=None, high=None, qualifier=Qualifier.EXACT, period_end=before), *totals]
