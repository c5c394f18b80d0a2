"""Who says so: the pages that print a figure, and every source behind a relay."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.text import day_text, month_text

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


@dataclass(frozen=True)
class CitedPage:
    """A page that prints a figure, as a reader needs it to find and judge it.

    Args:
        url: Its address, of http or https.
        note: Title, licence, and whether it is a repost or was not read itself; sentences.
    """

    name: str
    url: str
    note: str

    def __str__(self) -> str:
        """Return publisher and date."""
        return self.name


@dataclass(frozen=True)
class CitedPages:
    """Pages that print a figure, the newest first; as text it names the first few and counts the rest."""

    pages: tuple[CitedPage, ...]
    limit: int = 3

    def __str__(self) -> str:
        """Return publisher and date of the first few, and how many more there are."""
        shown = "; ".join(map(str, self.pages[: self.limit]))
        return shown if len(self.pages) <= self.limit else f"{shown}; and {len(self.pages) - self.limit} more"


_PAGE_NOTES = {"repost": "Seen as a repost.", "inferred": "The page itself was not read; it is named by others."}


def page_of_source(source: Mapping[Hashable, Any]) -> CitedPage:
    """Return a source as a page to cite.

    Args:
        source: A row with publisher, title, url, page, published and licence.

    Example:
        >>> row = {"publisher": "ISW", "title": "Update", "url": "https://example.org", "page": "repost"}
        >>> print(page_of_source(row | {"published": "2023-08", "licence": "CC BY 4.0"}).note)
        Update. Seen as a repost. Licence: CC BY 4.0.
    """
    title = f"{source['title'].rstrip('.')}." if source["title"] else ""
    parts = (title, _PAGE_NOTES.get(source["page"], ""), f"Licence: {source['licence']}.")
    name = f"{source['publisher']} ({published_text(source['published']) or 'undated page'})"
    return CitedPage(name=name, url=source["url"], note=" ".join(part for part in parts if part))


def published_text(published: str) -> str:
    """Write the day, month or year of a publication as people do.

    Args:
        published: As YYYY-MM-DD, YYYY-MM or YYYY; empty if unknown.

    Example:
        >>> [published_text(day) for day in ("2023-08-30", "2023-08", "2023", "")]
        ['30 Aug 2023', 'Aug 2023', '2023', '']
    """
    if len(published) == len("YYYY-MM"):
        return month_text(f"{published}-01")
    return day_text(published) if len(published) == len("YYYY-MM-DD") else published


def cited_pages(evidence: Evidence, source_ids: str | Iterable[str], *, limit: int = 3) -> CitedPages:
    """Return the pages of some sources, newest first.

    Args:
        source_ids: One ;-joined cell or several ids.
        limit: How many are named in text; the rest are counted.
    """
    wanted = split_ids(source_ids) if isinstance(source_ids, str) else set(source_ids)
    found = dict.fromkeys(page for source, page in evidence.pages.items() if source in wanted)
    return CitedPages(tuple(found), limit)


def source_note(evidence: Evidence, source_ids: str | Iterable[str]) -> str:
    """Write publisher and date of each source as text, for files and for places that can't hold a link.

    Args:
        source_ids: One ;-joined cell or several ids.
        limit: How many sources are named; the rest are counted.
    """
    return str(cited_pages(evidence, source_ids))
