"""The HTML document that every page starts from: Streamlit's own, with what a deep link and a fast start need.

Streamlit's browser code looks for the server below a page's own address first and logs an error before it looks at the
root. Telling it where the server is saves that detour. What a page shows first is announced at once, so that it loads
beside Streamlit's scripts instead of after them, and where a page opens with a chart the drawing library starts while
the browser still waits for those scripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.component.assets import component_path, plotly_path
from dashboard.server.security_headers import POLICY, page_policy
from dashboard.server.streamlit_files import DOCUMENT, first_scripts, script_path
from dashboard.shell.addresses import FIRST
from dashboard.shell.pages import SITE_NAME, Page, all_pages

_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>\s*')

CHART_FILES = (
    "chart.css", "chart.js", "draw.js", "ends.js", "image.js", "legend.js", "motion.js", "numbers.js", "read_points.js",
    "sparkline.js",
)  # fmt: skip


def page_document(files: Sequence[str] = (), *, start_drawing: bool = True) -> str:
    """Return the document of a page.

    Args:
        files: Files to announce besides those of charts.
        start_drawing: Whether to start the drawing library before anything asks for it.

    Raises:
        RuntimeError: If Streamlit's document no longer has the head, title or font link this changes.
    """
    document = DOCUMENT.read_text(encoding="utf-8")
    announced = [f'<link rel="preload" as="script" href="{plotly_path()}">']
    if start_drawing:
        load = f'import {{loadPlotly}} from "{component_path("draw.js")}"'
        announced.append(f'<script type="module" async>{load};loadPlotly("{plotly_path()}").catch(() => {{}})</script>')
    announced += [_announcement(component_path(name)) for name in (*CHART_FILES, *files)]
    announced += [_announcement(script_path(name)) for name in first_scripts()]
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
            raise RuntimeError(f"expected {pattern.pattern!r} in {DOCUMENT}; adapt {Path(__file__).name}")
        document = document[: found.start()] + replacement + document[found.end() :]
    return document


def _announcement(path: str) -> str:
    kind = 'rel="preload" as="style"' if path.endswith(".css") else 'rel="modulepreload"'
    return f'<link {kind} href="{path}">'


def page_routes() -> list[Route]:
    """Return a route for every page's address; the first page's stem leads to the root."""

    def page_at(listed: Page) -> Route:
        document = page_document(listed.files, start_drawing=listed.opens_with_chart)
        policy = page_policy(document)

        async def page(_: Request) -> Response:
            return HTMLResponse(document, headers={"Cache-Control": "no-cache", POLICY: policy})

        return Route(listed.address, page)

    async def root(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"./{query}")

    return [Route(f"/{FIRST}", root), *map(page_at, all_pages())]
