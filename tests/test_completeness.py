"""Completeness by age: a ratio that rises to a level, and what a count comes to at full completeness."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.methods.counts.completeness import (
    PLATEAU_AGE,
    CountOfAge,
    age_in_months,
    completed_count,
    completeness_by_age,
)

SEEN = st.builds(
    CountOfAge,
    age=st.integers(0, 60),
    named=st.integers(1, 20_000).map(float),
    estimated=st.integers(1, 20_000).map(float),
)


def seen(*counts: tuple[int, float, float]) -> list[CountOfAge]:
    """Return counts from (age, named, estimated)."""
    return [CountOfAge(age=age, named=named, estimated=estimated) for age, named, estimated in counts]


def test_ratios_over_the_level_at_22_months() -> None:
    # 0.14, 0.26, 0.55, 0.66 over 0.72; the older month lies above the level and is complete.
    curve = completeness_by_age(
        seen((4, 140, 1000), (9, 260, 1000), (16, 550, 1000), (18, 660, 1000), (22, 720, 1000), (30, 800, 1000))
    )
    assert curve is not None
    assert curve.shares == pytest.approx((0.14 / 0.72, 0.26 / 0.72, 0.55 / 0.72, 0.66 / 0.72, 1, 1))
    assert [curve.complete(age) for age in (3, 16, 17, 18, 22, 99)] == [False, False, False, True, True, True]
    assert curve.at(3) is None


def test_ages_that_fall_are_pooled_as_a_sum_over_a_sum() -> None:
    curve = completeness_by_age(seen((5, 300, 1000), (6, 500, 3000), (22, 400, 1000)))
    assert curve is not None
    assert curve.shares == pytest.approx((0.2 / 0.4, 0.2 / 0.4, 1))


def test_editions_of_one_age_are_summed() -> None:
    curve = completeness_by_age(seen((5, 100, 1000), (5, 500, 2000), (22, 400, 1000)))
    assert curve is not None
    assert curve.shares == pytest.approx((0.2 / 0.4, 1))


def test_spread_about_the_level_is_in_the_variation() -> None:
    # From 22 months on ln(0.4 / 0.5)^2 / (1/500 + 1/400) = 11.065, over the median 0.4549 of a chi-square.
    curve = completeness_by_age(seen((5, 100, 1000), (22, 400, 1000), (23, 500, 1000)))
    assert curve is not None
    assert curve.dispersion == pytest.approx(24.325, abs=0.001)
    assert curve.variations[0] == pytest.approx((24.325 * (1 / 100 + 1 / 400)) ** 0.5, abs=1e-4)
    assert curve.variations[1:] == (0.0, 0.0)


def test_no_curve_without_a_period_old_enough() -> None:
    assert completeness_by_age(seen((PLATEAU_AGE - 1, 400, 1000))) is None
    assert completeness_by_age([]) is None


@pytest.mark.parametrize(
    ("end", "edition", "age"),
    [("2025-07-31", "2026-05-11", 9), ("2024-06-30", "2026-05-11", 22), ("2026-04-30", "2026-05-30", 1)],
)
def test_ages_are_whole_months(end: str, edition: str, age: int) -> None:
    assert age_in_months(date.fromisoformat(end), date.fromisoformat(edition)) == age


@given(st.lists(SEEN, min_size=1, max_size=30))
def test_completeness_rises_with_age_within_0_and_1(counts: list[CountOfAge]) -> None:
    curve = completeness_by_age(counts)
    assert (curve is None) == (max(count.age for count in counts) < PLATEAU_AGE)
    if curve is not None:
        assert all(0 < share <= 1 for share in curve.shares)
        assert list(curve.shares) == sorted(curve.shares)
        assert all(curve.complete(age) for age in range(PLATEAU_AGE, 70) if age >= curve.ages[-1])
        assert curve.dispersion >= 1


@given(st.integers(0, 10_000), st.floats(0.01, 1), st.floats(0, 1), st.floats(1, 50))
def test_a_completed_count_is_never_below_what_is_named(named: int, share: float, cv: float, phi: float) -> None:
    whole, deviation = completed_count(named, share, cv, phi)
    assert whole >= named
    assert deviation**2 * share**2 == pytest.approx(phi * named + named**2 * cv**2)


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_a_share_outside_its_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        completed_count(10, share, 0, 1)
