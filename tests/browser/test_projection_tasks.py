"""What readers come to the projection for, with their clicks counted, at a desk and with a phone in the hand."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from projection_page import open_panel, slider

from indicators.core.text import rounded_text
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FINGER = 44  # pixels that a target needs


def test_an_average_of_60_percent_that_grows_takes_three_clicks(page: Page) -> None:
    tiles = open_panel(page)
    clicks = [page.get_by_role("button", name="60 %"), page.get_by_role("button", name="If nothing changes")]
    for click in clicks:
        click.click()
    growth = slider(page, "Growth a month")
    growth.click(position={"x": 1, "y": 1})  # the third: it takes the slider, which the keys then set
    while growth.input_value() != "0.02":
        growth.press("ArrowLeft" if float(growth.input_value()) > 0.02 else "ArrowRight")
    arithmetic = project(ProjectionParameters(growth_monthly=0.02)).calendar
    expect(tiles.nth(1)).to_have_text(f"about {rounded_text(0.6 * arithmetic)}")
    assert rounded_text(0.6 * arithmetic) == "3,300"


def test_what_10000_would_take_is_said_before_any_click(page: Page) -> None:
    open_panel(page)
    sentence = "10,000 would take 193 a week (184 were counted in 2024/25), or growth of 10.7 % a month."
    expect(page.get_by_text(sentence)).to_be_attached()
    target = page.get_by_label("Total to reach")
    target.fill("7800")
    target.press("Enter")
    expect(page.get_by_text("7,800 would take 150 a week")).to_be_visible()


def test_answer_chart_and_source_are_on_the_first_screen_and_little_is_below(page: Page) -> None:
    open_panel(page)
    for part in (".mi-tiles", ".mi-fan .mi-plot", ".mi-fan .mi-source"):
        assert bottom(page.locator(part)) <= 900, part
    height, words = page.get_by_test_id("stMain").evaluate(
        "(main) => [main.scrollHeight, main.innerText.split(/\\s+/).length]"
    )
    assert height <= 3 * 900
    assert words <= 600


@pytest.mark.parametrize("width", [1440, 768])
def test_the_answer_stays_beside_the_settings(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    open_panel(page)
    for fold in page.locator(".mi-fold > summary:visible").all():
        fold.click()
    page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 500)")
    plot = page.locator(".mi-fan .mi-plot")
    assert top(page.locator(".mi-tiles")) == pytest.approx(60, abs=1)  # below the menu
    assert bottom(plot) <= 900


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def swipe(page: Page, part: Locator, right: float, down: float) -> None:
    """Move a finger that touches down in the middle of a part."""
    box = part.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        point = {"x": x + right * step / 10, "y": y + down * step / 10}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_phone_keeps_answer_and_chart_in_sight_while_a_finger_moves_a_slider(new_page: Callable[..., Page]) -> None:
    page = new_page(**PHONE)
    tiles = open_panel(page)
    weeks = slider(page, "For how many weeks")
    weeks.scroll_into_view_if_needed()
    weeks.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    strip, plot = page.locator(".mi-tiles").bounding_box(), page.locator(".mi-fan .mi-plot").bounding_box()
    assert strip is not None
    assert plot is not None
    assert strip["y"] >= 0
    assert plot["height"] == pytest.approx(150, abs=2)
    assert strip["y"] + strip["height"] <= plot["y"] + 1
    assert plot["y"] + plot["height"] < top(weeks)

    track = page.locator(".mi-track").filter(has=weeks)
    swipe(page, track, 3, -120)
    assert weeks.input_value() == "52", "a finger that scrolls the page changes nothing"
    weeks.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    before = strip["height"]
    swipe(page, track, 60, 0)
    expect(tiles.nth(0)).not_to_have_text("5,200")
    assert int(weeks.input_value()) > 52
    page.wait_for_url(re.compile("weeks="))
    after = page.locator(".mi-tiles").bounding_box()
    assert after is not None
    assert after["height"] == before

    page.get_by_role("button", name="Less: For how many weeks").click()
    page.get_by_role("button", name="More: Sentenced a week").click()
    page.wait_for_url(re.compile("weekly=101"))


def test_targets_on_a_phone_have_room_for_a_finger(new_page: Callable[..., Page]) -> None:
    page = new_page(**PHONE)
    open_panel(page)
    low = page.locator(
        ".mi-panel button:visible, .mi-panel select:visible, .mi-panel input:visible, .mi-panel summary:visible"
    ).evaluate_all(
        "(parts, least) => parts.map((part) => [part.outerHTML.slice(0, 80), part.getBoundingClientRect().height])"
        ".filter(([, height]) => height < least)",
        FINGER,
    )
    assert low == []
