"""What the API and the server refuse: unknown names, days to come, too much at once."""

from __future__ import annotations

from datetime import date
from functools import cache

import anyio
import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from test_api import Client, snapshot_on

from api.app import create_api
from api.problems import QUOTED_LETTERS
from dashboard.server.protection.security_headers import EVERYWHERE, FAILED, POLICY, SecurityHeaders
from dashboard.server.protection.work_limits import Line, WorkLimits
from indicators.core.evidence.load import data_package

TODAY = date(2026, 11, 28)
ROUTES = (
    "indicators", "indicators/refusal_cases", "series/ru_art337_cases_received_annual", "sources", "events", "claims",
    "corrections", "corrections.atom", "track-record", "projection?weeks=4", "cascade?replicates=100",
    "projection/break-even?target=1&solve_for=weekly", "cascade/break-even?replicates=100",
    "forecasts/claimed_ru_armour_losses", "forecast-ledger",
)  # fmt: skip
WITHOUT_DAY = ("health", "package.zip", "projection/table?weeks=4", "cascade/point?replicates=100")


@cache
def client() -> Client:
    """Return a client of the API on a fixed day."""
    return Client(create_api(snapshot_on, data_package, lambda: TODAY))


def ask(route: str, more: str) -> httpx.Response:
    """Return the answer of a route with one more parameter."""
    return client().get(f"/v1/{route}{'&' if '?' in route else '?'}{more}")


@pytest.mark.parametrize("route", [*ROUTES, *WITHOUT_DAY])
def test_a_misspelt_parameter_is_refused_by_name_and_marks_of_others_are_not(route: str) -> None:
    refused = ask(route, "asof=2023-08-30")
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("asof: This route has no such parameter")
    assert ask(route, "fbclid=x&utm_source=y").status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_a_day_to_come_is_refused_and_today_is_not(route: str) -> None:
    refused = ask(route, "as_of=2026-11-29")
    assert refused.status_code == 422
    assert "as_of: expected a day not after today, 2026-11-28" in refused.json()["detail"]
    assert ask(route, "as_of=2026-11-28").status_code == 200


def test_a_sentence_quotes_no_more_than_the_beginning_of_what_came() -> None:
    for route, more in (("events", f"as_of={'1' * 5_000}"), ("indicators/" + "x" * 5_000, ""), ("events", "x" * 5_000)):
        assert len(ask(route, more).json()["detail"]) < QUOTED_LETTERS * 3


def test_a_cascade_is_refused_by_the_product_of_its_settings_and_all_defaults_are_answered() -> None:
    refused = client().get("/v1/cascade/curve?units=200&neighbours=20&ticks=156&replicates=4000")
    assert refused.status_code == 422
    assert "expected at most 1314 replicates" in refused.json()["detail"]
    for topology in ("mixed", "ring", "random"):
        for tolerance in ("exponential", "normal", "common"):
            answer = client().get(f"/v1/cascade/point?topology={topology}&tolerance={tolerance}")
            assert answer.status_code == 200, answer.text


def test_a_full_line_is_said_and_whoever_leaves_makes_room() -> None:
    begun: list[str] = []

    async def run() -> None:
        proceed = anyio.Event()

        async def work(scope: Scope, receive: Receive, send: Send) -> None:
            begun.append(scope["path"])
            if scope["path"] != "/api/health":
                await proceed.wait()
            await PlainTextResponse("done")(scope, receive, send)

        line = Line(below="/api/", at_once=2, waiting=3)
        server = WorkLimits(work, [line], free=["/api/health"])
        answers: list[int] = []

        async def ask_for(path: str, gone: anyio.Event) -> None:
            async def receive() -> dict[str, object]:
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(message: dict[str, object]) -> None:
                if message["type"] == "http.response.start":
                    answers.append(int(str(message["status"])))

            await server({"type": "http", "method": "GET", "path": path}, receive, send)  # type: ignore[arg-type]

        leaving, staying = anyio.Event(), anyio.Event()
        async with anyio.create_task_group() as tasks:
            for place in range(5):
                tasks.start_soon(ask_for, f"/api/{place}", leaving if place == 4 else staying)
            await anyio.wait_all_tasks_blocked()
            assert begun == ["/api/0", "/api/1"]
            await ask_for("/api/late", staying)
            await ask_for("/api/health", staying)
            assert answers == [503, 200]
            leaving.set()
            await anyio.wait_all_tasks_blocked()
            assert not line.full
            proceed.set()
        assert begun == ["/api/0", "/api/1", "/api/health", "/api/2", "/api/3"]
        assert answers == [503, 200, 200, 200, 200, 200]

    anyio.run(run)


def test_an_error_carries_the_headers_of_every_answer() -> None:
    async def fails(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError("a clock that was set wrong")

    guarded = SecurityHeaders(fails, shared=("/api",), framed="/embed")

    async def ask_page() -> httpx.Response:
        transport = httpx.ASGITransport(guarded, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as asking:
            return await asking.get("/timeline")

    answer = anyio.run(ask_page)
    assert (answer.status_code, answer.text) == (500, FAILED)
    assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert answer.headers[POLICY].startswith("default-src 'none'")
