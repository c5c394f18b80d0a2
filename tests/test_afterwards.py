"""Counts after a projection began: interpolation, conversion, comparison with the same days, and replay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories import bundled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.core.as_of import as_of
from indicators.core.vocabulary import Stage
from indicators.methods.afterwards import SERIES, counted_before, counts_afterwards, hold_against
from indicators.methods.parameters import ProjectionParameters
from indicators.methods.projection import project
from indicators.methods.running_counts import counts_since

ORIGIN = date(2023, 8, 30)
# As in the test of the track record: 360 on 3 Apr 2023, 8,594 on 18 Jun 2024, 17,721 on 31 May 2025.
AT_START = 360 + (8594 - 360) * 148 / 442
AT_END = 8594 + (17721 - 8594) * 70 / 347


def test_counts_stand_on_dated_totals_and_on_the_last_day() -> None:
    (path,) = counts_since(bundled(), SERIES[0], ORIGIN, date(2024, 8, 27))
    assert [(count.period_end, count.value) for count in path.counts] == [
        (date(2024, 6, 18), pytest.approx(8594 - AT_START)),
        (date(2024, 8, 27), pytest.approx(AT_END - AT_START)),
    ]
    assert (path.definition, path.claimant) == ("Refusal sentences (Art. 337, 332, 338)", "Mediazona")


def test_a_counter_that_stopped_within_a_month_is_left_out() -> None:
    claimants = {path.claimant for path in counts_since(bundled(), SERIES[3], ORIGIN, date(2024, 8, 27))}
    assert claimants == {"Mediazona"}


def test_a_series_that_is_no_running_total_has_no_path() -> None:
    assert counts_since(bundled(), "ru_art337_sentences_weekly", ORIGIN, date(2024, 8, 27)) == []


def test_counts_are_held_against_the_same_days() -> None:
    parameters = ProjectionParameters(suspended_share=0.6)
    held = hold_against(project(parameters), ORIGIN, counts_afterwards(bundled(), ORIGIN, 52, 0.6))
    by_stage = {(item.path.stage, item.path.series): item for item in held}
    sentences = by_stage[Stage.SENTENCE, SERIES[0]]
    assert sentences.headline == pytest.approx(5200)
    assert sentences.ratio == pytest.approx((AT_END - AT_START) / 5200)
    # 7,318 lies above the 95 % level of about 4,650.
    assert sentences.inside is False
    assert by_stage[Stage.PERSON, SERIES[0]].counted.value == pytest.approx(0.4 * (AT_END - AT_START))
    # Absence sentences end on 21 Nov 2023, the 84th day: twelve weeks of 100.
    absence = by_stage[Stage.SENTENCE, SERIES[1]]
    assert absence.counted.period_end == date(2023, 11, 21)
    assert absence.headline == pytest.approx(1200)


def test_a_ceiling_has_no_range_to_lie_in_and_nothing_has_no_ratio() -> None:
    paths = counts_afterwards(bundled(), ORIGIN, 52)
    ceiling = hold_against(project(ProjectionParameters(reading="ceiling")), ORIGIN, paths)
    nothing = hold_against(project(ProjectionParameters(weekly=0)), ORIGIN, paths)
    assert {item.inside for item in ceiling} == {None}
    assert {item.ratio for item in nothing} == {None}


@given(day=st.dates(min_value=date(2022, 6, 1), max_value=date(2026, 12, 31)), weeks=st.integers(4, 156))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_count_was_known_later_than_the_day_or_ends_after_the_horizon(day: date, weeks: int) -> None:
    for path in counts_afterwards(as_of(bundled(), day), ORIGIN, weeks, 0.6):
        assert all(count.known <= day for count in path.counts)
        assert path.counts[-1].period_end < ORIGIN + timedelta(weeks=weeks)
        values = [count.value for count in path.counts]
        assert values == sorted(values)


def test_the_past_of_a_projection_is_what_its_counter_had_counted_by_then() -> None:
    before = counted_before(bundled(), ORIGIN)
    assert [(total.period_end, total.value) for total in before] == [(date(2023, 3, 21), 247), (date(2023, 4, 3), 360)]
    assert {total.period_start for total in before} == {date(2022, 9, 21)}
    # The second total was published on 11 April.
    assert len(counted_before(as_of(bundled(), date(2023, 4, 5)), date(2023, 4, 5))) == 1
    assert counted_before(bundled(), date(2022, 6, 1)) == ()
