"""Replaying a past day: one chip steps through the months, and nothing known later reaches a page or a download."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pandas as pd
import pytest
from factories import bundled
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from test_api import client, get, problem, table
from test_pages import LATER, drawn, open_page, texts, with_parts

from api.feed_formats import ATOM
from dashboard.charts.over_time.series import draw
from dashboard.shell.addresses import documentation_link
from dashboard.shell.pages import all_pages
from indicators.core.model import Panel
from indicators.core.registry import all_indicators
from indicators.core.replay import next_step, previous_step, replay_days

ARTICLE = "2023-08-30"
LAST = date(2026, 11, 28)
PALE = "Pale: as known today"
DAYS = st.dates(min_value=date(2022, 2, 24), max_value=date(2026, 6, 30))
INDICATORS = st.sampled_from([indicator.id for indicator in all_indicators()])


def day_of(page: AppTest) -> str | None:
    """Return the day in the address of a page."""
    return page.query_params.get("as_of")


def test_the_replay_goes_month_by_month_through_the_day_of_the_report() -> None:
    days = replay_days(LAST)
    assert (days[0], days[-1]) == (date(2022, 2, 28), date(2026, 10, 30))
    assert len(days) == 57  # from February 2022 to October 2026
    assert date(2023, 8, 30) in days
    assert date(2024, 2, 29) in days


@given(DAYS)
def test_a_step_leads_to_the_neighbouring_day_of_the_replay(day: date) -> None:
    days = replay_days(LAST)
    forward, back = next_step(day, LAST), previous_step(day, LAST)
    assert forward == min((step for step in days if step > day), default=None)
    assert back == max((step for step in days if step < day), default=None)


def test_steps_lead_back_from_today_and_on_to_today() -> None:
    assert next_step(None, LAST) is None
    assert previous_step(None, LAST) == date(2026, 10, 30)
    assert next_step(date(2026, 10, 30), LAST) is None
    assert previous_step(date(2022, 2, 28), LAST) is None


def test_steps_move_the_day_of_the_page_both_ways() -> None:
    page = open_page("sources", as_of="2023-08-30")
    page.button(key="replay_next").click().run()
    assert day_of(page) == "2023-09-30"
    page.button(key="replay_back").click().run()
    page.button(key="replay_back").click().run()
    assert day_of(page) == "2023-07-30"
    page.button(key="known_today").click().run()
    assert day_of(page) is None
    assert page.button(key="replay_next").disabled
    assert not page.button(key="replay_back").disabled
    assert open_page("sources", as_of="2022-02-24").button(key="replay_back").disabled


def test_the_banner_leads_back_to_today() -> None:
    page = open_page("sources")
    page.button(key="known_report").click().run()
    assert day_of(page) == "2023-08-30"
    page.button(key="known_back").click().run()
    assert day_of(page) is None
    assert "known_back" not in [button.key for button in page.button]


@pytest.mark.parametrize("written", ["20230830", "2023-08-30", "30.8.2023", " 30 Aug 2023", "30 august 2023"])
def test_a_day_can_be_written_in_several_ways(written: str) -> None:
    page = open_page("sources")
    page.text_input(key="known_written").set_value(written).run()
    assert day_of(page) == "2023-08-30"
    assert not page.warning


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("8/30/2023", "expected a day such as 30 Aug 2023, 2023-08-30 or 30.8.2023, got '8/30/2023'"),
        ("31.6.2023", "got '31.6.2023'"),
        ("1.1.2022", "expected a day from 24 Feb 2022 to"),
        ("1.1.9999", "got 1 Jan 9999"),
    ],
)
def test_a_day_that_makes_no_sense_is_said_and_changes_nothing(written: str, why: str) -> None:
    page = open_page("sources", as_of=ARTICLE)
    page.text_input(key="known_written").set_value(written).run()
    assert day_of(page) == ARTICLE
    assert why in page.warning[0].value
    page.text_input(key="known_written").set_value("1.9.2023").run()
    assert day_of(page) == "2023-09-01"
    assert not page.warning


def test_the_banner_says_for_how_many_rows_the_day_is_inferred() -> None:
    observations, events = (open_page("sources", as_of=day).info[0].value for day in (ARTICLE, "2022-02-24"))
    assert re.search(r"For \d+ of \d+ rows behind it the day is inferred", observations)
    assert "inferred" not in events  # nothing of that day has a day that was inferred


def test_play_starts_at_the_report_and_stop_keeps_the_day() -> None:
    page = open_page("overview")
    page.button(key="replay_play").click().run()
    assert day_of(page) == "2023-08-30"
    assert page.button(key="replay_play").label == "Stop"
    page.button(key="replay_play").click().run()
    assert page.button(key="replay_play").label == "Play"
    assert day_of(page) == "2023-08-30"


def test_on_the_day_of_the_report_the_overview_knows_the_hundred_and_no_later_count() -> None:
    words = texts(open_page("overview", as_of=ARTICLE))
    assert "up to 100" in words
    assert LATER.findall(words) == []


def test_what_is_known_today_stands_behind_a_replayed_day_unless_the_reader_takes_it_away() -> None:
    both = open_page("indicator", indicator="refusal_cases", as_of=ARTICLE)
    assert PALE in drawn(both)
    then = open_page("indicator", indicator="refusal_cases", as_of=ARTICLE, later="false")
    assert PALE not in drawn(then)
    assert "later" not in {toggle.key for toggle in open_page("indicator", indicator="refusal_cases").toggle}


def test_a_replayed_report_says_that_later_answers_are_left_out() -> None:
    left_out = "What became known later is left out."
    assert left_out in texts(open_page("article", statement="A04", as_of=ARTICLE))
    assert left_out not in texts(open_page("article", statement="A04"))
    rows = [place.label for place in open_page("article", as_of=ARTICLE).expander]
    assert not [row for row in rows if "since:" in row]


@given(DAYS)
def test_the_overlay_holds_all_figures_known_today_and_no_other(day: date) -> None:
    rows = bundled().of_series("ru_art337_cases_received_annual")
    panel = Panel(id="p", title="Cases", unit="cases", series=("ru_art337_cases_received_annual",), kind="columns")
    then = rows[rows["known"] <= pd.Timestamp(day)]
    bars = [trace for trace in draw(then, panel, now=rows)["data"] if trace["type"] == "bar"]
    behind = [value for trace in bars if "opacity" in trace for value in trace["y"]]
    shown = [value for trace in bars if "opacity" not in trace for value in trace["y"]]
    assert sorted(behind) == sorted(newest_editions(rows))
    assert sorted(shown) == sorted(newest_editions(then))
    assert len({trace["marker"]["color"][0] for trace in bars}) == 1


def newest_editions(rows: pd.DataFrame) -> list[float]:
    """Return the value of each year in its newest edition."""
    newest = rows.sort_values("known").groupby(rows["period_start"].dt.year)["value"].last()
    return list(newest)


@settings(max_examples=8)
@given(DAYS, INDICATORS)
def test_no_download_holds_a_row_known_later(day: date, indicator_id: str) -> None:
    rows = table(f"/v1/indicators/{indicator_id}", as_of=day)
    assert all(row["known"] <= day.isoformat() for row in rows)


def days_known(answer: Any) -> list[str]:
    """Return every day on which something in an answer became known."""
    if isinstance(answer, dict):
        own = [answer["known"]] if isinstance(answer.get("known"), str) else []
        return own + [day for value in answer.values() for day in days_known(value)]
    return [day for value in answer for day in days_known(value)] if isinstance(answer, list) else []


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/v1/indicators", "/v1/claims", "/v1/track-record"])
@settings(max_examples=6)
@given(day=DAYS)
def test_no_card_claim_or_score_was_known_later(path: str, day: date) -> None:
    assert all(known <= day.isoformat() for known in days_known(get(path, as_of=day)))


def test_the_answers_of_today_hold_days_to_check() -> None:
    for path in ("/v1/indicators", "/v1/claims", "/v1/track-record"):
        assert len(days_known(get(path))) >= 5, path


@pytest.mark.parametrize("name", ["events", "sources"])
@settings(max_examples=8)
@given(day=DAYS)
def test_no_table_holds_a_row_known_later(name: str, day: date) -> None:
    column = {"events": "known", "sources": "published"}[name]
    rows = table(f"/v1/{name}", as_of=day)
    assert all(row[column][:10] <= day.isoformat() for row in rows if len(row[column]) == 10)


def links_of(page: AppTest) -> list[str]:
    """Return every address that a page links to, the links to other pages included."""
    written = re.findall(r"\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)", texts(page))
    return written + [f"/{link.proto.page}?{link.proto.query_string}" for link in page.get("page_link")]


@pytest.mark.parametrize("stem", [page.stem for page in all_pages()])
def test_every_link_of_a_replayed_page_keeps_the_day_or_leads_to_a_source(stem: str) -> None:
    links = links_of(open_page(stem, as_of=ARTICLE))
    own = [link for link in links if not urlsplit(link).scheme]
    whole = {documentation_link(), "/api/v1/package.zip"}
    days = {link: parse_qs(urlsplit(link).query).get("as_of") for link in own if link not in whole}
    assert all(day == [ARTICLE] for day in days.values()), days
    assert len(days) >= (stem != "both_sides")
    assert all(urlsplit(link).netloc for link in links if link not in own)
    assert not [link for link in links if link.endswith("?")]


@pytest.mark.parametrize("stem", [page.stem for page in all_pages()])
def test_without_a_replay_no_link_names_a_day(stem: str) -> None:
    links = [link for link in links_of(open_page(stem)) if not urlsplit(link).scheme]
    assert not [link for link in links if "as_of" in link or (link.startswith("/api") and link.endswith("?"))]


def test_the_links_of_the_timeline_and_the_cascade_lead_to_the_indicator_of_that_day() -> None:
    timeline = open_page("timeline", as_of=ARTICLE, all="true")
    cascade = with_parts("cascade", "cascade_context_section", as_of=ARTICLE)
    for links in (links_of(timeline), links_of(cascade)):
        assert f"/indicator?indicator=refusal_cases&as_of={ARTICLE}" in links


@pytest.mark.parametrize("stem", ["indicator", "projection", "cascade", "claims", "timeline"])
def test_saved_files_know_the_replayed_day_and_the_data(stem: str) -> None:
    # Claims and timeline draw their axis when a reader asks for it.
    parts = ["axis_section"] if stem in ("claims", "timeline") else []
    shown = [element.proto for element in with_parts(stem, *parts, as_of=ARTICLE).get("bidi_component")]
    told = [json.loads(proto.bytes) for proto in shown if b'"table"' in proto.bytes]
    assert told
    assert {(data["as_of"], data["data_version"]) for data in told} == {(ARTICLE, bundled().data_version)}


def test_the_whole_package_is_called_so_and_refuses_a_day() -> None:
    assert "Whole data package as ZIP, not replayed" in texts(open_page("sources", as_of=ARTICLE))
    assert "not replayed" not in texts(open_page("sources"))
    status, sentence = problem("/v1/package.zip", as_of=ARTICLE)
    assert status == 422
    assert "always whole" in sentence


@settings(max_examples=8)
@given(day=DAYS | st.just(date(2026, 11, 25)))
def test_the_feed_of_corrections_names_none_that_came_later(day: date) -> None:
    answer = client().get("/v1/corrections.atom", params={"as_of": day.isoformat()})
    feed = ElementTree.fromstring(answer.text)
    updated = [str(entry.findtext(f"{{{ATOM}}}updated")) for entry in feed.iter(f"{{{ATOM}}}entry")]
    assert all(text[:10] <= day.isoformat() for text in updated)
    known = bundled().corrections[bundled().corrections["date"] <= pd.Timestamp(day)]
    assert len(updated) == len(known.drop_duplicates(["date", "cause"]))
