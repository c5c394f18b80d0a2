"""A chart on somebody else's page: the code below it leads to a chart that draws by itself."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from test_dashboard import PATIENCE, visit


def test_the_code_below_a_chart_shows_it_with_its_source_on_another_page(page: Page) -> None:
    visit(page, "/indicator?indicator=refusal_cases&as_of=2023-08-30")
    page.get_by_role("button", name="Embed").first.click()
    code = page.get_by_role("textbox", name="Frozen: as known on 30 Aug 2023")
    source = page.locator(".mi-source").first.inner_text()
    address = re.search(r'src="([^"]+)"', code.input_value())
    assert address is not None
    expect(page.get_by_role("textbox", name="Live")).to_have_count(0)
    page.goto(address[1])
    expect(page.locator(".js-plotly-plot .scatterlayer path.js-line").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator(".mi-source")).to_have_text(source, use_inner_text=True)
    expect(page.get_by_role("button", name="Embed")).to_have_count(0)
    expect(page.get_by_text("as known on 30 August 2023")).to_be_visible()
    expect(page.get_by_role("link", name="Russian army morale")).to_have_attribute(
        "href", "/indicator?indicator=refusal_cases&as_of=2023-08-30"
    )


def test_the_code_of_a_projection_has_its_settings(page: Page) -> None:
    visit(page, "/projection?weekly=50")
    page.get_by_role("button", name="Embed").first.click()
    expect(page.get_by_role("textbox", name="Live")).to_have_value(re.compile("/embed/projection.weekly=50"))
