"""The story of "100 a week", its chart, the table of signs and what is new: what they say on a day."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st
from test_api import get
from test_pages import ARTICLE, charts, open_page, said_first, texts

from dashboard.charts.claims.weekly_sentences import Level, draw_weekly_sentences
from dashboard.charts.elements import element, written
from dashboard.charts.over_time.sparkline import Stretch, sparkline
from dashboard.component.source_line import line_text
from dashboard.now.news import newest, news_sentences
from dashboard.now.signs import all_signs
from dashboard.now.table import signs_table
from dashboard.shell.pages import page_of
from dashboard.shell.sections.answer_opening import followed_table
from dashboard.shell.sections.weekly_sentences import weekly_sentences
from indicators.core.evidence.as_of import as_of
from indicators.core.snapshot import Snapshot
from indicators.core.text import lower_first

PARTS = ("claim", "counted", "happened", "projection", "record", "report")


def snapshot(day: date | None = None) -> Snapshot:
    """Return the bundled evidence of a day."""
    return Snapshot(as_of(bundled(), day), bundled())


@pytest.mark.parametrize("stem", ["overview", "answer"])
@pytest.mark.parametrize("day", [None, "2023-08-29", ARTICLE, "2024-12-01"])
def test_the_answer_on_a_page_is_that_of_the_api_on_the_same_day(stem: str, day: str | None) -> None:
    address = {"as_of": day} if day else {}
    answered = get("/v1/answer", **address)
    opening = page_of(stem).opening
    assert opening is not None
    first = opening(snapshot(date.fromisoformat(day) if day else None), {})
    assert (first.question, first.answer) == (answered["question"], answered["sentence"])
    page = open_page(stem, **address)
    assert (page.title[0].value, said_first(page)) == (first.question, first.answer)


def test_the_story_has_its_parts_in_order_and_each_opens_in_place() -> None:
    page = open_page("answer")
    assert [part.label for part in page.expander] == [
        "What was claimed",
        "What the 100 a week counted",
        "What happened in the year",
        "If it had gone on",
        "Were projections right?",
        "The report of August 2023, line by line",
    ]
    folded = texts(page)
    for part in PARTS:
        page.session_state[f"answer_{part}_section"] = True
    page.run()
    opened = texts(page)
    for words in (
        "UK Ministry of Defence, 30 Aug 2023: “If 100 soldiers a week",
        "absence without leave (Art. 337)",
        "73 % of Mar 2024",
        "100 a week for 52 weeks comes to 5,200.",
        "can be held against a count.",
        "statement=A04",
    ):
        assert words in opened, words
        assert words not in folded, words
    # 5,477 - 417 sentences and more lie between two totals; the answer says how many at least.
    happened, record = (table.value for table in page.table)
    assert list(happened["At least"])[:2] == ["4,500", "5,100"]
    assert list(happened["Times projected"]) == ["1.4", "1.5", "0.54"]
    assert next(iter(record["Times projected"])) == "1.4"


def test_before_the_claim_the_story_is_one_sentence() -> None:
    page = open_page("answer", as_of="2023-08-29")
    assert charts(page) == 0
    assert not page.expander
    assert followed_table(snapshot(date(2023, 8, 29)).answer) == []


def test_the_chart_names_its_lines_where_they_end() -> None:
    content = weekly_sentences(snapshot())
    assert content is not None
    names = {text: trace["x"][0] for trace in content["figure"]["data"] for text in trace.get("text", [])}
    assert names["184 all offences"] == "2025-05-31"
    assert names["97 absence"] == "2023-11-21"
    assert "up to 100 (UK MoD)" in names
    assert "Mediazona" in line_text(content["source"])
    assert content["title"] == "Sentences for absence and refusal, Russia, per week"


def test_a_part_above_its_whole_is_explained_by_its_period() -> None:
    # 586 absence sentences up to 26 Apr 2023 are 19 a week, 247 of all offences up to 21 Mar 2023 are 10.
    content, early = weekly_sentences(snapshot()), weekly_sentences(snapshot(date(2023, 4, 1)))
    assert content is not None
    assert content["subtitle"].endswith("where their periods differ, absence can exceed all offences.")
    assert early is None or "periods differ" not in early["subtitle"]


def test_names_of_lines_keep_apart_when_a_line_ends_at_the_edge() -> None:
    level = Level("absence", date(2023, 1, 1), date(2023, 6, 30), 97, "Mediazona", date(2023, 7, 1))
    sides = {
        text: trace["textposition"]
        for trace in draw_weekly_sentences([level], 100, "up to 100")["data"]
        for text in trace.get("text", [])
    }
    assert sides == {"up to 100": "top left", "97 absence": "bottom left"}
    assert draw_weekly_sentences([], 100, "up to 100")["layout"]["meta"] == {"empty": True}


def test_what_is_new_names_the_newest_day_and_the_counts_that_ended() -> None:
    shown = snapshot()
    said = news_sentences(shown, all_signs(shown), date(2026, 11, 28))
    assert said[1] == "Weekly counts of refusal end in May 2025, published in Jun 2025."
    assert "flight and surrender (Sep 2024)" in said[2]
    found = newest(shown, all_signs(shown), 4)
    assert [news.known for news in found] == sorted((news.known for news in found), reverse=True)


@pytest.mark.parametrize("day", [date(2022, 9, 21), date(2023, 8, 30), date(2025, 6, 26)])
def test_nothing_new_is_newer_than_the_day(day: date) -> None:
    shown = snapshot(day)
    assert all(news.known <= day for news in newest(shown, all_signs(shown), 4))
    assert all(sign.known is None or sign.known <= day for sign in all_signs(shown))


def test_the_table_has_one_axis_and_escapes_what_it_is_given() -> None:
    table = signs_table(all_signs(snapshot()), None, date(2026, 11, 28))
    heads = [" ".join(head.itertext()) for head in table.findall("thead/tr/th")]
    assert heads[2].split() == ["2022", "2023", "2024", "2025", "2026"]
    assert len(table.findall("tbody/tr")) == len(table.findall(".//a[@href]")) == 13
    hostile = element("td", "<img src=x onerror=alert(1)>", title='"><script>')
    assert ElementTree.fromstring(written(hostile)).text == "<img src=x onerror=alert(1)>"
    assert "<img" not in written(hostile)


def test_every_sign_without_anything_newer_for_a_year_is_named() -> None:
    shown, today = snapshot(), date(2026, 11, 28)
    said = " ".join(news_sentences(shown, all_signs(shown), today))
    for sign in all_signs(shown):
        assert sign.end is not None
        old = (today - sign.end).days > 365 and sign.indicator.group != "Refusal and law"
        assert (f"{lower_first(sign.indicator.name)} ({sign.end:%b %Y})" in said) is old
    assert "shocks to the leadership (May 2024)" in said


@given(st.floats(0, 1e6), st.dates(date(2022, 1, 1), date(2026, 1, 1)), st.integers(0, 400))
def test_columns_of_a_small_line_stay_inside(value: float, start: date, days: int) -> None:
    last = date(2026, 11, 28)
    end = date.fromordinal(start.toordinal() + days)
    drawn = sparkline([Stretch(start, end, value)], date(2022, 1, 1), last, alt="")
    style = dict(part.split(":") for part in drawn[0].get("style", "").split(";"))
    left, width, height = (float(style[name].rstrip("%")) for name in ("left", "width", "height"))
    assert 0 <= left <= left + width <= 100.1
    assert 0 <= height <= 100
