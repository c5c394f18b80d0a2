"""Who says so: source notes, and every source behind a relay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from indicators.core.evidence.consistency import split_ids

if TYPE_CHECKING:
    from indicators.core.evidence.load import Evidence


def with_ancestors(sources: pd.DataFrame, source_ids: Iterable[str]) -> set[str]:
    """Return the given sources and everything they derive from.

    Args:
        sources: Table with `source_id` and `derived_from`.
        source_ids: Where to start; ids that the table lacks are left out.
    """
    parents = dict(zip(sources["source_id"], sources["derived_from"], strict=True))
    found: set[str] = set()
    waiting = [source for source in source_ids if source in parents]
    while waiting:
        source = waiting.pop()
        if source not in found:
            found.add(source)
            waiting += split_ids(parents[source])
    return found


def source_note(evidence: Evidence, source_ids: str | Iterable[str], *, limit: int = 3) -> str:
    """Write the source line of a figure or chart: publisher and date of each source, newest first.

    Args:
        evidence: Evidence that holds the sources.
        source_ids: One ;-joined cell or several ids.
        limit: How many sources are named; the rest are counted.
    """
    wanted = split_ids(source_ids) if isinstance(source_ids, str) else set(source_ids)
    names = [name for source, name in evidence.source_names.items() if source in wanted]
    unique = list(dict.fromkeys(names))
    shown = "; ".join(unique[:limit])
    return shown if len(unique) <= limit else f"{shown}; and {len(unique) - limit} more"
