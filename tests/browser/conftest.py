"""The real server and a real browser for the tests in this folder.

A page fails its test when the browser logs an error, a script throws, Streamlit shows an exception, or anything is
asked of another origin.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from find_chromium import find_chromium
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
POLL_SECONDS = 0.1
DESK = {"width": 1440, "height": 900}
BROWSER_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# Streamlit replaces the page's content on navigation, so an exception is noted when it appears, not at the end.
REPORT_EXCEPTIONS = """
new MutationObserver(() => {
  for (const box of document.querySelectorAll('[data-testid="stException"]:not([data-reported])')) {
    box.setAttribute("data-reported", "");
    console.error("Streamlit exception: " + box.textContent);
  }
}).observe(document, { childList: true, subtree: true });
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder and put them last: what fails fast shall fail first."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the dashboard, started the way a user starts it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env={**os.environ})
    try:
        for _ in range(round(START_SECONDS / POLL_SECONDS)):
            if answers(f"{address}/api/v1/health"):
                break
            try:
                process.wait(POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            pytest.fail(f"The server stopped while starting:\n{log.read_text()}")
        else:
            pytest.fail(f"The server did not answer within {START_SECONDS} seconds:\n{log.read_text()}")
        yield address
    finally:
        process.terminate()
        process.wait(10)


def answers(address: str) -> bool:
    """Return whether an address answers with success."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium: the one that the environment variable CHROMIUM names, or one found on this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """Return the list in which pages note what went wrong; a test that provokes a fault clears it."""
    return []


@pytest.fixture
def new_page(browser: Browser, server: str, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a watched empty page; its options are those of a browser context."""
    contexts = []

    def open_page(**options: object) -> Page:
        context = browser.new_context(base_url=server, **{"viewport": DESK, **options})
        contexts.append(context)
        context.add_init_script(REPORT_EXCEPTIONS)
        page = context.new_page()
        watch(page, server, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a watched empty page of 1440 by 900 pixels."""
    return new_page()


def watch(page: Page, server: str, faults: list[str]) -> None:
    """Note every error in the browser and every request that leaves for another origin."""
    own = urlsplit(server).netloc

    def ask(address: str) -> None:
        target = urlsplit(address)
        if target.scheme not in ("data", "blob", "about") and target.netloc != own:
            faults.append(f"request to another origin: {address}")

    page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("request", lambda request: ask(request.url))
    page.on("websocket", lambda channel: ask(channel.url))
