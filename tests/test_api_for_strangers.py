"""The API as programs of other people use it: from other origins, asking again, by generated code, as linked data."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import httpx
import openapi_python_client as generator
import pytest
from openapi_python_client.config import Config, ConfigFile, MetaType
from test_api import ARTICLE, client, evidence_on, snapshot_on

from api.app import create_api
from indicators.core.evidence.load import data_package
from indicators.core.snapshot import Snapshot

OTHER = "https://newsroom.example"


def ask(method: str, path: str, app: Any = None, **headers: str) -> httpx.Response:
    """Return the answer to a request with headers."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app or client().app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as asking:
            return await asking.request(method, path, headers=headers)

    return anyio.run(send)


def test_a_page_of_another_origin_may_read_and_ask_again() -> None:
    read = ask("GET", "/v1/events", Origin=OTHER)
    assert read.headers["access-control-allow-origin"] == "*"
    assert "ETag" in read.headers["access-control-expose-headers"]
    asked = ask(
        "OPTIONS",
        "/v1/events",
        Origin=OTHER,
        **{"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"},
    )
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD"
    assert asked.headers["access-control-allow-headers"] == "if-none-match"
    refused = ask("OPTIONS", "/v1/events", Origin=OTHER, **{"Access-Control-Request-Method": "DELETE"})
    assert refused.status_code == 400


def test_an_answer_that_still_holds_is_not_sent_again() -> None:
    path = "/v1/indicators/refusal_cases?as_of=2023-08-30"
    first = ask("GET", path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = ask("GET", path, **{"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert ask("GET", f"{path}&utm_source=x", **{"If-None-Match": tag}).status_code == 304
    assert ask("GET", "/v1/indicators/refusal_cases", **{"If-None-Match": tag}).status_code == 200
    assert "etag" not in ask("GET", "/v1/nothing").headers
    assert "etag" not in ask("GET", "/v1/events?asof=1").headers


def test_an_answer_is_sent_again_on_another_day_and_from_other_data() -> None:
    def tag(today: date, day: date | None) -> str:
        app = create_api(lambda asked: snapshot_on(asked or day), data_package, lambda: today)
        return ask("GET", "/v1/health", app).headers["etag"]

    first = tag(date(2026, 11, 28), None)
    assert tag(date(2026, 11, 28), None) == first
    assert tag(date(2026, 11, 29), None) != first


def test_health_follows_a_refresh_without_a_restart() -> None:
    versions = iter(["a" * 12, "b" * 12])
    latest = evidence_on(None)

    class Refreshed:
        def __init__(self, version: str) -> None:
            self.data_version = version

        def __getattr__(self, name: str) -> Any:
            return getattr(latest, name)

    given = {"version": next(versions)}
    app = create_api(lambda _: Snapshot(Refreshed(given["version"])), data_package)  # type: ignore[arg-type]
    before = ask("GET", "/v1/health", app)
    given["version"] = next(versions)
    after = ask("GET", "/v1/health", app, **{"If-None-Match": before.headers["etag"]})
    assert (before.json()["data_version"], after.json()["data_version"]) == ("a" * 12, "b" * 12)


@pytest.mark.parametrize("path", ["/v1/projection?weekly=1&weekly=2", "/v1/events?format=csv&format=json"])
def test_a_parameter_that_comes_twice_is_refused_by_name(path: str) -> None:
    answer = ask("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert f"'{path.split('?')[1].split('=')[0]}' more than once" in answer.json()["detail"]
    assert ask("GET", "/v1/events?utm_id=1&utm_id=2").status_code == 200


def test_every_route_refuses_a_misspelt_parameter_by_name() -> None:
    paths = ask("GET", "/openapi.json").json()["paths"]
    for path in paths:
        filled = path.format(indicator_id="refusal_cases", series="ru_art337_cases_received_annual")
        answer = ask("GET", f"{filled}?asof=2023-08-30")
        assert answer.status_code == 422, path
        assert "asof: This route has no such parameter; check the spelling" in answer.json()["detail"], path


def test_the_data_are_described_as_linked_data() -> None:
    answer = ask("GET", "/v1/dataset.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    described = answer.json()
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert described["version"] == evidence_on(None).data_version
    assert 50 < len(described["description"]) < 5000  # what search engines for data sets ask for
    first, last = described["temporalCoverage"].split("/")
    assert date.fromisoformat(first) < ARTICLE < date.fromisoformat(last)
    assert {one["propertyID"] for one in described["variableMeasured"]} == set(evidence_on(None).series["series"])
    for file in described["distribution"]:
        sent = ask("GET", file["contentUrl"].removeprefix("http://test"))
        assert sent.headers["content-type"].startswith(file["encodingFormat"]), file


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a client that was generated from the description of the API."""
    folder = tmp_path_factory.mktemp("client")
    described = folder / "openapi.json"
    described.write_text(json.dumps(ask("GET", "/openapi.json").json()), encoding="utf-8")
    settings = ConfigFile(post_hooks=[], package_name_override="morale_client")
    config = Config.from_sources(
        settings, MetaType.NONE, described, "utf-8", overwrite=True, output_path=folder / "morale_client"
    )
    problems = generator.generate(config=config)
    assert [problem for problem in problems if problem.level is generator.ErrorLevel.ERROR] == []
    return folder


def test_a_generated_client_reads_answers_and_refusals(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(generated))
    morale = importlib.import_module("morale_client")
    projection = importlib.import_module("morale_client.api.projection.show_projection_v1_projection_get")
    indicator = importlib.import_module("morale_client.api.indicators.show_indicator_v1_indicators_indicator_id_get")

    async def read() -> tuple[Any, Any, Any]:
        transport = httpx.ASGITransport(app=client().app)
        asking = morale.Client(base_url="http://test", httpx_args={"transport": transport})
        async with asking as open_client:
            return (
                await projection.asyncio(client=open_client, weekly=100.0, weeks=52),
                await projection.asyncio_detailed(client=open_client, weekly=-5.0),
                await indicator.asyncio(client=open_client, indicator_id="refusal_cases", as_of=ARTICLE),
            )

    answer, refused, cases = asyncio.run(read())
    assert (answer.headline.value, answer.headline.qualifier) == (5200, "up_to")
    assert refused.status_code == 422
    assert type(refused.parsed).__name__ == "Problem"
    assert refused.parsed.detail.startswith("weekly: ")
    assert len(cases.observations) == len(evidence_on(ARTICLE).of_indicator("refusal_cases"))
    for name in [name for name in sys.modules if name.startswith("morale_client")]:
        monkeypatch.delitem(sys.modules, name)
