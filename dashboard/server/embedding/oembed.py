"""oEmbed (oembed.com, version 1.0): the code that puts what an address shows on another page."""

import html
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.charts.palette import COLOURS
from dashboard.component import expected_height
from dashboard.component.assets import FRAME_SCRIPT, server_path
from dashboard.server.embedding.asked import asked_for, place_of
from dashboard.shell.addresses import EMBED, FIRST, embed_link, settings_of
from dashboard.shell.exact_settings import RefusedError
from dashboard.shell.pages import SITE_NAME, Opening, all_pages, reads
from indicators.core.plain_text import quoted

WIDTH, NARROWEST, SENTENCE_HEIGHT, AROUND = 720, 280, 220, 100
"""Pixels: the usual and the least width, the height of a sentence, and the words around a chart."""


def oembed(
    address: str, origin: str, *, width: int = WIDTH, height: int | None = None, theme: str = ""
) -> dict[str, object]:
    """Return what a page needs to show what an address of ours shows.

    Args:
        address: Address of a page or of a frame, under the name that the server was asked by.
        width: Most pixels from left to right.
        height: Most pixels from top to bottom; None for no limit.
        theme: "light" or "dark"; empty follows the address, or the reader's own setting.

    Raises:
        RefusedError: If nothing at the address can stand on another page.
    """
    source = _frame_of(address, origin, theme)
    parts = urlsplit(source)
    place = place_of(parts.path.removeprefix(f"{server_path(EMBED)}/"))
    content = asked_for(place, parse_qsl(parts.query, keep_blank_values=True)).content
    if isinstance(content, Opening):
        title, tall = content.question, SENTENCE_HEIGHT
    else:
        title, tall = content["title"], expected_height(content["figure"], content.get("subtitle", "")) + AROUND
    shown = {"width": max(min(width, WIDTH), NARROWEST), "height": min(tall, height or tall)}
    frame = (
        f'<iframe src="{html.escape(origin + source)}" title="{html.escape(title)}" width="100%" '
        f'height="{shown["height"]}" style="border: 0; max-width: {shown["width"]}px"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": SITE_NAME,
        "provider_url": origin + server_path("/"),
        "cache_age": 3600,
        "html": f'{frame}<script src="{origin}{server_path(FRAME_SCRIPT)}" async></script>',
        **shown,
    }


def _frame_of(address: str, origin: str, theme: str) -> str:
    """Return the address of the frame that shows what an address shows."""
    try:
        parts = urlsplit(address)
        here = f"{parts.scheme}://{parts.netloc}" == origin
    except ValueError:
        here = False
    if not here:
        raise RefusedError(404, f"url is {quoted(address)}; expected an address that begins with {origin}.")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    themed = {"theme": theme} if theme in COLOURS else {}
    if parts.path.startswith(f"{server_path(EMBED)}/"):
        return f"{parts.path}?{urlencode(query | themed)}" if query | themed else parts.path
    settings = settings_of(query)
    given = {"as_of": query["as_of"]} if "as_of" in query else {}
    stem = parts.path.removeprefix(server_path("/")).strip("/") or FIRST
    page = next((page for page in all_pages() if page.stem == stem and page.charts), None)
    if page is None:
        raise RefusedError(404, f"What {quoted(parts.path)} shows can't stand on another page.")
    # A page has settings that its first chart does not read.
    shown = {
        name: text for name, text in settings.items() if reads(page.charts[""].settings, name) or not page.takes(name)
    }
    return embed_link(stem, None, **shown, **given, **themed)
