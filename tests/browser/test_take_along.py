"""What the browser adds to a briefing, an archive and a workbook is what its reader sees."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

READY = 60_000


def opened(new_page: Callable[..., Page], address: str) -> Page:
    """Open a page in dark colours and wait for its chart and its links."""
    page = new_page(color_scheme="dark", accept_downloads=True)
    page.goto(address)
    expect(page.locator(".mi-plot svg.main-svg").first).to_be_visible(timeout=READY)
    expect(page.get_by_role("link", name="Briefing")).to_be_visible(timeout=READY)
    return page


def test_a_briefing_holds_the_chart_of_the_settings_in_light_colours(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "/projection?weekly=120&as_of=2024-03-01")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Briefing").click()
    briefing = popup.value
    expect(briefing.locator("figure svg title").first).to_contain_text("if the weekly figure", timeout=READY)
    expect(briefing.locator("figure > svg > rect").first).to_have_attribute("fill", "#ffffff")
    expect(briefing.locator("body")).to_contain_text("as known on 1 Mar 2024")
    expect(briefing.locator("body")).to_contain_text("Assumptions and their sources")
    assert briefing.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    briefing.set_viewport_size({"width": 390, "height": 800})
    assert briefing.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("address", ["projection?weekly=120", "claims", "cascade?r=1.5", "track_record", "compare"])
def test_a_briefing_opened_by_its_address_draws_its_charts_and_prints_light_and_whole(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(color_scheme="dark")
    page.goto(f"/briefing/{address}")
    number = page.locator("figure").count()
    assert number >= 1
    expect(page.locator("figure > svg > title")).to_have_count(number, timeout=READY)
    page.emulate_media(media="print")
    for width in (688, 390):  # A4 within its margins; a phone
        page.set_viewport_size({"width": width, "height": 971})
        cut = "parts => parts.filter(part => part.getBoundingClientRect().right > innerWidth + 1).length"
        assert page.locator("figure, svg, table, p, li, h1, h2").evaluate_all(cut) == 0
    tall = "parts => Math.max(...parts.map(part => part.getBoundingClientRect().height))"
    page.set_viewport_size({"width": 688, "height": 971})
    assert page.locator("figure").evaluate_all(tall) < 1000  # a page of A4 within its margins
    assert page.locator("figure > svg > rect").first.get_attribute("fill") == "#ffffff"
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.everyday
def test_an_archive_and_a_workbook_hold_the_numbers_of_the_chart(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page, "/indicator?indicator=refusal_cases")
    with page.expect_download(timeout=READY) as saved:
        page.get_by_role("link", name="Save view (ZIP)").click()
    saved.value.save_as(tmp_path / "view.zip")
    names = zipfile.ZipFile(tmp_path / "view.zip").namelist()
    assert {f"charts/refusal_cases_weekly.{kind}" for kind in ("csv", "xlsx", "svg")} <= set(names)
    with page.expect_download(timeout=READY) as saved:
        page.get_by_role("button", name="XLSX", exact=True).click()
    saved.value.save_as(tmp_path / "chart.xlsx")
    heading = [cell.value for cell in next(openpyxl.load_workbook(tmp_path / "chart.xlsx")["Numbers"].iter_rows())]
    page.get_by_role("button", name="Numbers", exact=True).click()
    assert page.locator(".mi-table th").all_inner_texts() == heading


def test_a_chart_is_printed_with_its_numbers(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "/answer")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Print", exact=True).first.click()
    expect(popup.value.locator("table tbody tr").first).to_be_visible(timeout=READY)
    expect(popup.value.locator("svg").first).to_be_visible()


def test_a_page_prints_light_with_its_numbers_whole(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "/indicator?indicator=refusal_cases")
    page.get_by_role("button", name="Numbers", exact=True).click()
    expect(page.locator(".mi-table tbody tr").first).to_be_visible()
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    region = page.locator(".mi-numbers")
    expect(region).to_have_css("max-height", "none")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth + 1")
    assert region.evaluate("region => region.getBoundingClientRect().right <= window.innerWidth")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
