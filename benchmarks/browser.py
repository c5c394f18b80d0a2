"""Steps, drags, loads and bytes of pages in a real Chromium."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Error, async_playwright
from playwright.async_api import Page as Tab

from benchmarks.pages import Page
from benchmarks.proxy import counting_proxy
from benchmarks.servers import find_chromium

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LOAD_SECONDS = 30
STEP_MILLISECONDS = 5000
REST = 0.25  # seconds between steps
SETTLE = 1.5  # seconds after a load
DRAG_SECONDS = 1.2
DRAG_SPEED = 120  # pixels a second
MOVES_PER_SECOND = 60
WARM_UP_STEPS = 3


@dataclass(kw_only=True)
class Visits:
    """What was seen on a page in all rounds; times in milliseconds."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    reload: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    missed_steps: int = 0
    mounts: int = 0
    drag_texts: list[int] = field(default_factory=list)
    drag_drawings: list[int] = field(default_factory=list)
    drag_moves: list[int] = field(default_factory=list)
    moves: list[float] = field(default_factory=list)
    first_load_bytes: list[int] = field(default_factory=list)
    step_bytes: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a headless Chromium until the block ends."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def fresh_context(browser: Browser, page: Page) -> AsyncIterator[BrowserContext]:
    """Open a browser context with an empty cache, in which every tab is watched by the probe."""
    # The probe evaluates expressions, which the policy of a page may forbid.
    context = await browser.new_context(viewport={"width": 1280, "height": 1400}, bypass_csp=True)
    await context.add_init_script(
        f"{PROBE}\nspeedProbe.page = {json.dumps(page.for_probe())};\nspeedProbe.waitReady();"
    )
    try:
        yield context
    finally:
        await context.close()


async def ready_time(tab: Tab) -> float:
    """Wait until the tab's page is drawn and return how long that took."""
    await tab.wait_for_function("window.speedProbe?.readyAt", timeout=LOAD_SECONDS * 1000, polling=50)
    return float(await tab.evaluate("speedProbe.readyAt"))


async def load(context: BrowserContext, url: str) -> tuple[Tab, float]:
    """Open an address in a new tab; return the tab and the time until everything was drawn."""
    tab = await context.new_page()
    await tab.goto(url, wait_until="commit", timeout=LOAD_SECONDS * 1000)
    return tab, await ready_time(tab)


async def step(tab: Tab) -> float | None:
    """Press an arrow key; return the time until tile and chart had changed, None if they did not."""
    await tab.evaluate(f"speedProbe.arm({STEP_MILLISECONDS})")
    await tab.keyboard.press("ArrowRight")
    both = (await tab.evaluate("speedProbe.result"))["both"]
    await asyncio.sleep(REST)
    return None if both is None else float(both)


async def focus_slider(tab: Tab, page: Page) -> None:
    """Give the keyboard to the page's slider."""
    await tab.locator(page.slider).nth(page.slider_index).focus()


async def drag(tab: Tab, page: Page) -> tuple[int, int, int]:
    """Drag the slider for 1.2 s as a hand does: 60 moves a second, whether or not the page keeps up.

    The events go straight to the browser's input. Playwright's own mouse asks the page four things for every move of
    a pressed button and waits for the answers, so that it slows down with the page.

    Returns:
        How many different tile texts and drawings the frames of that time showed, and how many moves of the pointer
        the browser passed on to the page; it joins those that come within one frame.
    """
    box = await tab.locator(page.handle or page.slider).nth(page.slider_index).bounding_box()
    if box is None:
        return 0, 0, 0
    # The knob of a native slider is inside a long element; elsewhere the knob is an element of its own.
    left = box["x"] + box["width"] * (0.3 if box["width"] > 60 else 0.5)
    height = box["y"] + box["height"] / 2
    pointer = await tab.context.new_cdp_session(tab)

    def send(kind: str, distance: float) -> asyncio.Future[object]:
        event = {"type": kind, "x": left + distance, "y": height, "button": "left", "buttons": 1, "clickCount": 1}
        return asyncio.ensure_future(pointer.send("Input.dispatchMouseEvent", event))

    await tab.mouse.move(left, height)
    await send("mousePressed", 0)
    await tab.evaluate(f"speedProbe.watch({1000 * DRAG_SECONDS})")
    start = time.perf_counter()
    sent: list[asyncio.Future[object]] = []
    while (passed := time.perf_counter() - start) < DRAG_SECONDS:
        sent.append(send("mouseMoved", DRAG_SPEED * passed))
        await asyncio.sleep(max(0.0, start + len(sent) / MOVES_PER_SECOND - time.perf_counter()))
    await asyncio.gather(*sent)
    await send("mouseReleased", DRAG_SPEED * DRAG_SECONDS)
    seen = await tab.evaluate("speedProbe.seen")
    return seen["texts"], seen["drawings"], seen["moves"]


async def visit(browser: Browser, page: Page, url: str, visits: Visits, steps: int) -> None:
    """Load a page cold, step and drag its slider, reload it and load it warm."""
    async with fresh_context(browser, page) as context:
        tab, cold = await load(context, url)
        visits.cold.append(cold)
        await asyncio.sleep(SETTLE)
        if page.slider:
            await focus_slider(tab, page)
            for _ in range(WARM_UP_STEPS):
                await step(tab)
            mounts = await tab.evaluate("speedProbe.mounts")
            for _ in range(steps):
                taken = await step(tab)
                if taken is None:
                    visits.missed_steps += 1
                else:
                    visits.steps.append(taken)
            visits.mounts += await tab.evaluate("speedProbe.mounts") - mounts
            texts, drawings, moves = await drag(tab, page)
            visits.drag_texts.append(texts)
            visits.drag_drawings.append(drawings)
            visits.drag_moves.append(moves)
            await asyncio.sleep(SETTLE)
        await tab.reload(wait_until="commit")
        visits.reload.append(await ready_time(tab))
        await tab.close()
        tab, warm = await load(context, url)
        visits.warm.append(warm)


async def count_bytes(browser: Browser, page: Page, url: str, visits: Visits, steps: int = 5) -> None:
    """Count the bytes of a first load, and of a slider step, through a proxy."""
    async with counting_proxy(url) as proxy, fresh_context(browser, page) as context:
        tab, _ = await load(context, proxy.url)
        await asyncio.sleep(2 * SETTLE)
        visits.first_load_bytes.append(proxy.down)
        if page.slider:
            await focus_slider(tab, page)
            await step(tab)
            before = proxy.down
            for _ in range(steps):
                await step(tab)
            visits.step_bytes.append((proxy.down - before) / steps)


async def move(tab: Tab, link: str, page: Page) -> float:
    """Click a link to another page of the same application; return the time until that page was drawn."""
    await tab.evaluate("page => speedProbe.follow(page)", page.for_probe())
    await tab.locator(link).first.click()
    return await ready_time(tab)


async def visit_all(pages: list[tuple[Page, str]], rounds: int, steps: int) -> dict[str, Visits]:
    """Visit all pages in turn, round by round, so that what else the machine does hits all alike."""
    seen = {page.name: Visits() for page, _ in pages}
    async with chromium() as browser:
        await _warm_up(browser, pages)
        for place in range(rounds):
            for page, url in pages:
                print(f"  round {place + 1} of {rounds}: {page.name}", flush=True)
                try:
                    await visit(browser, page, url + page.path, seen[page.name], steps)
                    if place == 0:
                        await count_bytes(browser, page, url + page.path, seen[page.name])
                except Error as error:
                    seen[page.name].failures.append(str(error).splitlines()[0])
    return seen


async def _warm_up(browser: Browser, pages: list[tuple[Page, str]]) -> None:
    """Open every page once, so that no first visit pays for what a server or the browser does only once."""
    for page, url in pages:
        async with fresh_context(browser, page) as context:
            # A page that fails here fails in the rounds as well, where it is noted.
            with suppress(Error):
                await load(context, url + page.path)
