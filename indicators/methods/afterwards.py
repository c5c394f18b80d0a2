"""What was counted before a projection began, and since: held against what it said for the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from indicators.core.observations import Evidence
from indicators.core.periods import DAYS_PER_WEEK, Figure, scale
from indicators.core.vocabulary import Qualifier, Stage
from indicators.methods.projection import Projection
from indicators.methods.run_rate import imprisoned
from indicators.methods.running_counts import CountPath, counts_since, totals_by_counter

SERIES = (
    "ru_refusal_sentences_cumulative_since_mobilisation",
    "ru_art337_sentences_cumulative_since_mobilisation",
    "ru_art337_cases_cumulative_since_mobilisation",
    "ru_refusal_cases_cumulative_since_mobilisation",
)
"""Running totals of refusal by definition, the one most like a projection of sentences first."""


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
    counters = totals_by_counter(evidence.of_series(SERIES[0]), origin).values()
    dated = (tuple(total for total in totals[1:] if total.period_end < origin) for totals in counters)
    return max(dated, key=len, default=())


def counts_afterwards(
    evidence: Evidence, origin: date, weeks: int, suspended_share: float | None = None
) -> list[CountPath]:
    """Return all counts of refusal since a projection's first day, up to its horizon.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
        origin: First day of the projection.
        weeks: Its horizon.
        suspended_share: Share of sentences that are suspended; with it sentences under all articles are also converted
            to people imprisoned.
    """
    until = origin + timedelta(weeks=weeks) - timedelta(days=1)
    paths = [path for series in SERIES for path in counts_since(evidence, series, origin, until)]
    if suspended_share is None or suspended_share == 1:
        return paths
    return paths + [_imprisoned(path, suspended_share) for path in paths if path.series == SERIES[0]]


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


def _imprisoned(path: CountPath, suspended_share: float) -> CountPath:
    counts = (scale(count, imprisoned(1, suspended_share)) for count in path.counts)
    return replace(
        path,
        definition="People imprisoned, converted from sentences",
        stage=Stage.PERSON,
        counts=tuple(replace(count, qualifier=Qualifier.ESTIMATE) for count in counts),
    )
