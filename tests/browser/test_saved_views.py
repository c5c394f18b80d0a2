"""Saved views: named, noted and kept in the browser and in a file; nothing of them reaches the server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, WebSocket, expect
from test_dashboard import PATIENCE, visit

NAME, NOTE = "Refusals <b>before</b> & after", "Ask the editor\nabout 5,200 <script>alert(1)</script>"
VIEW = {"name": "Kept elsewhere", "note": "", "address": "/answer?as_of=2024-02-01", "saved": "2026-11-28"}
FILE = {"kind": "morale-indicators-views", "version": 1, "views": [VIEW]}


def save_view(page: Page, address: str, *, frozen: bool = False) -> None:
    """Save the view of a page with a name and a note."""
    visit(page, address)
    page.get_by_role("button", name="Cite or save").click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Note, for you alone").fill(NOTE)
    if frozen:
        page.get_by_label("As known today").check()
    page.get_by_role("button", name="Save view in this browser").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_a_view_is_saved_found_again_changed_and_deleted(page: Page) -> None:
    save_view(page, "/projection?weekly=50")
    page.get_by_role("link", name="All saved views").click()
    expect(page).to_have_url(re.compile("/views$"))
    link = page.get_by_role("link", name=NAME, exact=True)
    expect(link).to_be_visible(timeout=PATIENCE)
    assert "/projection?" in (link.get_attribute("href") or "")
    assert "weekly=50" in (link.get_attribute("href") or "")
    expect(page.locator(".mi-views p")).to_have_text(NOTE, use_inner_text=True)
    page.get_by_text("Name and note", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Fifty a week")
    page.get_by_label("Name", exact=True).press("Tab")
    renamed = page.get_by_role("link", name="Fifty a week")
    expect(renamed).to_be_visible()
    page.reload()
    expect(renamed).to_be_visible(timeout=PATIENCE)
    renamed.click()
    expect(page).to_have_url(re.compile("/projection.*weekly=50"))
    page.goto("/views")
    page.get_by_text("Name and note", exact=True).click(timeout=PATIENCE)
    page.get_by_role("button", name="Delete Fifty a week").click()
    expect(page.get_by_text("No view is saved in this browser yet.")).to_be_visible()


def test_a_view_as_known_today_has_its_day(page: Page) -> None:
    save_view(page, "/claims", frozen=True)
    kept = page.evaluate("JSON.parse(localStorage.getItem('morale-views'))")
    assert re.fullmatch(r"/claims\?.*as_of=\d{4}-\d{2}-\d{2}", kept[0]["address"])


def test_nothing_of_a_view_leaves_the_browser(page: Page) -> None:
    sent: list[str] = []

    def note_request(request: Request) -> None:
        sent.append(request.url + (request.post_data or ""))

    def note_socket(socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: sent.append(str(payload)))

    page.on("request", note_request)
    page.on("websocket", note_socket)
    save_view(page, "/claims")
    page.goto("/views")
    expect(page.get_by_role("link", name=NAME, exact=True)).to_be_visible(timeout=PATIENCE)
    assert sent
    assert [text for text in sent if "editor" in text or "before" in text] == []


@pytest.mark.everyday
def test_views_go_into_a_file_and_come_from_one(page: Page, tmp_path: Path) -> None:
    save_view(page, "/claims")
    page.goto("/views")
    expect(page.get_by_role("link", name=NAME, exact=True)).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    written = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert (written["kind"], written["views"][0]["name"]) == (FILE["kind"], NAME)
    page.evaluate("localStorage.clear()")
    page.reload()
    for content, said in ((written, "1 added."), (FILE, "1 added."), (FILE, "0 added, 1 were here already.")):
        file = tmp_path / "views.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        page.get_by_label("File of saved views").set_input_files(file, timeout=PATIENCE)
        expect(page.get_by_text(said)).to_be_visible()
    assert page.locator(".mi-views > li > a").all_inner_texts() == [NAME, "Kept elsewhere"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not JSON", "expected a file of saved views, got something else"),
        ('{"kind": "other"}', "expected a file of saved views, version 1"),
        (
            json.dumps({**FILE, "views": [VIEW, {**VIEW, "address": "https://elsewhere.example/"}]}),
            "view 2 has no name",
        ),
        (json.dumps({**FILE, "views": [{**VIEW, "address": "//elsewhere.example/"}]}), "view 1 has no name or leads"),
        (json.dumps({**FILE, "views": [{**VIEW, "address": "javascript:alert(1)"}]}), "view 1 has no name or leads"),
        (json.dumps({**FILE, "views": [{**VIEW, "name": ""}]}), "view 1 has no name"),
        (json.dumps({**FILE, "views": [VIEW] * 501}), "expected at most 500 views in all"),
    ],
)
def test_a_file_that_makes_no_sense_adds_nothing(page: Page, tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "views.json"
    file.write_text(content, encoding="utf-8")
    page.goto("/views")
    page.get_by_label("File of saved views").set_input_files(file, timeout=PATIENCE)
    expect(page.get_by_text(f"Nothing was added: {said}")).to_be_visible()
    assert page.evaluate("localStorage.getItem('morale-views')") is None


def test_a_browser_that_keeps_nothing_is_told_so(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script(
        "const refuse = () => { throw new DOMException('refused', 'SecurityError'); };"
        "for (const name of ['getItem', 'setItem']) Storage.prototype[name] = refuse;"
    )
    page.goto("/views")
    expect(page.get_by_text("This browser keeps nothing for this site")).to_be_visible(timeout=PATIENCE)
