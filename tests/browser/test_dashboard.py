"""The dashboard as a reader meets it: pages, menu, keyboard, shared links, a narrow screen, the API's documentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.shell.menu import menu_groups
from dashboard.shell.pages import SITE_NAME, all_pages, browser_title

PHONE = {"width": 390, "height": 844}
NATIVE = "/projection?controls=native"
PATIENCE = 20_000
WITH_PANEL = ("/projection", "/cascade")


def visit(page: Page, address: str) -> None:
    """Open an address and wait until the page's script has run and its charts are drawn."""
    page.goto(address)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page's script has run and every chart on it is drawn."""
    expect(page.locator("#first")).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    if urlsplit(page.url).path in WITH_PANEL:
        # The script ends once before the panel is drawn, and what stands below comes with a second run.
        expect(page.get_by_role("heading", name="What to mind")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-test-script-state]").first).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator('.mi-panel[aria-busy="true"], .mi-plot:not([hidden]):not(:has(svg))')).to_have_count(
        0, timeout=PATIENCE
    )


def metric(page: Page, label: str) -> Locator:
    """Return the value of a native figure."""
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def last_values(page: Page) -> list[float]:
    """Return the last value of every line of the first chart."""
    drawn: list[float] = page.locator(".js-plotly-plot").first.evaluate(
        "plot => plot.data.filter(trace => trace.y && trace.y.length).map(trace => Number([...trace.y].at(-1)))"
    )
    return drawn


def test_it_starts_with_a_card_for_each_indicator(page: Page) -> None:
    visit(page, "/")
    expect(page).to_have_title(re.compile(SITE_NAME))
    expect(page.get_by_test_id("stMetric").first).to_be_visible()


def test_the_menu_leads_to_every_page_and_back(page: Page) -> None:
    visit(page, "/")
    for listed in (*all_pages()[1:], all_pages()[0]):
        group = next(group for group, pages in menu_groups() if listed in pages)
        if group:
            page.get_by_role("button", name=group, exact=True).click()
        place = page.get_by_test_id("stPopoverBody") if group else page.locator(".st-key-menu_wide")
        place.get_by_role("link", name=listed.title, exact=True).click()
        expect(page).to_have_title(browser_title(listed), timeout=PATIENCE)
        expect(page).to_have_url(re.compile(f"{listed.address}$"))
        settled(page)
        expect(page.get_by_role("button", name="Known: today")).to_be_visible()


def test_a_card_leads_to_its_indicator(page: Page) -> None:
    visit(page, "/")
    page.get_by_role("link", name="Claimed personnel losses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Claimed personnel losses", timeout=PATIENCE)
    expect(page).to_have_url(re.compile("indicator=personnel_losses"))
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE)


def test_the_replayed_day_stays_along_cards_links_and_the_menu(page: Page) -> None:
    visit(page, "/?as_of=2023-08-30")
    page.get_by_role("link", name="Claimed personnel losses").click()
    expect(page).to_have_url(re.compile("indicator=personnel_losses"), timeout=PATIENCE)
    expect(page).to_have_url(re.compile("as_of=2023-08-30"), timeout=PATIENCE)
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible(timeout=PATIENCE)
    settled(page)
    page.get_by_role("link", name="Claims", exact=True).click()
    expect(page).to_have_url(re.compile("/claims.*as_of=2023-08-30"), timeout=PATIENCE)
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible(timeout=PATIENCE)


def test_a_step_of_a_slider_changes_figure_chart_and_address(page: Page) -> None:
    visit(page, NATIVE)
    expect(metric(page, "every week")).to_have_text("up to 5,200")
    before = last_values(page)
    page.get_by_role("slider", name="For how many weeks").press("ArrowRight")
    expect(metric(page, "every week")).to_have_text("up to 5,300", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"weeks=53"))
    settled(page)
    page.wait_for_function(
        "before => document.querySelector('.js-plotly-plot').data.some((trace, place) => trace.y && trace.y.length"
        " && Number([...trace.y].at(-1)) > before)",
        arg=max(before),
    )
    assert max(last_values(page)) == pytest.approx(5300)
    assert max(before) == pytest.approx(5200)


def test_a_shared_link_restores_the_view(page: Page, new_page: Callable[..., Page]) -> None:
    visit(page, NATIVE)
    page.get_by_role("slider", name="Sentenced a week").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"weekly=\d+"))
    settled(page)
    expect(metric(page, "every week")).not_to_have_text("up to 5,200", timeout=PATIENCE)
    shown = metric(page, "every week").inner_text()
    other = new_page()
    visit(other, page.url)
    expect(metric(other, "every week")).to_have_text(shown, timeout=PATIENCE)
    assert last_values(other) == pytest.approx(last_values(page))


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


def test_cards_of_a_group_follow_each_other_closely_on_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE)
    visit(page, "/")
    above = page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stColumn]")]
            .filter(column => column.querySelector("[data-testid=stPageLink]") && !column.querySelector("h2"))
            .map(column => column.querySelector("[data-testid=stPageLink]").getBoundingClientRect().top
              - column.getBoundingClientRect().top)"""
    )
    assert len(above) >= 6
    assert max(above) < 30


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
          return { beyond: beyond.map((part) => part.textContent), written: lines.join("") };
        }""",
        picture,
    )
    assert shown["beyond"] == []
    assert "As known on 30 Aug 2023 · data " in shown["written"]
    assert page.url.partition("?")[0] in shown["written"]
    assert shown["written"].endswith("as_of=2023-08-30")


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
