"""Feeds in their two forms: Atom (RFC 4287) and JSON Feed (version 1.1)."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.plain_text import visible

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"
JSON_FEED_TYPE = "application/feed+json"
JSON_FEED = "https://jsonfeed.org/version/1.1"
AUTHOR = "Morale indicators contributors"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a feed."""

    id: str
    title: str
    day: date
    address: str
    lines: Sequence[str]
    links: Sequence[tuple[str, str]] = ()
    kind: str

    @property
    def content(self) -> str:
        """Its content as HTML; nothing in it can be mark-up of others."""
        lines = "".join(f"<li>{html.escape(visible(line, len(line)))}</li>" for line in self.lines)
        pages = ", ".join(f'<a href="{html.escape(url)}">{html.escape(visible(name))}</a>' for name, url in self.links)
        return f"<ul>{lines}</ul>" + (f"<p>Source: {pages}.</p>" if pages else "")


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed.

    Args:
        entries: Its entries, newest first.
    """

    id: str
    title: str
    address: str
    page: str
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom, UTF-8 encoded."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    newest = max((entry.day for entry in feed.entries), default=FULL_SCALE_INVASION)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(newest))
    _link(root, "self", feed.address, ATOM_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    _text(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", AUTHOR)
    for entry in feed.entries:
        node = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
        _text(node, "id", f"{feed.id}:{entry.id}")
        _text(node, "title", entry.title)
        _text(node, "published", _moment(entry.day))
        _text(node, "updated", _moment(entry.day))
        _link(node, "alternate", entry.address, "text/html")
        ElementTree.SubElement(node, f"{{{ATOM}}}category", {"term": entry.kind})
        content = ElementTree.SubElement(node, f"{{{ATOM}}}content", {"type": "html"})
        content.text = entry.content
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(feed: Feed) -> dict[str, object]:
    """Write a feed as JSON Feed."""
    return {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": visible(feed.address),
        "language": "en",
        "authors": [{"name": AUTHOR}],
        "items": [
            {
                "id": f"{feed.id}:{entry.id}",
                "url": entry.address,
                "title": visible(entry.title),
                "content_html": entry.content,
                "date_published": _moment(entry.day),
                "tags": [entry.kind],
            }
            for entry in feed.entries
        ],
    }


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = visible(text)


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str) -> None:
    given = {"rel": relation, "href": visible(address), "type": media_type}
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", given)
