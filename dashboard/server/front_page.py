"""The HTML document that every page starts from: Streamlit's own, with what a deep link and a fast start need.

Streamlit's browser code looks for the server below a page's own address first and logs an error before it looks at the
root. Telling it where the server is saves that detour. What a page shows first is announced at once, so that it loads
beside Streamlit's scripts instead of after them, and where a page opens with a chart the drawing library starts while
the browser still waits for those scripts. Until the app has drawn itself, the document shows question, answer
and key figures as text, which is all that a reader without scripts gets.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.component.assets import component_path, plotly_path, server_path
from dashboard.component.copy import COPY_FILES
from dashboard.component.take_along import TAKE_ALONG_FILES
from dashboard.server.icon import ICON
from dashboard.server.page_text import body_of, head_of, opening_of
from dashboard.server.protection.security_headers import POLICY, page_policy
from dashboard.server.streamlit_files import DOCUMENT, first_scripts, script_path
from dashboard.shell.addresses import FIRST, PREVIEW, settings_of
from dashboard.shell.exact_settings import RefusedError, exact_query, expect_only, replayed_day
from dashboard.shell.pages import Opening, Page, Settings, all_pages, browser_title

CHART_FILES = (
    *("chart.css", "chart.js", "draw.js", "ends.js", "files.js", "image.js", "legend.js", "motion.js"),
    *("numbers.js", "read_points.js", "sources.js", "sparkline.js", "tab.js"),
)
STYLES = tuple(Path(__file__).with_name(name) for name in ("page.css", "tables.css"))
START_SCRIPT = Path(__file__).with_name("start.js")
HEAD_PLACE, BODY_PLACE = "<!--head of the page-->", "<!--text of the page-->"
_at_once = CapacityLimiter(2)


def page_document(files: Sequence[str] = (), *, start_drawing: bool = True) -> str:
    """Return the document of a page, with places for what its head and its body say of the page.

    Args:
        start_drawing: Whether to start the drawing library before anything asks for it.

    Raises:
        RuntimeError: If Streamlit's document no longer has what this changes.
    """
    document = DOCUMENT.read_text(encoding="utf-8")
    announced = [f'<link rel="preload" as="script" href="{plotly_path()}">']
    if start_drawing:
        load = f'import {{loadPlotly}} from "{component_path("draw.js")}"'
        announced.append(f'<script type="module" async>{load};loadPlotly("{plotly_path()}").catch(() => {{}})</script>')
    announced += [
        _announcement(component_path(name)) for name in (*CHART_FILES, *COPY_FILES, *TAKE_ALONG_FILES, *files)
    ]
    announced += [_announcement(script_path(name)) for name in first_scripts()]
    own = (
        *(f"<style>{style.read_text(encoding='utf-8')}</style>" for style in STYLES),
        f"<script>{START_SCRIPT.read_text(encoding='utf-8')}</script>",
        '<script>window.__streamlit={BACKEND_BASE_URL:new URL("./",location.href).href}</script>',
    )
    changes = (
        ("<head>", "<head>" + "".join((*own, *announced))),
        (r'<link rel="shortcut icon"[^>]*>', ICON),
        ("<title>[^<]*</title>", HEAD_PLACE),
        # The theme uses the reader's system font, so Streamlit's own need not be fetched ahead.
        (r'<link\s+rel="preload"[^>]*as="font"[^>]*/>\s*', ""),
        # It speaks of Streamlit's interface for machines, which is closed here.
        (r'(?s)<!--(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>', ""),
        (r"(?s)<noscript>.*?</noscript>", BODY_PLACE),
    )
    for pattern, replacement in changes:
        found = re.search(pattern, document)
        if found is None:
            raise RuntimeError(f"expected {pattern!r} in {DOCUMENT}; adapt {Path(__file__).name}")
        document = document[: found.start()] + replacement + document[found.end() :]
    return document


def _announcement(path: str) -> str:
    kind = 'rel="preload" as="style"' if path.endswith(".css") else 'rel="modulepreload"'
    return f'<link {kind} href="{path}">'


class Asked(NamedTuple):
    """What an address asks a page for.

    Args:
        day: The replayed day; None for the latest evidence, also where the address names a day that makes no sense.
        settings: The page's settings, as they came.
        wrong: Why its day makes no sense; empty where it does.
    """

    day: date | None
    settings: Settings
    origin: str
    wrong: str = ""


def page_routes() -> list[Route]:
    """Return the routes of every page's document and picture; the first page's stem leads to the root."""

    def page_at(listed: Page) -> Route:
        document = page_document(listed.files, start_drawing=listed.opens_with_chart)
        headers = {"Cache-Control": "no-cache", POLICY: page_policy(document)}

        def answer(asked: Asked) -> Response:
            opening = opening_of(listed, asked.day, asked.settings)
            return HTMLResponse(filled(document, listed, opening, asked), headers=headers)

        return Route(server_path(listed.address), _endpoint(answer))

    def picture_of(listed: Page) -> Route:
        def answer(asked: Asked) -> Response:
            # The drawing of pictures takes a while to load, and no page needs it to be drawn.
            from dashboard.server.preview import preview_picture

            picture = preview_picture(opening_of(listed, asked.day, asked.settings), asked.day)
            return Response(picture, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

        async def endpoint(request: Request) -> Response:
            try:
                asked = asked_exactly(listed, request)
            except RefusedError as error:
                return PlainTextResponse(str(error), error.status)
            return await to_thread.run_sync(answer, asked, limiter=_at_once)

        return Route(server_path(f"{PREVIEW}/{listed.stem}.png"), endpoint)

    async def root(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"./{query}")

    async def below_path(_: Request) -> Response:
        return RedirectResponse(server_path("/"))

    path = server_path("")
    start = [Route(path, below_path)] if path else []
    return [*start, Route(server_path(f"/{FIRST}"), root), *map(page_at, all_pages()), *map(picture_of, all_pages())]


def filled(document: str, page: Page, opening: Opening, asked: Asked) -> str:
    """Return a page's document with what it says first."""
    title = f"<title>{browser_title(page)}</title>"
    head = title + head_of(page, opening, asked.day, asked.settings, asked.origin)
    before, between, after = re.split(f"{HEAD_PLACE}|{BODY_PLACE}", document)
    return before + head + between + body_of(opening, asked.day, asked.wrong) + after


def _endpoint(answer: Callable[[Asked], Response]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(answer, asked_of(request), limiter=_at_once)

    return endpoint


def asked_of(request: Request) -> Asked:
    """Return what an address asks a page for; the app says on the page what is wrong with it."""
    query = dict(request.query_params)
    try:
        day, wrong = replayed_day(query.get("as_of", "")), ""
    except RefusedError as error:
        day, wrong = None, str(error)
    return Asked(day, settings_of(query), origin_of(request), wrong)


def asked_exactly(page: Page, request: Request) -> Asked:
    """Return what an address asks for where nobody is told beside the answer what is wrong with it.

    Raises:
        RefusedError: If its day makes no sense, or it has a name twice or one that the page does not know.
    """
    query = exact_query(request.query_params.multi_items())
    day, settings = replayed_day(query.get("as_of", "")), settings_of(query)
    expect_only(settings, page.settings, of=f"the page {page.title}")
    return Asked(day, settings, origin_of(request))


def origin_of(request: Request) -> str:
    """Return scheme and host under which an address was asked for."""
    return f"{request.url.scheme}://{request.url.netloc}"
