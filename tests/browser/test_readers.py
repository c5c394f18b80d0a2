"""What every page owes a reader: few words, short pages, a phone for a finger, and tasks done in few clicks."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect
from test_dashboard import PATIENCE, PHONE, settled, visit

from dashboard.shell.pages import all_pages

ADDRESSES = [page.address for page in all_pages()]
MOST_WORDS = 600
MOST_SCREENS = 3
LIVE_REGIONS = 5
FINGER = 44  # pixels
LINE = 14

# What can be read: of a list its chosen option alone; no names of icons, no axis, nothing for screen readers alone.
COUNT_WORDS = r"""(main) => {
  const words = (text) => (text ?? "").split(/\s+/).filter(Boolean).length;
  const unread = 'select, [data-testid="stIconMaterial"], .mi-spoken, caption, .xtick, .ytick';
  return [...main.querySelectorAll(unread)].filter((part) => part.checkVisibility()).reduce(
    (sum, part) =>
      sum - words(part.innerText ?? part.textContent) + words(part.selectedOptions?.[0]?.text), words(main.innerText));
}"""

# A row of the table of signs takes a finger anywhere, and so does the label of a switch or a box.
SMALL_TARGETS = """(finger) => [...document.querySelectorAll(
    'a[href], button, input, select, summary, textarea, [role=button], [role=radio], [role=switch]')]
  .filter((part) => part.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((part) => !part.closest("[aria-hidden=true]"))
  .map((part) => part.closest(".mi-signs tr, .mi-track, label, [data-testid=stMultiSelect] [role=group]") ?? part)
  .filter((part) => {
    const { width, height } = part.getBoundingClientRect();
    return width > 1 && height < finger - 0.5;
  }).map((part) => part.outerHTML.slice(0, 120))"""


class Reader:
    """Somebody who clicks and is counted."""

    def __init__(self, page: Page) -> None:
        """Sit down before a page."""
        self.page = page
        self.clicks = 0

    def click(self, part: Locator) -> None:
        """Click on a part and wait until the page has answered."""
        part.click()
        self.clicks += 1
        settled(self.page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_short_and_says_little_at_once(page: Page, address: str) -> None:
    visit(page, address)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("part => part.scrollHeight") <= MOST_SCREENS * 900
    assert main.evaluate(COUNT_WORDS) <= MOST_WORDS
    live = page.locator("[role=status], [role=alert], [aria-live=polite], [aria-live=assertive], output")
    assert live.count() <= LIVE_REGIONS


@pytest.mark.parametrize("address", ADDRESSES)
def test_on_a_phone_every_target_takes_a_finger(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(page, address)
    assert page.evaluate(SMALL_TARGETS, FINGER) == []


def test_on_a_phone_rows_of_tables_are_labels_and_values(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(page, "/track_record")
    table = page.get_by_test_id("stTable").first
    expect(table.locator("thead")).to_be_hidden()
    label = table.locator("tbody tr").first.locator("td").nth(1)
    assert label.evaluate("cell => getComputedStyle(cell, '::before').content") == '"It came to"'
    page.goto("/answer")
    settled(page)
    page.get_by_role("button", name="Numbers", exact=True).click()
    cell = page.locator(".mi-numbers tbody td").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Sentences"'
    assert cell.bounding_box()["width"] <= PHONE["width"]
    expect(page.locator(".mi-numbers thead")).to_be_hidden()
    visit(page, "/claims")
    page.locator("summary", has_text="All marks in a table").click()
    cell = page.locator(".mi-wide tbody tr").first.locator("td").nth(1)
    expect(page.locator(".mi-wide thead")).to_be_hidden()
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Claimant"'


def test_on_a_phone_the_names_of_lines_keep_apart(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(page, "/projection")
    names = page.locator(".mi-panel .textpoint")
    expect(names).to_have_count(3)
    tops = sorted(name.bounding_box()["y"] for name in names.all())
    assert all(lower - upper >= LINE for upper, lower in pairwise(tops)), tops


def test_a_row_opens_its_indicator_without_a_reload(page: Page) -> None:
    visit(page, "/")
    page.evaluate("window.kept = true")
    page.locator(".mi-signs").get_by_role("link", name="Claimed personnel losses").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Claimed personnel losses: ", timeout=PATIENCE)
    assert page.evaluate("window.kept")
    page.go_back()
    expect(page.locator(".mi-signs")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("window.kept")


@pytest.mark.everyday
def test_j1_the_answer_with_chart_and_sentence_takes_no_click(page: Page) -> None:
    visit(page, "/")
    expect(page.get_by_text("About right for the day, too low for the year").first).to_be_in_viewport()
    expect(page.locator(".mi-plot svg").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Copy sentence with source")).to_be_in_viewport()


def test_j2_how_things_stand_takes_no_click(page: Page) -> None:
    visit(page, "/")
    news = page.locator(".st-key-what_is_new")
    expect(news).to_be_in_viewport()
    expect(news).to_contain_text("Last dated publication:")
    expect(news).to_contain_text("Nothing complete for a year or more:")
    expect(page.locator(".mi-signs .mi-direction").first).to_have_text(re.compile("up|down|no clear|unchanged"))


@pytest.mark.everyday
def test_o1_refusals_their_delay_and_a_past_day_take_three_clicks(page: Page) -> None:
    visit(page, "/")
    reader = Reader(page)
    reader.click(page.locator(".mi-signs").get_by_role("link", name="Refusal cases reaching courts"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Refusal cases reaching courts: ", timeout=PATIENCE)
    settled(page)
    # Whose word it is stands there; how late it came is a column of the numbers.
    expect(page.locator(".st-key-opening")).to_contain_text("by Mediazona")
    page.get_by_role("button", name="Numbers", exact=True).first.click()
    expect(page.locator(".mi-numbers")).to_contain_text("Days until known")
    reader.click(page.get_by_role("button", name="Known: today"))
    reader.click(page.get_by_test_id("stPopoverBody").get_by_role("button", name="30 Aug 2023"))
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible(timeout=PATIENCE)
    assert reader.clicks == 3


@pytest.mark.everyday
def test_r1_an_average_of_sixty_percent_and_its_files_take_three_clicks(page: Page) -> None:
    visit(page, "/")
    reader = Reader(page)
    reader.click(page.get_by_role("button", name="Scenarios", exact=True))
    reader.click(page.get_by_test_id("stPopoverBody").get_by_role("link", name="If it goes on"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("100 a week", timeout=PATIENCE)
    settled(page)
    reader.click(page.get_by_role("button", name="60 %", exact=True))
    assert reader.clicks == 3
    # 0.6 of 4,940 is 2,964; unsure growth lifts it by 2 %.
    expect(page.locator(".mi-tile-value").nth(1)).to_have_text("about 3,000", timeout=PATIENCE)
    expect(page.locator(".mi-lines")).to_contain_text("average full court week reached 60 %")
    expect(page.locator(".mi-lines")).to_contain_text("the likelier total is lowered alike")
    expect(page.get_by_role("button", name="CSV", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Cite")).to_be_visible()


@pytest.mark.everyday
def test_e1_the_code_for_another_page_takes_one_click(page: Page) -> None:
    visit(page, "/")
    reader = Reader(page)
    reader.click(page.get_by_role("button", name="Embed", exact=True))
    expect(page.locator(".mi-embed textarea").first).to_have_value(re.compile("<iframe .*/embed/answer"))
    assert reader.clicks == 1


@pytest.mark.everyday
def test_p1_on_a_phone_answer_and_chart_stay_while_a_slider_moves(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    visit(page, "/")
    expect(page.locator(".mi-plot svg").first).to_be_in_viewport()
    reader = Reader(page)
    reader.click(page.get_by_role("button", name="Menu", exact=True))
    reader.click(page.get_by_test_id("stPopoverBody").get_by_role("link", name="If it goes on"))
    expect(page.locator(".mi-panel .mi-tile-value").first).to_be_visible(timeout=PATIENCE)
    settled(page)
    before = page.locator(".mi-tile-value").first.inner_text()
    reader.click(page.get_by_role("button", name="More: Sentenced a week"))
    expect(page.locator(".mi-tile-value").first).not_to_have_text(before)
    expect(page.locator(".mi-tile-value").first).to_be_in_viewport()
    expect(page.locator(".mi-panel .mi-plot svg").first).to_be_in_viewport()
    assert reader.clicks == 3


@pytest.mark.everyday
def test_k1_by_keyboard_a_slider_speaks_its_result(page: Page) -> None:
    visit(page, "/projection")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(22):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "range":
            break
    assert page.evaluate("document.activeElement.type") == "range"
    page.keyboard.press("ArrowUp")
    expect(page.locator(".mi-panel > .mi-spoken")).to_contain_text("At most 5,252 in a year", timeout=PATIENCE)
