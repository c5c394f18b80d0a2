"""Totals to rates, totals apart from each other, rates per 1,000 a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories import figure
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.evidence.vocabulary import KnownBasis, Qualifier
from indicators.core.figures.periods import (
    WEEKS_PER_YEAR,
    days_between,
    difference,
    merge_provenance,
    per_thousand_a_year,
    per_week,
    ratio,
    scale,
)

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
COUNTS = st.integers(min_value=0, max_value=1_000_000).map(float)
QUALIFIERS = st.sampled_from(list(Qualifier))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2023, 1, 1), date(2023, 6, 30), 181),
        (date(2023, 7, 1), date(2023, 12, 31), 184),
        (date(2023, 7, 1), date(2023, 12, 29), 182),
        (date(2024, 2, 1), date(2024, 2, 29), 29),
        (date(2023, 8, 30), date(2023, 8, 30), 1),
        (date(2024, 6, 19), date(2025, 5, 31), 347),
    ],
)
def test_a_period_includes_its_first_and_last_day(start: date, end: date, days: int) -> None:
    assert days_between(start, end) == days


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="2023-02-01 to 2023-01-31"):
        days_between(date(2023, 2, 1), date(2023, 1, 31))


def test_a_year_has_52_1775_weeks() -> None:
    assert pytest.approx(52.1775) == WEEKS_PER_YEAR


def test_a_half_years_total_per_week() -> None:
    rate = per_week(figure(2076, "2023-06-30"))
    assert rate.value == pytest.approx(80.287, abs=0.0005)
    assert (rate.period_start, rate.period_end) == (date(2023, 1, 1), date(2023, 6, 30))


def test_bounds_and_qualifier_go_through_a_conversion() -> None:
    rate = scale(figure(750, qualifier=Qualifier.ABOUT, low=700, high=800), 12 / WEEKS_PER_YEAR)
    assert rate.value == pytest.approx(750 * 12 / 52.1775)
    assert rate.low == pytest.approx(700 * 12 / 52.1775)
    assert rate.high == pytest.approx(800 * 12 / 52.1775)
    assert rate.qualifier is Qualifier.ABOUT


def test_up_to_a_week_stays_up_to_a_year() -> None:
    yearly = scale(figure(100, qualifier=Qualifier.UP_TO), 52)
    assert (yearly.value, yearly.qualifier) == (5200, Qualifier.UP_TO)


@pytest.mark.parametrize("factor", [0, -1, -0.5])
def test_a_factor_that_is_not_positive_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match=f"positive factor, got {factor}"):
        scale(figure(1), factor)


def test_two_running_totals_a_year_apart() -> None:
    earlier = figure(9059, "2024-06-18", start="2022-09-21", known="2024-06-18", source="a", row="1")
    later = figure(18159, "2025-05-31", start="2022-09-21", known="2025-06-26", source="b", row="2")
    added = difference(earlier, later)
    assert added.value == 9100
    assert (added.period_start, added.period_end) == (date(2024, 6, 19), date(2025, 5, 31))
    assert (added.low, added.high, added.qualifier) == (9100, 9100, Qualifier.EXACT)
    assert added.known == date(2025, 6, 26)
    assert (added.source_ids, added.inputs) == (("a", "b"), ("1", "2"))
    assert per_week(added).value == pytest.approx(9100 * 7 / 347)
    assert per_week(added).value == pytest.approx(183.573, abs=0.0005)


def test_the_rounding_of_a_total_widens_the_difference() -> None:
    earlier = figure(7400, "2024-04-12", qualifier=Qualifier.ABOUT)
    later = figure(9059, "2024-06-18")
    added = difference(earlier, later)
    assert (added.low, added.value, added.high) == (9059 - 7450, 1659, 9059 - 7350)
    assert added.qualifier is Qualifier.ABOUT


def test_a_difference_of_two_minimums_is_bounded_on_neither_side() -> None:
    earlier = figure(120, "2023-08-16", qualifier=Qualifier.AT_LEAST)
    later = figure(190, "2023-08-30", qualifier=Qualifier.AT_LEAST)
    added = difference(earlier, later)
    assert (added.low, added.value, added.high, added.qualifier) == (None, 70, None, Qualifier.ESTIMATE)


@pytest.mark.parametrize("end", ["2023-06-30", "2023-06-29"])
def test_a_total_that_does_not_end_later_is_not_differenced(end: str) -> None:
    with pytest.raises(ValueError, match="ends after 2023-06-30"):
        difference(figure(10, "2023-06-30"), figure(12, end))


def test_a_share_of_two_counts() -> None:
    share = ratio(figure(362, "2022-09-30", start="2022-09-01"), figure(651, "2022-09-30", start="2022-09-01"))
    assert share.value == pytest.approx(0.55607, abs=5e-6)
    assert share.low == share.high == pytest.approx(share.value)


def test_a_share_of_two_minimums_is_bounded_on_neither_side() -> None:
    share = ratio(figure(362, qualifier=Qualifier.AT_LEAST), figure(651, qualifier=Qualifier.AT_LEAST))
    assert (share.low, share.high, share.qualifier) == (None, None, Qualifier.ESTIMATE)


@pytest.mark.parametrize("denominator", [0, -3])
def test_a_denominator_that_is_not_positive_is_refused(denominator: float) -> None:
    with pytest.raises(ValueError, match="positive denominator"):
        ratio(figure(1), figure(denominator))


def test_a_hundred_a_week_of_420_000_troops() -> None:
    rate = per_thousand_a_year(figure(100, qualifier=Qualifier.UP_TO), figure(420_000))
    assert rate.value == pytest.approx(100 * 52.1775 * 1000 / 420_000)
    assert rate.value == pytest.approx(12.42, abs=0.005)
    assert rate.qualifier is Qualifier.UP_TO


def test_a_value_is_known_with_its_last_input_and_as_weakly_as_its_weakest() -> None:
    early = figure(1, known="2023-03-01", basis=KnownBasis.INFERRED, source="a", row="1")
    late = figure(2, known="2023-09-01", basis=KnownBasis.PUBLISHED, source="b", row="2")
    merged = merge_provenance(early, late, early)
    assert merged["known"] == date(2023, 9, 1)
    assert merged["known_basis"] is KnownBasis.INFERRED
    assert merged["source_ids"] == ("a", "b")
    assert merged["inputs"] == ("1", "2")


@given(DAYS, st.integers(min_value=0, max_value=3000), COUNTS)
def test_a_weekly_rate_gives_its_total_back(start: date, length: int, total: float) -> None:
    end = start + timedelta(days=length)
    rate = per_week(figure(total, end.isoformat(), start=start.isoformat()))
    assert rate.value * days_between(start, end) / 7 == pytest.approx(total)


@given(COUNTS, COUNTS, QUALIFIERS, QUALIFIERS)
def test_the_bounds_of_a_difference_hold_its_value(
    first: float, second: float, earlier: Qualifier, later: Qualifier
) -> None:
    added = difference(figure(first, "2023-06-30", qualifier=earlier), figure(second, "2023-12-31", qualifier=later))
    assert added.low is None or added.low <= added.value
    assert added.high is None or added.value <= added.high


@given(COUNTS, COUNTS.filter(bool), QUALIFIERS, QUALIFIERS)
def test_the_bounds_of_a_ratio_hold_its_value(
    top: float, bottom: float, numerator: Qualifier, denominator: Qualifier
) -> None:
    share = ratio(figure(top, qualifier=numerator), figure(bottom, qualifier=denominator))
    assert share.low is None or share.low <= share.value
    assert share.high is None or share.value <= share.high


@given(COUNTS, COUNTS, COUNTS)
def test_differences_of_neighbouring_totals_add_up(first: float, second: float, third: float) -> None:
    totals = [
        figure(value, end)
        for value, end in zip((first, second, third), ("2023-01-31", "2023-06-30", "2023-12-31"), strict=True)
    ]
    parts = [difference(totals[0], totals[1]), difference(totals[1], totals[2])]
    whole = difference(totals[0], totals[2])
    assert sum(part.value for part in parts) == pytest.approx(whole.value)
    assert parts[0].period_start == whole.period_start
    assert parts[1].period_start == parts[0].period_end + timedelta(days=1)
