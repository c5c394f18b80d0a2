"""Charts that stand by themselves: the same content as on their page, on the asked day, and clear refusals."""

import asyncio
import html
import json
import re
from datetime import date
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette

from dashboard.component import ChartContent
from dashboard.server.embedding.asked import Asked
from dashboard.server.embedding.document import document
from dashboard.server.embedding.routes import embed_routes
from dashboard.shell.pages import Page, all_pages
from dashboard.snapshots import snapshot_on

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
    assert '<a href="/indicator?indicator=refusal_sentences&amp;chart=ukmod"' in answer.text
    assert "latest figures" in answer.text


def test_a_frozen_chart_shows_nothing_known_later() -> None:
    frozen = get("/embed/indicator/refusal_cases/annual?as_of=2023-12-29").text
    live = get("/embed/indicator/refusal_cases/annual").text
    assert "5096" in json.dumps(drawn(live))
    assert "5024" in json.dumps(drawn(frozen))
    assert "5096" not in json.dumps(drawn(frozen))
    assert "as known on 29 Dec 2023" in frozen
    assert "as_of=2023-12-29" in frozen


def test_dated_events_may_be_those_of_one_place() -> None:
    everywhere = drawn(get("/embed/indicator/rear_area_strikes/events").text)["table"]["rows"]
    answer = get("/embed/indicator/rear_area_strikes/events?place=southern+Ukraine+and+Crimea").text
    south = drawn(answer)["table"]["rows"]
    assert 0 < len(south) < len(everywhere)
    assert "indicator=rear_area_strikes&amp;chart=events&amp;place=southern+Ukraine+and+Crimea" in answer


def test_a_forecast_stands_by_itself_and_knows_nothing_later() -> None:
    live = get("/embed/forecast/claimed_ru_armour_losses")
    assert live.status_code == 200
    assert drawn(live.text)["subtitle"].startswith("Forecast for Aug 2026, the first period without a complete figure")
    assert "/track_record?forecast=claimed_ru_armour_losses" in live.text
    frozen = get("/embed/forecast/claimed_ru_armour_losses?as_of=2023-08-30").text
    assert drawn(frozen)["subtitle"].startswith("Forecast for Aug 2023")
    assert "2024-" not in json.dumps(drawn(frozen)["figure"]["data"][0])


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
        ("/embed/forecast/nothing", 404, "No forecast of 'nothing'; expected one of "),
        ("/embed/forecast/mediazona_ru_named_deaths", 404, "No forecast: "),
        ("/embed/forecast/claimed_ru_armour_losses?weekly=5", 422, "'weekly' is no setting of this chart"),
        ("/embed/projection?as_of=yesterday", 422, "as_of is 'yesterday'; expected a day as YYYY-MM-DD"),
        ("/embed/projection?theme=pink", 422, "theme is 'pink'; expected light or dark"),
        ("/embed/projection?colour=red", 422, "'colour' is no setting of this chart"),
        ("/embed/projection?as_of=20230830", 422, "as_of is '20230830'; expected a day as YYYY-MM-DD from 2022-02-24"),
        ("/embed/projection?as_of=2023-W35-3", 422, "as_of is '2023-W35-3'; expected a day"),
        ("/embed/projection?as_of=9999-12-31", 422, "as_of is '9999-12-31'; expected a day"),
        ("/embed/projection?as_of=2021-01-01", 422, "as_of is '2021-01-01'; expected a day"),
        (
            "/embed/projection?weekly=600",
            422,
            "nothing is drawn. weekly is '600'; expected a number from 0 to 500.",
        ),
        ("/embed/indicator/refusal_cases/weekly?colour=red", 422, "'colour' is no setting of this chart"),
        ("/embed/indicator/refusal_cases/annual?place=Kyiv", 422, "place is 'Kyiv'; this chart has no places."),
        ("/embed/indicator/rear_area_strikes/events?place=Paris", 422, "place is 'Paris'; expected one of "),
        ("/embed/projection?weeks=1000", 422, "weeks is '1000'; expected a number from 4 to 156."),
        ("/embed/projection?weekly=9999&qualifier=some", 422, "qualifier is 'some'; expected one of up_to, at_least"),
        ("/embed/projection?weekly=80&weekly=90", 422, "'weekly' stands in the address twice; expected it once."),
        ("/embed/projection?share_low=0.9&share_mode=0.2&share_high=0.3", 422, "don't go together: share_low '0.9'"),
        ("/embed/sentence/projection?weekly=9999", 422, "weekly is '9999'; expected a number from 0 to 500."),
        ("/embed/sentence/indicator?indicator=nothing", 404, "expected one of refusal_cases"),
        ("/embed/sentence/sources", 404, "expected one of overview, answer, indicator"),
        ("/embed/sentence/answer?weekly=5", 422, "'weekly' is no setting of this chart; expected as_of or theme."),
        ("/embed/index?refusal=30", 422, "refusal is '30'; expected a number from 0 to 10."),
        ("/embed/index?colour=red", 422, "'colour' is no setting of this chart"),
        ("/embed/answer/", 404, "expected PAGE, PAGE/CHART, indicator/ID/CHART, forecast/SERIES or sentence"),
        (
            "/embed/cascade/none",
            404,
            "If a unit breaks has no chart 'none'; besides its first it has outcomes, networks",
        ),
        ("/embed/cascade?r=11", 422, "r is '11'; expected a number from 0 to 10."),
        ("/embed/cascade?units=3&initial=5", 422, "These settings don't go together: units '3', initial '5'."),
        ("/embed/index?refusal=0&flight=0&losses=0&rear=0.0&home=0", 422, "All weights are 0"),
        ("/embed/compare?indicators=refusal_cases,x", 422, "indicators has 'x'; expected one of refusal_cases"),
        ("/embed/compare?from=2024-01-01&to=2023-01-01", 422, "The period ends on 2023-01-01, before it begins"),
        ("/embed/timeline?kind=rumour", 422, "kind is 'rumour'; expected one of all, "),
        ("/embed/timeline?search=nobody-wrote-this", 404, "No event fits this choice."),
        ("/embed/both_sides?comparison=none", 422, "comparison is 'none'; expected one of "),
        ("/embed/claims?topic=none", 422, "topic is 'none'; expected one of "),
        ("/embed/claims/bounds?bounds_from=soon", 422, "bounds_from is 'soon'; expected a day as YYYY-MM-DD"),
        ("/embed/track_record?of=none", 422, "of is 'none'; expected one of uk-mod-2023-08-30"),
        ("/embed/projection/afterwards?count=none", 422, "count is 'none'; expected one of all, "),
        ("/embed/projection/scenarios", 404, "No scenario is given that has a range."),
        ("/embed/projection/scenarios?scenario=weeks%3D999", 422, "expected scenarios as their page writes them"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(address: str, status: int, sentence: str) -> None:
    answer = get(address)
    assert answer.status_code == status
    assert sentence in answer.text
    assert "is used" not in answer.text
    assert "frame-ancestors *" in answer.headers["content-security-policy"]


CHARTS = [(page, chart) for page in all_pages() for chart in page.charts]
NAMED: dict[tuple[str, str], str] = {
    ("claims", "echoes"): "claim=A23",
    ("projection", "scenarios"): "scenario=name%3DHalved%26weekly%3D50%7Cname%3DLong%26weeks%3D104",
}
"""Settings of charts that show nothing without them."""
NOTHING = {
    ("indicator", "change"): "Too few counts",
    ("both_sides", "russia"): "one chart",
    ("both_sides", "ukraine"): "one chart",
}
"""Charts for which today's data have nothing to draw, with what they say."""


@pytest.mark.parametrize(("page", "chart"), CHARTS, ids=lambda given: getattr(given, "stem", given) or "first")
def test_every_chart_stands_by_itself_with_finding_source_and_numbers(page: Page, chart: str) -> None:
    query = NAMED.get((page.stem, chart), "")
    path = f"/embed/{page.stem}/{chart}".rstrip("/")
    answer = get(f"{path}?{query}")
    if (page.stem, chart) in NOTHING:
        assert (answer.status_code, NOTHING[page.stem, chart] in answer.text) == (404, True), answer.text
        return
    assert answer.status_code == 200, answer.text
    data = drawn(answer.text)
    assert all(data[name] for name in ("title", "subtitle", "source"))
    assert data["table"]["rows"]
    assert f'<a href="{page.address}{f"?{html.escape(query)}" if query else ""}' in answer.text
    assert set(page.charts[chart].settings) <= set(page.settings)
    assert get(f"{path}?{query}&asof=2023-08-30").status_code == 422


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
    text = document(Asked(content, "/indicator", date(2023, 8, 30), "dark"))
    assert words not in text
    assert drawn(text)["source"] == words
    assert text.count("</script>") == 4
    assert "@media (prefers-color-scheme" not in text


def test_an_answer_stands_alone_in_words_that_need_no_script() -> None:
    text = get("/embed/sentence/answer?as_of=2024-02-01&theme=dark").text
    sentence = snapshot_on(date(2024, 2, 1)).answer.sentence
    assert f"<p>{html.escape(sentence)}</p>" in text
    assert '<a href="/answer?as_of=2024-02-01"' in text
    assert 'type="module"' not in text
    assert "@media (prefers-color-scheme" not in text
    projected = get("/embed/sentence/projection?weekly=50&reading=ceiling").text
    assert "2,600" in projected
    assert "weekly=50" in projected
    cases = get("/embed/sentence/indicator?indicator=refusal_cases").text
    assert '<a href="/indicator?indicator=refusal_cases"' in cases


def test_a_chart_says_what_it_shows_where_scripts_fail() -> None:
    text = get("/embed/indicator/refusal_cases/weekly").text
    words, _, _ = text.partition('<div id="chart">')
    data = drawn(text)
    for said in (data["title"], data["subtitle"], data["source"]):
        assert html.escape(said) in words


def test_the_script_beside_frames_is_there_for_everybody() -> None:
    answer = get("/embed/frame.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "morale-indicators:height" in answer.text


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("/", "/embed/overview"),
        ("/answer?as_of=2024-02-01&utm_source=x", "/embed/answer?as_of=2024-02-01"),
        ("/projection?weekly=50", "/embed/projection?weekly=50"),
        ("/indicator?indicator=refusal_cases", "/embed/indicator?indicator=refusal_cases"),
        ("/indicator?indicator=refusal_cases&chart=annual", "/embed/indicator?indicator=refusal_cases&chart=annual"),
        ("/cascade?r=1.5&reach=0.2", "/embed/cascade?r=1.5"),
        ("/embed/sentence/answer", "/embed/sentence/answer"),
    ],
)
def test_oembed_gives_the_frame_of_an_address(address: str, frame: str) -> None:
    answer = get(f"/oembed?url={quote(f'http://127.0.0.1{address}')}&maxwidth=400")
    assert answer.headers["content-type"] == "application/json"
    described = answer.json()
    assert (described["version"], described["type"], described["width"]) == ("1.0", "rich", 400)
    assert described["height"] > 150
    assert f'<iframe src="http://127.0.0.1{html.escape(frame)}"' in described["html"]
    assert 'src="http://127.0.0.1/embed/frame.js"' in described["html"]
    themed = get(f"/oembed?url={quote(f'http://127.0.0.1{address}')}&theme=dark&dnt=1").json()
    assert "theme=dark" in themed["html"]
    assert get(html.unescape(re.findall('iframe src="([^"]+)"', themed["html"])[0])).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("", 422, "url is missing"),
        ("?url=https://elsewhere.example/projection", 404, "expected an address that begins with http://127.0.0.1"),
        ("?url=http://[", 404, "expected an address"),
        ("?url=http://127.0.0.1/sources", 404, "can't stand on another page"),
        ("?url=http://127.0.0.1/indicator?indicator=none", 404, "No indicator 'none'"),
        ("?url=http://127.0.0.1/projection?weekly=9999", 422, "weekly is '9999'; expected a number from 0 to 500."),
        ("?url=http://127.0.0.1/projection?as_of=soon", 422, "as_of is 'soon'; expected a day"),
        ("?url=http://127.0.0.1/&maxwidth=wide", 422, "expected a whole number above 0"),
        ("?url=http://127.0.0.1/&format=xml", 501, "Expected format json"),
    ],
)
def test_oembed_refuses_in_a_sentence(query: str, status: int, sentence: str) -> None:
    answer = get(f"/oembed{query}")
    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text
