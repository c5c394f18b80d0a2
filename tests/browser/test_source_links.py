"""From a figure on screen to the page that printed it, in at most two clicks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

OUTSIDE = re.compile(r"^https?://(?!127\.0\.0\.1)")
CHARTS = (
    "indicator?indicator=refusal_cases",
    "indicator?indicator=rear_area_strikes",
    "projection",
    "both_sides?comparison=equipment_abandonment",
    "embed/indicator/refusal_cases/weekly",
    "embed/projection",
)
SOURCE = ".mi-source > a"
FOLDED = (
    ("track_record", "Week by week"),
    ("claims", "These statements on a time axis"),
    ("timeline", "On a time axis"),
)
"""Pages on which the reader asks for the chart, and the part that holds it."""


@pytest.mark.parametrize("path", CHARTS)
def test_a_source_line_links_to_the_page_that_printed_the_figure(page: Page, server: str, path: str) -> None:
    page.goto(f"{server}/{path}")
    expect(page.locator(SOURCE).first).to_be_visible(timeout=20_000)
    expect_linked_sources(page)


@pytest.mark.parametrize(("path", "part"), FOLDED)
def test_a_chart_that_was_asked_for_links_its_source(page: Page, server: str, path: str, part: str) -> None:
    page.goto(f"{server}/{path}")
    page.locator("[data-testid=stExpander] summary").filter(has_text=part).click()
    expect(page.locator(SOURCE).first).to_be_visible(timeout=20_000)
    expect_linked_sources(page)


def expect_linked_sources(page: Page) -> None:
    """Expect a source line that links to its pages, and that opens every one with its licence."""
    link = page.locator(SOURCE).first
    for attribute, value in (("href", OUTSIDE), ("target", "_blank"), ("rel", "noopener noreferrer")):
        expect(link).to_have_attribute(attribute, value)
    fold = page.locator(".mi-source details").first
    fold.locator("summary").click()
    item = fold.locator("li").first
    expect(item).to_be_visible()
    expect(item).to_contain_text("Licence: ")
    expect(item.locator("a")).to_have_attribute("href", OUTSIDE)


def test_a_sentence_goes_on_after_pages_that_are_folded_away(page: Page, server: str) -> None:
    page.goto(f"{server}/projection")
    fold = page.locator(".mi-source details").first
    expect(fold).to_be_visible(timeout=20_000)
    summary_bottom, next_top = fold.evaluate(
        """(fold) => {
          const after = document.createRange();
          after.setStart(fold.nextSibling, 0);
          after.setEnd(fold.nextSibling, 1);
          return [[...fold.firstChild.getClientRects()].at(-1).bottom, after.getBoundingClientRect().top];
        }"""
    )
    assert next_top < summary_bottom


def test_a_row_of_the_numbers_links_to_its_page(page: Page, server: str) -> None:
    page.goto(f"{server}/indicator?indicator=refusal_cases")
    page.get_by_role("button", name="Numbers").first.click()
    link = page.locator(".mi-numbers tbody a").first
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", OUTSIDE)
    expect(link).to_have_text(re.compile(r"\(.*\)$"))


def test_what_the_reader_opened_stays_open_while_settings_move(page: Page, server: str) -> None:
    page.goto(f"{server}/indicator?indicator=refusal_cases")
    fold = page.locator(".mi-source details").first
    fold.locator("summary").click()
    page.emulate_media(color_scheme="dark")
    expect(fold).to_have_attribute("open", "")
