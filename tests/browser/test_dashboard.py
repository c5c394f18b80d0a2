"""The dashboard as a reader meets it: pages, menu, keyboard, shared links, a narrow screen, the API's documentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from dashboard.shell.menu import menu_groups
from dashboard.shell.pages import SITE_NAME, all_pages, browser_title
from indicators.core.registry import all_indicators

PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000
WITH_PANEL = ("/projection", "/cascade")


def visit(page: Page, address: str) -> None:
    """Open an address and wait until the page's script has run and its charts are drawn."""
    page.goto(address)
    settled(page)


def brought_up(press: Callable[[], None], wanted: Locator) -> Locator:
    """Return what a press brings up; a page that runs again meanwhile closes it, so that a reader presses again."""
    for _ in range(4):
        press()
        with suppress(TimeoutError):
            wanted.wait_for(timeout=8_000)
            break
    return wanted


def settled(page: Page) -> None:
    """Wait until the page's script has run and every chart on it is drawn."""
    expect(page.locator("#first")).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    if urlsplit(page.url).path in WITH_PANEL:
        # The script ends once before the panel is drawn, and what stands below comes with a second run.
        expect(page.get_by_role("link", name="API documentation")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-test-script-state]").first).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator('.mi-panel[aria-busy="true"], .mi-plot:not([hidden]):not(:has(svg))')).to_have_count(
        0, timeout=PATIENCE
    )


@pytest.mark.everyday
def test_it_starts_with_the_answer_and_a_row_for_each_indicator(page: Page) -> None:
    visit(page, "/")
    expect(page).to_have_title(re.compile(SITE_NAME))
    expect(page.get_by_role("heading", level=1)).to_contain_text("100 a week")
    expect(page.locator(".mi-signs tbody tr")).to_have_count(len(all_indicators()))


@pytest.mark.everyday
def test_the_menu_leads_to_every_page_and_back(page: Page) -> None:
    visit(page, "/")
    for listed in (*all_pages()[1:], all_pages()[0]):
        group = next(group for group, pages in menu_groups() if listed in pages)
        if group:
            page.get_by_role("button", name=group, exact=True).click()
        place = page.get_by_test_id("stPopoverBody") if group else page.locator(".st-key-menu_wide")
        place.get_by_role("link", name=listed.title, exact=True).click()
        expect(page).to_have_title(browser_title(listed), timeout=PATIENCE)
        expect(page).to_have_url(re.compile(rf"{listed.address}(\?[\w=&.-]+)?$"))
        settled(page)
        expect(page.get_by_role("button", name="Known: today")).to_be_visible()


def test_a_row_leads_to_its_indicator(page: Page) -> None:
    visit(page, "/")
    page.locator(".mi-signs").get_by_role("link", name="Claimed personnel losses").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Claimed personnel losses: ", timeout=PATIENCE)
    expect(page).to_have_url(re.compile("indicator=personnel_losses"))
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE)


def test_the_replayed_day_stays_along_rows_links_and_the_menu(page: Page) -> None:
    visit(page, "/?as_of=2023-08-30")
    page.locator(".mi-signs").get_by_role("link", name="Claimed personnel losses").click()
    expect(page).to_have_url(re.compile("indicator=personnel_losses"), timeout=PATIENCE)
    expect(page).to_have_url(re.compile("as_of=2023-08-30"), timeout=PATIENCE)
    settled(page)
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Claims", exact=True).click()
    page.get_by_test_id("stPopoverBody").get_by_role("link", name="Claims", exact=True).click()
    expect(page).to_have_url(re.compile("/claims.*as_of=2023-08-30"), timeout=PATIENCE)
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible(timeout=PATIENCE)


@pytest.mark.everyday
def test_a_shared_link_restores_the_day(page: Page) -> None:
    visit(page, "/indicator?indicator=refusal_cases&as_of=2023-08-30")
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible()
    assert "5,024" not in page.inner_text("body")


@pytest.mark.parametrize("address", [page.address for page in all_pages()])
def test_no_page_scrolls_sideways_on_a_phone(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(viewport=PHONE, color_scheme="dark")
    visit(page, address)
    wider = page.evaluate(
        """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
            .filter(part => part && part.scrollWidth > part.clientWidth)
            .map(part => `${part.tagName}: ${part.scrollWidth} in ${part.clientWidth}`)"""
    )
    assert wider == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "address",
    [
        "/indicator?indicator=refusal_sentences&as_of=2023-08-30",
        f"/projection?scenario={'weekly%3D120%26name%3Dlong' * 12}&as_of=2023-08-30",
    ],
)
def test_a_saved_picture_is_whole_and_says_where_it_comes_from(
    new_page: Callable[..., Page], address: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, address)
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).first.click()
    picture = download.value.path().read_text(encoding="utf-8")
    shown = page.evaluate(
        """(text) => {
          const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
          document.body.append(picture);
          const frame = picture.getBoundingClientRect();
          const beyond = [...picture.querySelectorAll("text")].filter((part) => {
            const { left, right, top, bottom, width } = part.getBoundingClientRect();
            return width && (left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom);
          });
          const lines = [...picture.querySelectorAll(":scope > text")].map((line) => line.textContent);
          picture.remove();
          const said = ["title", "desc"].map((name) => picture.querySelector(`:scope > ${name}`).textContent.trim());
          return { said,  beyond: beyond.map((part) => part.textContent), written: lines.join("") };
        }""",
        picture,
    )
    assert shown["beyond"] == []
    assert all(shown["said"])
    assert "As known on 30 Aug 2023 · data " in shown["written"]
    assert page.url.partition("?")[0] in shown["written"]
    assert "as_of=2023-08-30" in shown["written"].rpartition(" · ")[2]


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")])
def test_the_readers_own_scheme_is_followed(new_page: Callable[..., Page], scheme: str, colour: str) -> None:
    page = new_page(color_scheme=scheme)
    visit(page, "/")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", colour)


def test_the_documentation_of_the_api_is_drawn_from_our_own_origin(page: Page) -> None:
    page.goto("/api/docs")
    expect(page.get_by_role("heading", name="Morale indicators")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#operations-projection-show_projection_v1_projection_get, .opblock").first).to_be_visible()
    assert page.locator(".opblock").count() >= 8
