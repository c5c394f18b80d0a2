"""The page of the index in a real browser: weights move without the server and end in the address with their range."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

DRAWN = ".mi-panel .js-plotly-plot .scatterlayer path.js-line"


@pytest.mark.everyday
def test_weights_move_without_the_server_and_end_in_the_address(page: Page) -> None:
    page.goto("/index")
    page.wait_for_selector(DRAWN)
    expect(page.locator(".mi-tile-value").first).to_contain_text(" of 100")
    before = page.locator(".mi-tile-value").first.inner_text()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/api/" in request.url else None)
    slider = page.locator("#index-refusal")
    for _ in range(4):
        slider.press("ArrowRight")
    expect(page.locator(".mi-panel .mi-subtitle")).to_contain_text("with these weights")
    assert page.locator(".mi-tile-value").first.inner_text() != before
    page.wait_for_url("**refusal=3*")
    expect(page.locator(".mi-panel .mi-subtitle")).to_contain_text("Other reasonable choices give")
    assert asked == []


def test_a_starting_point_leaves_a_pillar_out(page: Page) -> None:
    page.goto("/index")
    page.wait_for_selector(DRAWN)
    page.locator(".mi-panel select").first.select_option(label="Without pressure on the rear")
    page.wait_for_url("**rear=0*")
    expect(page.locator("#index-rear")).to_have_value("0")
