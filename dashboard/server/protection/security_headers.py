"""Security headers on every answer: a document says what it may load, everything else may load nothing.

What documents still need, tried in Chromium with its console read:

- Pages need `script-src blob:`: Streamlit hands a component's script to the browser as a blob and imports that.
- Pages, embeds and the API's documentation need `style-src 'unsafe-inline'`: Streamlit (emotion) and Plotly write their
  rules into style elements, whose text differs from reader to reader. Styles can't run anything, and can fetch from
  our own origin alone.
- Nothing needs `unsafe-eval` or `unsafe-inline` for scripts: the few scripts inside documents go by their hash.
  Streamlit's protobuf tries WebAssembly and does without it; Firefox alone notes that in its console.
"""

import base64
import hashlib
import re
from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.component.assets import server_path

POLICY = "Content-Security-Policy"
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OWN = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; "
)
_UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    # No other site learns which view of ours a link was followed from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
FAILED = "The server failed to answer; its log says why."
_SCRIPT = re.compile(r"<script(?![^>]*(?:\ssrc=|application/(?:ld\+)?json))[^>]*>(.*?)</script>", re.DOTALL)


def page_policy(document: str) -> str:
    """Return what a page may load: our own files and the scripts inside it; nobody may frame it.

    Args:
        document: The page's HTML, the same for every reader.
    """
    scripts = f"script-src 'self' blob: {_hashes(document)}; "
    # A page shows how its charts stand on other pages.
    return _OWN + scripts + "worker-src 'self' blob:; frame-src 'self'; base-uri 'self'; frame-ancestors 'none'"


def embed_policy(scripts: str) -> str:
    """Return what a chart that stands by itself may load; anybody may frame it.

    Args:
        scripts: The elements of its scripts, the same for every chart.
    """
    return _OWN + f"script-src 'self' {_hashes(scripts)}; base-uri 'none'; frame-ancestors *"


def _hashes(document: str) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(document))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


class SecurityHeaders:
    """Middleware that adds what an answer does not say itself, also to the answer that something failed.

    Args:
        shared: Addresses at and below which pages of any origin may read; all else is for our own alone.
        framed: Address below which pages of any origin may frame.
    """

    def __init__(self, app: ASGIApp, shared: Sequence[str], framed: str) -> None:
        self._app = app
        self._shared = tuple(f"{server_path(path)}/" for path in shared)
        self._framed = f"{server_path(framed)}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, text in self._headers(path).items():
                    headers.setdefault(name, text)
                if message["status"] == 405:
                    headers.setdefault("Allow", "GET, HEAD")
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            if scope["type"] == "http" and not started:
                await PlainTextResponse(FAILED, 500)(scope, receive, send_guarded)
            raise  # for the log

    def _headers(self, path: str) -> dict[str, str]:
        shared = f"{path}/".startswith(self._shared)
        headers = EVERYWHERE | {
            POLICY: NOTHING,
            "Cross-Origin-Resource-Policy": "cross-origin" if shared else "same-origin",
        }
        if shared:
            headers["Access-Control-Allow-Origin"] = "*"
        if not path.startswith(self._framed):
            headers["X-Frame-Options"] = "DENY"
        return headers
