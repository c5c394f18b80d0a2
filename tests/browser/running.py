"""A dashboard that runs as a user runs it, and the watch over a page's errors."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
POLL_SECONDS = 0.1


@contextmanager
def started(log: Path, base_path: str = "") -> Iterator[str]:
    """Start the dashboard the way a user does, and give its address.

    Args:
        log: File for what it says.
        base_path: Path below which it is served, with a slash in front; empty for none.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}{base_path}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    command += [f"--server.baseUrlPath={base_path}"] if base_path else []
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
