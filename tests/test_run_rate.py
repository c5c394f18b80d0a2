"""Run-rate arithmetic: worked totals, the court calendar, growth and how it fades."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.methods.projection.run_rate import (
    MAXIMUM_WEEKS,
    WEEKS_PER_MONTH,
    calendar_share,
    growth_sum,
    headline,
    imprisoned,
    monthly_from_weekly,
    months_of_growth,
    rate_per_thousand,
    weekly_from_monthly,
)

GROWTH = st.floats(-0.1, 0.1)
RATES = st.floats(0, 100_000)
WEEKS = st.integers(1, MAXIMUM_WEEKS)


@pytest.mark.parametrize(("growth", "total"), [(-0.02, 3251), (-0.01, 4070), (0.0, 5200), (0.01, 6777), (0.02, 9002)])
def test_a_hundred_a_week_for_a_year(growth: float, total: float) -> None:
    assert headline(100, 52, growth) == pytest.approx(total, abs=0.5)


def test_growth_of_one_percent_to_the_third_decimal() -> None:
    assert headline(100, 52, 0.01) == pytest.approx(6776.8892, abs=0.001)


def test_growth_of_one_percent_by_hand() -> None:
    assert headline(100, 3, 0.01) == pytest.approx(100 + 101 + 102.01)


def test_nothing_comes_of_no_weeks() -> None:
    assert headline(100, 0, 0.01) == 0


def test_a_year_without_holidays_has_every_day() -> None:
    assert calendar_share(260) == 1
    assert calendar_share(247) == 0.95


@given(GROWTH)
def test_monthly_and_weekly_growth_are_one_parameter(growth: float) -> None:
    assert weekly_from_monthly(monthly_from_weekly(growth)) == pytest.approx(growth, abs=1e-12)


def test_monthly_growth_by_hand() -> None:
    # 2.35523 % a week, compounded over 52.1775 / 12 = 4.348125 weeks.
    assert monthly_from_weekly(0.0235523) == pytest.approx(1.0235523**4.348125 - 1)
    assert monthly_from_weekly(0.0235523) == pytest.approx(0.1065, abs=0.00005)


@given(RATES, WEEKS, GROWTH, st.floats(0, 0.05))
def test_more_growth_never_gives_less(weekly: float, weeks: int, growth: float, more: float) -> None:
    assert headline(weekly, weeks, growth + more) >= headline(weekly, weeks, growth) * (1 - 1e-12)


@given(RATES, st.integers(1, 100), st.integers(0, 50), GROWTH)
def test_a_longer_horizon_never_gives_less(weekly: float, weeks: int, more: int, growth: float) -> None:
    assert headline(weekly, weeks + more, growth) >= headline(weekly, weeks, growth) * (1 - 1e-12)


@given(RATES, st.integers(1, 100), st.integers(1, 50))
def test_without_growth_horizons_add_up(weekly: float, first: int, second: int) -> None:
    assert headline(weekly, first) + headline(weekly, second) == pytest.approx(headline(weekly, first + second))


@given(WEEKS, GROWTH)
def test_the_sum_is_the_sum_of_the_weekly_factors(weeks: int, growth: float) -> None:
    by_hand = sum((1 + growth) ** week for week in range(weeks))
    assert growth_sum(weeks, growth) == pytest.approx(by_hand, rel=1e-9)
    months = months_of_growth()[:weeks]
    assert np.sum((1 + monthly_from_weekly(growth)) ** months) == pytest.approx(by_hand, rel=1e-9)


def test_where_growth_fades_it_does_so_after_a_quarter() -> None:
    weeks = months_of_growth(fading=True) * WEEKS_PER_MONTH
    assert weeks[:14].tolist() == pytest.approx(list(range(14)))
    assert np.diff(weeks)[13:16].tolist() == pytest.approx([0.9, 0.81, 0.729])
    # 13 weeks in full and 0.9 + 0.81 + ... = 9 at most.
    assert weeks[-1] == pytest.approx(22, abs=1e-5)
    assert len(weeks) == MAXIMUM_WEEKS


@pytest.mark.parametrize(("troops", "rate"), [(190_000, 27.3684), (360_000, 14.4444), (420_000, 12.3810)])
def test_cases_per_thousand_troops(troops: int, rate: float) -> None:
    assert rate_per_thousand(5200, troops) == pytest.approx(rate, abs=5e-5)
    assert rate_per_thousand(2600, troops, 0.5) == pytest.approx(rate, abs=5e-5)


def test_without_suspended_sentences() -> None:
    assert imprisoned(5200, 0.6) == pytest.approx(2080)
    assert imprisoned(5200, 0) == 5200
    assert imprisoned(5200, 1) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: headline(-1, 52), "weekly figure of 0 or more, got -1"),
        (lambda: headline(100, -1), "horizon of 0 weeks or more, got -1"),
        (lambda: headline(100, 52, -1), "growth above -1"),
        (lambda: weekly_from_monthly(-1.5), "growth above -1"),
        (lambda: rate_per_thousand(1, 0), "positive force size"),
        (lambda: rate_per_thousand(1, 1, 0), "positive force size and period"),
        (lambda: imprisoned(1, 1.1), "between 0 and 1, got 1.1"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
