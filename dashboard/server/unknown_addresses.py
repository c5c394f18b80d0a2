"""What stands at no address of ours: Streamlit would answer with an empty page, and tell of itself to everybody."""

from collections.abc import Mapping

from starlette.datastructures import URLPath
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from dashboard.component.assets import server_path
from dashboard.server.icon import ICON
from dashboard.server.protection.security_headers import POLICY, page_policy
from dashboard.shell.pages import SITE_NAME
from indicators.core.environment import DETAILS

HOST_CONFIG = "/_stcore/host-config"
_DETAILS = (HOST_CONFIG, "/_stcore/metrics")
_NO_HOSTS = {"allowedOrigins": [], "useExternalAuthToken": False, "enableCustomParentMessages": False}
_OF_STREAMLIT = (
    *("/_stcore/health", "/_stcore/stream", "/_stcore/upload_file/", "/_stcore/bidi-components/"),
    *("/static/", "/media/", "/component/", "/favicon.png"),
)
"""What Streamlit's pages ask of the server; nothing else of Streamlit's is open."""


class UnknownAddresses(BaseRoute):
    """The last of our routes: every address that is neither ours nor one that Streamlit's pages need.

    Args:
        environment: Variables; None for those of this process. The setting opens Streamlit's counters and its list
            of hosts, for an operator who keeps them from the public.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        opened = _DETAILS if DETAILS.read(environment) == "1" else ()
        self._left = tuple(server_path(path) for path in (*_OF_STREAMLIT, *opened))
        self._host_config = server_path(HOST_CONFIG)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what no earlier route has matched and Streamlit's pages do not need."""
        # Other methods are left to Streamlit's files, which know none of them.
        left = scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(self._left)
        return (Match.NONE if left else Match.FULL), {}

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """Refuse: nothing leads here."""
        raise NoMatchFound(name, dict(path_params))

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._answer(scope["path"])(scope, receive, send)

    def _answer(self, path: str) -> Response:
        if path == self._host_config:
            # Streamlit's pages wait for this answer; it need not name the hosts that Streamlit trusts by itself.
            return JSONResponse(_NO_HOSTS)
        page = _PAGE.replace("{root}", server_path("/"))
        return HTMLResponse(page, 404, headers={POLICY: page_policy(page), "Cache-Control": "no-cache"})


_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{ICON}
<title>No such page: {SITE_NAME}</title>
<style>:root {{ color-scheme: light dark }} body {{ font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto;
max-width: 40rem; padding: 0 1rem }}</style>
</head>
<body>
<main>
<h1>There is no page at this address</h1>
<p>Check the spelling, or start from <a href="{{root}}">the first page</a>.</p>
</main>
</body>
</html>
"""
