"""The pages as Streamlit sends them, for a Streamlit whose files do not fit what this package changes in them."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.component.assets import server_path
from dashboard.server.protection.security_headers import POLICY, page_policy
from dashboard.server.streamlit_files import DOCUMENT, SLOWER, text_of
from dashboard.shell.pages import all_pages

LOGGER = logging.getLogger(__name__)


def or_plain_pages(routes: Callable[[], list[Route]]) -> list[Route]:
    """Return the routes of the pages' own documents; those of Streamlit's own document, with a warning, if they fail.

    Args:
        routes: Returns the routes, or raises what does not fit.
    """
    try:
        return routes()
    except RuntimeError as error:
        LOGGER.warning("%s %s", SLOWER, error)
    document = text_of(DOCUMENT)
    headers = {"Cache-Control": "no-cache", POLICY: page_policy(document)}

    async def page(_: Request) -> Response:
        return HTMLResponse(document, headers=headers)

    return [Route(server_path(listed.address), page) for listed in all_pages()]
