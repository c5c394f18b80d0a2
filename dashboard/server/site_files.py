"""What machines ask a site for: rules and a map for search engines, and a guide for language models (llmstxt.org)."""

from collections.abc import Callable
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.component.assets import server_path
from dashboard.shell.addresses import OEMBED, PREVIEW, api_link, description_link, documentation_link, page_link
from dashboard.shell.pages import SITE_NAME, all_pages
from dashboard.snapshots import snapshot_on
from indicators.core.registry import all_indicators

SITEMAP, GUIDE, RULES = "/sitemap.xml", "/llms.txt", "/robots.txt"
_MAP_NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MODELS = ("cascade", "projection")
"""Routes of the API that compute an answer for every setting; a machine that follows links would never end."""

GUIDE_TEXT = """# {name}

> Published figures on military morale in the Russian and Ukrainian armed forces: what was claimed, by whom, when it was
> known, and what it would come to if it went on. A quoted figure is a claim, not a count.

Every row has two clocks: when it happened, and when the public could know it. `as_of=YYYY-MM-DD` restricts any page
and any answer to what was known on that day. A qualifier (up to, at least, about) belongs to its figure; cite both,
with the source that the row names. A projection holds only if its assumptions hold; it is no forecast.

Data version: {version}

## Pages

{pages}

## Indicators

{indicators}

## Data and programs

{data}
"""


def site_file_routes() -> list[Route]:
    """Return the routes of these files, below the server's base path if it has one."""
    return [
        _route(RULES, "text/plain", _rules),
        _route(GUIDE, "text/plain", _guide),
        _route(SITEMAP, "application/xml", _map),
    ]


def _route(path: str, media_type: str, write: Callable[[str], str | bytes]) -> Route:
    async def answer(request: Request) -> Response:
        written = write(f"{request.url.scheme}://{request.url.netloc}")
        return Response(written, media_type=media_type, headers={"Cache-Control": "public, max-age=3600"})

    return Route(server_path(path), answer)


def _rules(origin: str) -> str:
    closed = [server_path("/_stcore/"), server_path(f"{PREVIEW}/"), server_path(OEMBED)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*closed, *(api_link(name, None) for name in _MODELS)))]
    return "\n".join((*lines, "", f"Sitemap: {origin}{server_path(SITEMAP)}", ""))


def _guide(origin: str) -> str:
    data = {
        "All tables as a Frictionless data package": api_link("package.zip", None),
        "List of indicators with their newest figures": api_link("indicators", None),
        "The answer to “100 a week, 5,200 a year”": api_link("answer", None),
        "What is new, as an Atom feed": api_link("feed.atom", None),
        "What is new, as a JSON feed": api_link("feed.json", None),
        "The data in the words of schema.org": api_link("dataset.jsonld", None),
        "Description of the API (OpenAPI)": description_link(),
        "Documentation of the API": documentation_link(),
    }
    return GUIDE_TEXT.format(
        name=SITE_NAME,
        version=snapshot_on(None).evidence.data_version,
        pages=_list(origin, {page.title: page_link(page.stem, None) for page in all_pages()}),
        indicators=_list(origin, {one.name: api_link(f"indicators/{one.id}", None) for one in all_indicators()}),
        data=_list(origin, data),
    )


def _list(origin: str, links: dict[str, str]) -> str:
    return "\n".join(f"- [{name}]({origin}{address})" for name, address in links.items())


def _map(origin: str) -> bytes:
    pages = [page_link(page.stem, None) for page in all_pages()]
    pages += [page_link("indicator", None, indicator=one.id) for one in all_indicators()]
    listed = ElementTree.Element("urlset", xmlns=_MAP_NAMES)
    for address in pages:
        ElementTree.SubElement(ElementTree.SubElement(listed, "url"), "loc").text = origin + address
    written: bytes = ElementTree.tostring(listed, encoding="utf-8", xml_declaration=True)
    return written
