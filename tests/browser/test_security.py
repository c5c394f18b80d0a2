"""What the server sends with every answer, whom it refuses, and who may frame what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import httpx
import pytest
from playwright.sync_api import Browser, Page

from dashboard.component.assets import asset_routes
from dashboard.server.streamlit_files import first_scripts, script_path
from dashboard.shell.pages import all_pages

EVERYWHERE = ("x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy")
EMBEDS = ("/embed/projection", "/embed/indicator/refusal_cases/annual", "/embed/indicator/weather/none")
OF_STREAMLIT = ("/_stcore/health", "/_stcore/host-config", "/favicon.png", script_path(first_scripts()[0]))
UNKNOWN = (
    "/nope", "/projection/", "/index.html", "/data/observations.csv", "/_stcore/metrics", "/_stcore/agent/openapi.json",
)  # fmt: skip
IDS = {"indicator_id": "refusal_cases", "series": "ru_art337_cases_received_annual"}
ASKED = {"/v1/projection/break-even": "?target=10000&solve_for=weekly", "/v1/cascade/curve": "?replicates=100"}
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def api_addresses(server: str) -> list[str]:
    """Return an address of every route of the API, its description and its documentation included."""
    paths = httpx.get(f"{server}/api/openapi.json").json()["paths"]
    filled = [path.format(**IDS) + ASKED.get(path, "") for path in paths]
    return [f"/api{path}" for path in (*filled, "/docs", "/openapi.json", "/v1/indicators?asof=1", "/v1/nothing")]


@pytest.mark.everyday
def test_every_answer_carries_its_headers(server: str) -> None:
    own = [*(page.address for page in all_pages()), *OF_STREAMLIT, *UNKNOWN]
    shared = [*api_addresses(server), *EMBEDS, *(route.path for route in asset_routes())]
    for address in (*own, *shared):
        headers = httpx.get(server + address, timeout=30).headers
        for name in EVERYWHERE:
            assert len(headers.get_list(name)) == 1, (address, name)
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["cross-origin-resource-policy"] == ("same-origin" if address in own else "cross-origin"), address
        assert headers.get("access-control-allow-origin") == (None if address in own else "*"), address
        policy = headers["content-security-policy"]
        assert "unsafe-eval" not in policy, address
        assert "http" not in policy, address
        assert "'unsafe-inline'" not in re.search(r"script-src [^;]*|$", policy)[0], address  # type: ignore[index]
        framed = address.startswith("/embed/")
        assert ("frame-ancestors *" in policy) == framed, address
        assert (headers.get("x-frame-options") == "DENY") == (not framed), address


def test_what_only_streamlit_would_tell_is_not_told(server: str) -> None:
    for address in ("/nope", "/index.html", "/data/observations.csv", "/api", "/_stcore/metrics", "/_stcore/agent/mcp"):
        answer = httpx.get(server + address)
        assert answer.status_code == 404, address
        assert "Streamlit" not in answer.text, address
    assert "streamlit" not in httpx.get(f"{server}/_stcore/host-config").text


@pytest.mark.parametrize("address", ["/", "/projection", "/embed/projection", "/api/v1/events", "/nope"])
def test_a_head_is_the_answer_without_its_body(server: str, address: str) -> None:
    head, whole = (httpx.request(method, server + address, timeout=30) for method in ("HEAD", "GET"))
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_with_those_that_are_allowed(server: str, method: str) -> None:
    for address in ("/", "/embed/projection", "/api/v1/events", "/_stcore/health", "/favicon.png"):
        answer = httpx.request(method, server + address)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD"), (address, answer.text)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({}, 101),
    ],
)
def test_pages_of_other_origins_open_no_session(server: str, headers: dict[str, str], status: int) -> None:
    with httpx.stream("GET", f"{server}/_stcore/stream", headers={**HANDSHAKE, **headers}) as answer:
        assert answer.status_code == status


def test_pages_of_other_origins_upload_nothing(server: str) -> None:
    address = f"{server}/_stcore/upload_file/session/file"
    refused = httpx.put(address, content=b"x", headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "other origins" in refused.json()["detail"]


def test_requests_of_no_sane_size_or_name_are_refused_in_a_sentence(server: str) -> None:
    wrong = (
        (httpx.get(f"{server}/?as_of={'1' * 9_000}"), 414),
        (httpx.get(f"{server}/", headers={"Host": "evil.example"}), 421),
        (httpx.get(f"{server}/api/v1/indicators/", headers={"Host": "evil.example"}), 421),
        (httpx.request("PUT", f"{server}/_stcore/upload_file/a/b", content=b"0" * 2_300_000), 413),
    )
    for answer, status in wrong:
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].endswith(".")
        assert "evil" not in answer.text


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another origin that frames what its address names."""

    def do_GET(self) -> None:
        """Send the page."""
        address, _, sandbox = unquote(self.path[1:]).partition("|")
        body = f"<!doctype html><iframe width=800 height=600 {sandbox} src='{address}'></iframe>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Return the address of another origin."""
    other = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=other.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{other.server_port}"
    other.shutdown()
    other.server_close()


def framed(browser: Browser, elsewhere: str, address: str, sandbox: str = "") -> Page:
    """Open a page of another origin that frames an address of ours."""
    page = browser.new_page()
    page.goto(f"{elsewhere}/{address}|{sandbox}")
    return page


@pytest.mark.parametrize("sandbox", ["", "sandbox=allow-scripts"])
def test_a_page_of_another_origin_frames_an_embed(browser: Browser, server: str, elsewhere: str, sandbox: str) -> None:
    page = framed(browser, elsewhere, f"{server}/embed/projection", sandbox)
    drawing = page.frame_locator("iframe").locator(".js-plotly-plot .main-svg").first
    drawing.wait_for()
    assert drawing.is_visible()
    page.close()


@pytest.mark.parametrize("address", ["/", "/projection", "/api/docs", "/api/v1/events", "/nope"])
def test_a_page_of_another_origin_frames_nothing_else(
    browser: Browser, server: str, elsewhere: str, address: str
) -> None:
    page = framed(browser, elsewhere, server + address)
    assert page.frames[1].url.startswith("chrome-error:")
    page.close()


def test_the_api_can_be_read_from_another_origin(browser: Browser, server: str, elsewhere: str) -> None:
    page = framed(browser, elsewhere, f"{server}/embed/projection")
    read = page.evaluate("address => fetch(address).then(answer => answer.text())", f"{server}/api/v1/projection")
    assert json.loads(read)["headline"]["value"] == 5200
    page.close()
