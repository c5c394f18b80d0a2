"""The claims page, the replay and a frozen link in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

DAY = "2023-08-30"


def test_the_claims_of_a_topic_are_drawn_with_their_echoes(page: Page) -> None:
    page.goto(f"/claims?topic=crash&claim=A24&as_of={DAY}")
    expect(page.get_by_role("heading", name="Who says what: crash")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Who repeats whom")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("You see what the public knew on 30 Aug 2023.")).to_be_visible()
    expect(page.get_by_text("likely (55 to 80 %); US yardstick, ICD 203")).to_be_visible()


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
    page.get_by_role("button", name="Cite").click()
    link = page.get_by_test_id("stCode").filter(has_text="cite=1~")
    expect(link).to_be_visible(timeout=30_000)
    page.goto(link.inner_text().strip())
    expect(page.get_by_text("Same as cited")).to_be_visible(timeout=30_000)
