"""Two counts over two exposures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.methods.period_comparison import compare_periods


def test_twelve_and_thirty_events_in_twelve_weeks_each() -> None:
    found = compare_periods(12, 12, 30, 12)
    assert found.ratio == pytest.approx(2.5)
    assert (found.low, found.high) == (pytest.approx(1.295, abs=5e-4), pytest.approx(4.825, abs=5e-4))
    assert found.p_value == pytest.approx(0.00514, abs=5e-6)
    assert found.p_value_conditional == pytest.approx(0.00792, abs=5e-6)
    assert found.probability_higher == pytest.approx(0.99758, abs=5e-6)


def test_equal_rates_over_unequal_exposures() -> None:
    found = compare_periods(20, 10, 40, 20)
    assert found.ratio == pytest.approx(1)
    assert found.low < 1 < found.high
    assert found.p_value > 0.9


@settings(max_examples=15)
@given(st.integers(1, 60), st.integers(0, 60))
def test_the_ratio_lies_in_its_interval(earlier: int, later: int) -> None:
    found = compare_periods(earlier, 10, later, 20)
    assert found.low <= found.ratio <= found.high
    assert 0 <= found.p_value <= 1 + 1e-9


@settings(max_examples=15)
@given(st.integers(1, 60), st.integers(0, 59))
def test_more_later_events_make_a_rise_more_probable(earlier: int, later: int) -> None:
    fewer, more = compare_periods(earlier, 10, later, 10), compare_periods(earlier, 10, later + 1, 10)
    assert more.ratio > fewer.ratio
    assert more.probability_higher > fewer.probability_higher


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 12, 30, 12), "at least one event in the earlier period"),
        ((-1, 12, 30, 12), "got -1 in 12"),
        ((12, 0, 30, 12), "got 12 in 0"),
        ((12, 12, 30, -1), "got 30 in -1"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(counts: tuple[int, float, int, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        compare_periods(*counts)
