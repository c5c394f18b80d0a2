"""Echo graph: which pages print a figure, which pages they repeat, and who counted in the first place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from indicators.core.consistency import split_ids
from indicators.core.provenance import count_origins, with_ancestors


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of an echo graph; `step` 0 repeats nobody, 1 repeats such a page, and so on."""

    source_id: str
    publisher: str
    published: str
    step: int


@dataclass(frozen=True, kw_only=True)
class EchoGraph:
    """Pages, who repeats whom, and how many independent origins are left.

    Args:
        pages: Every page down to the origins, origins first.
        repeats: Pairs of source ids: the page that repeats, and the page it repeats.
        sources: Number of pages that print the figure.
        origins: Number of independent origins behind them; this, not `sources`, is the weight of the evidence.
    """

    pages: tuple[Page, ...]
    repeats: tuple[tuple[str, str], ...]
    sources: int
    origins: int


def echo_graph(sources: pd.DataFrame, rows: pd.DataFrame) -> EchoGraph:
    """Return the pages behind rows, followed from relay to relay.

    Where a page relays several counters, only the branch of a row's own claimant is followed if there is one, as in
    `provenance.origins`.

    Args:
        sources: Table with `source_id`, `publisher`, `published` and `derived_from`.
        rows: Figures or claims with `source_id` (;-joined) and `claimant`.

    Example:
        >>> sources = pd.DataFrame(
        ...     [("count", "Counter", "2023-07-19", ""), ("paper", "Paper", "2023-08-30", "count")],
        ...     columns=["source_id", "publisher", "published", "derived_from"],
        ... )
        >>> rows = pd.DataFrame([("paper", "Counter"), ("count", "Counter")], columns=["source_id", "claimant"])
        >>> graph = echo_graph(sources, rows)
        >>> graph.sources, graph.origins, graph.repeats
        (2, 1, (('paper', 'count'),))
    """
    table = sources.set_index("source_id")
    publishers, parents = table["publisher"].to_dict(), table["derived_from"].map(split_ids).to_dict()
    starts = {
        (source, claimant)
        for cell, claimant in zip(rows["source_id"], rows["claimant"], strict=True)
        for source in split_ids(cell)
    }
    repeats: set[tuple[str, str]] = set()
    waiting = list(starts)
    reached = set(starts)
    while waiting:
        source, claimant = waiting.pop()
        own = {parent for parent in parents[source] if publishers[parent] == claimant}
        for parent in own or parents[source]:
            repeats.add((source, parent))
            if (parent, claimant) not in reached:
                reached.add((parent, claimant))
                waiting.append((parent, claimant))

    @cache
    def step(source: str) -> int:
        return max((step(parent) + 1 for child, parent in repeats if child == source), default=0)

    pages = [
        Page(
            source_id=source,
            publisher=publishers[source],
            published=str(table.at[source, "published"]),
            step=step(source),
        )
        for source in {source for source, _ in reached}
    ]
    return EchoGraph(
        pages=tuple(sorted(pages, key=lambda page: (page.step, page.published, page.source_id))),
        repeats=tuple(sorted(repeats)),
        sources=len({source for source, _ in starts}),
        origins=count_origins(sources, rows),
    )


def printed_by(sources: pd.DataFrame, source_id: str, claimant: str) -> tuple[str, ...]:
    """Return the pages on which one statement can be read: the page it was read on, and all that print the same.

    The claimant's own page is looked for among what the given page repeats. If it has a day, it stands for one
    statement, and every page that repeats it prints that statement. A page without a day stands for all that a
    claimant ever published, so nothing more can be said.

    Args:
        sources: Table with `source_id`, `publisher`, `published` and `derived_from`.
        source_id: Where the statement was read.
        claimant: Whose statement it is.

    Example:
        >>> sources = pd.DataFrame(
        ...     [("own", "Ministry", "2023-08-30", ""), ("a", "Paper", "2023-08-30", "own"), ("b", "Radio", "", "own")],
        ...     columns=["source_id", "publisher", "published", "derived_from"],
        ... )
        >>> printed_by(sources, "a", "Ministry")
        ('a', 'b', 'own')
    """
    ancestors = with_ancestors(sources, [source_id])
    mine = sources["source_id"].isin(ancestors) & (sources["publisher"] == claimant)
    own = set(sources.loc[mine & (sources["published"].str.len() == 10), "source_id"])
    return tuple(sorted({source_id} | own | _descendants(sources, own)))


def _descendants(sources: pd.DataFrame, source_ids: Iterable[str]) -> set[str]:
    found: set[str] = set(source_ids)
    parents = dict(zip(sources["source_id"], sources["derived_from"].map(split_ids), strict=True))
    while more := {source for source, above in parents.items() if above & found} - found:
        found |= more
    return found
