"""Predicted totals and spread of counts, against published values and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.methods.counts.poisson import (
    pearson_dispersion,
    predict_total,
)

COUNTS = st.integers(0, 100_000)


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


def test_dispersion_by_hand() -> None:
    # (400 + 400 + 100 + 100) / 100 over three degrees of freedom.
    assert pearson_dispersion([80, 120, 90, 110]) == pytest.approx(10 / 3)
    # 10^2 / 10 + 10^2 / 20 over one degree of freedom.
    assert pearson_dispersion([20, 10, 5], [10, 20, 5], fitted=2) == pytest.approx(15.0)
    assert pearson_dispersion([0, 0, 1, 3], [0, 0, 2, 2], fitted=2) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: predict_total(-1, 1, 1), "0 or more events"),
        (lambda: predict_total(1, 0, 1), "positive exposure"),
        (lambda: predict_total(1, 1, 0), "horizon above 0, got 0"),
        (lambda: pearson_dispersion([0, 0]), "at least one such place"),
        (lambda: pearson_dispersion([0, 1, 4], [0.0, 0.0, 4.0]), "only where something is expected"),
        (lambda: pearson_dispersion([1, 2], [1.0, 2.0], fitted=2), "more counts than fitted"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
