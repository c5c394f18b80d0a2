"""What stands above every page: the document before any script, the menu, the chip of the day, theme and titles."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect
from test_dashboard import PATIENCE, PHONE, brought_up, visit

from dashboard.component.assets import component_path
from dashboard.shell.pages import all_pages, browser_title

ROW = 60  # pixels of a header of one row


def menu_link(page: Page, name: str) -> Locator:
    """Return a link of the menu that can be seen."""
    return page.get_by_test_id("stPopoverBody").get_by_role("link", name=name, exact=True)


@pytest.mark.parametrize("listed", all_pages(), ids=lambda listed: listed.stem)
def test_without_scripts_a_page_says_what_it_is_about(new_page: Callable[..., Page], listed: object) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{listed.address}?as_of=2023-08-30")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_title(browser_title(listed))
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible()
    assert "<noscript><p>Charts and settings need JavaScript.</p></noscript>" in page.content()
    assert page.get_by_role("navigation").get_by_role("link").count() == len(all_pages())


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_header_is_one_row_and_its_parts_stand_apart(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, "/sources")
    assert page.locator(".st-key-site_header").bounding_box()["height"] <= ROW
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".st-key-site_header button, .st-key-site_header a, #MainMenu button")]
            .map((part) => part.getBoundingClientRect()).filter((box) => box.width)
            .map(({ left, right, height }) => ({ left, right, height })).sort((a, b) => a.left - b.left)"""
    )
    assert len(boxes) >= 4
    assert all(right["left"] >= left["right"] - 1 for left, right in pairwise(boxes)), boxes
    assert boxes[-1]["right"] <= width


def test_the_menu_of_a_phone_closes_on_choice_and_settings_survive_it(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(page, "/sources?search=mediazona&as_of=2023-08-30")
    page.get_by_role("button", name="Menu", exact=True).tap()
    link = menu_link(page, "Method")
    assert link.bounding_box()["height"] >= 44
    link.tap()
    expect(page).to_have_title("Method - Russian army morale", timeout=PATIENCE)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/method\?as_of=2023-08-30$"))
    page.get_by_role("button", name="Menu", exact=True).tap()
    menu_link(page, "Sources").tap()
    expect(page).to_have_url(re.compile("search=mediazona.*as_of=2023-08-30"), timeout=PATIENCE)
    expect(page.get_by_role("textbox", name="Search")).to_have_value("mediazona", timeout=PATIENCE)


def test_what_was_set_on_a_page_survives_the_menu(page: Page) -> None:
    visit(page, "/sources")
    page.get_by_role("textbox", name="Search").fill("mediazona")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("search=mediazona"), timeout=PATIENCE)
    brought_up(page.get_by_role("button", name="Claims", exact=True).click, menu_link(page, "Claims")).click()
    expect(page).to_have_url(re.compile(r"/claims(\?|$)"), timeout=PATIENCE)
    brought_up(page.get_by_role("button", name="Data", exact=True).click, menu_link(page, "Sources")).click()
    expect(page).to_have_url(re.compile("search=mediazona"), timeout=PATIENCE)


@pytest.mark.everyday
def test_a_day_is_typed_and_a_wrong_one_is_explained(page: Page) -> None:
    visit(page, "/sources")
    page.get_by_role("button", name="Known: today").click()
    written = page.get_by_role("textbox", name="Pick a day")
    written.fill("8/30/2023")
    written.press("Enter")
    expect(page.get_by_text("expected a day such as 30 Aug 2023")).to_be_visible(timeout=PATIENCE)
    written.fill("20230830")
    written.press("Enter")
    expect(page).to_have_url(re.compile("as_of=2023-08-30"), timeout=PATIENCE)
    expect(page.get_by_role("button", name="Known: 30 Aug 2023")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Month back").click()
    expect(page).to_have_url(re.compile("as_of=2023-07-30"), timeout=PATIENCE)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Back to today").click()
    expect(page.get_by_role("button", name="Known: today")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("/sources$"))


def test_a_chosen_theme_holds_on_every_page(new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="light")
    visit(page, "/sources")
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(20, 23, 27)")
    visit(page, "/method")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(20, 23, 27)")


def test_the_app_takes_over_without_a_jump(page: Page) -> None:
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    visit(page, "/method")
    expect(page.locator("#first")).to_have_count(0)
    assert page.evaluate("window.shifted") <= 0.02


def test_a_sentence_is_copied_by_keyboard_with_its_source_and_address(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    visit(page, "/method")
    page.evaluate(
        """async (module) => {
          const { default: draw } = await import(module);
          const place = document.body.appendChild(document.createElement("div"));
          draw({ data: { text: "At least 5,100. Source: Mediazona.", label: "Copy sentence" }, parentElement: place });
        }""",
        component_path("copy.js"),
    )
    page.get_by_role("button", name="Copy sentence", exact=True).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"At least 5,100. Source: Mediazona. {page.url}"
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    page.get_by_role("button", name="Copy sentence", exact=True).press("Enter")
    shown = page.get_by_role("textbox", name="Sentence with its source")
    expect(shown).to_have_value(f"At least 5,100. Source: Mediazona. {page.url}")
    expect(shown).to_be_focused()
