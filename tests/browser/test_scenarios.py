"""Scenarios in a real browser: what is saved in the address and as a file brings the panel back as it was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

PANEL = ".mi-panel .js-plotly-plot .scatterlayer path.js-line"
TILE = ".mi-tile-value"


def query(page: Page) -> dict[str, list[str]]:
    """Return the settings in a page's address."""
    return parse_qs(urlsplit(page.url).query)


def open_part(page: Page, title: str) -> None:
    """Open a folded part of the page."""
    page.locator("[data-testid=stExpander] summary").filter(has_text=title).first.click()


@pytest.mark.everyday
def test_a_saved_scenario_moves_the_panel_and_a_file_brings_everything_back(page: Page, tmp_path: Path) -> None:
    page.goto("/projection?weekly=150")
    page.wait_for_selector(PANEL, state="attached")
    first = page.locator(TILE).first
    expect(first).to_have_text("7,800")
    open_part(page, "Scenarios")
    name = page.get_by_role("textbox", name="Name of the settings above")
    name.fill("More")
    name.press("Tab")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("scenario="))
    assert "name=More" in query(page)["scenario"][0]

    # Another estimate of the force moves the panel's own setting.
    open_part(page, "Assumptions")
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url(re.compile("[?&]force_size="))
    open_part(page, "Scenarios")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(lambda address: "force_size" not in parse_qs(urlsplit(address).query))
    expect(first).to_have_text("7,800")

    page.get_by_text("Save to a file, or open one").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save these settings and scenarios as a file").click()
    saved = tmp_path / "projection.json"
    download.value.save_as(saved)
    content = json.loads(saved.read_text())
    assert content["parameters"]["weekly"] == 150
    saved.write_text(json.dumps(content | {"parameters": content["parameters"] | {"weekly": 90}}))

    page.get_by_role("button", name="Remove").click()
    page.wait_for_url(lambda address: "scenario" not in parse_qs(urlsplit(address).query))
    page.locator("input[type=file]").set_input_files(saved)
    page.get_by_role("button", name="Show what the file holds").click()
    page.wait_for_url(re.compile("[?&]weekly=90"))
    expect(first).to_have_text("4,680")
    assert "name=More" in query(page)["scenario"][0]
