"""One change of a Poisson rate at an unknown date."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.methods.counts.change_points import single_change

# Coal-mining disasters in Britain a year, 1851 to 1962: Jarrett 1979, Biometrika 66:191, doi 10.1093/biomet/66.1.191.
DISASTERS = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1,
    3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0,
    1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
]  # fmt: skip
COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=30)


def test_the_counts_are_the_published_ones() -> None:
    assert (len(DISASTERS), sum(DISASTERS)) == (112, 191)


def test_the_most_likely_change_of_the_disasters() -> None:
    change = single_change(DISASTERS)
    assert 1850 + change.most_likely == 1891
    assert change.rate_before == pytest.approx(3.09756, abs=5e-6)
    assert change.rate_after == pytest.approx(0.90141, abs=5e-6)


def test_the_posterior_of_the_disasters() -> None:
    change = single_change(DISASTERS, prior_shape=0.5, prior_exposure=0.1)
    assert max(change.probabilities) == change.probabilities[41 - 1]
    found = [change.probabilities[length - 1] for length in (41, 40, 39)]
    assert found == pytest.approx([0.2396, 0.1852, 0.1472], abs=5e-5)
    assert change.log_bayes_factor == pytest.approx(29.049, abs=5e-4)


def test_another_prior_moves_it_little() -> None:
    change = single_change(DISASTERS, prior_shape=1, prior_exposure=1)
    assert [change.probabilities[40], change.probabilities[39]] == pytest.approx([0.2450, 0.1848], abs=5e-5)
    assert change.log_bayes_factor == pytest.approx(28.942, abs=5e-4)


def test_two_counts_by_hand() -> None:
    # a = b = 1: g = ln S! - (1 + S) ln(1 + E); ln BF = g(2; 1) + g(0; 1) - g(2; 2) = ln(2/8 * 1/2) - ln(2/27).
    change = single_change([2, 0], prior_shape=1, prior_exposure=1)
    assert change.probabilities == pytest.approx((1.0,))
    assert change.log_bayes_factor == pytest.approx(math.log(27 / 16))


def test_exposure_explains_what_looks_like_a_change() -> None:
    counts = [10, 10, 10, 30, 30, 30]
    assert single_change(counts).log_bayes_factor > 5
    assert single_change(counts, [1, 1, 1, 3, 3, 3]).log_bayes_factor < 0


@given(COUNTS)
def test_probabilities_sum_to_one(counts: list[int]) -> None:
    change = single_change(counts)
    assert len(change.probabilities) == len(counts) - 1
    assert sum(change.probabilities) == pytest.approx(1)


@given(COUNTS)
def test_time_run_backwards_mirrors_the_posterior(counts: list[int]) -> None:
    forwards, backwards = single_change(counts), single_change(counts[::-1])
    assert forwards.probabilities == pytest.approx(backwards.probabilities[::-1])
    assert forwards.log_bayes_factor == pytest.approx(backwards.log_bayes_factor, abs=1e-9)


@given(COUNTS, st.floats(0.1, 10))
def test_the_unit_of_exposure_changes_nothing(counts: list[int], unit: float) -> None:
    plain = single_change(counts, [1.0] * len(counts), prior_exposure=0.1)
    scaled = single_change(counts, [unit] * len(counts), prior_exposure=0.1 * unit)
    assert scaled.probabilities == pytest.approx(plain.probabilities, abs=1e-9)
    assert scaled.log_bayes_factor == pytest.approx(plain.log_bayes_factor, abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "exposures", "words"),
    [
        ([1], None, "at least two counts"),
        ([1, 2], [1.0], "as many exposures, got 2 and 1"),
        ([1, -1], None, "0 or more"),
        ([1, 1.5], None, "whole counts"),
        ([1, 2], [1.0, 0.0], "exposures above 0"),
    ],
)
def test_what_makes_no_sense_is_refused(counts: list[int], exposures: list[float] | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        single_change(counts, exposures)


def test_a_prior_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0, got 0 and 1"):
        single_change([1, 2], prior_shape=0, prior_exposure=1)
