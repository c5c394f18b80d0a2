"""The projection page with Streamlit's own controls, which ask the server at every step."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

PLAIN = "/projection?controls=native"
CHART = ".js-plotly-plot .scatterlayer path.js-line"
PATIENCE = 20_000


def total(page: Page) -> Locator:
    """Return the figure of the plain arithmetic."""
    return page.locator("[data-testid=stMetricValue]").first


def open_part(page: Page, title: str) -> None:
    """Ask for a part of the page."""
    page.locator("[data-testid=stExpander] summary").filter(has_text=title).click()


def test_the_page_works_without_the_panel(page: Page) -> None:
    page.goto(f"{PLAIN}&weekly=120")
    page.wait_for_selector(CHART)
    expect(total(page)).to_have_text("up to 6,240")
    assert page.locator(".mi-panel").count() == 0


def test_a_part_waits_until_it_is_asked_for_and_then_follows_every_step(page: Page) -> None:
    page.goto(PLAIN)
    page.wait_for_selector(CHART)
    charts = page.locator(".js-plotly-plot")
    expect(charts).to_have_count(1)
    open_part(page, "What happened afterwards")
    expect(charts).to_have_count(2, timeout=PATIENCE)
    expect(page.get_by_text("1.41 times")).to_be_visible()
    page.get_by_role("slider", name="Sentenced a week").press("ArrowRight")
    expect(total(page)).to_have_text("up to 5,252", timeout=PATIENCE)
    expect(page.get_by_text("1.39 times")).to_be_visible(timeout=PATIENCE)


def test_a_link_with_a_setting_of_a_part_opens_it(page: Page) -> None:
    page.goto(f"{PLAIN}&target=6000")
    expect(page.get_by_role("cell", name="115.4")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Total to reach").fill("10000")
    page.get_by_label("Total to reach").press("Tab")
    expect(page.get_by_role("cell", name="192.3")).to_be_visible(timeout=PATIENCE)
    assert "target" not in page.url


def test_a_cited_page_says_that_a_step_leaves_the_cited_view(page: Page) -> None:
    page.goto(f"{PLAIN}&as_of=2023-08-30")
    page.get_by_role("button", name="Cite").click()
    link = page.get_by_test_id("stCode").filter(has_text="cite=1~")
    expect(link).to_be_visible(timeout=PATIENCE)
    page.goto(link.inner_text().strip())
    expect(page.get_by_text("Same as cited")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("slider", name="Sentenced a week").press("ArrowRight")
    expect(page.get_by_text("This is not the cited view")).to_be_visible(timeout=PATIENCE)


def test_a_saved_file_brings_back_the_replayed_day(page: Page) -> None:
    page.goto(f"{PLAIN}&as_of=2023-12-01")
    expect(page.get_by_text("You see what the public knew on 1 Dec 2023.")).to_be_visible(timeout=PATIENCE)
    open_part(page, "Scenarios")
    open_part(page, "Save to a file, or open one")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save these settings and scenarios as a file").click()
    saved = download.value.path().read_bytes()
    page.goto(PLAIN)
    open_part(page, "Scenarios")
    open_part(page, "Save to a file, or open one")
    page.locator("input[type=file]").set_input_files(
        {"name": "projection.json", "mimeType": "application/json", "buffer": saved}
    )
    page.get_by_role("button", name="Show what the file holds").click()
    expect(page).to_have_url(re.compile("as_of=2023-12-01"), timeout=PATIENCE)
    expect(page.get_by_text("You see what the public knew on 1 Dec 2023.")).to_be_visible(timeout=PATIENCE)
