"""A part of the server that is built when somebody first asks for it."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from dashboard.server.built_when_asked import BuiltWhenAsked


def test_a_part_is_built_at_its_first_request_and_once() -> None:
    built: list[ASGIApp] = []

    def build() -> ASGIApp:
        built.append(PlainTextResponse("here"))
        return built[-1]

    part = BuiltWhenAsked(build)
    client = TestClient(part)
    assert built == []
    assert [client.get("/").text for _ in range(2)] == ["here", "here"]
    assert part.built() is built[0]
    assert len(built) == 1
