"""What running totals added since a day, total by total: the observed side of a projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from indicators.core.derived import figures
from indicators.core.observations import Evidence
from indicators.core.periods import Figure
from indicators.core.totals import newest_by_end
from indicators.core.vocabulary import Kind, Qualifier, Stage
from indicators.methods.window_counts import count_in_window

SHORTEST_STRETCH = timedelta(days=31)
"""A counter that stops sooner after the first day tells nothing about what followed."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class CountPath:
    """One counter's counts from one day on.

    Args:
        series: Id of the series of running totals.
        definition: What it counts, in words.
        stage: At which point it is counted.
        claimant: Who counts.
        counts: Counts from the first day to each dated total after it, and to the last day where a later total allows.
    """

    series: str
    definition: str
    stage: Stage
    claimant: str
    counts: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """What is counted, as in an address: the series and the stage to which it was converted."""
        return f"{self.series}_{self.stage}"


def counts_since(evidence: Evidence, series: str, start: date, until: date) -> list[CountPath]:
    """Return each counter's counts from a day on, if they go on for a month; none where totals do not run.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
        series: Id of the series.
        start: First day that counts.
        until: Last day that counts.
    """
    rows = evidence.of_series(series)
    if rows.empty or rows["kind"].iloc[0] != Kind.CUMULATIVE:
        return []
    paths = []
    for claimant, totals in totals_by_counter(rows, start).items():
        days = {total.period_end for total in totals if start <= total.period_end <= until}
        found = (count_in_window(totals, start, day).count for day in sorted({*days, until}))
        counts = tuple(count for count in found if count is not None)
        if counts and counts[-1].period_end - start >= SHORTEST_STRETCH:
            paths.append(
                CountPath(
                    series=series,
                    definition=definition_words(rows["label"].iloc[0]),
                    stage=Stage(rows["stage"].iloc[0]),
                    claimant=claimant,
                    counts=counts,
                )
            )
    return paths


def totals_by_counter(rows: pd.DataFrame, start: date) -> dict[str, list[Figure]]:
    """Return each claimant's running totals from 0 on, of the count that was running on a day.

    Args:
        rows: Observations of one series of running totals.
        start: The day; of totals that start anew each year those of its year are taken.
    """
    counters = {}
    for claimant, group in rows[rows["period_start"] <= pd.Timestamp(start)].groupby("claimant"):
        one_count = group[group["period_start"] == group["period_start"].max()]
        counters[str(claimant)] = _from_zero(newest_by_end(figures(one_count)))
    return counters


def definition_words(name: str) -> str:
    """Return what a series of running totals counts, without the day from which it counts.

    Example:
        >>> definition_words("Absence cases since the mobilisation (Art. 337)")
        'Absence cases (Art. 337)'
    """
    return name.replace(" since the mobilisation", "").replace(" since 1 January", "")


def _from_zero(totals: Sequence[Figure]) -> list[Figure]:
    # A running total is 0 on the day before it starts.
    first = totals[0]
    before = first.period_start - _ONE_DAY
    return [replace(first, value=0.0, low=None, high=None, qualifier=Qualifier.EXACT, period_end=before), *totals]
