"""What a request has to be before anything works on it: addressed to us, from where it may come, and of a sane size."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indicators.core.environment import HOSTS

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
LONGEST_ADDRESS = 8_192
LARGEST_BODY = 2_200_000
"""Most bytes of an address, and of what comes with a request: a scenario file and the frame around it."""
READING = ("GET", "HEAD", "OPTIONS")


class Refusal(Exception):
    """Why a request is not answered.

    Args:
        status: HTTP status of the answer.
        sentence: What was expected and what to do.
    """

    def __init__(self, status: int, sentence: str) -> None:
        """Keep status and sentence."""
        super().__init__(sentence)
        self.status = status


def hosts_served(environment: Mapping[str, str] | None = None) -> frozenset[str]:
    """Return the names under which readers reach the server: those of this machine, and those in the environment.

    Args:
        environment: Variables; None for those of this process. The setting has names apart by commas, or * for any.

    Example:
        >>> sorted(hosts_served({"MORALE_INDICATORS_HOSTS": "Morale.example.org"}) - LOOPBACK)
        ['morale.example.org']
    """
    named = HOSTS.read(environment).split(",")
    return LOOPBACK | {name.strip().lower() for name in named if name.strip()}


class RequestChecks:
    """Middleware that refuses what nobody who reads the dashboard sends, and answers HEAD as GET without a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._hosts = hosts_served()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope)
        except Refusal as refusal:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await _problem(refusal)(scope, receive, send)
            return
        if scope["type"] == "websocket":
            # Streamlit would judge the origin again, and for that ask an outside service for this machine's address.
            kept = [(name, value) for name, value in scope["headers"] if name != b"origin"]
            await self._app({**scope, "headers": kept}, receive, send)
        elif scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _without_body(send))
        else:
            await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        """Raise a refusal for a request that can't be answered."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._serves(f"//{host}"):
            raise Refusal(421, f"This server does not go by that name; its operator can add it to {HOSTS.name}.")
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise Refusal(414, f"Expected an address of at most {LONGEST_ADDRESS} bytes; leave settings out.")
        changes = scope["type"] == "websocket" or scope["method"] not in READING
        if changes and origin is not None and urlsplit(origin).netloc != host and not self._own(origin):
            raise Refusal(403, "Pages of other origins can read the API and embeds, and nothing else.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            raise Refusal(413, f"Expected at most {LARGEST_BODY} bytes with a request.")

    def _serves(self, address: str) -> bool:
        return "*" in self._hosts or self._own(address)

    def _own(self, address: str) -> bool:
        """Return whether the host of an address is one of ours; "*" opens the server to any name, not to any origin."""
        try:
            return (urlsplit(address).hostname or "") in self._hosts
        except ValueError:
            return False


def _problem(refusal: Refusal) -> JSONResponse:
    title, status = HTTPStatus(refusal.status).phrase, refusal.status
    body = {"type": "about:blank", "title": title, "status": status, "detail": str(refusal)}
    return JSONResponse(body, status, media_type="application/problem+json")


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
