"""Files that machines ask a site for: each is what its own rules ask, and every address in it is one of ours."""

from __future__ import annotations

import asyncio
import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import httpx
import pytest
from starlette.applications import Starlette

from dashboard.server.site_files import site_file_routes
from dashboard.shell.pages import SITE_NAME, all_pages
from dashboard.snapshots import snapshot_on
from indicators.core.registry import all_indicators

ORIGIN = "https://morale.example"


def get(address: str) -> httpx.Response:
    """Ask the routes for an address."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=Starlette(routes=site_file_routes()))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            return await client.get(address)

    return asyncio.run(ask())


def test_search_engines_may_read_pages_and_not_follow_models() -> None:
    rules = RobotFileParser()
    rules.parse(get("/robots.txt").text.splitlines())
    for path, allowed in {
        "/": True,
        "/indicator?indicator=refusal_cases": True,
        "/api/v1/package.zip": True,
        "/api/v1/projection?weekly=1": False,
        "/api/v1/cascade/curve": False,
        "/_stcore/health": False,
    }.items():
        assert rules.can_fetch("Anybot", ORIGIN + path) == allowed, path
    assert rules.site_maps() == [f"{ORIGIN}/sitemap.xml"]


def test_the_map_has_every_page_and_every_indicator() -> None:
    answer = get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    places = [place.text for place in ElementTree.fromstring(answer.text).findall(".//{*}loc")]
    assert places == [
        *(ORIGIN + page.address for page in all_pages()),
        *(f"{ORIGIN}/indicator?indicator={one.id}" for one in all_indicators()),
    ]


def test_the_guide_has_its_form_and_links_to_pages_data_and_description() -> None:
    text = get("/llms.txt").text
    lines = text.splitlines()
    assert lines[0] == f"# {SITE_NAME}"
    assert lines[2].startswith("> ")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == ["Pages", "Indicators", "Data and programs"]
    links = re.findall(r"^- \[.+\]\((.+)\)$", text, re.MULTILINE)
    assert len(links) == len(all_pages()) + len(all_indicators()) + 8
    assert all(link.startswith(f"{ORIGIN}/") for link in links)
    assert snapshot_on(None).evidence.data_version in text


@pytest.mark.parametrize("name", ["robots.txt", "llms.txt", "sitemap.xml"])
def test_such_a_file_may_be_kept_for_an_hour(name: str) -> None:
    assert get(f"/{name}").headers["cache-control"] == "public, max-age=3600"
