"""What was counted before a projection began, and since: held against what it said for the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.periods import DAYS_PER_WEEK, Figure
from indicators.core.figures.totals import totals_by_counter
from indicators.methods.counts.court_totals import ABSENCE_CASES, ABSENCE_SENTENCES, REFUSAL_CASES, SENTENCES
from indicators.methods.counts.running_counts import CountPath, counts_since
from indicators.methods.projection.project import Projection
from indicators.methods.track_record.imprisoned import DEFINITION, SuspendedShare, imprisoned_of, suspended_share

SERIES = (ABSENCE_SENTENCES, SENTENCES, ABSENCE_CASES, REFUSAL_CASES)
"""Running totals of refusal by definition: what the published weekly figure counts first."""


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """A count held against a projection.

    Args:
        path: The counts, from the projection's first day on.
        counted: The last of them within the horizon.
        headline: The plain arithmetic up to the same day.
        ratio: Counted over plain arithmetic; None where that is 0.
        inside: Whether the count lies in the 90 % interval of the claim layer on that day; None without one.
    """

    path: CountPath
    counted: Figure
    headline: float
    ratio: float | None
    inside: bool | None


def counted_before(evidence: Evidence, origin: date) -> tuple[Figure, ...]:
    """Return the dated totals of sentences that a projection had behind it, of the counter that has most of them.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
        origin: First day of the projection.

    Returns:
        Running totals in order, each from the counter's own first day; empty where none was known.
    """
    counters = totals_by_counter(evidence.of_series(SENTENCES), origin).values()
    dated = (tuple(total for total in totals[1:] if total.period_end < origin) for totals in counters)
    return max(dated, key=len, default=())


def counts_afterwards(evidence: Evidence, origin: date, weeks: int) -> list[CountPath]:
    """Return all counts of refusal since a projection's first day, up to its horizon, people imprisoned last.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
        origin: First day of the projection.
        weeks: Its horizon.
    """
    until = origin + timedelta(weeks=weeks) - timedelta(days=1)
    paths = {series: counts_since(evidence, series, origin, until) for series in SERIES}
    share = suspended_share(evidence, origin, until)
    people = [] if share is None else _imprisoned(paths[ABSENCE_SENTENCES], paths[SENTENCES], share)
    return [path for found in paths.values() for path in found] + people


def hold_against(projection: Projection, origin: date, paths: Sequence[CountPath]) -> list[Afterwards]:
    """Hold the last count of every path against the projection up to the same day.

    Args:
        projection: The projection.
        origin: Its first day.
        paths: Counts since that day.
    """
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
