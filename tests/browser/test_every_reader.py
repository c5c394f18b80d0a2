"""What readers bring along: a keyboard, large letters, no taste for motion, colours of their own, odd addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from test_dashboard import PATIENCE, settled, visit

from benchmarks.address_states import random_addresses
from dashboard.shell.pages import all_pages

STATES, SEED = 100, 5
MOST_STOPS = 300
TWICE_AS_LARGE = {"width": 720, "height": 450}
"""What is left of 1440 by 900 pixels at 200 %."""

# What has the focus: a name to tell it by, and whether anything around it says so.
FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return null;
  const ringed = (part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const near = [element, element.parentElement, element.parentElement?.parentElement,
    ...element.querySelectorAll(":scope *"), ...(element.parentElement?.children ?? [])].filter(Boolean);
  const box = element.getBoundingClientRect();
  element.dataset.stop ??= String(Math.random());
  return { stop: element.dataset.stop, shown: near.some(ringed), size: box.width * box.height,
    what: `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}`.slice(0, 80) };
}"""


@pytest.mark.parametrize("address", ["/", "/projection", "/indicator", "/index", "/own_evidence", "/updates", "/views"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, address: str) -> None:
    visit(page, address)
    stops: dict[str, str] = {}
    hidden: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["stop"] in stops:
            break
        stops[focused["stop"]] = focused["what"]
        if not focused["shown"]:
            hidden.append(focused["what"])
    else:
        pytest.fail(f"still no end after {MOST_STOPS} stops")
    assert next(iter(stops.values())) == "A Skip to main content"
    reachable = page.locator("main a[href]:visible, main button:visible, main input:visible, main select:visible")
    left = reachable.evaluate_all(
        """elements => elements.filter((element) => element.tabIndex >= 0 && !element.disabled
          && !element.dataset.stop && element.type !== "radio" && element.role !== "radio"
          && getComputedStyle(element).visibility !== "hidden")
          .map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert left == []
    assert hidden == []


@pytest.mark.parametrize("address", [page.address for page in all_pages()])
def test_twice_as_large_nothing_is_cut_off(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(viewport=TWICE_AS_LARGE, device_scale_factor=2)
    visit(page, address)
    wider = page.evaluate(
        """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
            .filter(part => part && part.scrollWidth > part.clientWidth)
            .map(part => `${part.tagName}: ${part.scrollWidth} in ${part.clientWidth}`)"""
    )
    assert wider == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/projection", r"5,200 every week, by 28 Aug 2024, about [\d,]+ persons sentenced in total, .*\. 53 of 53\."),
        ("/cascade", r"of units broken, by week 60, 50 % of runs: .*\. 61 of 61\."),
        ("/index", r"Median \d+, 50 % of draws: .*, \d+ of 100, Jul 2025\. (\d+) of \1\."),
        ("/", r"^184 a week, all offences, .*\. (\d+) of \1\."),
    ],
)
def test_a_chart_is_read_figure_by_figure_from_the_keyboard(page: Page, address: str, words: str) -> None:
    visit(page, address)
    plot = page.locator(".js-plotly-plot").first
    plot.focus()
    page.keyboard.press("End")
    spoken = plot.locator("xpath=following-sibling::*[contains(@class, 'mi-spoken')]")
    expect(spoken).to_have_text(re.compile(words), timeout=PATIENCE)


def test_who_wants_no_motion_gets_none(new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce")
    visit(page, "/projection")
    page.locator(".mi-panel input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    moving = page.evaluate(
        """() => document.getAnimations().filter((animation) => animation.playState === "running"
            && document.querySelector("[data-testid=stMain]").contains(animation.effect?.target))
            .map((animation) => animation.effect.target.className)"""
    )
    assert moving == []


def test_colours_of_the_reader_s_own_leave_every_line_to_see(new_page: Callable[..., Page]) -> None:
    page = new_page(forced_colors="active", color_scheme="dark")
    visit(page, "/projection")
    lines = page.locator(".mi-panel .js-plotly-plot .scatterlayer path.js-line")
    seen = lines.evaluate_all(
        """paths => {
          const behind = getComputedStyle(document.body).backgroundColor;
          return paths.map((path) => getComputedStyle(path).stroke).filter((stroke) => stroke !== behind
            && stroke !== "none").length;
        }"""
    )
    assert seen == lines.count() > 0
    tile = page.locator(".mi-tile-value").first
    assert tile.evaluate("e => getComputedStyle(e).color") != tile.evaluate(
        "e => getComputedStyle(document.body).backgroundColor"
    )


@pytest.mark.parametrize("part", range(4))
def test_no_address_makes_a_page_fail(new_page: Callable[..., Page], part: int) -> None:
    page = new_page()
    opened = list(random_addresses(STATES, SEED))[part::4]
    for address in opened:
        page.goto(address)
        settled(page)
        expect(page.locator("[data-testid=stException]"), address).to_have_count(0)
        assert urlsplit(page.url).path == urlsplit(address).path
    assert len(opened) == STATES // 4
