"""What every file of the evidence must look like: its columns, their types and the values that are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from indicators.core.vocabulary import (
    ClaimKind,
    EventCategory,
    Kind,
    KnownBasis,
    LikelihoodScale,
    Per,
    Qualifier,
    Relation,
    Stage,
    Stance,
    Theme,
)

ColumnType = Literal["text", "number", "date"]


@dataclass(frozen=True)
class Column:
    """One column: its type, whether it may be empty, and which values are allowed."""

    type: ColumnType = "text"
    empty: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""


def _one_of(enumeration: type[StrEnum], *, empty: bool = False) -> Column:
    return Column(empty=empty, allowed=tuple(member.value for member in enumeration))


_TEXT = Column()
_MAYBE = Column(empty=True)
_DAY = Column("date")
_KNOWN = {"known": _DAY, "known_basis": _one_of(KnownBasis)}
_PARTIAL_DATE = Column(empty=True, pattern=r"\d{4}(-\d{2}(-\d{2})?)?")

TABLES: Mapping[str, Mapping[str, Column]] = {
    "publishers": {
        "publisher": _TEXT,
        "stance": _one_of(Stance),
        "reliability": Column(allowed=tuple("ABCDEF")),
        "reason": _TEXT,
    },
    "sources": {
        "source_id": _TEXT,
        "publisher": _TEXT,
        "title": _MAYBE,
        "url": Column(pattern=r"https?://.+"),
        "page": Column(allowed=("publisher", "inferred", "repost")),
        "published": _PARTIAL_DATE,
        "language": _MAYBE,
        "licence": _TEXT,
        "derived_from": _MAYBE,
        "accessed": Column("date", empty=True),
    },
    "series": {
        "series": _TEXT,
        "indicator": _TEXT,
        "name": _TEXT,
        "definition": _TEXT,
        "stage": _one_of(Stage),
        "unit": _TEXT,
        "direction": Column(empty=True, allowed=("1", "-1")),
        "direction_reason": _TEXT,
        "kind": _one_of(Kind),
        "per": _one_of(Per, empty=True),
        "counter_scope": _MAYBE,
        "cadence": _MAYBE,
    },
    "observations": {
        "observation_id": _TEXT,
        "series": _TEXT,
        "period_start": _DAY,
        "period_end": _DAY,
        "value": Column("number"),
        "low": Column("number", empty=True),
        "high": Column("number", empty=True),
        "unit": _TEXT,
        "qualifier": _one_of(Qualifier),
        "side": Column(allowed=("RU", "UA")),
        "geography": _TEXT,
        "claimant": _TEXT,
        **_KNOWN,
        "source_id": _TEXT,
        "locator": _MAYBE,
        "note": _MAYBE,
    },
    "events": {
        "event_id": _TEXT,
        "date": _DAY,
        "end_date": _DAY,
        "category": _one_of(EventCategory),
        "title": _TEXT,
        "summary": _TEXT,
        "geography": _MAYBE,
        "status": Column(allowed=("confirmed", "assessed", "claimed", "contested", "denied")),
        "asserted_by": _MAYBE,
        "denied_by": _MAYBE,
        "indicators": _MAYBE,
        "source_id": _TEXT,
        "locator": _MAYBE,
        **_KNOWN,
    },
    "mentions": {
        "mention_id": _TEXT,
        "date": _DAY,
        "assessor": _TEXT,
        "theme": _one_of(Theme),
        "direction": Column(allowed=("discontent", "mixed", "support")),
        "summary": _TEXT,
        "source_id": _TEXT,
        **_KNOWN,
    },
    "published_projections": {
        "projection_id": _TEXT,
        "reading_of": _MAYBE,
        "projector": _TEXT,
        "statement": _TEXT,
        "published": _DAY,
        "rule": _TEXT,
        "series": _MAYBE,
        "outcome_series": _MAYBE,
        "stage": _one_of(Stage),
        "rate_value": Column("number", empty=True),
        "rate_per": _one_of(Per, empty=True),
        "qualifier": _one_of(Qualifier),
        "value": Column("number"),
        "low": Column("number", empty=True),
        "high": Column("number", empty=True),
        "unit": _TEXT,
        "window_start": _DAY,
        "window_end": _DAY,
        "window_basis": _TEXT,
        "source_id": _TEXT,
        **_KNOWN,
        "note": _MAYBE,
    },
    "assumptions": {
        "assumption_id": _TEXT,
        "name": _TEXT,
        "default": Column("number"),
        "minimum": Column("number"),
        "maximum": Column("number"),
        "step": Column("number"),
        "unit": _TEXT,
        "basis": Column(allowed=("sourced", "assumed")),
        "source_id": _MAYBE,
        "known": Column("date", empty=True),
        "reason": _TEXT,
    },
    "comparisons": {
        "comparison_id": _TEXT,
        "name": _TEXT,
        "indicator": _TEXT,
        "ru_series": _TEXT,
        "ua_series": _TEXT,
    },
    "comparison_guards": {
        "guard_id": _TEXT,
        "comparison_id": _TEXT,
        "aspect": Column(allowed=("stage", "legal_definition", "coverage", "openness", "population_at_risk")),
        "russia": _TEXT,
        "ukraine": _TEXT,
        "alike": Column(allowed=("yes", "partly", "no")),
        "reason": _TEXT,
        "source_id": _TEXT,
        **_KNOWN,
    },
    "claims": {
        "claim_id": _TEXT,
        "topic": _TEXT,
        "claimant": _MAYBE,
        "statement": _TEXT,
        "kind": _one_of(ClaimKind),
        "observation_id": _MAYBE,
        "projection_id": _MAYBE,
        "event_id": _MAYBE,
        "mention_id": _MAYBE,
        "outcome_series": _MAYBE,
        "answered_by": _MAYBE,
        "credibility": Column(allowed=tuple("123456")),
        "credibility_reason": _TEXT,
        "likelihood_low": Column("number", empty=True),
        "likelihood_high": Column("number", empty=True),
        "likelihood_scale": _one_of(LikelihoodScale, empty=True),
        "confidence": Column(empty=True, allowed=("low", "moderate", "high")),
        "indicators": _MAYBE,
        "pages": _MAYBE,
        "source_id": _TEXT,
        "locator": _MAYBE,
        **_KNOWN,
        "note": _MAYBE,
    },
    "claim_links": {
        "link_id": _TEXT,
        "from_claim": _TEXT,
        "to_claim": _TEXT,
        "relation": _one_of(Relation),
        "source_id": _TEXT,
        **_KNOWN,
    },
    "signposts": {
        "signpost_id": _TEXT,
        "indicator": _TEXT,
        "statement": _TEXT,
        "series": _MAYBE,
        "event_category": _one_of(EventCategory, empty=True),
        "comparison": Column(allowed=("at_least", "at_most", "event")),
        "threshold": Column("number", empty=True),
        "claimant": _MAYBE,
        "window_start": _DAY,
        "due": _DAY,
        "reason": _TEXT,
        "source_id": _MAYBE,
        "known": Column("date", empty=True),
        "known_basis": _one_of(KnownBasis, empty=True),
    },
    "corrections": {
        "correction_id": _TEXT,
        "date": _DAY,
        "file": _TEXT,
        "row_id": _TEXT,
        "field": _TEXT,
        "old": _MAYBE,
        "new": _MAYBE,
        "cause": _TEXT,
    },
}

KEYS: Mapping[str, str] = {
    "publishers": "publisher",
    "sources": "source_id",
    "series": "series",
    "observations": "observation_id",
    "events": "event_id",
    "mentions": "mention_id",
    "published_projections": "projection_id",
    "assumptions": "assumption_id",
    "comparisons": "comparison_id",
    "comparison_guards": "guard_id",
    "claims": "claim_id",
    "claim_links": "link_id",
    "signposts": "signpost_id",
    "corrections": "correction_id",
}
