"""A reader's own file in a real browser: drawn beside our figures, refused with a sentence, its words never more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

FOREIGN = "evil.invalid"
READY = 60_000
HOSTILE = f'<img src=//{FOREIGN}/x> **b** <a href="//{FOREIGN}">c</a>'


def with_file(page: Page, name: str, content: str) -> None:
    """Open the page and a file on it."""
    page.goto("/own_evidence")
    expect(page.get_by_text("Drag and drop").or_(page.get_by_text("Upload"))).not_to_have_count(0, timeout=READY)
    given = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    page.locator("input[type=file]").set_input_files(files=[given])


@pytest.mark.everyday
def test_a_file_is_drawn_and_stays_until_it_is_forgotten(new_page: Callable[..., Page]) -> None:
    page = new_page()
    with_file(page, "mine.csv", "\ufeffMonat;Wert\r\nAug 2023;101,5\r\nSep 2023;120,0\r\n")
    expect(page.locator(".mi-plot svg.main-svg").first).to_be_visible(timeout=READY)
    expect(page.get_by_text("Wert: A comma is the decimal mark.")).to_be_visible()
    page.get_by_role("link", name="Russian army morale").first.click()
    expect(page.get_by_text("100 a week, 5,200 a year").first).to_be_visible(timeout=READY)
    page.go_back()
    expect(page.get_by_role("button", name="Forget this file")).to_be_visible(timeout=READY)
    page.get_by_role("button", name="Forget this file").click()
    expect(page.locator(".mi-plot")).to_have_count(0, timeout=READY)


def test_words_of_a_file_make_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    quoted = HOSTILE.replace('"', '""')
    with_file(page, f"{FOREIGN} _b_.csv", f'day,"{quoted}",claimant,note\n2023-08-30,1,"{quoted}","{quoted}"\n')
    expect(page.locator(".mi-plot svg.main-svg").first).to_be_visible(timeout=READY)
    page.get_by_role("button", name="Numbers", exact=True).click()
    expect(page.get_by_role("cell", name=HOSTILE.partition("<a")[0]).first).to_be_visible()
    foreign = f"a[href*='{FOREIGN}'], img[src*='{FOREIGN}'], image[href*='{FOREIGN}']"
    assert page.locator(foreign).count() == 0


def test_a_refused_file_offers_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    with_file(page, "mine.csv", "%PDF-1.7")
    expect(page.get_by_text("mine.csv is a PDF, not a CSV or XLSX file.")).to_be_visible(timeout=READY)
    assert page.locator(".mi-chart").count() == 0
    assert page.get_by_text("Draw it in").count() == 0


def test_a_series_is_backtested_while_the_reader_waits(new_page: Callable[..., Page]) -> None:
    page = new_page()
    rows = "".join(f"{2016 + month // 12}-{month % 12 + 1:02},{40 + month * 7 % 23}\n" for month in range(48))
    with_file(page, "mine.csv", f"period_end,value\n{rows}")
    page.get_by_text("How well can it be forecast?").click(timeout=READY)
    page.get_by_role("button", name="Run the backtest").click(timeout=READY)
    expect(page.get_by_text("Over 19 past forecasts the error was")).to_be_visible(timeout=READY)
    expect(
        page.get_by_role("table", name="Scores of past forecasts of your figures, by how far ahead.")
    ).to_be_visible()
    page.get_by_role("button", name="Run it again").click()
    expect(page.get_by_role("button", name="Run the backtest")).to_be_visible(timeout=READY)
