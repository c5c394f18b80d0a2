"""Charts that stand by themselves: the same content as on their page, on the asked day, and clear refusals."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from dashboard.component import ChartContent
from dashboard.server.embedding import Embedded, document, embed_routes

SERVER = Starlette(routes=list(embed_routes()))


def get(address: str) -> httpx.Response:
    """Ask the routes for an address."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=SERVER)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(address)

    return asyncio.run(ask())


def drawn(text: str) -> dict[str, Any]:
    """Return what a document hands to the drawing code."""
    found = re.search(r'id="data">(.*)</script>$', text, re.MULTILINE)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_panel_stands_by_itself_with_its_source_and_a_link_back() -> None:
    answer = get("/embed/indicator/refusal_sentences/ukmod")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    data = drawn(answer.text)
    assert data["title"] == "Convictions a week, by the UK update, Russia"
    assert "UK Ministry of Defence" in data["source"]
    assert "embed" not in data
    assert '<a href="/indicator?indicator=refusal_sentences"' in answer.text
    assert "latest figures" in answer.text


def test_a_frozen_chart_shows_nothing_known_later() -> None:
    frozen = get("/embed/indicator/refusal_cases/annual?as_of=2023-12-29").text
    live = get("/embed/indicator/refusal_cases/annual").text
    assert "5096" in json.dumps(drawn(live))
    assert "5024" in json.dumps(drawn(frozen))
    assert "5096" not in json.dumps(drawn(frozen))
    assert "as known on 29 December 2023" in frozen
    assert "as_of=2023-12-29" in frozen


def test_dated_events_may_be_those_of_one_place() -> None:
    everywhere = drawn(get("/embed/indicator/rear_area_strikes/events").text)["table"]["rows"]
    answer = get("/embed/indicator/rear_area_strikes/events?place=southern+Ukraine+and+Crimea").text
    south = drawn(answer)["table"]["rows"]
    assert 0 < len(south) < len(everywhere)
    assert "indicator=rear_area_strikes&amp;place=southern+Ukraine+and+Crimea" in answer


def test_a_projection_takes_its_settings() -> None:
    answer = get("/embed/projection?weekly=50&reading=ceiling&as_of=2023-08-30").text
    assert "At most 2,600 in a year" in drawn(answer)["subtitle"]
    assert "weekly=50" in answer


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/embed/indicator/nothing/weekly", 404, "expected one of refusal_cases"),
        ("/embed/indicator/refusal_cases/nothing", 404, "has no chart 'nothing' here; expected one of"),
        ("/embed/answer?colour=red", 422, "'colour' is no setting of this chart"),
        ("/embed/answer?as_of=2023-08-29", 404, "No weekly figure of convictions"),
        ("/embed/projection?as_of=yesterday", 422, "as_of is 'yesterday'; expected a day as YYYY-MM-DD"),
        ("/embed/projection?theme=pink", 422, "theme is 'pink'; expected light or dark"),
        ("/embed/projection?colour=red", 422, "colour is not a setting of the projection"),
        ("/embed/projection?as_of=20230830", 422, "as_of is '20230830'; expected a day as YYYY-MM-DD from 2022-02-24"),
        ("/embed/projection?as_of=2023-W35-3", 422, "as_of is '2023-W35-3'; expected a day"),
        ("/embed/projection?as_of=9999-12-31", 422, "as_of is '9999-12-31'; expected a day"),
        ("/embed/projection?as_of=2021-01-01", 422, "as_of is '2021-01-01'; expected a day"),
        ("/embed/projection?weekly=600", 422, "weekly was 600; the largest value, 500, is used."),
        ("/embed/indicator/refusal_cases/weekly?colour=red", 422, "'colour' is no setting of this chart"),
        ("/embed/indicator/refusal_cases/annual?place=Kyiv", 422, "place is 'Kyiv'; this chart has no places."),
        ("/embed/indicator/rear_area_strikes/events?place=Paris", 422, "place is 'Paris'; expected one of "),
        ("/embed/projection?weeks=1000", 422, "weeks was 1000; the largest value, 156, is used."),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(address: str, status: int, sentence: str) -> None:
    answer = get(address)
    assert answer.status_code == status
    assert sentence in answer.text


def test_marks_that_networks_add_change_nothing() -> None:
    assert get("/embed/projection?fbclid=x&utm_source=y").text == get("/embed/projection").text


def test_no_text_can_end_the_script_or_the_title() -> None:
    words = "</script><b>"
    content: ChartContent = {
        "figure": {"data": [], "layout": {}},
        "title": words,
        "source": words,
        "alt": words,
        "table": None,
        "file_name": "x",
    }
    text = document(Embedded(content, "/indicator"), date(2023, 8, 30), "dark")
    assert words not in text
    assert drawn(text)["source"] == words
    assert text.count("</script>") == 3
    assert "prefers-color-scheme" not in text
