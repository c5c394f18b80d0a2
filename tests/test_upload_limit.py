"""What one visit can leave on the server is bounded in sum."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard.server.protection import upload_limit
from dashboard.server.protection.upload_limit import LARGEST_FILE, LARGEST_SUM, UploadLimit

KEPT = {"full": LARGEST_SUM - LARGEST_FILE + 1, "free": LARGEST_SUM - LARGEST_FILE}


async def take(request: Request) -> PlainTextResponse:
    """Take a file, as Streamlit does, while others arrive."""
    await asyncio.sleep(0)
    return PlainTextResponse("kept")


ROUTE = Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "DELETE"])
SERVER = UploadLimit(Starlette(routes=[ROUTE]))


def send(method: str, *sessions: str) -> list[int]:
    """Send requests at once and return the status of each answer."""

    async def ask() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(SERVER), base_url="http://127.0.0.1") as client:
            paths = [f"/_stcore/upload_file/{session}/{place}" for place, session in enumerate(sessions)]
            answers = await asyncio.gather(*(client.request(method, path) for path in paths))
            return [answer.status_code for answer in answers]

    return asyncio.run(ask())


@pytest.fixture(autouse=True)
def kept_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some visits have left files already."""
    monkeypatch.setattr(upload_limit, "kept_bytes", lambda session: KEPT.get(session, 0))


def test_a_visit_with_room_may_leave_a_file_and_a_full_one_may_not() -> None:
    assert send("PUT", "free", "full", "new") == [200, 413, 200]


def test_what_is_taken_away_is_never_refused() -> None:
    assert send("DELETE", "full") == [200]


def test_files_that_come_at_once_count_before_they_are_kept() -> None:
    assert sorted(send("PUT", *["new"] * 6)) == [200] * 4 + [413] * 2
    assert send("PUT", "new") == [200]
