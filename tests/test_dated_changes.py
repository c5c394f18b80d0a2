"""Steps of a rate at dates known beforehand, held against the steps at all other dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from factories import figure
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.core.figures.periods import Figure
from indicators.methods.counts.dated_changes import AROUND, DatedChange, dated_changes

MONTHS = [date(2010 + number // 12, number % 12 + 1, 1) for number in range(146)]
MIDDLE = 72
SERIES = 200


def monthly(counts: list[int]) -> list[Figure]:
    """Return counts of successive months."""
    spans = [(start, following - timedelta(days=1)) for start, following in pairwise(MONTHS)]
    return [
        figure(count, end.isoformat(), start=start.isoformat())
        for count, (start, end) in zip(counts, spans, strict=False)
    ]


def weeks_of(periods: list[Figure]) -> list[float]:
    """Return the weeks of each period."""
    return [((period.period_end - period.period_start).days + 1) / 7 for period in periods]


def ask(counts: list[int], *places: int) -> tuple[DatedChange, ...]:
    """Ask for a change at the first day of some months."""
    periods = monthly(counts)
    return dated_changes(periods, weeks_of(periods), {MONTHS[place]: f"date {place}" for place in places})


def uneven(random: np.random.Generator, mean: list[float]) -> list[int]:
    """Draw counts that vary as negative binomial ones of size 10 do."""
    drawn: list[int] = random.poisson(random.gamma(10, np.array(mean) / 10)).tolist()
    return drawn


@pytest.mark.thorough
def test_series_without_any_event_claim_a_change_in_at_most_five_of_a_hundred() -> None:
    random = np.random.default_rng(20261128)
    places = (MIDDLE - 24, MIDDLE, MIDDLE + 24)
    one = three = 0
    for _ in range(SERIES):
        counts = uneven(random, [50.0] * 145)
        one += ask(counts, MIDDLE)[0].stands_out
        three += any(change.stands_out for change in ask(counts, *places))
    assert one <= 0.05 * SERIES
    assert three <= 0.05 * SERIES


def test_a_planted_threefold_step_is_found_in_at_least_eight_of_ten() -> None:
    random = np.random.default_rng(20261128)
    mean = [50.0] * MIDDLE + [150.0] * (145 - MIDDLE)
    found = [ask(uneven(random, mean), MIDDLE)[0] for _ in range(SERIES)]
    assert all(change.others >= 120 for change in found)
    assert sum(change.stands_out for change in found) >= 0.8 * SERIES
    ratios = [change.ratio for change in found if change.ratio is not None]
    assert float(np.median(ratios)) == pytest.approx(3, rel=0.1)


def test_a_single_step_is_the_largest_of_all_dates() -> None:
    # 28 other dates: months 12 to 41 of 53 have twelve months on either side, the step stands at one of them.
    (change,) = ask([20, 22] * 13 + [200, 220] * 13 + [200], 26)
    assert change.others == 53 - 24
    assert change.chance == pytest.approx(1 / 30)
    assert change.adjusted == change.chance
    assert change.stands_out


def test_by_holms_rule_each_further_date_needs_a_smaller_chance() -> None:
    counts = [20, 22] * 13 + [200, 220] * 13 + [200]
    first, second = ask(counts, 26, 40)
    assert first.chance == pytest.approx(1 / 30)
    assert first.adjusted == pytest.approx(2 / 30)
    assert not first.stands_out
    assert second.adjusted == pytest.approx(max(2 / 30, second.chance or 0))


def test_a_period_that_spans_the_date_is_left_out_there_and_at_all_other_dates() -> None:
    periods = monthly([20, 22] * 13 + [90] + [200, 220] * 13)
    (change,) = dated_changes(periods, weeks_of(periods), {MONTHS[26] + timedelta(days=10): "within a month"})
    assert change.others == 53 - 25
    assert change.ratio is not None
    assert change.ratio == pytest.approx(10, rel=0.1)


def test_a_date_with_too_little_on_either_side_is_not_asked() -> None:
    early, late = ask([20] * 40, AROUND - 1, 40 - AROUND + 1)
    assert {early.ratio, early.chance, late.ratio, late.chance} == {None}
    assert dated_changes([], [], {MONTHS[3]: "nothing counted"})[0].others == 0


def test_an_interval_is_shown_only_where_other_dates_rarely_exclude_no_change() -> None:
    random = np.random.default_rng(3)
    steady = ask(uneven(random, [50.0] * 145), MIDDLE)[0]
    assert steady.low is not None
    assert steady.high is not None
    assert steady.low < (steady.ratio or 0) < steady.high
    bends = [50.0 + 40 * np.sin(month / 5) for month in range(145)]
    assert ask(uneven(random, bends), MIDDLE)[0].low is None


@given(st.lists(st.integers(0, 500), min_size=25, max_size=60), st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_a_chance_is_never_smaller_than_one_in_all_dates_and_holm_never_lowers_it(
    counts: list[int], dates: int
) -> None:
    answers = ask(counts, *range(12, 12 + dates))
    for change in answers:
        if change.chance is None:
            continue
        assert 1 / (1 + change.others) <= change.chance <= 1
        assert change.adjusted is not None
        assert change.chance <= change.adjusted <= 1


@pytest.mark.parametrize(
    ("counts", "weeks", "named"),
    [([-1, 2], [4, 4], "got -1"), ([1, 2], [4, 0], "got 2 and 0")],
)
def test_counts_and_exposures_out_of_range_are_refused(counts: list[int], weeks: list[float], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        dated_changes(monthly(counts), weeks, {MONTHS[1]: "date"})


def test_periods_that_overlap_are_refused() -> None:
    twice = [figure(1, "2023-01-31", start="2023-01-01"), figure(2, "2023-02-05", start="2023-01-31")]
    with pytest.raises(ValueError, match="do not overlap"):
        dated_changes(twice, [4, 1], {date(2023, 1, 31): "date"})
