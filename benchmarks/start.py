"""From launch to a drawn page: ours beside the least that plain Streamlit starts with, on a first and a later start."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser

from benchmarks.browser import chromium, fresh_context, ready_time
from benchmarks.pages import OVERVIEW, SERVERS, START_PAGE, Page
from benchmarks.samples import median, ratio
from benchmarks.servers import ROOT, Server, processor_seconds, running
from benchmarks.tables import Target, table, target_table

LATER_LIMIT, FIRST_LIMIT = 1.25, 2.0
PARTS = ("app.py", "api", "dashboard", "indicators", "data", ".streamlit")


def measure_start(python: Path, port: int, *, quick: bool) -> str:
    """Start ours, ours as new, and plain Streamlit in turn; return the times as Markdown.

    A first start finds neither compiled modules of ours nor kept files.
    """
    ours, plain = SERVERS[OVERVIEW.server], SERVERS[START_PAGE.server]
    times: dict[str, list[tuple[float, float]]] = {"ours, later start": [], "ours, first start": [], "plain": []}

    # A later start reads what an earlier one kept once it was ready.
    with running([replace(ours, ready="/api/v1/ready")], python, port):
        pass

    async def rounds() -> None:
        async with chromium() as browser:
            for _ in range(2 if quick else 7):
                with tempfile.TemporaryDirectory() as folder:
                    times["ours, later start"].append(await _start(browser, OVERVIEW, ours, python, port))
                    new = replace(ours, folder=copy_of_ours(Path(folder)))
                    kept = {"XDG_CACHE_HOME": folder}
                    times["ours, first start"].append(await _start(browser, OVERVIEW, new, python, port, kept))
                    times["plain"].append(await _start(browser, START_PAGE, plain, python, port))

    asyncio.run(rounds())
    # The first round fills the caches of the system.
    drawn = {name: [seconds for seconds, _ in sample[1:]] for name, sample in times.items()}
    spent = {name: [seconds for _, seconds in sample[1:]] for name, sample in times.items()}
    rows = [(name, f"{median(drawn[name]):.2f}", f"{median(spent[name]):.2f}") for name in times]
    targets = [
        Target(what=f"{name} / plain Streamlit", value=ratio(drawn[name], drawn["plain"]), limit=limit)
        for name, limit in (("ours, later start", LATER_LIMIT), ("ours, first start", FIRST_LIMIT))
    ]
    head = ("launch to a drawn page", "s", "processor time of the server, s")
    return f"{table(head, rows)}\n\n{target_table(targets)}"


def copy_of_ours(folder: Path) -> Path:
    """Copy what the server consists of, without compiled modules."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


async def _start(
    browser: Browser, page: Page, server: Server, python: Path, port: int, variables: dict[str, str] | None = None
) -> tuple[float, float]:
    begin = time.perf_counter()
    with running([server], python, port, variables=variables) as started:
        async with fresh_context(browser, page) as context:
            tab = await context.new_page()
            up = time.perf_counter() - begin
            await tab.goto(started[server.name].url + page.path, wait_until="commit")
            return up + await ready_time(tab) / 1000, processor_seconds(started[server.name].pid)
