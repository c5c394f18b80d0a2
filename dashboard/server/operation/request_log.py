"""One line for each request, with an id and nothing about who asked or for which view.

A line has the part of the server (such as /projection or /api/v1/indicators), method, status, bytes and time. It has no
query, which says what somebody reads, no network address, no browser and no referring page.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.component.assets import server_path
from dashboard.server.operation.metrics import REQUESTS, SECONDS, SESSIONS
from indicators.core.environment import LOG

REQUEST_ID = "X-Request-ID"
OTHER = "other"
_LOGGER = logging.getLogger("morale_indicators.requests")
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")
_ROUTED = (101, 200, 304, 422)
"""Statuses of an answer whose address exists; of others only the part is named, for anybody could make them up."""
_GIVEN_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_of_request: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line.

        Example:
            >>> record = logging.LogRecord("app", logging.INFO, "", 0, "Ready", (), None)
            >>> record.created = 0.0
            >>> JsonLines().format(record)
            '{"time": "1970-01-01T00:00:00.000+00:00", "level": "info", "logger": "app", "message": "Ready"}'
        """
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := _of_request.get():
            line["request_id"] = request
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line | getattr(record, "request", {}), ensure_ascii=False)


def write_lines_of_json() -> None:
    """Write every message as a line of JSON, and a line for each request, if the operator wants it so."""
    if LOG.read() != "json":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("streamlit", "uvicorn", "uvicorn.error"):
        of_library = logging.getLogger(name)
        of_library.handlers, of_library.propagate = [], True
    _LOGGER.setLevel(logging.INFO)


class RequestLog:
    """Middleware that gives each request an id, and counts and logs how it was answered.

    A proxy may give the id by the header X-Request-ID; the answer names it either way.

    Args:
        parts: Addresses below which the other parts of the server are, and whether their next word is named too.
    """

    def __init__(self, app: ASGIApp, pages: Sequence[str], parts: Sequence[tuple[str, bool]]) -> None:
        self._app = app
        self._pages = {server_path(page) for page in pages}
        self._parts = [(server_path(part), part, deeper) for part, deeper in parts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        _of_request.set(request)
        began, status, size = time.perf_counter(), 0, 0

        async def send_counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request
            elif message["type"] == "websocket.accept":
                status = 101
                SESSIONS.inc()
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        finally:
            if status == 101:
                SESSIONS.dec()
            self._note(scope, request, status, size, time.perf_counter() - began)

    def _note(self, scope: Scope, request: str, status: int, size: int, seconds: float) -> None:
        """Count and log an answer; status 0 is a request that nobody waited for any more."""
        part = self.part_of(scope["path"], status)
        method = scope["method"] if scope.get("method") in _METHODS else OTHER
        if scope["type"] == "websocket":
            method = "GET"
        else:
            SECONDS.labels(part).observe(seconds)
        REQUESTS.labels(part, method, status).inc()
        noted = {"request_id": request, "part": part, "method": method, "status": status, "bytes": size}
        noted["milliseconds"] = round(seconds * 1e3)
        _LOGGER.info("answered", extra={"request": noted})

    def part_of(self, path: str, status: int) -> str:
        """Return which part of the server an address belongs to."""
        if path in self._pages:
            return path
        for below, part, deeper in self._parts:
            if path.startswith(below):
                word = path[len(below) :].split("/")[0] if deeper and status in _ROUTED else ""
                return part + word
        return OTHER
