"""A part of the server that is built when somebody first asks for it."""

from __future__ import annotations

import asyncio

import httpx
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from dashboard.server.built_when_asked import BuiltWhenAsked


def test_a_part_is_built_at_its_first_request_and_once() -> None:
    built: list[ASGIApp] = []

    def build() -> ASGIApp:
        built.append(PlainTextResponse("here"))
        return built[-1]

    part = BuiltWhenAsked(build)

    async def ask() -> list[str]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=part), base_url="http://127.0.0.1") as client:
            return [(await client.get("/")).text for _ in range(2)]

    assert built == []
    assert asyncio.run(ask()) == ["here", "here"]
    assert part.built() is built[0]
    assert len(built) == 1
