"""What a scanner can tell of accessibility: every page and document, wide and light, then narrow and dark."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from test_dashboard import PATIENCE, PHONE, settled, visit

from dashboard.shell.pages import all_pages

LINE = ".js-plotly-plot .scatterlayer path.js-line"
DOCUMENTS = {
    "/api/docs": ".swagger-ui .opblock",
    "/briefing/index": "main h2",
    "/briefing/projection?weekly=50": "main h2",
    "/embed/answer": LINE,
    "/embed/answer?theme=dark": LINE,
    "/embed/index": LINE,
    "/embed/indicator/refusal_cases/annual": ".js-plotly-plot .barlayer path",
    "/embed/projection?weekly=50": LINE,
    "/embed/sentence/index": "main, p",
}
"""What is drawn in each document outside the app."""


def problems(page: Page) -> list[str]:
    """Return what the scanner objects to: rule, number of elements and the first of them."""
    answer: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{found['id']}: {len(found['nodes'])}, first {found['nodes'][0]['html'][:200]}"
        for found in answer["violations"]
    ]


@pytest.mark.parametrize("address", [*(page.address for page in all_pages()), *DOCUMENTS])
def test_nothing_has_what_a_scanner_objects_to(page: Page, address: str) -> None:
    if address in DOCUMENTS:
        page.goto(address)
        expect(page.locator(DOCUMENTS[address]).first).to_be_attached(timeout=PATIENCE)
    else:
        visit(page, address)
    assert problems(page) == []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    expect(page.locator('[data-theme="light"]')).to_have_count(0)
    if address not in DOCUMENTS:
        settled(page)
    assert problems(page) == []
