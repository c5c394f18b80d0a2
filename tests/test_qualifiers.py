"""What remains of "up to" or "at least" after arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.qualifiers import add, implied_bounds, negate, subtract

EXACT, AT_LEAST, MORE_THAN = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN
UP_TO, ABOUT, ESTIMATE, PROJECTION = Qualifier.UP_TO, Qualifier.ABOUT, Qualifier.ESTIMATE, Qualifier.PROJECTION

ANY = st.sampled_from(list(Qualifier))
COUNTS = st.integers(min_value=0, max_value=10_000_000).map(float)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, UP_TO, UP_TO),
        (UP_TO, UP_TO, UP_TO),
        (EXACT, AT_LEAST, AT_LEAST),
        (AT_LEAST, MORE_THAN, MORE_THAN),
        (UP_TO, AT_LEAST, ESTIMATE),
        (UP_TO, MORE_THAN, ESTIMATE),
        (EXACT, ABOUT, ABOUT),
        (ABOUT, ESTIMATE, ESTIMATE),
        (PROJECTION, EXACT, PROJECTION),
        (PROJECTION, ESTIMATE, PROJECTION),
    ],
)
def test_a_sum_keeps_a_bound_only_where_both_figures_have_it(
    first: Qualifier, second: Qualifier, expected: Qualifier
) -> None:
    assert add(first, second) is expected


@pytest.mark.parametrize(
    ("minuend", "subtrahend", "expected"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, AT_LEAST, UP_TO),
        (EXACT, MORE_THAN, UP_TO),
        (EXACT, UP_TO, AT_LEAST),
        (AT_LEAST, UP_TO, AT_LEAST),
        (UP_TO, AT_LEAST, UP_TO),
        (AT_LEAST, AT_LEAST, ESTIMATE),
        (UP_TO, UP_TO, ESTIMATE),
        (EXACT, ABOUT, ABOUT),
    ],
)
def test_a_difference_turns_the_bound_of_what_is_taken_away(
    minuend: Qualifier, subtrahend: Qualifier, expected: Qualifier
) -> None:
    assert subtract(minuend, subtrahend) is expected


@given(ANY, ANY)
def test_the_order_of_a_sum_does_not_matter(first: Qualifier, second: Qualifier) -> None:
    assert add(first, second) is add(second, first)


@given(ANY)
def test_adding_an_exact_figure_changes_no_qualifier(qualifier: Qualifier) -> None:
    assert add(qualifier, EXACT) is qualifier


@given(ANY)
def test_turning_a_qualifier_twice_never_claims_more_than_at_first(qualifier: Qualifier) -> None:
    twice = negate(negate(qualifier))
    assert twice is (AT_LEAST if qualifier is MORE_THAN else qualifier)


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (100, EXACT, (100, 100)),
        (100, UP_TO, (0, 100)),
        (82, AT_LEAST, (82, None)),
        (400_000, MORE_THAN, (400_000, None)),
        (7_400, ABOUT, (7_350, 7_450)),
        (5_024, ABOUT, (5_023.5, 5_024.5)),
        (34.5, ABOUT, (34.45, 34.55)),
        (500, ABOUT, (450, 550)),
        (700, ESTIMATE, (None, None)),
        (5_200, PROJECTION, (None, None)),
    ],
)
def test_a_qualifier_implies_bounds(
    value: float, qualifier: Qualifier, expected: tuple[float | None, float | None]
) -> None:
    low, high = implied_bounds(value, None, None, qualifier)
    assert (low, high) == tuple(None if bound is None else pytest.approx(bound) for bound in expected)


@given(ANY)
def test_published_bounds_come_before_implied_ones(qualifier: Qualifier) -> None:
    assert implied_bounds(34.5, 34.0, 35.0, qualifier) == (34.0, 35.0)


@given(COUNTS, ANY)
def test_implied_bounds_hold_the_value(value: float, qualifier: Qualifier) -> None:
    low, high = implied_bounds(value, None, None, qualifier)
    assert low is None or low <= value
    assert high is None or value <= high


@given(st.floats(min_value=0.001, max_value=1e9))
def test_a_rounded_figure_is_never_further_off_than_half_of_itself(value: float) -> None:
    low, high = implied_bounds(value, None, None, ABOUT)
    assert low is not None
    assert high is not None
    assert low >= value / 2 * (1 - 1e-12)
    assert high <= value * 1.5 * (1 + 1e-12)


def test_about_zero_does_not_fall_below_zero() -> None:
    low, _ = implied_bounds(0.0, None, None, ABOUT)
    assert low is not None
    assert low >= 0
