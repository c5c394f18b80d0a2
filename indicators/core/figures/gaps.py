"""Gaps: stretches for which a series has no figure, and why; what no page explains is worked out from its rhythm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import GapKind
from indicators.core.figures.freshness import Freshness, freshness_of
from indicators.core.text import day_text

_FREQUENCIES = {"monthly": "M", "quarterly": "Q", "yearly": "Y"}

NOT_FOUND = "No figure was found."


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A stretch for which a series has no figure.

    Args:
        end: Last day; None for until further notice.
        source_id: Page that says so; empty where it is worked out.
    """

    series: str
    label: str
    kind: GapKind
    start: date
    end: date | None
    reason: str
    source_id: str = ""


def gaps_of(evidence: Evidence, indicator_id: str, today: date) -> tuple[Gap, ...]:
    """Return the gaps of an indicator's series: those that a page explains, then those that their rhythm shows.

    A series that comes by month, quarter or year has an unknown gap for each run of periods between its first and its
    last figure that has none. A regular series awaits its next figure: not yet until the day it is due, unknown after.
    """
    own = evidence.series[evidence.series["indicator"] == indicator_id].set_index("series")
    stated = [
        Gap(
            series=row["series"],
            label=str(own.at[row["series"], "name"]),
            kind=GapKind(row["kind"]),
            start=row["period_start"].date(),
            end=None if pd.isna(row["period_end"]) else row["period_end"].date(),
            reason=row["reason"],
            source_id=row["source_id"],
        )
        for row in evidence.gaps[evidence.gaps["series"].isin(own.index)].to_dict("records")
    ]
    shown = [*_between(evidence, indicator_id), *map(_awaited, freshness_of(evidence, indicator_id, today))]
    return (*stated, *(gap for gap in shown if gap and not any(_covers(known, gap) for known in stated)))


def _between(evidence: Evidence, indicator_id: str) -> Iterator[Gap]:
    cadences = {
        series: _FREQUENCIES.get(cadence.split(" ")[0])
        for series, cadence in evidence.series[["series", "cadence"]].itertuples(index=False)
    }
    for series, rows in evidence.of_indicator(indicator_id).groupby("series", sort=False):
        frequency = cadences[str(series)]
        if frequency is None:
            continue
        counted = pd.PeriodIndex(rows["period_end"], freq=frequency)
        missing = pd.period_range(counted.min(), counted.max(), freq=frequency).difference(counted)
        place = pd.Series([period.ordinal - number for number, period in enumerate(missing)], dtype=int)
        for _, run in place.groupby(place):
            first, last = missing[run.index[0]], missing[run.index[-1]]
            yield Gap(
                series=str(series),
                label=rows["label"].iloc[0],
                kind=GapKind.UNKNOWN,
                start=first.start_time.date(),
                end=last.end_time.date(),
                reason=NOT_FOUND,
            )


def _awaited(newest: Freshness) -> Gap | None:
    if newest.due is None:
        return None
    return Gap(
        series=newest.series,
        label=newest.label,
        kind=GapKind.UNKNOWN if newest.overdue else GapKind.NOT_YET,
        start=newest.period_end + timedelta(days=1),
        end=None,
        reason=f"The next figure was expected by {day_text(newest.due)}." if newest.overdue else "Not yet due.",
    )


def _covers(known: Gap, gap: Gap) -> bool:
    return known.series == gap.series and known.start <= gap.start <= (known.end or date.max)
