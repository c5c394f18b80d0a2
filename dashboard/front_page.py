"""The HTML document that every page starts from: Streamlit's own, with what a deep link and a fast start need.

Streamlit's browser code looks for the server below a page's own address first and logs an error before it looks at the
root. Telling it where the server is saves that detour. The drawing code is announced at once, so that it loads beside
Streamlit's scripts instead of after them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.assets import component_path, plotly_path
from dashboard.navigation import PAGES, SITE_NAME, page_addresses

STREAMLIT_DOCUMENT = Path(streamlit.__file__).parent / "static" / "index.html"
_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>\s*')


CHART_MODULES = ("chart.js", "draw.js")
PANEL_MODULES = ("panel.js", "controls.js", "tables.js", "interpolate.js", "wording.js")
MODULES = {
    "/projection": (*PANEL_MODULES, "projection.js"),
    "/cascade": (*PANEL_MODULES, "cascade.js", "front_line.js"),
}
"""Modules that a page needs besides those of charts, by address."""


def page_document(modules: Sequence[str] = ()) -> str:
    """Return the document of a page.

    Args:
        modules: Modules to announce besides those of charts.

    Raises:
        RuntimeError: If Streamlit's document no longer has the head, title or font link this changes.
    """
    document = STREAMLIT_DOCUMENT.read_text(encoding="utf-8")
    announced = [f'<link rel="preload" as="script" href="{plotly_path()}">']
    announced += [f'<link rel="modulepreload" href="{component_path(name)}">' for name in (*CHART_MODULES, *modules)]
    server = '<script>window.__streamlit={BACKEND_BASE_URL:new URL("./",location.href).href}</script>'
    changes = (
        (re.compile("<head>"), "<head>" + server + "".join(announced)),
        (re.compile("<title>[^<]*</title>"), f"<title>{SITE_NAME}</title>"),
        # The theme uses the reader's system font, so Streamlit's own need not be fetched ahead.
        (_FONT, ""),
    )
    for pattern, replacement in changes:
        found = pattern.search(document)
        if found is None:
            raise RuntimeError(f"expected {pattern.pattern!r} in {STREAMLIT_DOCUMENT}; adapt {Path(__file__).name}")
        document = document[: found.start()] + replacement + document[found.end() :]
    return document


def page_routes() -> list[Route]:
    """Return a route for every page's address; the first page's stem leads to the root."""

    def page_at(address: str) -> Route:
        document = page_document(MODULES.get(address, ()))

        async def page(_: Request) -> Response:
            return HTMLResponse(document, headers={"Cache-Control": "no-cache"})

        return Route(address, page)

    async def root(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"./{query}")

    first_stem = PAGES[0][0]
    return [Route(f"/{first_stem}", root), *map(page_at, page_addresses())]
