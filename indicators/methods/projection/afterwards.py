"""What was counted since a projection began: held against what it said for the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.periods import DAYS_PER_WEEK, Figure
from indicators.methods.counts.court_totals import ABSENCE_CASES, ABSENCE_SENTENCES, REFUSAL_CASES, SENTENCES, counters
from indicators.methods.counts.running_counts import SHORTEST_STRETCH, CountPath, counts_since
from indicators.methods.counts.window_counts import count_in_window
from indicators.methods.projection.parameters import BOUNDS
from indicators.methods.projection.project import Projection
from indicators.methods.track_record.imprisoned import DEFINITION, SuspendedShare, imprisoned_of, suspended_share

SERIES = (ABSENCE_SENTENCES, SENTENCES, ABSENCE_CASES, REFUSAL_CASES)
"""Running totals of refusal by definition: what the published weekly figure counts first."""

STEP = 13
"""Weeks between two readings of the counted line besides those on dated totals; every week would take a second."""


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """A count held against a projection.

    Args:
        headline: The plain arithmetic up to the same day.
        ratio: Counted over plain arithmetic; None where that is 0.
        inside: Whether the count lies in the 90 % interval of the claim layer on that day; None without one.
    """

    path: CountPath
    counted: Figure
    headline: float
    ratio: float | None
    inside: bool | None


@dataclass(frozen=True, kw_only=True)
class CountedLine:
    """Sentences counted since a projection's first day, read every quarter and on the days of dated totals.

    Args:
        weeks: Weeks since the first day, from 0 on.
        lows: Their hard lower limits.
    """

    claimant: str
    weeks: tuple[float, ...]
    values: tuple[float, ...]
    lows: tuple[float, ...]
    last_day: date
    source_ids: tuple[str, ...]

    def within(self, weeks: int) -> CountedLine:
        """Return the line up to a horizon, its last value read on the straight line where no reading falls on it."""
        if weeks >= self.weeks[-1]:
            return self
        kept = [place for place, week in enumerate(self.weeks) if week < weeks]
        return replace(
            self,
            weeks=(*(self.weeks[place] for place in kept), weeks),
            values=(*(self.values[place] for place in kept), float(np.interp(weeks, self.weeks, self.values))),
            lows=(*(self.lows[place] for place in kept), self.lows[sum(week <= weeks for week in self.weeks) - 1]),
        )


def counted_line(evidence: Evidence, origin: date) -> CountedLine | None:
    """Return sentences under all refusal articles since a projection's first day, up to the longest horizon.

    Returns:
        The line of the counter with the latest total; None where none goes on for a month.
    """
    dated = [counter for counter in counters(evidence, SENTENCES, origin).values() if counter.own]
    counter = max(dated, key=lambda one: one.own[-1].period_end, default=None)
    if counter is None or counter.own[-1].period_end - origin < SHORTEST_STRETCH:
        return None
    longest = origin + timedelta(weeks=int(BOUNDS["weeks"][1])) - timedelta(days=1)
    last = min(counter.own[-1].period_end, longest)
    quarters = (origin + timedelta(weeks=week, days=-1) for week in range(STEP, int(BOUNDS["weeks"][1]) + 1, STEP))
    days = sorted({day for day in (*quarters, *counter.dated_days()) if origin <= day < last} | {last})
    counts = [count for day in days if (count := count_in_window(counter, origin, day).count) is not None]
    if not counts:
        return None
    weeks = [((count.period_end - origin).days + 1) / DAYS_PER_WEEK for count in counts]
    return CountedLine(
        claimant=counter.claimant,
        weeks=(0.0, *weeks),
        values=(0.0, *(count.value for count in counts)),
        lows=(0.0, *(count.low or 0.0 for count in counts)),
        last_day=counts[-1].period_end,
        source_ids=tuple(sorted({source for count in counts for source in count.source_ids})),
    )


def counts_afterwards(evidence: Evidence, origin: date, weeks: int) -> list[CountPath]:
    """Return all counts of refusal since a projection's first day, up to its horizon, people imprisoned last."""
    until = origin + timedelta(weeks=weeks) - timedelta(days=1)
    paths = {series: counts_since(evidence, series, origin, until) for series in SERIES}
    share = suspended_share(evidence, origin, until)
    people = [] if share is None else _imprisoned(paths[ABSENCE_SENTENCES], paths[SENTENCES], share)
    return [path for found in paths.values() for path in found] + people


def hold_against(projection: Projection, origin: date, paths: Sequence[CountPath]) -> list[Afterwards]:
    """Hold the last count of every path against the projection up to the same day."""
    return [_hold(projection, origin, path) for path in paths]


def _hold(projection: Projection, origin: date, path: CountPath) -> Afterwards:
    counted = path.counts[-1]
    weeks = ((counted.period_end - origin).days + 1) / DAYS_PER_WEEK
    after = np.concatenate(([0.0], projection.weeks))
    line = float(np.interp(weeks, after, np.concatenate(([0.0], projection.headline_path))))
    inside = None
    if projection.claim_paths is not None:
        low, high = (
            float(np.interp(weeks, after, np.concatenate(([0.0], projection.claim_paths[row])))) for row in (0, -1)
        )
        inside = low <= counted.value <= high
    return Afterwards(
        path=path, counted=counted, headline=line, ratio=counted.value / line if line else None, inside=inside
    )


def _imprisoned(
    absence: Sequence[CountPath], everything: Sequence[CountPath], share: SuspendedShare
) -> list[CountPath]:
    """Convert every counter's sentences to people sent to prison, on the days on which it has both counts."""
    people = []
    for path in everything:
        theirs = {count.period_end: count for one in absence if one.claimant == path.claimant for count in one.counts}
        counts = tuple(
            imprisoned_of(theirs[count.period_end], count, share).figure
            for count in path.counts
            if count.period_end in theirs
        )
        if counts:
            people.append(replace(path, definition=DEFINITION, stage=Stage.PERSON, counts=counts))
    return people
