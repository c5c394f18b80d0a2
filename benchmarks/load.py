"""Part load: two hundred readers who open the first page at once, answers that nginx keeps, and an end under load."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import httpx
from playwright.async_api import async_playwright

from benchmarks.replicas import PATIENCE, Site, site
from benchmarks.requests import dear_cascade
from benchmarks.samples import percentile
from benchmarks.servers import ROOT, find_chromium, memory
from benchmarks.tables import Target, number, table, target_table

AT_ONCE = 200
BURST_SECONDS = 120
STATIC = ("/", "/answer", "/projection", "/embed/answer", "/api/v1/indicators", "/api/v1/projection?weekly=100")
STATIC_SECONDS, STATIC_CLIENTS = 5, 16
BROWSERS, ABANDONED = 20, 45
END_SECONDS, GIVEN_UP_SECONDS = 10, 90
FAILED = "[data-testid=stException], [role=dialog]"


def measure_load(python: Path, first_port: int, *, quick: bool) -> str:
    """Measure a burst, what nginx serves by itself, and an end while readers are connected."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        raise RuntimeError("nginx was not found; install it (Debian: apt-get install nginx-light)")
    with site(nginx, first_port) as running_site:
        burst = _burst(python, running_site, AT_ONCE // (10 if quick else 1))
        kept = [(path, *_kept(running_site.url, path)) for path in STATIC]
        browsers = BROWSERS // (5 if quick else 1)
        seconds, boxes, back = asyncio.run(_end_under_load(running_site, browsers))
    targets = [
        Target(what=f"Of {burst['readers']} who open the first page at once, served", value=burst["served"],
               limit=burst["readers"], at_least=True),
        Target(what="Answers in that burst that were neither a page nor the page that asks to wait",
               value=burst["failed"], limit=0),
        Target(what=f"Seconds from SIGTERM to the end, {browsers} readers and {ABANDONED} abandoned requests",
               value=seconds, limit=END_SECONDS),
        Target(what="Boxes with an error in their browsers", value=boxes, limit=0),
        Target(what="Readers who came back by themselves", value=back, limit=browsers, at_least=True),
    ]  # fmt: skip
    return "\n".join(
        [
            target_table(targets),
            "Two copies behind nginx, configured as in `deploy/`; the one that ends is the one with the readers.\n",
            f"The last of the burst had the page after {number(burst['last'])} s, half of them after "
            f"{number(burst['half'])} s; the two copies grew by {number(burst['grown_mb'])} MB.\n",
            "### Answers that nginx keeps\n",
            f"{STATIC_CLIENTS} clients ask for one address as often as they can.\n",
            table(
                ("Address", "answers a second", "p95 ms"), [(at, number(rate), number(p95)) for at, rate, p95 in kept]
            ),
        ]
    )


def _burst(python: Path, running_site: Site, readers: int) -> dict[str, float]:
    """Let readers open the first page at once, each with its document and its session."""
    before = sum(memory(replica.pid) for replica in running_site.replicas)
    command = [python, "-m", "benchmarks.burst", running_site.url, "--readers", str(readers)]
    command += ["--seconds", str(BURST_SECONDS)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=2 * BURST_SECONDS, check=True)
    grown = sum(memory(replica.pid) for replica in running_site.replicas) - before
    return {**json.loads(done.stdout), "grown_mb": grown}


def _kept(url: str, path: str) -> tuple[float, float]:
    """Return answers a second, and the milliseconds within which 95 % of them came, for an address that nginx keeps."""
    httpx.get(url + path, timeout=30).raise_for_status()
    end = time.perf_counter() + STATIC_SECONDS

    def ask() -> list[float]:
        times = []
        with httpx.Client(timeout=30) as client:
            while time.perf_counter() < end:
                start = time.perf_counter()
                client.get(url + path).raise_for_status()
                times.append((time.perf_counter() - start) * 1000)
        return times

    with ThreadPoolExecutor(STATIC_CLIENTS) as pool:
        asked = [pool.submit(ask) for _ in range(STATIC_CLIENTS)]
        times = [milliseconds for done in asked for milliseconds in done.result()]
    return len(times) / STATIC_SECONDS, percentile(times, 0.95)


async def _end_under_load(running_site: Site, browsers: int) -> tuple[float, int, int]:
    """End the copy that readers are connected to, with requests abandoned on it; the other copy takes them over.

    Returns:
        Seconds until it had ended, boxes with an error that any browser showed, and readers on the other copy then.
    """
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        pages = [await (await chromium.new_context()).new_page() for _ in range(browsers)]
        for page in pages:
            await page.goto(f"{running_site.url}/sources")
            await page.get_by_role("heading", level=1).wait_for(timeout=PATIENCE)
        ending = running_site.of_the_reader()
        (left,) = [replica for replica in running_site.replicas if replica is not ending]
        for _ in range(ABANDONED):
            _abandon(ending.port)
        began = time.monotonic()
        os.kill(ending.pid, signal.SIGTERM)
        while _runs(ending.pid) and time.monotonic() - began < GIVEN_UP_SECONDS:
            await asyncio.sleep(0.02)
        seconds = time.monotonic() - began
        back, boxes, end = 0, 0, time.monotonic() + GIVEN_UP_SECONDS
        while back < browsers and time.monotonic() < end:
            await asyncio.sleep(0.5)
            back = left.readers()
            boxes = max(boxes, sum([await page.locator(FAILED).count() for page in pages]))
        await chromium.close()
    return seconds, boxes, back


def _abandon(port: int) -> None:
    """Ask for the dearest computation, and leave."""
    query = urlencode(dear_cascade("random"))
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"GET /api/v1/cascade?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


def _runs(pid: int) -> bool:
    """Return whether a process of ours runs; one that has ended and was not yet asked about does not (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
