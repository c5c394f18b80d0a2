"""The projection page in a browser: how to open it, and where its parts are."""

from __future__ import annotations

from playwright.sync_api import ElementHandle, Locator, Page, expect

ADDRESS = "/projection"
DRAWN = ".mi-panel .js-plotly-plot .scatterlayer path.js-line"
SPOKEN = ".mi-panel > .mi-spoken"
"""Where the finding is read out; the chart within has a region of its own for single figures."""


def open_panel(page: Page, query: str = "") -> Locator:
    """Open the page, wait until the panel, its tables and all below are there, and return the figures above it."""
    page.goto(ADDRESS + query)
    page.wait_for_selector(DRAWN, state="attached")
    expect(page.locator(".mi-panel")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("link", name="API documentation")).to_be_attached()
    page.wait_for_load_state("networkidle")
    return page.locator(".mi-tile-value")


def slider(page: Page, label: str) -> Locator:
    """Return the slider with a label."""
    return page.get_by_role("slider", name=label, exact=True)


def chart_of(page: Page) -> ElementHandle:
    """Return the element in which the fan is drawn."""
    return page.wait_for_selector(".mi-panel .js-plotly-plot")


def lines_of(page: Page) -> list[str]:
    """Return what is drawn of the fan."""
    paths: list[str] = page.eval_on_selector_all(DRAWN, "paths => paths.map((path) => path.getAttribute('d'))")
    return paths


def choose_reading(page: Page, reading: str) -> None:
    """Choose what "up to" means."""
    page.get_by_label("“Up to” means").select_option(reading)
