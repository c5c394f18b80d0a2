"""The cascade page in a real browser: R moves without the server, the run plays and stops, reduced motion is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from test_dashboard import brought_up, settled

from dashboard.cascade.text import cascade_finding, cascade_tiles
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.run import run_cascade
from indicators.methods.levels import LEVELS

ADDRESS = "/cascade"
DRAWN = ".mi-panel .js-plotly-plot .scatterlayer path.js-line"
CURVE = "/api/v1/cascade/curve"


def open_cascade(page: Page, query: str = "") -> None:
    """Open the page and wait until the panel has its curve."""
    with page.expect_response(lambda answer: CURVE in answer.url and answer.ok, timeout=60_000):
        page.goto(ADDRESS + query)
    page.wait_for_selector(DRAWN)
    expect(page.locator(".mi-panel")).to_have_attribute("aria-busy", "false")


def test_panel_shows_the_numbers_of_the_method(page: Page) -> None:
    open_cascade(page, "?r=1.35")
    cascade = run_cascade(CascadeParameters(r=1.35))
    expect(page.locator(".mi-tile-value")).to_have_text([tile.value for tile in cascade_tiles(cascade)])
    expect(page.locator(".mi-panel .mi-subtitle")).to_have_text(cascade_finding(cascade))
    expect(page.get_by_text("Nobody has measured how panic spreads").first).to_be_visible()


@pytest.mark.everyday
def test_r_moves_without_the_server_and_ends_in_the_address(page: Page) -> None:
    open_cascade(page)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/api/" in request.url else None)
    slider = page.locator("#cascade-r")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(page.locator(".mi-panel .mi-subtitle")).to_contain_text("breaks 1.05 of the others,")
    assert asked == []
    page.wait_for_url("**r=1.05*")
    expect(slider).to_have_value("1.05")


def test_at_rest_a_quantile_is_that_of_the_very_settings(page: Page) -> None:
    open_cascade(page, "?r=2.75")
    # The median carries the other levels for its hover label: 25, 75, 10, 90, 5 and 95 %.
    shown = page.locator(".mi-panel .js-plotly-plot").evaluate(
        "plot => plot.data.find(({ uid }) => uid === 'median').customdata[10][2]"
    )
    assert shown == pytest.approx(0.84, abs=0.02)
    assert shown == run_cascade(CascadeParameters(r=2.75)).fan[LEVELS.index(0.1), 10]


def test_a_run_plays_stops_and_steps(page: Page) -> None:
    open_cascade(page, "?r=2&run=0.9&ticks=30")
    state, play = page.locator(".mi-front-state"), page.locator('[data-do="play"]')
    expect(state).to_contain_text("Week 0: 1 of 100 units broken")
    play.click()
    expect(play).to_have_text("Pause this run")
    expect(state).to_contain_text("Week 1:")
    play.click()
    expect(play).to_have_text("Play this run")
    page.locator('[data-do="restart"]').click()
    page.locator('[data-do="forward"]').click()
    expect(state).to_contain_text("Week 1:")
    expect(page.locator(".mi-front-field path")).to_have_count(100)
    page.locator(".mi-front-words summary").click()
    expect(page.locator(".mi-front-words p")).to_contain_text("Of 100 units, 1 is broken at the start.")


def test_reduced_motion_leaves_steps_alone(new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce")
    open_cascade(page, "?r=2&run=0.9&topology=ring")
    expect(page.locator('[data-do="play"]')).to_be_hidden()
    page.locator('[data-do="forward"]').click()
    expect(page.locator(".mi-front-state")).to_contain_text("Week 1:")


def choose(box: Locator, option: str) -> None:
    """Choose by keys: while a page is still moving, its list may open where a pointer can't reach it."""
    box.fill(option)
    box.press("ArrowDown")
    box.press("Enter")


def test_a_cited_page_checks_its_citation_when_a_part_of_it_moves(page: Page) -> None:
    page.goto(f"{ADDRESS}?as_of=2023-08-30&seed=7&reach=0.2")
    page.get_by_role("button", name="Cite or save").click(timeout=60_000)
    link = page.get_by_test_id("stCode").filter(has_text="cite=1~")
    expect(link).to_be_visible(timeout=60_000)
    page.goto(link.inner_text().strip())
    expect(page.get_by_text("Same as cited")).to_be_visible(timeout=60_000)
    page.get_by_text("Where the runs end").first.click()
    expect(page.get_by_text("2,000 runs, seed 7.").first).to_be_visible()
    settled(page)
    share = page.get_by_role("combobox", name="To reach a broken share of")
    brought_up(partial(choose, share, "half"), page.get_by_text("This is not the cited view"))
    expect(page.get_by_text("This is not the cited view")).to_be_visible(timeout=60_000)
