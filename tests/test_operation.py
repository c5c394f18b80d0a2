"""What an operator sees: settings, readiness, log and counters without a word about readers, an end within seconds."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import anyio
import httpx
import pytest
from prometheus_client import generate_latest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from test_api import Client, snapshot_on
from test_start import free_port, wait_for
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from api.app import create_api
from dashboard.server.operation.metrics import REGISTRY, metrics_address
from dashboard.server.operation.request_log import REQUEST_ID, JsonLines, RequestLog
from indicators.core.environment import DATA, LOG, METRICS, SETTINGS, SettingError
from indicators.core.evidence.load import DATA_DIRECTORY, data_directory, data_package

PARTS = (("/api/v1/", True), ("/static/", False))


async def teapot(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the status that the query names."""
    status = int(dict(httpx.QueryParams(scope["query_string"].decode())).get("status", "200"))
    await PlainTextResponse("short and stout", status)(scope, receive, send)


def ask(address: str, **headers: str) -> httpx.Response:
    """Return an answer that went through the log."""

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(RequestLog(teapot, pages=["/projection"], parts=PARTS))
        async with httpx.AsyncClient(transport=transport, base_url="http://morale.example.org") as client:
            return await client.get(address, headers=headers)

    return anyio.run(run)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """Return the lines that were logged for requests, as an operator gets them."""
    return [json.loads(JsonLines().format(record)) for record in caplog.records if hasattr(record, "request")]


def test_the_table_of_settings_in_the_documents_is_that_of_the_code(repository: Path) -> None:
    text = (repository / "docs" / "deployment.md").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.startswith("| `MORALE_INDICATORS_")]
    assert written == [f"| `{setting.name}` | {setting.meaning} | {setting.unset} |" for setting in SETTINGS]


def test_a_setting_that_makes_no_sense_is_named_with_what_was_expected() -> None:
    with pytest.raises(SettingError, match=r"MORALE_INDICATORS_LOG is 'yaml'; expected json, or leave it unset\."):
        LOG.read({LOG.name: "yaml"})
    for wrong in ("9464", "127.0.0.1:0", "127.0.0.1:70000", "http://127.0.0.1:9464"):
        with pytest.raises(SettingError, match="expected an address with a port, such as 127"):
            metrics_address({METRICS.name: wrong})
    assert metrics_address({}) is None


def test_an_empty_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(DATA.name, " ")
    assert data_directory() == DATA_DIRECTORY


def test_a_line_says_how_a_request_was_answered_and_nothing_of_who_asked_for_what(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "morale_indicators.requests")
    answer = ask("/projection?weekly=50", **{"User-Agent": "Firefox", "Referer": "https://x.org", "Cookie": "a=b"})
    (line,) = lines(caplog)
    assert set(line) == {
        "time", "level", "logger", "message", "request_id", "part", "method", "status", "bytes", "milliseconds",
    }  # fmt: skip
    assert (line["part"], line["method"], line["status"], line["bytes"]) == ("/projection", "GET", 200, 15)
    assert line["request_id"] == answer.headers[REQUEST_ID]
    assert not {"weekly", "50", "Firefox", "x.org"} & set(json.dumps(line).split('"'))


def test_a_proxy_gives_the_id_and_nobody_writes_into_the_log_by_it() -> None:
    assert ask("/projection", **{REQUEST_ID: "7f3a-19c2"}).headers[REQUEST_ID] == "7f3a-19c2"
    for planted in ("short", "x" * 65, 'quoted"and{', "two words"):
        assert ask("/projection", **{REQUEST_ID: planted}).headers[REQUEST_ID] != planted


def test_parts_are_few_however_many_addresses_are_made_up(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "morale_indicators.requests")
    for address in (
        "/api/v1/events/x?status=200",
        "/api/v1/made-up?status=404",
        "/wp-login?status=404",
        "/static/a.js",
    ):
        ask(address)
    assert [line["part"] for line in lines(caplog)] == ["/api/v1/events", "/api/v1/", "other", "/static/"]
    counted = generate_latest(REGISTRY).decode()
    assert 'morale_indicators_requests_total{method="GET",part="/api/v1/",status="404"}' in counted
    assert "made-up" not in counted
    assert "wp-login" not in counted


def test_readers_are_sent_only_once_everything_is_computed() -> None:
    computed: list[bool] = []
    client = Client(create_api(snapshot_on, data_package, ready=lambda: bool(computed)))
    refused = client.get("/v1/ready")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert refused.json()["detail"] == "The indicators are being computed; ask again in some seconds."
    computed.append(True)
    answer = client.get("/v1/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="ends a server by a signal")
def test_the_server_ends_within_ten_seconds_whoever_is_connected(repository: Path) -> None:
    port, counters = free_port(), free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    settings = {LOG.name: "json", METRICS.name: f"127.0.0.1:{counters}"}
    server = subprocess.Popen(command, cwd=repository, env={**os.environ, **settings}, stderr=subprocess.PIPE)
    try:
        wait_for(server, f"http://127.0.0.1:{port}/api/v1/ready")
        with (
            connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"]) as reader,  # type: ignore[list-item]
            socket.socket() as idle,
        ):
            # It asks for more than the system keeps for it, and never reads.
            idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            idle.connect(("127.0.0.1", port))
            idle.sendall(b"GET /api/v1/package.zip HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
            assert "morale_indicators_sessions 1.0" in httpx.get(f"http://127.0.0.1:{counters}/").text
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                reader.recv(timeout=10)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
            _, said = server.communicate(timeout=10)
            assert time.monotonic() - began < 10
    finally:
        server.kill()
        server.wait()
    assert all(line.startswith(b"{") for line in said.splitlines() if b"answered" in line)
    assert b"Traceback" not in said
