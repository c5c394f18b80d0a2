"""The claims page, the replay and a frozen link in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from test_dashboard import visit

DAY = "2023-08-30"
CARE = "Read with care"
LAST = {
    "claims": CARE,
    "article": CARE,
    "track_record": CARE,
    "timeline": CARE,
    "both_sides": CARE,
    "sources": CARE,
    "corrections": CARE,
    "method": "What the words mean",
}
"""What stands at the end of each page, by its stem."""


def test_a_claim_in_the_address_opens_its_grades(page: Page) -> None:
    page.goto(f"/claims?topic=crash&claim=A24&as_of={DAY}")
    expect(page.get_by_text("likely (55 to 80 %); US yardstick, ICD 203")).to_be_visible(timeout=30_000)


@pytest.mark.everyday
def test_who_denied_the_killing_of_prigozhin_is_found_in_three_clicks(page: Page) -> None:
    visit(page, "/")
    page.get_by_role("button", name="Claims", exact=True).click()
    page.get_by_test_id("stPopoverBody").get_by_role("link", name="Claims", exact=True).click()
    page.get_by_text("Prigozhin's plane crash").click()
    line = page.get_by_text("Denies it:").locator("..")
    expect(line).to_contain_text("Kremlin (D), 25 Aug 2023", timeout=30_000)
    expect(line.get_by_role("link", name="6 Oct 2023")).to_be_visible()


@pytest.mark.parametrize("stem", LAST)
def test_a_page_fits_a_phone(page: Page, stem: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{stem}")
    expect(page.get_by_text(LAST[stem]).last).to_be_visible(timeout=30_000)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") == 0


def test_the_replay_plays_month_by_month_and_stops(page: Page) -> None:
    page.goto("/claims")
    page.get_by_role("button", name="Known: today").click()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("You see what the public knew on 30 Sep 2023.")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page).to_have_url(re.compile(r"as_of=20\d\d-\d\d-\d\d"))


def test_a_frozen_link_says_that_the_view_is_the_same(page: Page) -> None:
    page.goto(f"/indicator?indicator=refusal_sentences&as_of={DAY}")
    page.get_by_role("button", name="Cite or save").click()
    link = page.get_by_test_id("stCode").filter(has_text="cite=1~")
    expect(link).to_be_visible(timeout=30_000)
    page.goto(link.inner_text().strip())
    expect(page.get_by_text("Same as cited")).to_be_visible(timeout=30_000)
