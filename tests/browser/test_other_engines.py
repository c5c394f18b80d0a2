"""The main pages in Firefox and WebKit: they open without a script error, draw their chart and follow a key.

Firefox is spoken to directly (WebDriver BiDi), WebKitGTK through its WebKitWebDriver.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from running import answers
from websockets.sync.client import connect

SECONDS = 60
WATCH = """
window.faults ??= (() => {
  const faults = [];
  addEventListener("error", ({ message }) => faults.push(message));
  addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
  return faults;
})();
"""
DRAWN = "document.querySelector('.js-plotly-plot .scatterlayer path.js-line')"
RIGHT = "\ue014"
PRESS = [
    {
        "type": "key",
        "id": "keyboard",
        "actions": [{"type": "keyDown", "value": RIGHT}, {"type": "keyUp", "value": RIGHT}],
    }
]


class Engine(Protocol):
    """A browser with one page."""

    def open(self, address: str) -> None:
        """Begin to open an address."""

    def ask(self, expression: str) -> Any:
        """Return what an expression is in the page; it must be good for JSON."""

    def press_right(self) -> None:
        """Press the right arrow key."""


class Firefox:
    """Firefox by its own socket."""

    def __init__(self, address: str, leave: ExitStack) -> None:
        self._socket = leave.enter_context(connect(f"{address}/session", max_size=None))
        self._numbers = itertools.count()
        self._send("session.new", capabilities={})
        self._send("script.addPreloadScript", functionDeclaration=f"() => {{{WATCH}}}")
        self._context = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def _send(self, method: str, **params: object) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(SECONDS))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, address: str) -> None:
        self._send("browsingContext.navigate", context=self._context, url=address, wait="interactive")

    def ask(self, expression: str) -> Any:
        target = {"context": self._context}
        written = f"JSON.stringify({expression})"
        answer = self._send("script.evaluate", expression=written, target=target, awaitPromise=False)
        return json.loads(answer["result"]["value"])

    def press_right(self) -> None:
        self._send("input.performActions", context=self._context, actions=PRESS)


class WebKit:
    """WebKitGTK by its driver; a fault is noted from the moment on in which the driver sees the document."""

    def __init__(self, driver: str, leave: ExitStack) -> None:
        self._client = leave.enter_context(httpx.Client(base_url=driver, timeout=SECONDS))
        asked = {"capabilities": {"alwaysMatch": {"pageLoadStrategy": "none"}}}
        self._session = "/session/" + self._send("/session", asked)["sessionId"]
        leave.callback(self._client.delete, self._session)

    def _send(self, path: str, content: dict[str, Any]) -> Any:
        answer = self._client.post(path, json=content)
        assert answer.is_success, answer.text
        return answer.json()["value"]

    def open(self, address: str) -> None:
        self._send(f"{self._session}/url", {"url": address})
        until(lambda: self.ask("location.href.startsWith('http')"))

    def ask(self, expression: str) -> Any:
        script = f"{WATCH} return JSON.stringify({expression})"
        return json.loads(self._send(f"{self._session}/execute/sync", {"script": script, "args": []}))

    def press_right(self) -> None:
        self._send(f"{self._session}/actions", {"actions": PRESS})


def until(condition: Callable[[], object]) -> None:
    """Ask again until something holds."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, f"not within {SECONDS} seconds"


def program(variable: str, *names: str) -> str:
    """Return the path of a program, or skip the test."""
    found = next(filter(None, map(shutil.which, [os.environ.get(variable, ""), *names])), None)
    return found or pytest.skip(f"{names[0]} is not installed and {variable} names none")


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Run a program until the test ends."""
    process = subprocess.Popen(command, text=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=SECONDS)


def start_firefox(folder: Path, leave: ExitStack) -> Firefox:
    """Start a Firefox with an empty profile."""
    command = [program("FIREFOX", "firefox", "firefox-esr"), "--headless", "--no-remote"]
    command += ["--remote-debugging-port=0", "--profile", str(folder)]
    process = leave.enter_context(running(command, stderr=subprocess.PIPE))
    assert process.stderr is not None
    address = next(filter(None, (re.search(r"ws://\S+", line) for line in process.stderr)))
    return Firefox(address[0], leave)


def start_webkit(_: Path, leave: ExitStack) -> WebKit:
    """Start the driver of WebKitGTK, on a screen of its own where there is none."""
    driver = program("WEBKIT", "WebKitWebDriver")
    environment = dict(os.environ)
    if "DISPLAY" not in environment:
        screen = [program("XVFB", "Xvfb"), "-displayfd", "1", "-nolisten", "tcp"]
        process = leave.enter_context(running(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL))
        assert process.stdout is not None
        environment["DISPLAY"] = f":{process.stdout.readline().strip()}"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    leave.enter_context(running([driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL))
    address = f"http://127.0.0.1:{port}"
    until(lambda: answers(f"{address}/status"))
    return WebKit(address, leave)


@pytest.fixture(params=[start_firefox, start_webkit], ids=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return another browser than Chromium; skips where it is not installed."""
    with ExitStack() as leave:
        yield request.param(tmp_path, leave)


@pytest.mark.parametrize("address", ["/", "/embed/projection"])
def test_a_page_draws_its_chart_without_a_script_error(engine: Engine, server: str, address: str) -> None:
    engine.open(server + address)
    until(lambda: engine.ask(f"Boolean({DRAWN})"))
    assert engine.ask("faults") == []


def test_a_key_at_a_slider_changes_the_total(engine: Engine, server: str) -> None:
    engine.open(f"{server}/projection?weekly=100")
    until(lambda: engine.ask(f"Boolean({DRAWN})"))
    tile = "document.querySelector('.mi-tile-value').textContent"
    assert engine.ask(tile) == "5,200"
    engine.ask("document.querySelector('.mi-track input').focus() ?? null")
    engine.press_right()
    until(lambda: engine.ask(tile) == "5,252")
    assert engine.ask("faults") == []
