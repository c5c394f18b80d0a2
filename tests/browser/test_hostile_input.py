"""Hostile text in addresses and in a scenario, in a real browser: no request, link or element comes of it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

FOREIGN = "evil.invalid"
PAYLOADS = (
    f"![a](//{FOREIGN}/x.png)",
    f"[Sign in](http://{FOREIGN}/)",
    f"http://{FOREIGN}/ www.{FOREIGN} a@{FOREIGN}",
    f"<img src=//{FOREIGN}/x> :red[b] :smile:",
    f"$x^2$ :material/home: -> {FOREIGN}",
)
PATIENCE = 30_000  # milliseconds
SENTENCE = "[data-testid=stAlert]"
ELEMENTS = "img, a, em, strong, code, svg, math, .katex, [style*=color], [data-testid=stIconMaterial]"
PAIRS = (
    ("/", "as_of", "as_of "),
    ("/indicator", "indicator", "indicator "),
    ("/indicator", "unknown", "which this page does not have"),
    ("/projection", "weekly", "weekly was"),
    ("/projection", "as_of", "as_of "),
    ("/track_record", "of", "of "),
    ("/cascade", "topology", "topology was"),
    ("/timeline", "from", "from "),
    ("/claims", "bounds_to", "bounds_to "),
    ("/sources", "stance", "stance "),
)


def made_elsewhere(page: Page) -> list[str]:
    """Return the links and pictures on a page that lead to another server."""
    own = urlsplit(page.url).netloc
    addresses: list[str] = page.eval_on_selector_all(
        "a[href], img[src], iframe[src]", "elements => elements.map((element) => element.href || element.src)"
    )
    return [address for address in addresses if FOREIGN in urlsplit(address).netloc and urlsplit(address).netloc != own]


@pytest.mark.parametrize(("path", "name", "sentence"), PAIRS)
def test_an_address_makes_text_and_nothing_else(page: Page, path: str, name: str, sentence: str) -> None:
    payload = PAYLOADS[PAIRS.index((path, name, sentence)) % len(PAYLOADS)]
    query = {payload: payload} if name == "unknown" else {name: payload}
    page.goto(f"{path}?{urlencode(query)}")
    box = page.locator(SENTENCE).filter(has_text=sentence).filter(has_text=payload[:4])
    expect(box).to_have_count(1, timeout=PATIENCE)
    expect(box.locator(ELEMENTS)).to_have_count(0)
    assert made_elsewhere(page) == []


def test_the_name_of_a_scenario_is_text(page: Page) -> None:
    name = f"**a** <a href='//{FOREIGN}'>b</a> {PAYLOADS[2]}"
    page.goto(f"/projection?{urlencode({'scenario': urlencode({'name': name, 'weekly': 90})})}")
    line = page.get_by_test_id("stMarkdown").filter(has_text="sentenced a week: 90")
    expect(line).to_have_count(1, timeout=PATIENCE)
    expect(line).to_contain_text("**a** <a href='//evil.invalid'>b</a>")
    expect(line.locator("strong")).to_have_count(1)
    expect(page.get_by_role("cell").filter(has_text="**a** <a href").locator(ELEMENTS)).to_have_count(0)
    assert made_elsewhere(page) == []


@pytest.mark.parametrize(
    ("path", "below"), [("/projection", "Assumptions and their sources"), ("/cascade", "Where the runs end")]
)
def test_a_sentence_about_the_day_stays_when_the_panel_is_drawn(page: Page, path: str, below: str) -> None:
    page.goto(f"{path}?as_of=zzz")
    expect(page.get_by_text(below, exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.locator(SENTENCE).filter(has_text="as_of 'zzz'")).to_be_visible()


def test_a_refused_file_offers_nothing_and_keeps_the_settings(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/projection?weekly=150")
    page.get_by_text("Scenarios: save, compare, keep as a file").click()
    page.get_by_text("Save to a file, or open one").click(timeout=PATIENCE)
    file = {"name": "broken.json", "mimeType": "application/json", "buffer": b"\xff\xfe{\x00"}
    page.locator("input[type=file]").set_input_files(files=[file])
    expect(page.get_by_text("The file is no text in UTF-8, so nothing is read from it.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_role("button", name="Show what the file holds")).to_have_count(0)
    assert "weekly=150" in page.url
