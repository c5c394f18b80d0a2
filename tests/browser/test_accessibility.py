"""What a scanner can tell of accessibility: every page, wide and light, then narrow and dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from test_dashboard import PHONE, settled, visit

from dashboard.shell.pages import all_pages

# Streamlit lets a table that is wider than a phone be scrolled by hand but not by keyboard; a reader's browser does it
# by its own keys. Its place to drop a file has a name although it is no part of the page; the button in it has one too.
OF_STREAMLIT = {("scrollable-region-focusable", "stTable"), ("presentation-role-conflict", "stFileUploader")}


def problems(page: Page) -> list[str]:
    """Return what the scanner objects to: rule, number of elements and the first of them."""
    answer: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{found['id']}: {len(found['nodes'])}, first {found['nodes'][0]['html'][:200]}"
        for found in answer["violations"]
        if not all(
            (found["id"], page.locator(node["target"][0]).locator("xpath=..").get_attribute("data-testid"))
            in OF_STREAMLIT
            for node in found["nodes"]
        )
    ]


@pytest.mark.parametrize("address", [page.address for page in all_pages()])
def test_no_page_has_what_a_scanner_objects_to(page: Page, address: str) -> None:
    visit(page, address)
    assert problems(page) == []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    expect(page.locator('[data-theme="light"]')).to_have_count(0)
    settled(page)
    assert problems(page) == []
