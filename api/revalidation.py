"""Answers that a reader may keep and ask about again: an entity tag by data, code, day and address."""

from collections.abc import Callable
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEEP = "no-cache"
"""An answer may be kept and is asked about before each use, so that a refresh of the data is seen at once."""


class Revalidation:
    """Middleware that marks each answer with an entity tag, and answers 304 to whoever still has it.

    An answer follows from the data, the code, the present day and the address; nothing has to be computed to see
    whether one still holds. The tag is a weak one, since an answer may be packed on its way.

    Args:
        state: Returns what all answers follow from besides their address.
    """

    def __init__(self, app: ASGIApp, state: Callable[[], str]) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        asked = f"{self._state()} {scope['path']}?".encode() + scope["query_string"]
        headers = {"ETag": f'W/"{sha256(asked).hexdigest()[:20]}"', "Cache-Control": KEEP}

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                given = MutableHeaders(scope=message)
                for name, text in headers.items():
                    given.setdefault(name, text)
            await send(message)

        known = Headers(scope=scope).get("if-none-match", "").split(",")
        if headers["ETag"].removeprefix("W/") in (tag.strip().removeprefix("W/") for tag in known):
            await Response(status_code=304, headers=headers)(scope, receive, send)
        else:
            await self._app(scope, receive, send_marked)
