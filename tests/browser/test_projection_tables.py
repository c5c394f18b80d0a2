"""Tables of the projection panel: fetched while the rest goes on, missing, or late."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Request, Route, expect
from projection_page import choose_reading, lines_of, open_panel, slider

from dashboard.projection.text import projection_tiles
from dashboard.snapshots import snapshot_on
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project

TABLES = "**/api/v1/projection/table*"


def test_another_reading_is_fetched_while_the_rest_goes_on(page: Page) -> None:
    tiles = open_panel(page)
    held: list[Route] = []
    page.route(TABLES, lambda route: route.continue_() if held else held.append(route))
    page.get_by_text("How to read the figure").click()
    choose_reading(page, "maximum")
    panel = page.locator(".mi-panel")
    expect(panel).to_have_attribute("aria-busy", "true")
    slider(page, "Sentenced a week").focus()
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(0)).to_have_text("5,252")
    expect(tiles.nth(1)).to_have_text("about 3,900")
    expect(page.locator(".mi-tile").nth(1)).to_have_class(re.compile("mi-updating"))
    choose_reading(page, "mean")
    assert len(held) == 1
    held[0].continue_()
    # The answer for the reading chosen first comes in, and is not shown.
    expect(panel).to_have_attribute("aria-busy", "false")
    expected = project(ProjectionParameters(weekly=101, reading="mean"))
    assert tiles.all_inner_texts() == [
        tile.value for tile in projection_tiles(expected, snapshot_on(None).counted_line)
    ]
    choose_reading(page, "ceiling")
    expect(tiles.nth(1)).to_have_text("–")
    assert len(lines_of(page)) == 2  # what was counted, and every week


def test_a_table_that_does_not_come_is_said_and_asked_for_again(page: Page, faults: list[str]) -> None:
    tiles = open_panel(page)
    page.route(TABLES, lambda route: route.abort())
    page.get_by_text("How to read the figure").click()
    choose_reading(page, "mean")
    message = page.get_by_role("alert").filter(has_text="The server did not answer")
    expect(message).to_be_visible()
    page.unroute(TABLES)
    slider(page, "Sentenced a week").focus()
    page.keyboard.press("ArrowRight")
    expect(message).to_be_hidden()
    expect(tiles.nth(1)).to_have_text("about 5,400")
    assert faults
    faults.clear()


def test_a_table_that_comes_after_the_reader_has_left_changes_nothing(page: Page) -> None:
    open_panel(page)
    held: list[Route] = []
    page.route(TABLES, lambda route: route.continue_() if held else held.append(route))
    page.get_by_text("How to read the figure").click()
    choose_reading(page, "mean")
    slider(page, "Sentenced a week").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_test_id("stPageLink").get_by_role("link", name="Now", exact=True).click()
    expect(page.locator(".mi-panel")).to_have_count(0)
    assert held
    held[0].continue_()
    # A later answer to the same question: by then the held one has been taken, and a script error fails the test.
    rows = page.evaluate(
        """async (address) => {
          const table = await (await fetch(address)).json();
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          return Object.keys(table).length;
        }""",
        held[0].request.url,
    )
    assert rows


def test_nothing_is_loaded_twice(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    open_panel(page)
    scripts = [address for address in asked if "/assets/" in address or "/api/" in address]
    assert len(scripts) == len(set(scripts))
    assert len([address for address in scripts if "plotly-" in address]) == 1
