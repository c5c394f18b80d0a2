"""Who says so: source notes, and the independent origins behind relays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pandas as pd

from indicators.core.consistency import split_ids

if TYPE_CHECKING:
    from indicators.core.observations import Evidence


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


def origins(sources: pd.DataFrame, source_id: str, claimant: str) -> frozenset[str]:
    """Return the organisations at the beginning of a figure's chain of relays.

    Where a page relays several counters, only the branch that leads to the figure's own claimant is followed if there
    is one. A page that relays nobody is its own origin. So an outlet that quotes a ministry that quotes a court count
    has one origin: whoever counted.

    Args:
        sources: Table with `source_id`, `publisher` and `derived_from`.
        source_id: The source of the figure.
        claimant: Whose assertion the figure is.
    """
    return _origins(_chain(sources), source_id, claimant)


def count_origins(sources: pd.DataFrame, rows: pd.DataFrame) -> int:
    """Count the independent origins behind rows with `source_id` (;-joined) and `claimant`; echoes once."""
    chain = _chain(sources)
    pairs = {
        (source, claimant)
        for cell, claimant in zip(rows["source_id"], rows["claimant"], strict=True)
        for source in split_ids(cell)
    }
    return len(frozenset().union(*(_origins(chain, source, claimant) for source, claimant in pairs)))


def _chain(sources: pd.DataFrame) -> dict[str, tuple[str, frozenset[str]]]:
    parents = sources["derived_from"].map(lambda cell: frozenset(split_ids(cell)))
    return dict(zip(sources["source_id"], zip(sources["publisher"], parents, strict=True), strict=True))


def _origins(chain: dict[str, tuple[str, frozenset[str]]], source_id: str, claimant: str) -> frozenset[str]:
    publisher, parents = chain[source_id]
    if not parents:
        return frozenset({publisher})
    branch = branch_of(parents, claimant, publisher=lambda page: chain[page][0], repeats=lambda page: chain[page][1])
    return frozenset().union(*(_origins(chain, parent, claimant) for parent in branch))


def branch_of(
    pages: frozenset[str],
    claimant: str,
    *,
    publisher: Callable[[str], str],
    repeats: Callable[[str], frozenset[str]],
) -> frozenset[str]:
    """Return the pages by which a claimant's figure came to a page that repeats several, or all if none leads to it.

    Args:
        pages: Sources that one page repeats.
        claimant: Whose assertion the figure is.
        publisher: Gives a source's publisher.
        repeats: Gives the sources that a source repeats.
    """
    if len(pages) < 2:
        return pages
    own = frozenset(page for page in pages if publisher(page) == claimant)

    def leads(page: str) -> bool:
        return publisher(page) == claimant or any(leads(parent) for parent in repeats(page))

    return own or frozenset(page for page in pages if leads(page)) or pages


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
