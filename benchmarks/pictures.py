"""Takes the pictures of the README anew: `python -m benchmarks.pictures`, or `make pictures`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser

from benchmarks.browser import chromium
from benchmarks.pages import OURS, SERVERS
from benchmarks.servers import ROOT, running

FOLDER = ROOT / "docs"
PORT = 8650
PATIENCE = 60_000  # milliseconds
CLIP = 820  # pixels of a page that a picture shows


class Picture(NamedTuple):
    """A page as a picture: file, address, width in pixels and what stands there once it is drawn."""

    file: str
    address: str
    width: int
    drawn: str


PICTURES = (
    Picture("now.png", "/", 1440, ".mi-plot .textpoint"),
    Picture("projection.png", "/projection", 1440, '.mi-panel[aria-busy="false"] .textpoint'),
    Picture("phone.png", "/projection", 390, '.mi-panel[aria-busy="false"] .textpoint'),
)


async def take(browser: Browser, url: str, picture: Picture, folder: Path) -> None:
    """Take one picture, light and without what moves.

    Args:
        browser: Where the page opens.
        url: Address of the server.
        picture: What is taken.
        folder: Where it is kept.
    """
    phone = picture.width < CLIP
    size = {"width": picture.width, "height": CLIP}
    context = await browser.new_context(
        viewport=size, color_scheme="light", reduced_motion="reduce", has_touch=phone, device_scale_factor=1
    )
    page = await context.new_page()
    await page.goto(f"{url}{picture.address}")
    await page.wait_for_selector(picture.drawn, state="attached", timeout=PATIENCE)
    await page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=PATIENCE)
    await page.wait_for_load_state("networkidle")
    await page.screenshot(path=folder / picture.file, animations="disabled")
    await context.close()


async def take_all(url: str, folder: Path) -> None:
    """Take every picture.

    Args:
        url: Address of the server.
        folder: Where they are kept.
    """
    async with chromium() as browser:
        for picture in PICTURES:
            await take(browser, url, picture, folder)
            print(folder / picture.file)


def main() -> None:
    """Start a server, take the pictures and end it."""
    with running([SERVERS[OURS]], Path(sys.executable), PORT) as servers:
        asyncio.run(take_all(servers[OURS].url, FOLDER))


if __name__ == "__main__":
    main()
