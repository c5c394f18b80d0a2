"""Served below a path (`--server.baseUrlPath`), everything works as it does at the root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from running import started, watch
from test_dashboard import PATIENCE, settled

from dashboard.shell.pages import all_pages

BASE = "/mi"
FILES = {
    "/api/v1/health": "application/json",
    "/api/v1/events?format=csv": "text/csv",
    "/api/v1/corrections.atom": "application/atom+xml",
    "/api/v1/feed.atom?since=2026-10-01": "application/atom+xml",
    "/api/v1/feed.json?since=2026-10-01": "application/feed+json",
    "/api/v1/dataset.jsonld": "application/ld+json",
    "/api/v1/package.zip": "application/zip",
    "/api/docs": "text/html",
    "/api/openapi.json": "application/json",
    "/preview/answer.png": "image/png",
    "/embed/answer": "text/html",
    "/briefing/answer": "text/html",
    "/downloads/answer.zip": "application/zip",
    "/embed/frame.js": "text/javascript",
    "/robots.txt": "text/plain",
    "/llms.txt": "text/plain",
    "/sitemap.xml": "application/xml",
}


OWN_LINK = re.compile(r"https?://127\.0\.0\.1:\d+(/[^\s\"'<>)]*)")


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server below a path."""
    with started(tmp_path_factory.mktemp("below") / "log.txt", BASE) as address:
        yield address


@pytest.fixture
def watched(browser: Browser, below: str) -> Iterator[Page]:
    """Return a page that notes errors."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    watch(page, below, faults)
    page.on("response", lambda sent: faults.append(f"{sent.status} {sent.url}") if sent.status >= 400 else None)
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize("path", FILES)
def test_an_address_below_the_path_answers_and_none_outside(below: str, path: str) -> None:
    answer = httpx.get(below + path, timeout=60)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, FILES[path])
    head = httpx.head(below + path, timeout=60)
    assert (head.status_code, head.headers["content-type"], head.content) == (200, answer.headers["content-type"], b"")
    assert {link for link in OWN_LINK.findall(answer.text) if not link.startswith(BASE)} == set()
    outside = httpx.get(below.removesuffix(BASE) + path)
    assert outside.status_code == 404


def test_an_unknown_address_below_the_path_is_not_found_and_leads_back(below: str) -> None:
    answer = httpx.get(f"{below}/no-such-page")
    assert (answer.status_code, f'<a href="{BASE}/">the first page</a>' in answer.text) == (404, True)


@pytest.mark.parametrize("page", ["answer", "cascade", "compare", "timeline", "claims", "track_record", "index"])
def test_oembed_gives_code_that_stays_below_the_path(below: str, page: str) -> None:
    described = httpx.get(f"{below}/oembed", params={"url": f"{below}/{page}"}, timeout=60).json()
    found = re.findall('src="([^"]+)"', described["html"])
    assert found == [f"{below}/embed/{page}", f"{below}/embed/frame.js"]
    assert all(httpx.get(address, timeout=60).status_code == 200 for address in found)


@pytest.mark.parametrize("stem", ["status", "updates?since=2026-10-01", "own_evidence", "views"])
def test_pages_about_the_data_open_below_the_path(watched: Page, below: str, stem: str) -> None:
    watched.goto(f"{below}/{stem}")
    settled(watched)
    assert urlsplit(watched.url).path == f"{BASE}/{stem.partition('?')[0]}"
    links = watched.locator("a[href^='/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [link for link in links if not link.startswith(f"{BASE}/")] == []


def test_what_is_taken_along_comes_from_below_the_path(watched: Page, below: str) -> None:
    watched.goto(f"{below}/answer")
    settled(watched)
    for name, suffix in {"XLSX": ".xlsx", "SVG": ".svg"}.items():
        with watched.expect_download() as saved:
            watched.get_by_role("button", name=name, exact=True).first.click()
        assert saved.value.suggested_filename.endswith(suffix)
    with watched.expect_download() as saved:
        watched.get_by_role("link", name="Save view (ZIP)").click()
    assert saved.value.suggested_filename.endswith(".zip")
    watched.goto(f"{below}/briefing/claims")
    expect(watched.locator("figure > svg")).to_have_count(2, timeout=PATIENCE)
    expect(watched.locator("figure > svg").first).to_contain_text(f"{BASE}/claims")


def test_the_path_alone_leads_to_the_first_page(below: str) -> None:
    answer = httpx.get(below, follow_redirects=True)
    assert (answer.status_code, urlsplit(str(answer.url)).path) == (200, f"{BASE}/")


def test_links_of_documents_stay_below_the_path(below: str) -> None:
    for page in all_pages():
        text = httpx.get(below + page.address, timeout=60).text
        links = re.findall(r'(?:href|src|content)="(/[^"]*|http://127[^"]*)"', text)
        assert len(links) > 10
        assert [link for link in links if not urlsplit(link).path.startswith(f"{BASE}/")] == []
    guide = httpx.get(f"{below}/llms.txt").text
    assert [link for link in re.findall(r"\((http[^)]*)\)", guide) if not link.startswith(f"{below}/")] == []


def test_pages_open_by_address_and_by_the_menu(watched: Page, below: str) -> None:
    watched.goto(f"{below}/indicator?indicator=refusal_cases&as_of=2023-08-30")
    settled(watched)
    expect(watched.locator(".js-plotly-plot .main-svg").first).to_be_attached(timeout=PATIENCE)
    expect(watched.get_by_text("You see what the public knew on 30 Aug 2023.").first).to_be_visible()
    watched.goto(f"{below}/")
    settled(watched)
    watched.get_by_role("link", name="100 a week").first.click()
    watched.wait_for_url(f"{below}/answer")
    settled(watched)
    with watched.expect_download() as saved:
        watched.get_by_role("button", name="CSV").first.click()
    assert f"{below}/answer?as_of=" in Path(saved.value.path()).read_text(encoding="utf-8-sig")


def test_sliders_of_the_panel_move_the_result_and_the_address(watched: Page, below: str) -> None:
    watched.goto(f"{below}/projection")
    settled(watched)
    watched.locator(".mi-panel .js-plotly-plot .scatterlayer path.js-line").first.wait_for(state="attached")
    expect(watched.locator(".mi-panel")).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
    before = watched.locator(".mi-tile-value").all_inner_texts()
    slider = watched.get_by_role("slider", name="Sentenced a week", exact=True)
    slider.press("ArrowLeft")
    expect(watched.locator(".mi-tile-value").first).not_to_have_text(before[0])
    watched.wait_for_url(re.compile(r"/mi/projection\?.*weekly="), timeout=PATIENCE)
    watched.goto(f"{below}/cascade")
    settled(watched)
    expect(watched.locator(".mi-panel")).to_have_attribute("aria-busy", "false", timeout=PATIENCE)


def test_a_frame_and_its_script_work_below_the_path(watched: Page, below: str) -> None:
    described = httpx.get(f"{below}/oembed", params={"url": f"{below}/projection?weekly=50"}, timeout=60).json()
    assert f'src="{below}/embed/projection?weekly=50"' in described["html"]
    assert f'src="{below}/embed/frame.js"' in described["html"]
    watched.goto(f"{below}/embed/projection?weekly=50")
    expect(watched.locator(".js-plotly-plot .main-svg").first).to_be_attached(timeout=PATIENCE)
    expect(watched.get_by_role("link", name="Russian army morale")).to_have_attribute(
        "href", re.compile(f"^{BASE}/projection")
    )


def test_the_documentation_of_the_api_is_drawn(watched: Page, below: str) -> None:
    watched.goto(f"{below}/api/docs")
    expect(watched.get_by_text("/v1/indicators", exact=True).first).to_be_visible(timeout=PATIENCE)
