"""What every file of the evidence must look like: its columns, their types, ranges, values and references."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from indicators.core.evidence import vocabulary

ColumnType = Literal["text", "number", "date", "partial_date"]

LARGEST = 1e12
SMALLEST = 1e-9
"""Sizes between which a number lies, unless it is 0."""
LONGEST = 2_000
"""Most characters of a cell."""
YEARS = (2000, 2100)
"""First and last year of any day."""


@dataclass(frozen=True)
class Column:
    """One column: what its cells may be.

    Args:
        type: A partial date is a year, a month or a day.
        empty: Whether a cell may be empty.
        allowed: The only values; empty for any.
        pattern: Regular expression that the whole cell must match; empty for any.
        past: Whether a day can't be later than the evidence itself; False for plans.
        refers: Columns, as "table.column", in one of which the value must stand.
        several: Whether a cell may hold several values, joined by ;.
    """

    type: ColumnType = "text"
    empty: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    meant: str = ""
    least: float = -LARGEST
    most: float = LARGEST
    past: bool = False
    refers: tuple[str, ...] = ()
    several: bool = False


def _one_of(enumeration: type[StrEnum], *, empty: bool = False, several: bool = False) -> Column:
    return Column(empty=empty, several=several, allowed=tuple(member.value for member in enumeration))


def _in(*columns: str, empty: bool = False, several: bool = False) -> Column:
    return Column(empty=empty or several, refers=columns, several=several)


_TEXT = Column()
_MAYBE = Column(empty=True)
_ID = Column(pattern=r"[A-Za-z0-9._-]+", meant="an id of letters, digits, points, underscores and hyphens")
_PAST = Column("date", past=True)
_MAYBE_PAST = Column("date", empty=True, past=True)
_DAY = Column("date")
_NUMBER = Column("number")
_MAYBE_NUMBER = Column("number", empty=True)
_POSITIVE = Column("number", least=SMALLEST)
_SHARE = Column("number", empty=True, least=0, most=1)
_SOURCE = _in("sources.source_id")
_MAYBE_SOURCE = _in("sources.source_id", empty=True)
_SERIES = _in("series.series", several=True)
_INDICATOR = _in("series.indicator")
_INDICATORS = _in("series.indicator", several=True)
_CLAIMANT = _in("publishers.publisher", empty=True)
_EVENT_STATUS = Column(allowed=("confirmed", "assessed", "claimed", "contested", "denied"))
_KNOWN = {"known": _PAST, "known_basis": _one_of(vocabulary.KnownBasis)}
_PRINTED = {"source_id": _SOURCE, **_KNOWN}

_TABLES: Mapping[str, Mapping[str, Column]] = {
    "publishers": {
        "publisher": _TEXT,
        "stance": _one_of(vocabulary.Stance),
        "reliability": Column(allowed=tuple("ABCDEF")),
        "reason": _TEXT,
    },
    "sources": {
        "source_id": _ID,
        "publisher": _in("publishers.publisher"),
        "title": _MAYBE,
        "url": Column(pattern=r"https?://[^\s<>\"]+", meant="an address that starts with https:// or http://"),
        "page": Column(allowed=("publisher", "inferred", "repost")),
        "published": Column("partial_date", empty=True, past=True),
        "language": Column(empty=True, pattern=r"[a-z]{2}", meant="a code of two letters"),
        "licence": _TEXT,
        "derived_from": _in("sources.source_id", several=True),
        "accessed": _MAYBE_PAST,
    },
    "series": {
        "series": _ID,
        "indicator": _ID,
        "name": _TEXT,
        "definition": _TEXT,
        "stage": _one_of(vocabulary.Stage),
        "unit": _TEXT,
        "direction": Column(empty=True, allowed=("1", "-1")),
        "direction_reason": _TEXT,
        "kind": _one_of(vocabulary.Kind),
        "per": _one_of(vocabulary.Per, empty=True),
        "counter_scope": _MAYBE,
        "cadence": _MAYBE,
    },
    "observations": {
        "observation_id": _ID,
        "series": _in("series.series"),
        "period_start": _DAY,
        "period_end": _DAY,
        "value": _NUMBER,
        "low": _MAYBE_NUMBER,
        "high": _MAYBE_NUMBER,
        "unit": _TEXT,
        "qualifier": _one_of(vocabulary.Qualifier),
        "side": Column(allowed=("RU", "UA")),
        "geography": _TEXT,
        "claimant": _in("publishers.publisher"),
        **_KNOWN,
        "source_id": _SOURCE,
        "locator": _MAYBE,
        "note": _MAYBE,
    },
    "events": {
        "event_id": _ID,
        "date": _PAST,
        "end_date": _PAST,
        "category": _one_of(vocabulary.EventCategory),
        "title": _TEXT,
        "summary": _TEXT,
        "geography": _MAYBE,
        "status": _EVENT_STATUS,
        "asserted_by": _MAYBE,
        "denied_by": _MAYBE,
        "denied_known": _MAYBE_PAST,
        "status_before": replace(_EVENT_STATUS, empty=True),
        "indicators": _INDICATORS,
        "source_id": _SOURCE,
        "locator": _MAYBE,
        **_KNOWN,
    },
    "mentions": {
        "mention_id": _ID,
        "date": _PAST,
        "assessor": _TEXT,
        "theme": _one_of(vocabulary.Theme),
        "direction": Column(allowed=("discontent", "mixed", "support")),
        "summary": _TEXT,
        **_PRINTED,
    },
    "published_projections": {
        "projection_id": _ID,
        "reading_of": _in("published_projections.projection_id", empty=True),
        "projector": _TEXT,
        "statement": _TEXT,
        "published": _PAST,
        "rule": _TEXT,
        "series": _in("series.series", empty=True),
        "outcome_series": _SERIES,
        "stage": _one_of(vocabulary.Stage),
        "rate_value": replace(_POSITIVE, empty=True),
        "rate_per": _one_of(vocabulary.Per, empty=True),
        "qualifier": _one_of(vocabulary.Qualifier),
        "value": _POSITIVE,
        "low": _MAYBE_NUMBER,
        "high": _MAYBE_NUMBER,
        "unit": _in("series.unit"),
        "window_start": _DAY,
        "window_end": _DAY,
        "window_basis": _TEXT,
        **_PRINTED,
        "note": _MAYBE,
    },
    "assumptions": {
        "assumption_id": _one_of(vocabulary.Assumption),
        "name": _TEXT,
        "default": _NUMBER,
        "minimum": _NUMBER,
        "maximum": _NUMBER,
        "step": _POSITIVE,
        "unit": _one_of(vocabulary.AssumptionUnit),
        "basis": Column(allowed=("sourced", "assumed")),
        "source_id": _MAYBE_SOURCE,
        "known": _MAYBE_PAST,
        "reason": _TEXT,
    },
    "comparisons": {
        "comparison_id": _ID,
        "name": _TEXT,
        "indicator": _INDICATOR,
        "ru_series": _ID,
        "ua_series": _ID,
    },
    "comparison_guards": {
        "guard_id": _ID,
        "comparison_id": _in("comparisons.comparison_id"),
        "aspect": Column(allowed=("stage", "legal_definition", "coverage", "openness", "population_at_risk")),
        "russia": _TEXT,
        "ukraine": _TEXT,
        "alike": Column(allowed=("yes", "partly", "no")),
        "reason": _TEXT,
        **_PRINTED,
    },
    "claims": {
        "claim_id": _ID,
        "topic": _TEXT,
        "claimant": _CLAIMANT,
        "statement": _TEXT,
        "kind": _one_of(vocabulary.ClaimKind),
        "observation_id": _in("observations.observation_id", empty=True),
        "projection_id": _in("published_projections.projection_id", empty=True),
        "event_id": _in("events.event_id", empty=True),
        "mention_id": _in("mentions.mention_id", empty=True),
        "outcome_series": _SERIES,
        "answered_by": _in("events.event_id", "mentions.mention_id", several=True),
        "credibility": Column(allowed=tuple("123456")),
        "credibility_reason": _TEXT,
        "likelihood_low": _SHARE,
        "likelihood_high": _SHARE,
        "likelihood_scale": _one_of(vocabulary.LikelihoodScale, empty=True),
        "confidence": Column(empty=True, allowed=("low", "moderate", "high")),
        "indicators": _INDICATORS,
        "pages": _one_of(vocabulary.Page, empty=True, several=True),
        "source_id": _SOURCE,
        "locator": _MAYBE,
        **_KNOWN,
        "note": _MAYBE,
        "note_known": _MAYBE_PAST,
    },
    "claim_links": {
        "link_id": _ID,
        "from_claim": _in("claims.claim_id"),
        "to_claim": _in("claims.claim_id"),
        "relation": _one_of(vocabulary.Relation),
        **_PRINTED,
    },
    "gaps": {
        "gap_id": _ID,
        "series": _in("series.series"),
        "kind": _one_of(vocabulary.GapKind),
        "period_start": _DAY,
        "period_end": replace(_DAY, empty=True),
        "reason": _TEXT,
        **_PRINTED,
    },
    "signposts": {
        "signpost_id": _ID,
        "indicator": _INDICATOR,
        "statement": _TEXT,
        "series": replace(_ID, empty=True),
        "event_category": _one_of(vocabulary.EventCategory, empty=True),
        "comparison": Column(allowed=("at_least", "at_most", "event")),
        "threshold": _MAYBE_NUMBER,
        "claimant": _CLAIMANT,
        "window_start": _DAY,
        "due": _DAY,
        "reason": _TEXT,
        "source_id": _MAYBE_SOURCE,
        "known": _MAYBE_PAST,
        "known_basis": _one_of(vocabulary.KnownBasis, empty=True),
    },
}
_FILES = tuple(f"{table}.csv" for table in (*_TABLES, "corrections"))

TABLES: Mapping[str, Mapping[str, Column]] = {
    **_TABLES,
    "corrections": {
        "correction_id": _ID,
        "date": _PAST,
        "file": Column(allowed=_FILES),
        "row_id": _TEXT,
        "field": _ID,
        "old": _MAYBE,
        "new": _MAYBE,
        "cause": _TEXT,
    },
}

KEYS: Mapping[str, str] = {table: next(iter(columns)) for table, columns in TABLES.items()}
"""Column that names each row of a table: the first."""
