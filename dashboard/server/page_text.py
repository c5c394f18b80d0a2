"""A page as plain HTML, for readers and machines that run no script, and for the moment before a script has run."""

import html
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dashboard.shell.addresses import api_link, oembed_link, page_link, preview_link
from dashboard.shell.pages import SITE_NAME, Opening, Page, Settings, all_pages, browser_title
from dashboard.snapshots import snapshot_on
from indicators.core.citation.references import AUTHOR
from indicators.core.text import day_text

OEMBED_TYPE = "application/json+oembed"

_LOGGER = logging.getLogger(__name__)


def opening_of(page: Page, day: date | None, settings: Settings) -> Opening:
    """Return what a page says first; its title alone where it has no opening or can't say one.

    Args:
        settings: Settings of the address, as they came.
    """
    title = Opening(question=page.title, answer="")
    if page.opening is None:
        return title
    try:
        return page.opening(snapshot_on(day), settings)
    except Exception:
        # The app says on the page what is wrong with an address; without a document there would be no page.
        _LOGGER.exception("no opening of %s for %s and %s", page.stem, day, settings)
        return title


def head_of(page: Page, opening: Opening, day: date | None, settings: Settings, origin: str) -> str:
    """Return the elements of a document's head that say what the page is."""
    title, said = browser_title(page), opening.answer or opening.question
    settings = {name: text for name, text in settings.items() if page.takes(name)}
    address = origin + page_link(page.stem, day, **settings)
    picture = origin + preview_link(page.stem, day, **settings)
    about = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": f"{opening.question} {said} {opening.source}".strip(),
        "url": address,
        "version": snapshot_on(day).evidence.data_version,
        "isAccessibleForFree": True,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": origin + api_link("package.zip", None),
        },
    }
    names = {"description": said, "twitter:card": "summary_large_image"}
    if page.citable:  # as reference managers read them
        names |= {
            "citation_title": opening.question,
            "citation_author": AUTHOR,
            "citation_online_date": f"{snapshot_on(day).evidence.edition.day:%Y/%m/%d}",
            "citation_public_url": address,
            "citation_language": "en",
        }
    properties = {
        "og:type": "website",
        "og:site_name": SITE_NAME,
        "og:title": opening.question,
        "og:description": said,
        "og:url": address,
        "og:image": picture,
        "og:image:alt": said,
    }
    data = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    return "".join(
        (
            *(f'<meta name="{name}" content="{html.escape(text)}">' for name, text in names.items()),
            *(f'<meta property="{name}" content="{html.escape(text)}">' for name, text in properties.items()),
            f'<link rel="canonical" href="{html.escape(address)}">',
            *(_alternate(kind, title, origin + path) for kind, title, path in _feeds()),
            _alternate(OEMBED_TYPE, title, f"{origin}{oembed_link(address)}") if page.charts else "",
            f'<script type="application/ld+json">{data}</script>',
        )
    )


def body_of(opening: Opening, day: date | None, wrong: str = "") -> str:
    """Return what stands in a document's body until the app has drawn the page.

    Args:
        wrong: Why the day of the address makes no sense, so that the latest is shown.
    """
    links = "".join(_link(page.title, page_link(page.stem, day)) for page in all_pages())
    known = f"<p>{html.escape(wrong)} Shown: the latest.</p>" if wrong else ""
    if day is not None:
        known = f"<p>You see what the public knew on {day_text(day)}.</p>"
    answer = f'<p class="answer">{html.escape(opening.answer)}</p>' if opening.answer else ""
    source = f'<p class="source">{html.escape(opening.source)}</p>' if opening.source else ""
    return (
        f'<div id="first"><header><strong>{SITE_NAME}</strong><nav>{links}</nav></header>'
        f"<main>{known}<h1>{html.escape(opening.question)}</h1>{answer}{source}{_table(opening.table)}"
        "<noscript><p>Charts and settings need JavaScript.</p></noscript></main></div>"
    )


def _feeds() -> Iterator[tuple[str, str, str]]:
    yield "application/atom+xml", "What is new", api_link("feed.atom", None)
    yield "application/feed+json", "What is new", api_link("feed.json", None)


def _alternate(media_type: str, title: str, address: str) -> str:
    given = f'type="{media_type}" title="{html.escape(title)}" href="{html.escape(address)}"'
    return f'<link rel="alternate" {given}>'


def _link(label: str, address: str) -> str:
    return f'<a href="{html.escape(address)}">{html.escape(label)}</a>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head, *body = rows
    lines = "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in body)
    return f"<table><thead><tr>{_cells(head, 'th')}</tr></thead><tbody>{lines}</tbody></table>"


def _cells(row: Iterable[str], element: str) -> str:
    return "".join(f"<{element}>{html.escape(cell)}</{element}>" for cell in row)
