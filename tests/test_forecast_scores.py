"""Scores of forecasts: oracles, laws, and what a backtest refuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from factories import bundled
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, norm, poisson
from scoringrules import crps_negbinom, crps_normal, crps_poisson, interval_score

from indicators.methods.forecast.ensemble import NoForecast
from indicators.methods.forecast.evaluation.backtest import backtest, first_origin, past_forecasts
from indicators.methods.forecast.evaluation.scores import (
    compare_losses,
    continuous_score,
    coverage,
    expected_hits,
    histogram_of,
    probability_bounds,
    quantile_crps,
    small_sample_factor,
    weighted_interval_score,
)
from indicators.methods.forecast.history import history_of, history_of_table
from indicators.methods.forecast.levels import HUB_LEVELS, Floats

NORMAL = norm.ppf([HUB_LEVELS])


def cases(length: int, seed: int = 3) -> pd.DataFrame:
    ends = pd.date_range("2018-01-31", periods=length, freq="ME").strftime("%Y-%m-%d")
    return pd.DataFrame({"period_end": ends, "value": np.random.default_rng(seed).poisson(40, length)})


def test_the_library_gives_the_known_scores() -> None:
    assert crps_normal(0.0, 0.0, 1.0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=1e-9)
    assert crps_poisson(3, 5) == pytest.approx(1.0981552, abs=1e-7)
    assert crps_poisson(100.0, 100.0) == pytest.approx(2.3338330, abs=1e-7)  # whole numbers would overflow in it
    assert crps_negbinom(3, 2, 0.4) == pytest.approx(0.63805312, abs=1e-7)
    assert interval_score(120.0, 90.0, 110.0, 0.1) == pytest.approx(220)


def test_the_weighted_interval_score() -> None:
    toy = np.array([[80.0, 90, 100, 115, 140]])
    levels = (0.025, 0.25, 0.5, 0.75, 0.975)
    assert quantile_crps(toy, np.array([120.0]), levels)[0] == pytest.approx((10 + 1.5 + 11.25) / 2.5)
    for observed, score in ((0.0, 0.2130680), (1.0, 0.5343862), (2.0, 1.2802295)):
        assert weighted_interval_score(NORMAL, np.array([observed]))[0] == pytest.approx(score, abs=1e-7)


@settings(max_examples=30)
@given(st.lists(st.floats(-100, 100), min_size=23, max_size=23), st.floats(-150, 150))
def test_the_score_is_twice_the_mean_pinball_loss(values: list[float], observed: float) -> None:
    quantiles, levels = np.sort(values), np.array(HUB_LEVELS)
    pinball = np.where(observed >= quantiles, levels, levels - 1) * (observed - quantiles)
    found = weighted_interval_score(quantiles[None], np.array([observed]))[0]
    assert found == pytest.approx(2 * pinball.mean(), abs=1e-9)


def test_the_continuous_score_comes_near_that_of_the_whole_distribution() -> None:
    # Beyond the outermost levels the distribution stops, so it is close and not equal.
    assert continuous_score(NORMAL, np.array([0.5]))[0] == pytest.approx(crps_normal(0.5, 0.0, 1.0), abs=0.01)


def test_probability_bounds_of_a_count() -> None:
    # Between levels F runs straight: from a distribution known at every whole count it comes back within a step.
    assert (poisson.cdf(2, 5), poisson.cdf(3, 5)) == pytest.approx((0.124652, 0.265026), abs=1e-6)
    quantiles = poisson.ppf([HUB_LEVELS], 5)
    low, high = probability_bounds(quantiles, np.array([3.0]), counts=True)
    assert low[0] == pytest.approx(0.10, abs=0.03)
    assert high[0] == pytest.approx(0.25, abs=0.03)


def test_the_histogram_of_a_right_forecast_is_level_also_for_counts() -> None:
    outcomes = np.arange(0, 40)
    low, high = nbinom.cdf(outcomes - 1, 3, 0.3), nbinom.cdf(outcomes, 3, 0.3)
    often = np.round((high - low) * 4000).astype(int)
    shares = histogram_of(np.repeat(low, often), np.repeat(high, often))
    assert shares == pytest.approx([0.1] * 10, abs=0.005)
    assert sum(shares) == pytest.approx(1)


def test_which_coverage_is_still_in_line() -> None:
    assert (expected_hits(24, 0.9), expected_hits(50, 0.9)) == ((18, 24), (41, 49))
    assert coverage(np.repeat(NORMAL, 4, axis=0), np.array([0.0, 1.0, 1.5, 3.0])) == {0.5: 0.25, 0.8: 0.5, 0.95: 0.75}


def test_the_small_sample_factor() -> None:
    assert small_sample_factor(20, 1) == pytest.approx(0.97468, abs=1e-5)
    assert small_sample_factor(20, 3) == pytest.approx(0.87464, abs=1e-5)


def test_equal_and_unequal_losses() -> None:
    losses = np.random.default_rng(1).gamma(2, 1, 30)
    better = compare_losses(losses - 0.5 - 0.1 * np.sin(np.arange(30)), losses, 1)
    assert better is not None
    assert better.statistic < 0
    assert better.probability < 0.001
    assert compare_losses(losses, losses, 1) is None
    assert compare_losses(losses[:9], losses[:9] + 1, 1) is None


@pytest.mark.parametrize(("periods", "place"), [(15, 11), (20, 11), (21, 12), (60, 35)])
def test_where_a_backtest_begins(periods: int, place: int) -> None:
    assert first_origin(periods) == place


def test_a_backtest_scores_every_origin_and_horizon() -> None:
    found = backtest(history_of_table("cases", cases(50)))
    assert found.past.number_of_origins == 20  # from the 30th month, after 60 %, to the 49th
    assert found.past.origins.count(29) == 6
    assert found.past.origins.count(48) == 1
    assert {*found.by_horizon} == {1, 2, 3, 4, 5, 6}
    assert found.by_horizon[1].number == 20
    assert found.overall.relative_wis is not None
    assert found.overall.relative_wis < 1  # counts around one mean: the last value is a poor guess
    assert found.overall.wis == pytest.approx(weighted_interval_score(found.past.quantiles, found.past.observed).mean())
    assert sum(found.histogram) == pytest.approx(1)
    assert found.logarithmic is not None


def test_a_forecast_at_an_origin_does_not_know_what_came_later() -> None:
    table = cases(40)
    changed = table.assign(value=[*table["value"][:30], *range(1000, 1010)])
    first, second = (past_forecasts(history_of_table("cases", rows)) for rows in (table, changed))
    early = np.array(first.origins) <= 29
    assert (first.quantiles[early] == second.quantiles[early]).all()


def test_few_origins_give_no_skill() -> None:
    found = backtest(history_of_table("cases", cases(21)))
    assert found.past.number_of_origins == 8
    assert found.overall.relative_wis is None
    assert found.by_horizon[1].comparison is None


@pytest.mark.parametrize("values", [[3] * 30, [0] * 30, [1, 2, 3]])
def test_what_is_not_forecast_is_not_tested(values: list[int]) -> None:
    table = cases(len(values)).assign(value=values)
    with pytest.raises(NoForecast, match=r"^No forecast: .*\.$"):
        backtest(history_of_table("cases", table))


def test_origins_without_a_forecast_are_counted() -> None:
    table = cases(40)
    table["value"] = [0] * 30 + list(range(1, 11))
    past = past_forecasts(history_of_table("cases", table))
    assert past.voids == 7  # the 24th to the 30th month saw nothing but zeros


@pytest.mark.long
def test_forecasts_of_the_bundled_series_are_ahead_of_the_last_value_and_calibrated() -> None:
    evidence, found = bundled(), []
    for series in evidence.series["series"]:
        try:
            history = history_of(evidence, series)
        except ValueError:
            continue
        if history.step == "month" and (~np.isnan(history.values)).sum() >= 30:
            found.append(backtest(history).overall)
    assert len(found) >= 11
    relative: Floats = np.array([score.relative_wis for score in found], dtype=float)
    assert np.exp(np.log(relative).mean()) <= 0.79
    assert 0.90 <= np.mean([score.coverage[0.95] for score in found]) <= 0.98
    assert 0.42 <= np.mean([score.coverage[0.5] for score in found]) <= 0.58
