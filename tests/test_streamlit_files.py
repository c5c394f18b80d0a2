"""Streamlit's own files from memory, and answers that leave the server at once."""

from __future__ import annotations

import asyncio
import re
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.server import streamlit_files
from dashboard.server.front_page import page_document
from dashboard.server.listening import set_no_delay
from dashboard.server.streamlit_files import (
    FIRST_CHUNKS,
    SCRIPTS,
    StreamlitFiles,
    announced_scripts,
    first_scripts,
    script_path,
)


def ask(path: str, method: str = "GET", **headers: str) -> httpx.Response:
    """Ask the middleware for a path; what it passes on is answered with "passed on"."""

    async def other(_: Request) -> Response:
        return PlainTextResponse("passed on")

    async def request() -> httpx.Response:
        inner = Starlette(routes=[Route("/{path:path}", other, methods=["GET", "POST"])])
        transport = httpx.ASGITransport(app=StreamlitFiles(inner))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            names = {name.replace("_", "-"): text for name, text in headers.items()}
            return await client.request(method, path, headers=names)

    return asyncio.run(request())


def test_a_script_comes_compressed_and_may_be_kept_for_a_year() -> None:
    name = announced_scripts()[0]
    answer = ask(script_path(name), accept_encoding="gzip")
    assert answer.content == (SCRIPTS / name).read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = ask(script_path(name), accept_encoding="gzip", if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/static/js/none.js", "/static/js/../../app.py", "/static/manifest.json"])
def test_everything_else_is_passed_on(path: str) -> None:
    assert ask(path).text == "passed on"


def test_only_reading_is_answered() -> None:
    assert ask(script_path(announced_scripts()[0]), method="POST").text == "passed on"


def test_the_document_announces_what_a_page_shows_first_and_all_that_it_imports() -> None:
    announced = {*announced_scripts(), *first_scripts()}
    assert {name.split(".")[0] for name in first_scripts()} >= set(FIRST_CHUNKS)
    document = page_document()
    for name in first_scripts():
        assert f'<link rel="modulepreload" href="{script_path(name)}">' in document
        imports = re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', (SCRIPTS / name).read_text(encoding="utf-8"))
        assert set(imports) <= announced


def test_a_part_that_streamlit_no_longer_has_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(streamlit_files, "FIRST_CHUNKS", ("Carousel", "Button"))
    assert any(name.startswith("Button.") for name in first_scripts.__wrapped__())
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "Expected one Carousel.*.js" in caplog.text


def test_the_drawing_library_starts_early_only_where_a_page_opens_with_a_chart() -> None:
    assert "loadPlotly(" in page_document()
    assert "loadPlotly(" not in page_document(start_drawing=False)


def test_accepted_connections_do_not_wait_for_fuller_packets() -> None:
    with socket.socket() as listening, socket.socket() as idle:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert set_no_delay() >= 1
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
        assert idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
