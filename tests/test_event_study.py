"""Counts before and after a known date."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from factories import figure
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.core.periods import Figure
from indicators.core.vocabulary import Qualifier
from indicators.methods.event_study import study_event

EVENT = date(2023, 1, 2)
FORBIDDEN = ("because", "caused", "effect", "impact", "due to", "led to", "result of")


def weeks_of(counts: list[float], weeks: int = 4, after: int | None = None) -> list[Figure]:
    """Return counts of equal periods, the last `after` of them (half if None) from the event on."""
    before = len(counts) - (len(counts) // 2 if after is None else after)
    length = timedelta(weeks=weeks)
    starts = [EVENT + (n - before) * length for n in range(len(counts))]
    return [
        figure(count, (start + length - timedelta(days=1)).isoformat(), start=start.isoformat(), row=f"o{n}")
        for n, (count, start) in enumerate(zip(counts, starts, strict=True))
    ]


def test_a_few_even_periods_are_compared_by_their_rates() -> None:
    # 60 events in 24 weeks, then 120 in 24; within each side the counts do not differ at all.
    study = study_event(weeks_of([20] * 3 + [40] * 3, weeks=8), EVENT)
    assert study.method == "rate_ratio"
    assert study.ratio == pytest.approx(2)
    # The Wald interval of ln 2 with variance 1/60 + 1/120 is 1.467 to 2.727; the score interval lies close by.
    assert study.low == pytest.approx(1.467, abs=0.01)
    assert study.high == pytest.approx(2.727, abs=0.01)
    assert study.trend_ratio is None
    assert study.sentence.startswith("From 2 Jan 2023 the counted rate was 2.00 times the rate before")
    assert "unevenness" not in study.sentence


def test_uneven_periods_widen_the_interval_by_their_dispersion() -> None:
    even = study_event(weeks_of([20] * 3 + [40] * 3, weeks=8), EVENT)
    uneven = study_event(weeks_of([10, 20, 30, 30, 40, 50], weeks=8), EVENT)
    # (100 + 0 + 100) / 20 + (100 + 0 + 100) / 40 = 15 over 6 - 2 = 3.75, so logs of the bounds are 1.936 times as far.
    assert uneven.ratio == even.ratio == pytest.approx(2)
    for wide, narrow in ((uneven.low, even.low), (uneven.high, even.high)):
        assert wide is not None
        assert narrow is not None
        assert math.log(wide / 2) == pytest.approx(math.log(narrow / 2) * math.sqrt(3.75))
    assert "wider by the unevenness of the counts, 3.8 times that of chance" in uneven.sentence


def test_counts_that_vary_far_more_than_chance_get_no_ratio() -> None:
    # (100^2 + 0 + 100^2) / 200 + the same / 400 = 150 over 4 = 37.5 times chance.
    study = study_event(weeks_of([100, 200, 300, 300, 400, 500]), EVENT)
    assert (study.method, study.ratio, study.low) == ("none", None, None)
    assert "vary 38 times as much as chance counts would (3 periods before, 3 after)" in study.sentence


@pytest.mark.parametrize(("counts", "after", "sizes"), [
    ([60, 120], 1, "1 period before, 1 after"),
    ([20] * 3 + [40] * 2, 2, "3 periods before, 2 after"),
    ([20] * 2 + [40] * 9, 9, "2 periods before, 9 after"),
])  # fmt: skip
def test_one_or_two_periods_on_a_side_get_no_ratio(counts: list[float], after: int, sizes: str) -> None:
    study = study_event(weeks_of(counts, after=after), EVENT)
    assert (study.method, study.ratio, study.low, study.high) == ("none", None, None, None)
    assert f"{sizes}, and fewer than 3 on a side do not show" in study.sentence


def test_a_step_without_a_trend_is_found() -> None:
    study = study_event(weeks_of([9, 11] * 4 + [22, 18] * 4), EVENT)
    assert study.method == "interrupted_series"
    assert study.ratio == pytest.approx(2, rel=0.15)
    assert study.low is not None
    assert study.high is not None
    assert 1 < study.low < study.ratio < study.high
    assert (study.periods_before, study.periods_after) == (8, 8)


def test_a_steady_trend_is_no_step() -> None:
    counts = [float(round(1000 * 1.1**n)) for n in range(20)]
    study = study_event(weeks_of(counts), EVENT)
    assert study.ratio == pytest.approx(1, abs=0.005)
    assert study.trend_ratio == pytest.approx(1, abs=0.001)
    # With seven periods a trend can't be told from a step, and around two level rates it looks like scatter.
    few = study_event(weeks_of(counts[3:-3], after=7), EVENT)
    assert (few.method, few.ratio) == ("none", None)
    assert "times as much as chance counts would" in few.sentence


def test_a_change_of_trend_is_told_from_a_step() -> None:
    # From week 0 on the counts grow by 5 % a week from the middle of the first period, two weeks in.
    counts = [999.0, 1001.0] * 5 + [float(round(1000 * 1.05 ** (2 + 4 * n))) for n in range(10)]
    study = study_event(weeks_of(counts), EVENT)
    assert study.ratio == pytest.approx(1, abs=0.01)
    assert study.trend_ratio == pytest.approx(1.05, abs=0.001)


def test_scattered_counts_widen_the_interval() -> None:
    widths = []
    for spread in (5, 60):
        study = study_event(weeks_of([100 - spread, 100 + spread] * 5 + [200 + spread, 200 - spread] * 5), EVENT)
        assert study.low is not None
        assert study.high is not None
        widths.append(study.high / study.low)
    assert widths[0] < widths[1]


def test_a_growing_population_is_counted_out() -> None:
    periods = weeks_of([100.0] * 8 + [300.0] * 8)
    study = study_event(periods, EVENT, persons=[1000.0] * 8 + [3000.0] * 8)
    assert study.ratio == pytest.approx(1, abs=1e-6)
    assert study_event(periods, EVENT).ratio == pytest.approx(3, rel=1e-6)


def test_a_period_that_spans_the_date_is_left_out() -> None:
    # The fourth of seven periods of four weeks holds the date; its 999 would triple the rate of either side.
    study = study_event(weeks_of([10, 10, 10, 999, 20, 20, 20], after=4), EVENT + timedelta(days=3))
    assert (study.method, study.periods_before, study.periods_after) == ("rate_ratio", 3, 3)
    assert study.ratio == pytest.approx(2)
    assert "One period spans the date and is left out." in study.sentence


@pytest.mark.parametrize(
    ("counts", "after", "words"),
    [
        ([1, 2], 0, "no count lies wholly after it"),
        ([1, 2], 2, "no count lies wholly before it"),
        ([], 0, "no count lies wholly before it"),
        ([0, 5], 1, "nothing was counted before it"),
        ([5, 0], 1, "nothing was counted after it"),
    ],
)
def test_too_little_is_a_sentence(counts: list[float], after: int, words: str) -> None:
    study = study_event(weeks_of(counts, after=after), EVENT)
    assert (study.method, study.ratio, study.low, study.high) == ("none", None, None, None)
    assert study.sentence.startswith("There is no comparison around 2 Jan 2023")
    assert words in study.sentence


def test_the_answer_is_known_when_its_last_count_is() -> None:
    early, late = weeks_of([10, 20])
    later = figure(20, late.period_end.isoformat(), start=late.period_start.isoformat(), known="2024-05-01")
    assert study_event([early, later], EVENT).known == date(2024, 5, 1)
    assert study_event([], EVENT).known is None


def test_counts_that_are_not_exact_are_named() -> None:
    exact, other = weeks_of([10, 20])
    about = figure(
        20, other.period_end.isoformat(), start=other.period_start.isoformat(), qualifier=Qualifier.ABOUT
    )  # fmt: skip
    assert "Not every count is exact." in study_event([exact, about], EVENT).sentence
    assert "Not every" not in study_event([exact, other], EVENT).sentence


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=16, max_size=24))
def test_any_counts_get_an_answer_without_a_word_on_causes(counts: list[int]) -> None:
    study = study_event(weeks_of([float(count) for count in counts]), EVENT)
    assert not any(word in study.sentence.lower() for word in FORBIDDEN)
    if study.ratio is not None:
        assert study.low is not None
        assert study.high is not None
        assert study.low <= study.ratio * (1 + 1e-9)
        assert study.ratio <= study.high * (1 + 1e-9)
    assert (study.method == "none") == (study.ratio is None)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_order_of_the_rows_does_not_matter(seed: int) -> None:
    periods = weeks_of([float(n) for n in (5, 8, 6, 9, 7, 7, 8, 6, 12, 15, 11, 14, 13, 16, 12, 15)])
    shuffled = [periods[n] for n in np.random.default_rng(seed).permutation(len(periods))]
    assert study_event(shuffled, EVENT) == study_event(periods, EVENT)


@pytest.mark.parametrize(
    ("periods", "persons", "words"),
    [
        (weeks_of([1.5, 2]), None, "whole counts of 0 or more, got 1.5"),
        (weeks_of([-1, 2]), None, "got -1"),
        (weeks_of([math.nan, 2]), None, "got nan"),
        (weeks_of([1, 2]) * 2, None, "do not overlap"),
        (weeks_of([1, 2]), [1.0], "for each of 2 periods"),
        (weeks_of([1, 2]), [1.0, 0.0], "above 0"),
    ],
)
def test_what_makes_no_sense_is_refused(periods: list[Figure], persons: list[float] | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        study_event(periods, EVENT, persons=persons)
