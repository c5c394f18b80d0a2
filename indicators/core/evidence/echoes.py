"""Echo graph: which pages print a figure, which pages they repeat, and who counted in the first place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from indicators.core.evidence.consistency import split_ids


class Link(NamedTuple):
    """A source: who printed it, when, and the pages it repeats."""

    publisher: str
    published: str
    repeats: frozenset[str]


Chain = Mapping[str, Link]
"""Every source by its id."""


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
    """

    pages: tuple[Page, ...]
    repeats: tuple[tuple[str, str], ...]
    sources: int

    @property
    def origins(self) -> int:
        """Number of independent origins; this, not `sources`, is the weight of the evidence."""
        return len(self.originators)

    @property
    def originators(self) -> frozenset[str]:
        """Who stands at the beginning: publishers of pages that repeat nobody."""
        return frozenset(page.publisher for page in self.pages if page.step == 0)


def chain_of(sources: pd.DataFrame) -> dict[str, Link]:
    """Return every source of a table with `source_id`, `publisher`, `published` and `derived_from` by its id."""
    repeats = sources["derived_from"].map(lambda cell: frozenset(split_ids(cell)))
    links = map(Link, sources["publisher"], sources["published"], repeats)
    return dict(zip(sources["source_id"], links, strict=True))


def echo_graph(chain: Chain, printed: Iterable[tuple[str, str]]) -> EchoGraph:
    """Return the pages behind figures or claims, followed from relay to relay.

    Where a page relays several counters, only the branch that leads to the claimant is followed if there is one. A page
    that relays nobody is an origin. So an outlet that quotes a ministry that quotes a court count has one origin:
    whoever counted.

    Args:
        printed: Pairs of a source id and the claimant whose assertion is printed there.

    Example:
        >>> chain = {
        ...     "count": Link("Counter", "2023-07-19", frozenset()),
        ...     "paper": Link("Paper", "2023-08-30", frozenset({"count"})),
        ... }
        >>> graph = echo_graph(chain, [("paper", "Counter"), ("count", "Counter")])
        >>> graph.sources, graph.origins, graph.repeats
        (2, 1, (('paper', 'count'),))
    """
    starts = set(printed)
    repeats: set[tuple[str, str]] = set()
    waiting, reached = list(starts), set(starts)
    while waiting:
        source, claimant = waiting.pop()
        for parent in _branch(chain, source, claimant):
            repeats.add((source, parent))
            if (parent, claimant) not in reached:
                reached.add((parent, claimant))
                waiting.append((parent, claimant))

    @cache
    def step(source: str) -> int:
        return max((step(parent) + 1 for child, parent in repeats if child == source), default=0)

    pages = [
        Page(source_id=page, publisher=chain[page].publisher, published=chain[page].published, step=step(page))
        for page in {source for source, _ in reached}
    ]
    return EchoGraph(
        pages=tuple(sorted(pages, key=lambda page: (page.step, page.published, page.source_id))),
        repeats=tuple(sorted(repeats)),
        sources=len({source for source, _ in starts}),
    )


def _branch(chain: Chain, source: str, claimant: str) -> frozenset[str]:
    """Return the pages by which a claimant's figure came to a page that repeats several, or all if none leads to it."""
    pages = chain[source].repeats
    if len(pages) < 2:
        return pages
    own = frozenset(page for page in pages if chain[page].publisher == claimant)

    def leads(page: str) -> bool:
        return chain[page].publisher == claimant or any(leads(parent) for parent in chain[page].repeats)

    return own or frozenset(page for page in pages if leads(page)) or pages


def figure_echoes(chain: Chain, rows: pd.DataFrame) -> EchoGraph:
    """Return the pages behind rows with `source_id` (;-joined) and `claimant`."""
    pairs = zip(rows["source_id"], rows["claimant"], strict=True)
    return echo_graph(chain, {(source, claimant) for cell, claimant in pairs for source in split_ids(cell)})


def printed_by(chain: Chain, source_id: str, claimant: str) -> tuple[str, ...]:
    """Return the pages on which one statement can be read: the page it was read on, and all that print the same.

    The claimant's own page is looked for among what the given page repeats. If it has a day, it stands for one
    statement, and every page that repeats it prints that statement. A page without a day stands for all that a
    claimant ever published, so nothing more can be said.

    Example:
        >>> chain = {
        ...     "own": Link("Ministry", "2023-08-30", frozenset()),
        ...     "a": Link("Paper", "2023-08-30", frozenset({"own"})),
        ...     "b": Link("Radio", "", frozenset({"own"})),
        ... }
        >>> printed_by(chain, "a", "Ministry")
        ('a', 'b', 'own')
    """
    above = {source_id}
    while more := {parent for source in above for parent in chain[source].repeats} - above:
        above |= more
    found = {
        page for page in above if chain[page].publisher == claimant and len(chain[page].published) == len("YYYY-MM-DD")
    }
    while more := {source for source, link in chain.items() if link.repeats & found} - found:
        found |= more
    return tuple(sorted({source_id} | found))
