"""Counts after a projection began: interpolation, conversion, comparison with the same days, and replay."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from factories import bundled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.vocabulary import Stage
from indicators.methods.counts.running_counts import counts_since
from indicators.methods.projection.afterwards import SERIES, CountedLine, counted_line, counts_afterwards, hold_against
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project
from indicators.methods.track_record.answer import answer

ORIGIN = date(2023, 8, 30)
ALL, ABSENCE = "ru_refusal_sentences_cumulative_since_mobilisation", "ru_art337_sentences_cumulative_since_mobilisation"
# The middle of four routes to the 52 weeks: 8,171, 8,013, 8,010 and 7,852 for all articles, 7,306 to 7,002 for absence.
ALL_IN_WINDOW, ABSENCE_IN_WINDOW = 8012, 7154


def test_counts_stand_on_dated_totals_and_on_the_last_day() -> None:
    (path,) = counts_since(bundled(), ALL, ORIGIN, date(2024, 8, 27))
    # Absence sentences have a total of 21 Nov 2023, which tells the share of cases that had been sentenced.
    assert [count.period_end for count in path.counts] == [date(2023, 11, 21), date(2024, 6, 18), date(2024, 8, 27)]
    assert path.counts[-1].value == pytest.approx(ALL_IN_WINDOW, abs=1)
    assert (path.counts[-1].low, path.counts[-1].high) == (pytest.approx(5132), pytest.approx(17135))
    assert (path.definition, path.claimant) == ("Refusal sentences (Art. 337, 332, 338)", "Mediazona")


def test_a_counter_that_stopped_within_a_month_is_left_out() -> None:
    claimants = {path.claimant for path in counts_since(bundled(), SERIES[3], ORIGIN, date(2024, 8, 27))}
    assert claimants == {"Mediazona"}


def test_a_series_that_is_no_running_total_has_no_path() -> None:
    assert counts_since(bundled(), "ru_art337_sentences_weekly", ORIGIN, date(2024, 8, 27)) == []


def test_counts_are_held_against_the_same_days() -> None:
    parameters = ProjectionParameters(suspended_share=0.6)
    held = hold_against(project(parameters), ORIGIN, counts_afterwards(bundled(), ORIGIN, 52))
    by_stage = {(item.path.stage, item.path.series): item for item in held}
    sentences = by_stage[Stage.SENTENCE, ALL]
    assert sentences.headline == pytest.approx(5200)
    assert sentences.ratio == pytest.approx(ALL_IN_WINDOW / 5200, abs=1e-3)
    # 8,012 lies above the 95 % level of about 4,650.
    assert sentences.inside is False
    # Not the 60 % of the slider: 72.7 % of absence sentences were suspended, all others count as prison.
    people = ABSENCE_IN_WINDOW * (1 - 0.727) + ALL_IN_WINDOW - ABSENCE_IN_WINDOW
    assert by_stage[Stage.PERSON, ALL].counted.value == pytest.approx(people, abs=1)
    # What the weekly figure counts comes first.
    assert (held[0].path.series, round(held[0].ratio or 0, 1)) == (ABSENCE, 1.4)


def test_a_count_that_ends_within_the_horizon_is_held_against_its_own_days() -> None:
    known = as_of(bundled(), date(2023, 12, 1))
    held = hold_against(project(ProjectionParameters()), ORIGIN, counts_afterwards(known, ORIGIN, 52))
    # Absence sentences end on 21 Nov 2023, the 84th day: twelve weeks of 100.
    assert held[0].counted.period_end == date(2023, 11, 21)
    assert held[0].headline == pytest.approx(1200)


def test_a_ceiling_has_no_range_to_lie_in_and_nothing_has_no_ratio() -> None:
    paths = counts_afterwards(bundled(), ORIGIN, 52)
    ceiling = hold_against(project(ProjectionParameters(reading="ceiling")), ORIGIN, paths)
    nothing = hold_against(project(ProjectionParameters(weekly=0)), ORIGIN, paths)
    assert {item.inside for item in ceiling} == {None}
    assert {item.ratio for item in nothing} == {None}


@given(day=st.dates(min_value=date(2022, 6, 1), max_value=date(2026, 12, 31)), weeks=st.integers(4, 156))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_count_was_known_later_than_the_day_or_ends_after_the_horizon(day: date, weeks: int) -> None:
    for path in counts_afterwards(as_of(bundled(), day), ORIGIN, weeks):
        assert all(count.known <= day for count in path.counts)
        assert path.counts[-1].period_end < ORIGIN + timedelta(weeks=weeks)
        values = [count.value for count in path.counts]
        assert values == sorted(values)


def test_the_counted_line_starts_from_nothing_and_ends_where_the_answer_does() -> None:
    line = counted_line(bundled(), ORIGIN)
    assert line is not None
    assert (line.weeks[0], line.values[0], line.lows[0]) == (0.0, 0.0, 0.0)
    year = line.within(52)
    of_answer = answer(bundled()).of(ALL)
    assert of_answer is not None
    assert (year.weeks[-1], year.values[-1], year.lows[-1]) == (52, of_answer.figure.value, of_answer.figure.low)
    assert (line.claimant, line.last_day) == ("Mediazona", date(2025, 5, 31))
    assert line.within(156) == line
    assert counted_line(as_of(bundled(), date(2023, 8, 30)), ORIGIN) is None


@cache
def counted_line_of_all() -> CountedLine:
    line = counted_line(bundled(), ORIGIN)
    assert line is not None
    return line


@given(weeks=st.integers(4, 156))
def test_a_counted_line_never_falls_and_keeps_to_its_horizon(weeks: int) -> None:
    line = counted_line_of_all().within(weeks)
    assert list(line.values) == sorted(line.values)
    assert list(line.lows) == sorted(line.lows)
    assert line.weeks[-1] <= weeks
    assert all(low <= value for low, value in zip(line.lows, line.values, strict=True))
