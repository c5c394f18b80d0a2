"""The mean week behind a largest week."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from indicators.methods.projection.claim_layer.largest_week import (
    expected_maximum,
    maximum_curve,
    maximum_on_curve,
    mean_on_curve,
)


def mean_behind(maximum: float, weeks: int, size: float = math.inf) -> float:
    return mean_on_curve(maximum_curve(weeks, size), maximum)


SIZES = st.sampled_from([3.0, 10.0, math.inf])
WEEKS = st.sampled_from([4, 13, 26, 52])


@pytest.mark.parametrize(
    ("weeks", "poisson", "negative_binomial"),
    [(4, 90.14, 73.41), (13, 84.35, 61.01), (26, 81.58, 55.84), (52, 79.16, 51.63)],
)
def test_means_behind_a_largest_week_of_a_hundred(weeks: int, poisson: float, negative_binomial: float) -> None:
    assert mean_behind(100, weeks) == pytest.approx(poisson, abs=0.005)
    assert mean_behind(100, weeks, 10) == pytest.approx(negative_binomial, abs=0.005)


def test_the_expected_maximum_by_summing_the_distribution() -> None:
    counts = np.arange(0, 400)
    poisson = np.sum(1 - stats.poisson(80).cdf(counts) ** 26)
    assert expected_maximum(80, 26).item() == pytest.approx(poisson, rel=1e-9)
    negative_binomial = np.sum(1 - stats.nbinom(10, 10 / 60).cdf(counts) ** 26)
    assert expected_maximum(50, 26, 10).item() == pytest.approx(negative_binomial, rel=1e-9)


def test_one_week_is_its_own_maximum() -> None:
    assert expected_maximum(37.5, 1).item() == pytest.approx(37.5)
    assert mean_behind(100, 1, 10) == 100
    assert mean_behind(0, 26) == 0


@settings(max_examples=25)
@given(st.floats(1, 90_000), WEEKS, SIZES)
def test_the_mean_leads_back_to_the_maximum(maximum: float, weeks: int, size: float) -> None:
    mean = mean_behind(maximum, weeks, size)
    assert maximum / weeks <= mean <= maximum
    assert expected_maximum(mean, weeks, size).item() == pytest.approx(maximum, rel=0.02)
    assert maximum_on_curve(maximum_curve(weeks, size), mean) == pytest.approx(maximum, rel=1e-9)


@settings(max_examples=25)
@given(st.floats(1, 1000), st.integers(2, 50), SIZES)
def test_more_weeks_looked_at_mean_a_smaller_usual_week(maximum: float, weeks: int, size: float) -> None:
    assert mean_behind(maximum, weeks + 1, size) <= mean_behind(maximum, weeks, size)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: expected_maximum(1, 0), "at least 1 observed week"),
        (lambda: expected_maximum(1, 1, 0), "positive size"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
