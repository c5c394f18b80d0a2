"""In a replay no text says what became known later: no cell of the data and no sentence of ours, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest
from factories import bundled, evidence_of
from google.protobuf.message import Message
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from test_api import client, get
from test_pages import open_page
from test_request_limits import ROUTES

from dashboard.method.text import METHODS
from dashboard.shell.pages import all_pages
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.as_of import LATER_CELLS, as_of
from indicators.core.evidence.load import Evidence
from indicators.core.model import Dated, Indicator, as_known, text_known
from indicators.core.registry import all_indicators

DAYS = st.dates(min_value=date(2022, 2, 24), max_value=date(2026, 6, 30))
STEMS = [page.stem for page in all_pages()]
LONG_ENOUGH = 20
"""Letters from which on a text is taken for its own and not for a word that others use."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "events": ("title", "summary"),
    "mentions": ("summary",),
    "claims": ("statement", "note"),
    "comparison_guards": ("russia", "ukraine", "reason"),
    "published_projections": ("statement", "note"),
    "observations": ("note",),
    "assumptions": ("reason",),
    "signposts": ("statement", "reason"),
    "corrections": ("cause",),
}
"""Columns of the data that hold sentences."""
DATES = re.compile(
    r"(?:(?P<day>\d{1,2}) )?(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?P<year>20\d\d)"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sentences(evidence: Evidence) -> set[str]:
    """Return every sentence of the data."""
    cells = (getattr(evidence, table)[column] for table, columns in WORDS.items() for column in columns)
    return {text for column in cells for text in column if text}


def own_texts(indicator: Indicator) -> Iterator[str]:
    """Yield every text of an indicator's definition."""
    yield from (indicator.question, indicator.direction_reason, indicator.formula)
    yield from (*indicator.caveats, *indicator.references)
    yield from (text for panel in indicator.panels for text in (panel.title, panel.note))


def known_later(day: date) -> set[str]:
    """Return the sentences of data and code that could not be written by a day, and that nothing says which could."""
    ours = [text for indicator in all_indicators() for text in own_texts(indicator)]
    ours += [reference for method in METHODS for reference in method.references]
    evidence = snapshot_on(day).evidence
    then = {text_known(text, day) for text in ours} | sentences(evidence)
    then |= {*evidence.series["definition"], *evidence.series["name"], *evidence.sources["title"]}
    later = {str(text) for text in (*ours, *sentences(bundled())) if len(text) >= LONG_ENOUGH} - then
    together = "\n".join(then)
    return {text for text in later if text not in together}


def strings(message: Message) -> Iterator[str]:
    """Yield every text in a message to the browser; what is packed for tables is searched as it is."""
    for field, value in message.ListFields():
        for part in value if field.is_repeated else [value]:
            if isinstance(part, Message):
                yield from strings(part)
            elif isinstance(part, bytes):
                yield part.decode("utf-8", "ignore")
            elif isinstance(part, str):
                yield part


def shown(page: AppTest) -> str:
    """Return all that a page sends to the browser below its menu."""
    return "\n".join(
        text for element in page.main if isinstance(element.proto, Message) for text in strings(element.proto)
    )


def plain(text: str) -> str:
    """Return a text without the marks that keep it from being read as Markdown or as part of JSON."""
    return text.replace("\\", "")


@pytest.mark.parametrize("stem", STEMS)
@settings(max_examples=2, deadline=None)
@given(day=DAYS)
def test_no_page_says_what_became_known_later(stem: str, day: date) -> None:
    words = plain(shown(open_page(stem, as_of=day.isoformat())))
    assert [text for text in known_later(day) if text in words] == []


@pytest.mark.parametrize("indicator", [indicator.id for indicator in all_indicators()])
@settings(max_examples=1, deadline=None)
@given(day=DAYS)
def test_no_indicator_says_what_became_known_later(indicator: str, day: date) -> None:
    words = plain(shown(open_page("indicator", indicator=indicator, as_of=day.isoformat())))
    assert [text for text in known_later(day) if text in words] == []


@pytest.mark.parametrize("route", [*ROUTES, *(f"indicators/{indicator.id}" for indicator in all_indicators())])
@settings(max_examples=3, deadline=None)
@given(day=DAYS)
def test_no_route_says_what_became_known_later(route: str, day: date) -> None:
    answer = client().ask("GET", f"/v1/{route}{'&' if '?' in route else '?'}as_of={day}").text
    words = plain(answer)
    assert [text for text in known_later(day) if text in words] == []


@pytest.mark.parametrize("day", [date(2022, 3, 1), date(2023, 8, 24), date(2024, 6, 1)])
def test_there_are_sentences_to_look_for(day: date) -> None:
    assert len(known_later(day)) > 100


@pytest.mark.parametrize("stem", ["timeline", "method", "indicator"])
def test_a_planted_sentence_would_be_found(stem: str) -> None:
    words = plain(shown(open_page(stem)))
    assert [text for text in known_later(date(2022, 12, 13)) if text in words]


def named_days(text: str) -> Iterator[tuple[date, str]]:
    """Yield the first day of each date that a text names with its month, and the words for it."""
    for found in DATES.finditer(text):
        yield date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"] or 1)), found[0]


@settings(max_examples=40, deadline=None)
@given(DAYS)
def test_no_definition_names_a_later_day(day: date) -> None:
    """A replayed definition of ours, a series, a publisher and a guard name no day to come."""
    then = snapshot_on(day).evidence
    texts = [text for indicator in all_indicators() for text in own_texts(as_known(indicator, day))]
    used = then.series[then.series["series"].isin(then.observations["series"])]
    texts += [*used["name"], *used["definition"], *used["direction_reason"]]
    texts += [*then.publishers["reason"][then.publishers["publisher"].isin(then.sources["publisher"])]]
    texts += [text for column in WORDS["comparison_guards"] for text in then.comparison_guards[column]]
    texts += [*then.assumptions["reason"], *then.events["summary"], *then.mentions["summary"], *then.claims["note"]]
    assert [(words, text) for text in texts for first, words in named_days(text) if first > day] == []
    assert [text for text in texts for year in re.findall(r"\b20[23]\d\b", text) if int(year) > day.year] == []


def test_before_the_denial_the_events_have_no_word_of_it() -> None:
    rows = {row["event_id"]: row for row in get("/v1/events", as_of="2023-08-24")["rows"]}
    assert "kremlin-rejects-responsibility-2023-08-25" not in rows
    assessed = rows["isw-putin-almost-certainly-ordered-it-2023-08-23"]
    assert (assessed["status"], assessed["denied_by"], assessed["denied_known"]) == ("assessed", "", None)
    words = client().ask("GET", "/v1/events?as_of=2023-08-24").text
    assert not re.search(r"complete lie|Peskov called|denied_by\":\"Kremlin", words)
    later = {row["event_id"]: row for row in get("/v1/events", as_of="2023-08-25")["rows"]}
    assessed = later["isw-putin-almost-certainly-ordered-it-2023-08-23"]
    assert (assessed["status"], assessed["denied_by"], assessed["denied_known"]) == (
        "contested",
        "Kremlin",
        "2023-08-25",
    )


def test_before_the_weekly_figure_nothing_speaks_of_it() -> None:
    answer = client().ask("GET", "/v1/indicators/refusal_sentences?as_of=2022-12-13")
    assert "100 a week" not in answer.text
    assert answer.json()["question"] == "How many soldiers are sentenced a week for absence or refusal?"
    assert not re.search(r"UK figure|Mediazona's count|2023", " ".join(answer.json()["caveats"]))
    assert get("/v1/indicators/refusal_sentences")["question"].endswith("did 100 a week last?")


def test_both_sides_and_the_cascade_say_nothing_of_2025_in_a_replay_of_2023() -> None:
    assert "then closed" not in shown(open_page("both_sides", as_of="2023-08-30"))
    assert "Lyall and Zhukov" not in shown(open_page("cascade", as_of="2023-08-30"))
    assert "Lyall and Zhukov" in shown(open_page("cascade"))


EVENT = {"status": "contested", "denied_by": "Ministry", "denied_known": "2023-02-01", "status_before": "claimed"}


@pytest.mark.parametrize(
    ("day", "status", "denied"), [("2023-01-31", "claimed", ""), ("2023-02-01", "contested", "Ministry")]
)
def test_a_denial_stands_from_its_own_day(day: str, status: str, denied: str) -> None:
    (row,) = as_of(evidence_of(events=[EVENT]), date.fromisoformat(day)).events.to_dict("records")
    assert (row["status"], row["denied_by"], row["known"]) == (status, denied, pd.Timestamp("2023-01-11"))


def test_a_note_and_a_reason_stand_from_their_own_day() -> None:
    evidence = evidence_of(
        claims=[{"note": "Later words.", "note_known": "2023-03-01"}],
        assumptions=[{"reason": "Rates moved.", "known": "2023-03-01"}],
    )
    before, after = (as_of(evidence, date(2023, month, day)) for month, day in ((2, 28), (3, 1)))
    assert (before.claims["note"].tolist(), after.claims["note"].tolist()) == ([""], ["Later words."])
    assert len(before.assumptions) == len(evidence.assumptions)
    assert (before.assumptions["reason"][0], after.assumptions["reason"][0]) == ("", "Rates moved.")


def test_a_signpost_of_ours_stands_from_the_start_of_its_window() -> None:
    evidence = evidence_of(signposts=[{"window_start": "2023-05-01", "known": "", "source_id": "", "known_basis": ""}])
    assert [len(as_of(evidence, date(2023, month, 1)).signposts) for month in (4, 5)] == [0, 1]


@settings(max_examples=20, deadline=None)
@given(DAYS, DAYS)
def test_going_back_twice_is_going_back_once(first: date, second: date) -> None:
    there = as_of(as_of(bundled(), max(first, second)), min(first, second))
    for table in LATER_CELLS:
        pd.testing.assert_frame_equal(getattr(there, table), getattr(as_of(bundled(), min(first, second)), table))


def test_a_dated_text_gives_way_to_what_stood_before() -> None:
    text: Callable[..., Any] = Dated
    assert text_known(text("Now.", date(2023, 1, 2), before="Then."), date(2023, 1, 1)) == "Then."
    assert text_known(text("Now.", date(2023, 1, 2)), date(2023, 1, 1)) == ""
    assert text_known("Always.", date(1990, 1, 1)) == "Always."
