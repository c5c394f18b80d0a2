"""A part of the server that is built when somebody first asks for it, so that pages need not wait for it."""

from collections.abc import Callable
from threading import Lock

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send


class BuiltWhenAsked:
    """An application that is built at its first request, or before when there is time."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._built: ASGIApp | None = None
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = await to_thread.run_sync(self.built) if self._built is None else self._built
        await app(scope, receive, send)

    def built(self) -> ASGIApp:
        """Return the application, built now if nobody asked before."""
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built
