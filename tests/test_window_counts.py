"""Counts within a window between dated running totals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories import figure
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.evidence.vocabulary import KnownBasis, Qualifier
from indicators.core.figures.periods import Figure
from indicators.methods.counts.court_totals import counter_of
from indicators.methods.counts.window_counts import WindowCount, count_in_window

TOTALS = [
    figure(100, "2023-01-10", known="2023-01-15", row="a", source="x"),
    figure(300, "2023-01-30", known="2023-03-01", row="b", source="y"),
    figure(500, "2023-02-09", known="2023-02-10", row="c", source="x"),
]


def counted(start: date, end: date, totals: list[Figure] = TOTALS) -> WindowCount:
    """Return the count in a window by a counter of whom nothing else is known."""
    return count_in_window(counter_of("cases", totals), start, end)


def between(start: str, end: str, totals: list[Figure] = TOTALS) -> Figure:
    """Return the count in a window."""
    count = counted(date.fromisoformat(start), date.fromisoformat(end), totals).count
    assert count is not None
    return count


def test_a_window_from_total_to_total_is_exact() -> None:
    found = counted(date(2023, 1, 11), date(2023, 2, 9))
    assert found.count is not None
    assert (found.count.value, found.count.low, found.count.high) == (400, 400, 400)
    assert found.count.qualifier is Qualifier.EXACT
    assert [total.period_end.isoformat() for total in found.totals] == ["2023-01-10", "2023-02-09"]
    assert (found.complete, found.interpolated, found.reason) == (True, False, "")
    assert found.count.known == date(2023, 2, 10)


def test_edges_between_totals_by_hand() -> None:
    # C(15 Jan) = 100 + 5/20 * 200 = 150, between 100 and 300; C(4 Feb) = 300 + 5/10 * 200 = 400, between 300 and 500.
    found = counted(date(2023, 1, 16), date(2023, 2, 4))
    assert found.count is not None
    assert (found.count.value, found.count.low, found.count.high) == (250, 0, 400)
    assert found.count.qualifier is Qualifier.ESTIMATE
    assert found.interpolated
    assert found.reason == "Read on the line between dated totals."
    assert [total.value for total in found.totals] == [100, 300, 500]
    assert found.count.inputs == ("a", "b", "c")


def test_the_count_is_known_when_its_latest_total_is() -> None:
    assert between("2023-01-16", "2023-02-09").known == date(2023, 3, 1)
    assert between("2023-01-16", "2023-02-09").source_ids == ("x", "y")
    inferred = [*TOTALS[:2], figure(500, "2023-02-09", basis=KnownBasis.INFERRED)]
    assert between("2023-01-16", "2023-02-09", inferred).known_basis is KnownBasis.INFERRED


def test_a_window_within_one_interval_may_hold_all_or_nothing_of_its_growth() -> None:
    found = between("2023-01-16", "2023-01-25")
    assert (found.value, found.low, found.high) == (100, 0, 200)


def test_rounded_totals_widen_the_band() -> None:
    about = [TOTALS[0], figure(300, "2023-01-30", qualifier=Qualifier.ABOUT)]
    found = between("2023-01-11", "2023-01-30", about)
    assert (found.value, found.low, found.high, found.qualifier) == (200, 150, 250, Qualifier.ABOUT)


def test_a_total_bounded_on_one_side_leaves_its_bound_in_the_qualifier() -> None:
    found = between("2023-01-11", "2023-01-30", [TOTALS[0], figure(300, "2023-01-30", qualifier=Qualifier.AT_LEAST)])
    assert (found.value, found.low, found.high, found.qualifier) == (200, 200, 200, Qualifier.AT_LEAST)


def test_the_newest_edition_of_a_days_total_counts() -> None:
    revised = [*TOTALS, figure(320, "2023-01-30", known="2023-06-01")]
    assert between("2023-01-11", "2023-01-30", revised).value == 220


@pytest.mark.parametrize(
    ("start", "end", "words", "dated"),
    [
        ("2023-01-10", "2023-02-09", "starts before the first total, 100 to 10 Jan 2023", ["2023-01-10"]),
        ("2023-01-11", "2023-02-10", "ends after the last total, 500 to 9 Feb 2023", ["2023-02-09"]),
    ],
)
def test_nothing_is_carried_on_beyond_the_totals(start: str, end: str, words: str, dated: list[str]) -> None:
    found = counted(date.fromisoformat(start), date.fromisoformat(end))
    assert (found.count, found.complete) == (None, False)
    assert words in found.reason
    assert [total.period_end.isoformat() for total in found.totals] == dated


def test_no_total_and_a_falling_total_are_refused() -> None:
    assert counted(date(2023, 1, 1), date(2023, 1, 2), []).reason == "There is no dated total."
    falling = [TOTALS[0], figure(90, "2023-01-30"), figure(500, "2023-02-09")]
    found = counted(date(2023, 1, 16), date(2023, 2, 4), falling)
    assert found.count is None
    assert found.reason == "The running total falls from 100 to 10 Jan 2023 to 90 to 30 Jan 2023."
    assert between("2023-01-31", "2023-02-04", falling).value == 205


def test_windows_and_totals_that_make_no_sense_are_errors() -> None:
    with pytest.raises(ValueError, match="ends on or after its start, got 2023-02-01 to 2023-01-01"):
        counted(date(2023, 2, 1), date(2023, 1, 1))
    with pytest.raises(ValueError, match="one first day, got 2022-01-01, 2023-01-01"):
        counted(date(2023, 1, 11), date(2023, 2, 1), [*TOTALS, figure(1, "2023-03-01", start="2022-01-01")])


@given(
    st.lists(st.integers(0, 50), min_size=6, max_size=6),
    st.lists(st.integers(0, 50), min_size=3, max_size=3, unique=True).map(sorted),
)
def test_neighbouring_windows_add_up_and_lie_in_their_bands(steps: list[int], days: list[int]) -> None:
    first = date(2023, 1, 10)
    totals = [figure(sum(steps[: n + 1]), (first + timedelta(days=10 * n)).isoformat()) for n in range(6)]
    start, middle, end = (first + timedelta(days=day) for day in days)
    day = timedelta(days=1)
    windows = [(start + day, end), (start + day, middle), (middle + day, end)]
    whole, left, right = (between(first_day.isoformat(), last.isoformat(), totals) for first_day, last in windows)
    assert left.value + right.value == pytest.approx(whole.value)
    for part in (whole, left, right):
        assert part.low is not None
        assert part.high is not None
        assert 0 <= part.low <= part.value + 1e-9
        assert part.value <= part.high + 1e-9
