"""Intervals and predicted totals of counts, against published values and by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson

from indicators.methods.counts.poisson import (
    all_cases,
    chapman_estimate,
    deviation_of_total,
    dispersion_size,
    garwood_interval,
    pearson_dispersion,
    predict_total,
)

COUNTS = st.integers(0, 100_000)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        (0, 0, 3.688879),
        (1, 0.025318, 5.571643),
        (5, 1.623486, 11.668332),
        (10, 4.795389, 18.390356),
        (100, 81.363991, 121.626794),
    ],
)
def test_garwood_interval(events: int, low: float, high: float) -> None:
    assert garwood_interval(events) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@given(st.integers(1, 2000), st.floats(0.1, 100), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_the_interval_is_that_of_the_library(events: int, exposure: float, coverage: float) -> None:
    expected = confint_poisson(events, exposure, method="exact-c", alpha=1 - coverage)
    assert garwood_interval(events, exposure, coverage=coverage) == pytest.approx(expected, rel=1e-9)


@given(COUNTS)
def test_the_interval_holds_its_count_and_widens_with_coverage(events: int) -> None:
    low, high = garwood_interval(events)
    inner = garwood_interval(events, coverage=0.5)
    assert low <= inner[0] <= events <= inner[1] <= high


def test_a_year_after_one_week_with_a_hundred() -> None:
    total = predict_total(100, 1, 52)
    assert total.mean == pytest.approx(5226)
    assert total.standard_deviation == pytest.approx(526.287, abs=0.001)
    assert (total.quantiles[0.05], total.quantiles[0.95]) == (4391, 6120)


def test_a_year_after_half_a_year_counted() -> None:
    total = predict_total(2600, 26, 52)
    assert (total.quantiles[0.05], total.quantiles[0.95]) == (4997, 5408)


@given(COUNTS, st.floats(0.5, 100), st.floats(0.5, 156))
def test_a_predicted_total_is_ordered_and_additive_in_the_mean(events: int, exposure: float, horizon: float) -> None:
    total = predict_total(events, exposure, horizon)
    assert list(total.quantiles.values()) == sorted(total.quantiles.values())
    assert total.mean == pytest.approx((events + 0.5) * horizon / exposure)


@pytest.mark.parametrize(("size", "deviation"), [(10, 239.17), (math.inf, 72.11)])
def test_deviation_of_a_year_of_independent_weeks(size: float, deviation: float) -> None:
    assert deviation_of_total(100, 52, size=size) == pytest.approx(deviation, abs=0.005)


def test_neighbouring_weeks_that_are_alike_widen_the_total() -> None:
    # (1 + 0.6) / (1 - 0.6) = 4, so the deviation doubles.
    assert deviation_of_total(100, 52, autocorrelation=0.6) == pytest.approx(2 * deviation_of_total(100, 52))


def test_dispersion_by_hand() -> None:
    # Mean 100, variance (400 + 400 + 100 + 100) / 3 = 1000 / 3.
    assert dispersion_size([80, 120, 90, 110]) == pytest.approx(100**2 / (1000 / 3 - 100))
    assert pearson_dispersion([80, 120, 90, 110]) == pytest.approx(10 / 3)
    # 10^2 / 10 + 10^2 / 20 over one degree of freedom.
    assert pearson_dispersion([20, 10, 5], [10, 20, 5], fitted=2) == pytest.approx(15.0)
    assert pearson_dispersion([0, 0, 1, 3], [0, 0, 2, 2], fitted=2) == pytest.approx(0.5)
    assert dispersion_size([100, 101]) == math.inf


@pytest.mark.parametrize(
    ("recording", "mode", "low", "high"), [(0.3, 333.33, 283, 393), (0.5, 200, 175, 230), (0.8, 125, 115, 137)]
)
def test_all_cases_behind_a_hundred_recorded(recording: float, mode: float, low: float, high: float) -> None:
    found = all_cases(100, recording)
    assert (found.mode, found.low, found.high) == (pytest.approx(mode, abs=0.005), low, high)


def test_if_all_cases_are_recorded_nothing_is_uncertain() -> None:
    found = all_cases(100, 1)
    assert (found.mode, found.low, found.high) == (100, 100, 100)


@given(st.integers(0, 1000), st.floats(0.05, 0.95), st.floats(0.01, 0.05))
def test_better_recording_never_means_more_cases(recorded: int, recording: float, better: float) -> None:
    worse, improved = all_cases(recorded, recording), all_cases(recorded, min(recording + better, 1.0))
    assert improved.mode <= worse.mode
    assert improved.high <= worse.high


def test_two_lists_by_hand() -> None:
    assert chapman_estimate(100, 80, 40) == pytest.approx(101 * 81 / 41 - 1)
    assert chapman_estimate(10, 10, 10) == pytest.approx(10)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: garwood_interval(-1), "0 or more events"),
        (lambda: garwood_interval(1, 0), "positive exposure"),
        (lambda: garwood_interval(1, coverage=1), "coverage between 0 and 1, got 1"),
        (lambda: predict_total(1, 1, 0), "horizon above 0, got 0"),
        (lambda: deviation_of_total(1, 1, size=0), "positive size"),
        (lambda: deviation_of_total(1, 1, autocorrelation=1), "between -1 and 1"),
        (lambda: dispersion_size([1]), "at least two counts, got 1"),
        (lambda: pearson_dispersion([0, 0]), "at least one such place"),
        (lambda: pearson_dispersion([0, 1, 4], [0.0, 0.0, 4.0]), "only where something is expected"),
        (lambda: pearson_dispersion([1, 2], [1.0, 2.0], fitted=2), "more counts than fitted"),
        (lambda: all_cases(1, 0), "above 0 and at most 1, got 0"),
        (lambda: chapman_estimate(10, 5, 6), "6 on both"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
