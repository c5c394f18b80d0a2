"""The count layer: counted weeks carried on, by hand and by law."""

from __future__ import annotations

import math
from datetime import date

import pytest
from factories import bundled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from indicators.core.evidence.as_of import as_of
from indicators.methods.projection.count_layer import CountLayer, count_layer, newest_totals
from indicators.methods.projection.parameters import ProjectionParameters


def layer(day: date | None = None, **assumptions: object) -> CountLayer:
    """Return the count layer of the bundled evidence as known on a day."""
    found = count_layer(newest_totals(as_of(bundled(), day)), ProjectionParameters.model_validate(assumptions))
    assert found is not None
    return found


def test_the_newest_two_totals_by_hand() -> None:
    counted = layer()
    # 17,721 - 8,594 = 9,127 in the 347 days from 19 Jun 2024 to 31 May 2025, that is 49.571 weeks.
    assert counted.counted.value == 9127
    assert counted.weekly == pytest.approx(9127 / (347 / 7))
    # A Jeffreys prior adds half a case: (9,127 + 1/2) 52 / 49.571 = 9,574.7.
    assert counted.mean == pytest.approx(9127.5 * 52 / (347 / 7))
    assert "8,594 to 18 Jun 2024; 17,721 to 31 May 2025" in counted.sentence


def test_without_dispersion_it_is_the_prediction_from_a_count() -> None:
    counted = layer(dispersion="poisson")
    weeks = 347 / 7
    exact = stats.nbinom(9127.5, weeks / (weeks + 52))
    assert counted.quantiles == {level: exact.ppf(level) for level in counted.quantiles}


def test_uneven_weeks_widen_the_range_and_leave_the_mean() -> None:
    even, uneven = layer(dispersion="poisson"), layer(dispersion=10)
    assert even.mean == uneven.mean
    # Weeks of 184.1 with size 10 have 1 + 184.1 / 10 = 19.4 times the variance of chance alone.
    width = [item.quantiles[0.95] - item.quantiles[0.05] for item in (even, uneven)]
    assert width[1] / width[0] == pytest.approx(math.sqrt(1 + uneven.weekly / 10), rel=0.02)


def test_unrecorded_cases_divide_by_the_recording_probability() -> None:
    assert layer(recording=0.5).mean == pytest.approx(2 * layer().mean)


def test_on_the_day_of_the_article_only_two_totals_of_spring_were_known() -> None:
    early = layer(date(2023, 8, 30))
    assert (early.counted.value, early.counted.period_end) == (113, date(2023, 4, 3))


def test_without_two_totals_there_is_none() -> None:
    assert count_layer(newest_totals(as_of(bundled(), date(2022, 1, 1))), ProjectionParameters()) is None


@given(
    day=st.dates(min_value=date(2023, 4, 11), max_value=date(2026, 12, 31)),
    weeks=st.integers(4, 150),
    growth=st.floats(-0.02, 0.028),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_longer_horizons_give_no_less_and_later_totals_play_no_part(day: date, weeks: int, growth: float) -> None:
    shorter, longer = (layer(day, weeks=weeks + more, growth_weekly=growth) for more in (0, 6))
    assert shorter.counted.known <= day
    assert shorter.mean <= longer.mean
    assert all(shorter.quantiles[level] <= longer.quantiles[level] for level in shorter.quantiles)
