"""How much the server works on at once: a short line before each kind of work, and a clear answer where it is full.

A computation can't be stopped once a thread has begun it, so each is short, few run at a time, and whoever leaves while
waiting leaves the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from anyio import CapacityLimiter, create_task_group, sleep_forever
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.component.assets import server_path

RETRY_SECONDS = 5
_FULL = "Too many others wait for an answer of this kind. Please ask again in some seconds."


@dataclass(frozen=True, kw_only=True)
class Line:
    """Requests of one kind.

    Args:
        below: Address below which they are.
        waiting: How many may wait for their turn.
    """

    below: str
    at_once: int
    waiting: int
    turns: CapacityLimiter = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Open the line."""
        object.__setattr__(self, "turns", CapacityLimiter(self.at_once))

    @property
    def full(self) -> bool:
        """Whether nobody more can wait."""
        return self.turns.statistics().tasks_waiting >= self.waiting


class WorkLimits:
    """Middleware that lets requests wait for their turn, and answers 503 where too many do already.

    Args:
        lines: Kinds of requests; the first that fits an address counts, and what fits none never waits.
    """

    def __init__(self, app: ASGIApp, lines: Sequence[Line], free: Sequence[str] = ()) -> None:
        self._app = app
        self._lines = [(server_path(line.below), line) for line in lines]
        self._free = {server_path(path) for path in free}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        line = self._line(scope)
        if line is None:
            await self._app(scope, receive, send)
        elif line.full:
            problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": _FULL}
            headers = {"Retry-After": str(RETRY_SECONDS)}
            await JSONResponse(problem, 503, headers, "application/problem+json")(scope, receive, send)
        else:
            await self._wait_and_answer(line, scope, receive, send)

    def _line(self, scope: Scope) -> Line | None:
        # What comes with a request is read, and its work bounded, where it is asked for.
        if scope["type"] != "http" or scope["method"] == "POST" or scope["path"] in self._free:
            return None
        return next((line for below, line in self._lines if scope["path"].startswith(below)), None)

    async def _wait_and_answer(self, line: Line, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def request_alone() -> Message:
            """Hand on a request without its body; that a client leaves is seen below."""
            nonlocal begun
            if begun:
                await sleep_forever()
            begun = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async with create_task_group() as tasks:

            async def leave_with_the_client() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                tasks.cancel_scope.cancel()

            tasks.start_soon(leave_with_the_client)
            async with line.turns:
                await self._app(scope, request_alone, send)
            tasks.cancel_scope.cancel()
