"""The answer to "100 a week, 5,200 a year": its sentence, what it rests on, and what it says when less was known."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from factories import bundled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_api import get
from test_pages import open_page, texts, with_parts
from test_projection_sections import opened

from dashboard.track_record.text import comparison_lines
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.rounding import lower_limit, two_digit_ratio, two_digits
from indicators.methods.counts.court_totals import ABSENCE_SENTENCES, SENTENCES
from indicators.methods.projection.afterwards import counts_afterwards
from indicators.methods.track_record.answer import Answer, AnswerStatus, answer
from indicators.methods.track_record.imprisoned import SHARE
from indicators.methods.track_record.score import track_record


@cache
def on(day: date | None = None) -> Answer:
    """Return the answer as known on a day."""
    return answer(as_of(bundled(), day))


def test_the_answer_in_one_sentence() -> None:
    assert on().status is AnswerStatus.ANSWERED
    assert on().sentence == (
        "About right for the day, too low for the year: at least 4,500 and probably about 7,200 sentences for absence, "
        "which is what the 100 a week counted, followed within a year, about 1.4 times the 5,200 (under all refusal "
        "articles at least 5,100 and probably about 8,000, about 1.5 times), and most known absence sentences were "
        "suspended."
    )
    assert on().sentence.count(".") == 3  # the decimal points of two ratios, and the end


def test_the_parts_hold_what_was_claimed_counted_and_newest() -> None:
    found = on()
    assert found.claimed.startswith("UK Ministry of Defence, 30 Aug 2023: ")
    # 3,470 - 586 in 209 days.
    assert found.pace == "Absence sentences came to 97 a week (27 Apr to 21 Nov 2023)."
    # 17,721 - 8,594 in 347 days.
    assert found.latest.startswith("The latest count is 184 sentences under all refusal articles a week")
    assert "32 of 44 texts; 58 to 84 %" in found.suspended
    assert [one.series for one in found.figures] == [ABSENCE_SENTENCES, SENTENCES, SHARE]
    assert {one.line_end for one in found.weekly} == {"absence", "all offences"}
    assert found.cited is not None
    assert (found.cited.value, found.cited.qualifier.value, found.projected) == (100, "up_to", 5200)
    assert set(found.inputs) <= set(bundled().observations["observation_id"])
    assert set(found.source_ids) <= set(bundled().sources["source_id"])


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        (date(2023, 8, 29), AnswerStatus.UNPUBLISHED, "No weekly figure"),
        (date(2023, 8, 31), AnswerStatus.WAITING, "no count of sentences after 30 Aug 2023 is known yet"),
        (date(2023, 12, 1), AnswerStatus.PARTLY, "the year is not over; at least 420 and probably about 1,400"),
        (date(2024, 12, 1), AnswerStatus.PARTLY, "no total from after the end of the year is known; at least 4,500"),
        (date(2025, 6, 26), AnswerStatus.ANSWERED, "About right for the day, too low for the year"),
    ],
)
def test_a_past_day_has_a_sentence_of_its_own(day: date, status: AnswerStatus, words: str) -> None:
    assert on(day).status is status
    assert words in on(day).sentence


def test_nothing_is_judged_by_the_figure_that_it_comes_from() -> None:
    # On 30 Aug 2023 only Mediazona's own "about 100 a week" was known, which the update repeats.
    then = on(date(2023, 8, 30))
    assert then.verdict == "Too early to say"
    assert then.sentence.startswith("Too early to say: no count of sentences after 30 Aug 2023 is known yet")
    assert then.pace.startswith("Absence sentences came to about 100 a week")
    assert on(date(2023, 12, 1)).verdict == "About right for the day"


@given(day=st.dates(min_value=date(2022, 2, 24), max_value=date(2026, 11, 1)))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_answer_knows_what_became_known_later(day: date) -> None:
    found = on(day)
    assert found.known is None or found.known <= day
    assert all(one.figure.known <= day for one in (*found.figures, *found.weekly))
    known = as_of(bundled(), day).observations["observation_id"]
    assert set(found.inputs) <= set(known)


def test_the_answer_over_http_is_the_same() -> None:
    answered = get("/v1/answer")
    assert answered["sentence"] == on().sentence
    assert [one["ratio"] for one in answered["figures"]] == pytest.approx([one.ratio for one in on().figures])
    assert "Mediazona" in {source["publisher"] for source in answered["sources"]}
    then = get("/v1/answer", as_of="2023-08-29")
    assert (then["status"], then["figures"], then["sources"]) == ("unpublished", [], [])


def test_every_builder_gives_one_number_for_one_thing() -> None:
    (update, *_) = track_record(bundled())
    record = {
        (item.stage, SHARE if item.stage is Stage.PERSON else item.series): item.outcome.figure.value
        for item in update.comparisons
        if item.outcome is not None and item.outcome.claimants == ("Mediazona",)
    }
    paths = {
        (path.stage, SHARE if path.stage is Stage.PERSON else path.series): path.counts[-1].value
        for path in counts_afterwards(bundled(), date(2023, 8, 30), 52)
    }
    over_http = get("/v1/track-record")["projections"][0]["comparisons"]
    for one in on().figures:
        assert record[one.stage, one.series] == pytest.approx(one.figure.value)
        assert paths[one.stage, one.series] == pytest.approx(one.figure.value)
        assert one.figure.value in [
            pytest.approx(item["observed"]["value"])
            for item in over_http
            if item["stage"] == one.stage.value and item["series"] == one.series
        ]


def test_every_page_prints_one_number_for_one_thing() -> None:
    pages = {name: texts(page) for name, page in (
        ("track_record", with_parts("track_record", "definitions_section", "answer_section")),
        ("projection", opened("afterwards")),
        ("article", open_page("article", statement="A04")),
    )}  # fmt: skip
    by_series = {one.series: one for one in on().figures}
    for name, words in pages.items():
        assert on().sentence in words, name
    for series in (ABSENCE_SENTENCES, SENTENCES, SHARE):
        one = by_series[series]
        value, times = f"about {two_digits(one.figure.value):,.0f}", f"{two_digit_ratio(one.ratio):g} times"
        for name in ("track_record", "projection"):
            (line, *_) = [text for text in pages[name].splitlines() if f"**{one.name}, by Mediazona**" in text]
            assert value in line, (name, line)
            assert times in line, (name, line)
    people = by_series[SHARE]
    for name in ("track_record", "article"):
        assert f"about {two_digits(people.figure.value):,.0f} people went to prison" in pages[name], name
    for old in ("7,318", "7,320", "17,361", "0.38 times", "0.56 times", "1.41 times"):
        assert not [name for name, words in pages.items() if old in words], old


@given(st.floats(1, 1e7))
def test_limits_are_rounded_outwards(value: float) -> None:
    assert lower_limit(value) <= value
    assert abs(two_digits(value) - value) <= 0.05 * value + 0.5


def test_a_hard_limit_reads_like_the_number_beside_it() -> None:
    (update, *_) = track_record(bundled())
    # The most that the totals allow is 17,135.
    assert "at least 5,100, at most 17,200" in " ".join(comparison_lines(update.comparisons))
