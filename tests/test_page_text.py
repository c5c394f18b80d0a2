"""The document of a page says its question, answer and key figures before any script runs."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard.server import front_page
from dashboard.server.front_page import page_routes
from dashboard.server.page_text import body_of, head_of, opening_of
from dashboard.server.preview import SIZE, preview_picture
from dashboard.server.protection.security_headers import POLICY, page_policy
from dashboard.shell.menu import menu_groups
from dashboard.shell.pages import Opening, Page, Settings, all_pages, browser_title, page_of
from indicators.core.snapshot import Snapshot

DAY = date(2023, 8, 30)
SAID = Opening(
    question="Was <100 a week> right?",
    answer="About right & then too low.",
    source='Mediazona, "30 Aug 2023"',
    table=(("Sign", "Figure"), ("Absence <cases>", "184 a week")),
)


def get(address: str) -> httpx.Response:
    """Ask our page routes for an address."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=Starlette(routes=page_routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(address)

    return asyncio.run(ask())


def content(document: str, name: str) -> str:
    """Return what an element of the head says under a name."""
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', document)
    assert found, name
    return found[1]


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.stem)
def test_a_page_says_its_question_its_title_and_its_day_in_the_document(page: Page) -> None:
    document = get(f"{page.address}?as_of=2023-08-30").text
    assert document.count("<h1>") == 1
    assert f"<title>{browser_title(page)}</title>" in document
    assert "You see what the public knew on 30 Aug 2023." in document
    assert content(document, "description")
    assert content(document, "og:url").endswith(f"{page.address}?as_of=2023-08-30")
    assert document.count('name="citation_') == (5 if page.citable else 0)
    links = re.findall(r'<a href="([^"]+)">', document)
    assert links == [f"{listed.address}?as_of=2023-08-30" for listed in all_pages()]


@pytest.mark.parametrize(
    "query", ["as_of=yesterday", "as_of=9999-01-01", "stem=x&day=y&origin=z", "a=%00%ff%3Cscript%3E"]
)
def test_a_document_is_sent_whatever_the_address_holds(query: str) -> None:
    answer = get(f"/claims?{query}")
    assert answer.status_code == 200
    assert "<h1>" in answer.text
    assert "You see what the public knew" not in answer.text
    assert ("expected a day as YYYY-MM-DD" in answer.text) == query.startswith("as_of")
    assert "<script>alert" not in answer.text
    assert "\x00<script>" not in answer.text


def test_the_scripts_of_a_document_are_those_that_its_policy_names() -> None:
    answer = get("/claims?x=1")
    assert answer.headers[POLICY] == page_policy(answer.text)
    assert answer.headers[POLICY].count("'sha256-") >= 3


def test_the_text_of_a_page_is_escaped_and_its_table_has_a_head() -> None:
    body = body_of(SAID, None)
    assert "<h1>Was &lt;100 a week&gt; right?</h1>" in body
    assert '<p class="answer">About right &amp; then too low.</p>' in body
    assert "<thead><tr><th>Sign</th><th>Figure</th></tr></thead>" in body
    assert "<td>Absence &lt;cases&gt;</td><td>184 a week</td>" in body
    assert "table" not in body_of(replace(SAID, table=()), None)
    HTMLParser().feed(body)


def test_the_head_describes_a_data_set_and_gives_no_verdict() -> None:
    head = head_of(page_of("claims"), SAID, DAY, {"topic": "crash"}, "https://example.org")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', head)
    assert found
    about = json.loads(found[1])
    assert about["@type"] == "Dataset"
    assert about["url"] == "https://example.org/claims?topic=crash&as_of=2023-08-30"
    assert about["description"].startswith("Was <100 a week> right? About right & then too low.")
    assert "ClaimReview" not in head
    assert '<link rel="canonical" href="https://example.org/claims?topic=crash&amp;as_of=2023-08-30">' in head
    assert content(head, "og:image") == "https://example.org/preview/claims.png?topic=crash&amp;as_of=2023-08-30"


def test_a_page_without_a_sound_opening_is_still_sent(caplog: pytest.LogCaptureFixture) -> None:
    def broken(snapshot: Snapshot, settings: Settings) -> Opening:
        raise KeyError(settings["weekly"])

    page = page_of("projection")
    assert opening_of(replace(page, opening=None), None, {}).question == page.title
    assert opening_of(replace(page, opening=broken), None, {"weekly": "many"}).question == page.title
    assert "no opening of projection" in caplog.text
    assert opening_of(replace(page, opening=lambda snapshot, settings: SAID), DAY, {}) == SAID


def test_a_preview_is_a_picture_of_the_size_that_networks_show() -> None:
    answer = get("/preview/claims.png?as_of=2023-08-30")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == SIZE == (1200, 630)


def test_a_preview_shows_another_answer_otherwise_and_the_same_one_alike() -> None:
    shown = preview_picture(SAID, DAY)
    assert shown == preview_picture(SAID, DAY)
    assert shown != preview_picture(replace(SAID, answer="Too low."), DAY)
    assert shown != preview_picture(SAID, None)
    assert Image.open(BytesIO(preview_picture(replace(SAID, answer="word " * 400), None))).size == SIZE


def test_a_changed_document_of_streamlit_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def read_text(self, encoding: str) -> str:
            return "<html><head></head><body></body></html>"

    monkeypatch.setattr(front_page, "DOCUMENT", Other())
    with pytest.raises(RuntimeError, match=r"adapt front_page\.py"):
        front_page.page_document()


def test_the_menu_goes_from_now_to_the_data() -> None:
    names = [group or pages[0].title for group, pages in menu_groups()]
    assert names[0] == "Now"
    assert [name for name in names if name in ("Indicators", "Scenarios", "Claims", "Data")] == [
        *("Indicators", "Scenarios", "Claims", "Data")
    ]
    assert sorted(page.stem for _, pages in menu_groups() for page in pages) == sorted(
        page.stem for page in all_pages()
    )


def draw_a_header() -> None:
    """Draw a page that holds its header alone."""
    import test_page_text

    from dashboard.shell.header import draw_header
    from dashboard.shell.page_address import begin_page
    from dashboard.shell.pages import page_of
    from dashboard.shell.parts import page_header

    begin_page("claims")
    draw_header(page_of("claims"))
    page_header(test_page_text.SAID)


def test_a_header_draws_question_answer_and_source_and_lets_readers_copy_them() -> None:
    page = AppTest.from_function(draw_a_header, default_timeout=60).run()
    assert not page.exception
    assert [title.value for title in page.title] == [r"Was \<100 a week\> right?"]
    assert "About right & then too low." in [paragraph.value for paragraph in page.markdown]
    assert SAID.source in [caption.value for caption in page.caption]
    told = json.loads(page.get("bidi_component")[0].proto.bytes)
    assert told["text"] == 'About right & then too low. Source: Mediazona, "30 Aug 2023".'
