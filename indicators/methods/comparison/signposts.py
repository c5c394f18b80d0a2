"""Signposts: what to look for by a day, and whether the evidence known by now shows it.

A signpost names a series with a threshold, or a kind of event, and a window. It says what would count as a sign before
the sign comes; it doesn't say how likely that is.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.statuses import statuses
from indicators.core.evidence.vocabulary import Qualifier, Status

_COLUMNS = ["row", "series", "period_end", "value", "qualifier", "claimant", "known", "source_id", "status"]
_UNSETTLED = ("contested", "denied")
# A figure that bounds the truth from the other side can't show that a threshold was reached.
_CANNOT_SHOW: Mapping[str, tuple[str, ...]] = {
    "at_least": (Qualifier.UP_TO.value, Qualifier.PROJECTION.value),
    "at_most": (Qualifier.AT_LEAST.value, Qualifier.MORE_THAN.value, Qualifier.PROJECTION.value),
}


class SignpostStatus(StrEnum):
    """Whether a signpost was met."""

    SEEN = "happened"
    NOT_YET = "not yet"
    NOT_SEEN = "did not happen"
    NO_DATA = "no data since the deadline"


_TO_COME = (SignpostStatus.SEEN, SignpostStatus.NOT_YET)


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """The first known row that met a signpost.

    Args:
        row: Its observation or event id; the ids of all inputs, joined by ;, for a computed figure.
        day: Last day of the figure's period, or first day of the event.
        value: The figure; None for an event.
        source_id: Where it stands; several are joined by ;.
    """

    row: str
    day: date
    known: date
    value: float | None
    source_id: str


@dataclass(frozen=True, kw_only=True)
class Signpost:
    """A signpost and its status.

    Args:
        signpost_id: Id in `signposts.csv`.
        status: Whether it was seen by the day asked for.
        sighting: The first row that met it; None unless seen.
    """

    signpost_id: str
    indicator: str
    statement: str
    reason: str
    window_start: date
    due: date
    status: SignpostStatus
    sighting: Sighting | None


def signposts_of(indicator: str, evidence: Evidence, derived: pd.DataFrame, today: date) -> tuple[Signpost, ...]:
    """Return an indicator's signposts with their status: those past due unmet, then the others, each by due day.

    A figure counts if its status is ok and its period ends within the window, an event if it starts there, and both
    only if known by the day asked for: `evidence.as_of`, or `today` if there is none. Once the due day is past and
    nothing known meets a signpost, it did not happen if such a figure or event, met or not, is known from the due day
    or later; without one there is no data. A later publication about the window can still make it seen. "Up to" shows
    no "at least", "at least" no "at most", a projection neither; contested and denied events show nothing.

    Args:
        evidence: The evidence, restricted or not.
        derived: The indicator's computed rows with `DERIVED_COLUMNS`, from the same evidence.
    """
    day = evidence.as_of or today
    chosen = evidence.signposts[evidence.signposts["indicator"] == indicator]
    observed = evidence.of_series(*chosen["series"])
    observed = observed.assign(status=statuses(evidence, observed, derived))
    figures = pd.concat(
        [
            observed.rename(columns={"observation_id": "row"})[_COLUMNS],
            derived.rename(columns={"inputs": "row"})[_COLUMNS],
        ]
    )
    figures = figures[figures["status"] == Status.OK]
    judged = _judged(chosen.sort_values(["due", "signpost_id"]), figures, evidence.events, day)
    return tuple(sorted(judged, key=lambda signpost: signpost.status in _TO_COME))


def _judged(signposts: pd.DataFrame, figures: pd.DataFrame, events: pd.DataFrame, day: date) -> Iterator[Signpost]:
    for signpost in signposts.to_dict("records"):
        record = _record(signpost, figures, events, day)
        sighting = _sighting(signpost, record)
        due = signpost["due"].date()
        if sighting is not None:
            status = SignpostStatus.SEEN
        elif due >= day:
            status = SignpostStatus.NOT_YET
        else:
            reached = (record["day"] >= signpost["due"]).any()
            status = SignpostStatus.NOT_SEEN if reached else SignpostStatus.NO_DATA
        yield Signpost(
            signpost_id=signpost["signpost_id"],
            indicator=signpost["indicator"],
            statement=signpost["statement"],
            reason=signpost["reason"],
            window_start=signpost["window_start"].date(),
            due=due,
            status=status,
            sighting=sighting,
        )


def _record(signpost: Mapping[Hashable, Any], figures: pd.DataFrame, events: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the known figures or events in which a signpost could show, whatever they say."""
    if signpost["comparison"] == "event":
        record = events.rename(columns={"event_id": "row", "date": "day"}).assign(value=None)
        named = (record["category"] == signpost["event_category"]) & ~record["status"].isin(_UNSETTLED)
    else:
        record = figures.rename(columns={"period_end": "day"})
        named = record["series"] == signpost["series"]
        if signpost["claimant"]:
            named &= record["claimant"] == signpost["claimant"]
    known: pd.DataFrame = record[named & (record["known"] <= pd.Timestamp(day))]
    return known


def _sighting(signpost: Mapping[Hashable, Any], record: pd.DataFrame) -> Sighting | None:
    comparison, threshold = signpost["comparison"], signpost["threshold"]
    met = record["day"].between(signpost["window_start"], signpost["due"])
    if comparison != "event":
        met &= record["value"] >= threshold if comparison == "at_least" else record["value"] <= threshold
        met &= ~record["qualifier"].isin(_CANNOT_SHOW[comparison])
    found = record[met].sort_values(["known", "day", "row"])
    if found.empty:
        return None
    first = found.iloc[0]
    return Sighting(
        row=str(first["row"]),
        day=first["day"].date(),
        known=first["known"].date(),
        value=None if comparison == "event" else float(first["value"]),
        source_id=str(first["source_id"]),
    )
