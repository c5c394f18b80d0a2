"""What is new: which rows are new, revised or corrected, and the feeds as feed readers read them."""

from __future__ import annotations

from datetime import date
from typing import Any

import feedparser
import pandas as pd
import pytest
from factories import bundled, evidence_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_api import client
from test_pages import open_page, texts

from api.feed_formats import JSON_FEED, Entry, Feed, atom, json_feed
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.updates import UpdateKind, updates

DAY = date(2024, 2, 1)
NAMES = {"refusal_cases": "Refusal cases"}
LARGE = 10**6


def parsed(path: str) -> Any:
    """Return an Atom answer as a feed reader reads it."""
    answer = client().get(path)
    assert answer.status_code == 200, answer.text
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_a_row_with_an_earlier_edition_is_a_revision_and_tells_the_figure_before() -> None:
    found = updates(bundled(), {})
    (revision,) = [one for one in found if one.kind is UpdateKind.REVISIONS and one.day == date(2026, 3, 3)]
    (line,) = revision.lines
    assert "419,000" in line
    assert "; before: about 418,000 persons" in line


def test_figures_of_one_day_are_no_revisions_of_each_other() -> None:
    found = [one for one in updates(bundled(), {}) if one.day == date(2025, 5, 20)]
    lines = [line for one in found for line in one.lines if "49,000" in line or "50,000" in line]
    assert len(lines) == 2
    assert all("before" not in line for line in lines)
    assert UpdateKind.REVISIONS not in {one.kind for one in found}


def test_every_row_and_every_correction_is_in_one_update() -> None:
    found = updates(bundled(), {})
    figures = [line for one in found if one.kind is not UpdateKind.CORRECTIONS for line in one.lines]
    corrected = [one for one in found if one.kind is UpdateKind.CORRECTIONS]
    assert len(figures) == len(bundled().observations)
    assert sum(len(one.lines) for one in corrected) == len(bundled().corrections)
    assert len({one.id for one in found}) == len(found)
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)


@settings(max_examples=15, deadline=None)
@given(since=st.dates(date(2022, 2, 24), date(2026, 11, 28)), day=st.dates(date(2022, 2, 24), date(2026, 11, 28)))
def test_what_is_new_lies_between_the_two_days(since: date, day: date) -> None:
    found = updates(as_of(bundled(), day), {}, since)
    assert all(since <= one.day <= day for one in found)
    known = bundled().observations["known"]
    expected = int(((known >= pd.Timestamp(since)) & (known <= pd.Timestamp(day))).sum())
    assert sum(len(one.lines) for one in found if one.kind is not UpdateKind.CORRECTIONS) == expected


def test_nothing_is_new_where_nothing_was_published() -> None:
    assert updates(as_of(bundled(), date(2000, 1, 1)), {}) == []


def test_an_id_stays_until_a_row_joins_its_day() -> None:
    first = evidence_of(observations=[{"observation_id": "a"}])
    second = evidence_of(observations=[{"observation_id": "a"}, {"observation_id": "b", "geography": "elsewhere"}])
    ids = [_ids_of_figures(one) for one in (first, first, second)]
    assert ids[0] == ids[1] != ids[2]


def _ids_of_figures(evidence: Evidence) -> list[str]:
    return [one.id for one in updates(evidence, {}) if one.kind is not UpdateKind.CORRECTIONS]


def test_the_atom_feed_is_read_by_a_feed_reader() -> None:
    feed = parsed("/v1/feed.atom")
    assert feed.version == "atom10"
    assert feed.feed.title == "What is new: morale indicators"
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}
    assert len(feed.entries) == 100
    for entry in feed.entries:
        assert entry.id
        assert entry.title
        assert entry.link.startswith("http://test/")
        assert entry.updated_parsed == entry.published_parsed
        assert entry.content[0].type == "text/html"
        assert "<li>" in entry.content[0].value
        assert entry.tags[0].term in set(UpdateKind)
    assert len({entry.id for entry in feed.entries}) == 100
    assert feed.feed.updated_parsed == max(entry.updated_parsed for entry in feed.entries)
    figures = [entry for entry in feed.entries if entry.tags[0].term == "figures"]
    assert all('<a href="http' in entry.content[0].value for entry in figures)


def test_since_a_visit_all_entries_come_and_of_one_kind_if_asked() -> None:
    feed = parsed("/v1/feed.atom?since=2026-06-01&kind=figures")
    expected = [one for one in updates(bundled(), {}, date(2026, 6, 1)) if one.kind is UpdateKind.FIGURES]
    assert len(feed.entries) == len(expected) > 5
    assert min(entry.published for entry in feed.entries) >= "2026-06-01"
    replayed = parsed("/v1/feed.atom?as_of=2023-08-30")
    assert max(entry.published for entry in replayed.entries)[:10] <= "2023-08-30"
    assert client().get("/v1/feed.atom?since=yesterday").status_code == 422
    assert client().get("/v1/feed.atom?kind=rumours").status_code == 422
    to_come = client().get("/v1/feed.json?since=2062-10-30")
    assert (to_come.status_code, "since: expected a day not after today" in to_come.text) == (422, True)


def test_both_forms_have_the_same_entries() -> None:
    answer = client().get("/v1/feed.json?since=2026-06-01")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert (feed["version"], feed["feed_url"]) == (JSON_FEED, "http://test/v1/feed.json?since=2026-06-01")
    same = parsed("/v1/feed.atom?since=2026-06-01")
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in same.entries]
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in same.entries]
    for item in feed["items"]:
        assert set(item) == {"id", "url", "title", "content_html", "date_published", "tags"}


def test_every_correction_has_its_reason_and_its_values_in_the_feed_of_corrections() -> None:
    feed = parsed("/v1/corrections.atom")
    causes = bundled().corrections.drop_duplicates(["date", "cause"])
    assert len(feed.entries) == len(causes)
    content = " ".join(entry.content[0].value for entry in feed.entries)
    assert ": figure was “" in content
    assert ".csv" not in content
    assert "Trust in the president (KIIS), 23 Jul to 31 Aug 2025: first day of the period was “1 Aug 2025”" in content
    assert all(entry.link == "http://test/corrections" for entry in feed.entries)


HOSTILE = "<script>alert(1)</script>\x07&\u202e"


def test_text_of_others_is_no_mark_up_in_a_feed() -> None:
    entry = Entry(
        id="a",
        title=HOSTILE,
        day=DAY,
        address="http://test/",
        lines=[HOSTILE],
        links=[(HOSTILE, 'http://x/"><b>')],
        kind="x",
    )
    feed = Feed(id="urn:x", title="x", address="http://test/", page="http://test/", entries=[entry])
    read = feedparser.parse(atom(feed))
    assert not read.bozo
    assert read.entries[0].title_detail.type == "text/plain"
    assert "<script" not in entry.content
    assert '"><b>' not in entry.content
    (item,) = json_feed(feed)["items"]  # type: ignore[misc]
    assert item["content_html"] == entry.content


def test_a_feed_without_entries_stands() -> None:
    read = feedparser.parse(atom(Feed(id="urn:x", title="x", address="http://test/", page="http://test/", entries=[])))
    assert not read.bozo
    assert read.feed.updated == "2022-02-24T00:00:00Z"


@pytest.mark.parametrize("since", ["2026-06-01", ""])
def test_the_page_lists_what_is_new_since_the_day_in_its_address(since: str) -> None:
    page = open_page("updates", **({"since": since} if since else {}), as_of="2026-09-30")
    said = texts(page)
    first = date.fromisoformat(since) if since else date(2026, 6, 30)
    found = updates(as_of(bundled(), date(2026, 9, 30)), {}, first)
    assert f"Since {first.day} {first:%b %Y}: " in said
    assert f"The latest is of {found[0].day.day} {found[0].day:%b %Y}." in said
    assert "Atom feed" in said
    assert "Keep this link" not in said


def test_the_page_of_today_gives_a_link_for_the_next_visit() -> None:
    assert f"/updates?since={date.today().isoformat()}" in texts(open_page("updates"))
