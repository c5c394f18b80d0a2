"""What a journalist needs stands on the first screen: the answer, one chart, a sentence to take away, what is new."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from test_dashboard import PATIENCE, PHONE, visit

TABLET = {"width": 768, "height": 1024}


def bottom(part: Locator) -> float:
    """Return how far down the page a part ends, in pixels."""
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.everyday
def test_answer_chart_copy_and_five_rows_stand_on_the_first_screen(page: Page) -> None:
    visit(page, "/")
    sentence = page.request.get("/api/v1/answer").json()["sentence"]
    answer = page.get_by_text(sentence, exact=True).first
    expect(answer).to_be_visible()
    # The answer, its chart and its source are read without a click, within 700 pixels.
    assert bottom(answer) < bottom(page.locator(".mi-plot")) < bottom(page.locator(".mi-source")) < 700
    assert bottom(page.get_by_role("button", name=re.compile("Copy sentence"))) < 900
    for name in ("PNG", "Embed"):
        assert bottom(page.get_by_role("button", name=name)) < 700
    assert bottom(page.locator(".mi-signs tbody tr").nth(4)) <= 900
    texts = page.locator(".mi-plot .textpoint").all_text_contents()
    assert {"184 all offences", "97 absence", "up to 100 (UK MoD)"} <= set(texts)


def test_what_changed_lately_is_read_without_a_click(page: Page) -> None:
    visit(page, "/")
    news = page.locator(".st-key-what_is_new")
    expect(news).to_contain_text(re.compile(r"Last dated publication: \d+ \w+ \d{4}"))
    expect(news).to_contain_text("Weekly counts of refusal end in May 2025, published in Jun 2025.")
    assert bottom(news) < 900
    assert news.get_by_role("listitem").count() >= 3


@pytest.mark.everyday
def test_on_a_phone_question_answer_and_chart_come_first(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=PHONE)
    visit(page, "/")
    assert bottom(page.locator(".mi-plot")) <= PHONE["height"]
    for row in page.locator(".mi-signs tbody tr").all():
        box = row.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, TABLET])
def test_nothing_in_the_table_is_cut(new_page: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = new_page(viewport=viewport)
    visit(page, "/")
    cut = page.locator(".mi-signs th, .mi-signs td").evaluate_all(
        "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    )
    assert cut == []


@pytest.mark.everyday
def test_the_parts_of_the_story_open_in_place(page: Page) -> None:
    visit(page, "/answer")
    page.get_by_text("The report of August 2023, line by line", exact=True).click()
    expect(page.get_by_role("link", name=re.compile("100 soldiers"))).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("/answer$"))


def test_the_embedded_answer_has_the_sentence_the_chart_and_its_source(page: Page) -> None:
    page.goto("/embed/answer")
    sentence = page.request.get("/api/v1/answer").json()["sentence"]
    expect(page.locator(".mi-subtitle")).to_have_text(sentence, timeout=PATIENCE)
    expect(page.locator(".mi-plot .textpoint").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator(".mi-source")).to_contain_text("Mediazona")
