"""The evidence as it stood on a past day."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date

import pandas as pd

from indicators.core.observations import Evidence
from indicators.core.provenance import with_ancestors


def as_of(evidence: Evidence, day: date | None) -> Evidence:
    """Drop every row that the public could not have read by `day`.

    Sources that no remaining row rests on go too. Assumptions whose source came later fall back to "assumed" by
    dropping out; a slider then uses the model's own default. Signposts that nobody published are questions of ours, not
    evidence, and stay on every day.

    Args:
        evidence: The evidence, unrestricted or restricted to a later day.
        day: Last day whose publications count; None returns the evidence as it is.

    Returns:
        The restricted evidence; its tables keep their columns, even when no row is left.
    """
    if day is None:
        return evidence
    events, mentions = _known_by(evidence.events, day), _known_by(evidence.mentions, day)
    restricted = replace(
        evidence,
        observations=_known_by(evidence.observations, day),
        events=events,
        mentions=mentions,
        published_projections=_known_by(evidence.published_projections, day),
        assumptions=_known_by(evidence.assumptions, day),
        comparison_guards=_known_by(evidence.comparison_guards, day),
        claims=_answered_among(_known_by(evidence.claims, day), {*events["event_id"], *mentions["mention_id"]}),
        claim_links=_known_by(evidence.claim_links, day),
        signposts=_known_by(evidence.signposts, day),
        corrections=_known_by(evidence.corrections, day, column="date"),
        as_of=day,
    )
    tables = (
        restricted.observations,
        restricted.events,
        restricted.mentions,
        restricted.published_projections,
        restricted.assumptions,
        restricted.comparison_guards,
        restricted.claims,
        restricted.claim_links,
        restricted.signposts,
    )
    used = {source for table in tables for source in table["source_id"]}
    kept = with_ancestors(evidence.sources, used)
    sources = evidence.sources[evidence.sources["source_id"].isin(kept)].reset_index(drop=True)
    return replace(restricted, sources=sources)


def _answered_among(claims: pd.DataFrame, entries: Set[str]) -> pd.DataFrame:
    """Name only those answers to a claim that are among the entries."""
    kept = [";".join(id_ for id_ in cell.split(";") if id_ in entries) for cell in claims["answered_by"]]
    return claims.assign(answered_by=pd.Series(kept, index=claims.index, dtype=claims["answered_by"].dtype))


def _known_by(table: pd.DataFrame, day: date, column: str = "known") -> pd.DataFrame:
    # A missing day (an assumption or a signpost that nobody published) is later than nothing, so it stays.
    return table[~(table[column] > pd.Timestamp(day))].reset_index(drop=True)
