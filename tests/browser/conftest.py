"""The real server and a real browser for the tests in this folder.

A page fails its test when the browser logs an error, a script throws, Streamlit shows an exception, or anything is
asked of another origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from find_chromium import find_chromium
from playwright.sync_api import Browser, Page, sync_playwright
from running import started, watch

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
            if not item.get_closest_marker("everyday"):
                item.add_marker(pytest.mark.thorough)
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the dashboard."""
    with started(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


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
