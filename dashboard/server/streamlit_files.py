"""Streamlit's own scripts and styles, kept in memory and compressed once instead of for every reader.

A first visit asks for some seventy of them; read from disk and compressed anew each time, they kept the server busy
just when it has a page to compute.
"""

import asyncio
import logging
import re
from collections.abc import Iterable
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.component.assets import MEDIA_TYPES, Encodings, pack_soon, packed_response, server_path

DIRECTORY = Path(streamlit.__file__).parent / "static"
DOCUMENT = DIRECTORY / "index.html"
SCRIPTS = DIRECTORY / "static" / "js"
FIRST_CHUNKS = ("BidiComponent", "Button", "PageLink", "TextInput")
"""Parts of Streamlit that every page shows first, and that its own document does not announce."""

LOGGER = logging.getLogger(__name__)
SLOWER = "Pages will open more slowly, because this version of Streamlit is built in another way."

_IMPORT = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')
_ANNOUNCED = re.compile(r'(?:src|href)="\./static/js/([^"]+\.js)"')


@lru_cache(maxsize=1)
def announced_scripts() -> tuple[str, ...]:
    """Return the names of the scripts that Streamlit's own document announces."""
    return tuple(_ANNOUNCED.findall(text_of(DOCUMENT)))


@lru_cache(maxsize=1)
def first_scripts() -> tuple[str, ...]:
    """Return the names of further scripts that every page needs for what it shows first.

    A part that Streamlit does not have, or has several of, is left out.
    """
    found: dict[str, None] = {}
    for part in FIRST_CHUNKS:
        files = [file.name for file in SCRIPTS.glob(f"{part}.*.js")]
        if len(files) != 1:
            LOGGER.warning("%s Expected one %s.*.js in %s, found %s.", SLOWER, part, SCRIPTS, files)
            continue
        waiting = files
        while waiting:
            name = waiting.pop()
            if name not in found and name not in announced_scripts():
                found[name] = None
                waiting += _IMPORT.findall(text_of(SCRIPTS / name))
    return tuple(found)


def text_of(file: Path) -> str:
    """Return one of Streamlit's files; nothing where there is none."""
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def script_path(name: str) -> str:
    """Return the address of one of Streamlit's scripts."""
    return server_path(f"/static/js/{name}")


class StreamlitFiles:
    """Middleware that answers for Streamlit's scripts and styles and passes on everything else.

    Their names carry a hash of their content, so nobody can be served a stale one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files = {
            server_path(f"/{file.relative_to(DIRECTORY).as_posix()}"): file
            for file in sorted((DIRECTORY / "static").rglob("*"))
            if file.suffix in MEDIA_TYPES
        }
        self._packed: dict[str, Future[Encodings]] = {}
        self._pack(script_path(name) for name in (*announced_scripts(), *first_scripts()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or path not in self._files:
            await self._app(scope, receive, send)
            return
        self._pack([path])
        bodies = await asyncio.wrap_future(self._packed[path])
        response = packed_response(Request(scope), bodies, MEDIA_TYPES[self._files[path].suffix])
        await response(scope, receive, send)

    def _pack(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path in self._files and path not in self._packed:
                self._packed[path] = pack_soon(self._files[path].read_bytes)
