"""Forecasts: oracles of the models, laws of the ensemble, and refusals."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from factories import bundled
from hypothesis import given, settings
from hypothesis import strategies as st
from kalman_filter import filtered_level
from statsmodels.datasets import nile

from indicators.methods.forecast.baseline import naive_quantiles
from indicators.methods.forecast.ensemble import NoForecast, forecast, rounded_outward
from indicators.methods.forecast.history import history_of, history_of_table
from indicators.methods.forecast.levels import HUB_LEVELS, INTERVALS, MEDIAN, Floats, bounds_of
from indicators.methods.forecast.models import (
    MODELS,
    drift,
    last_value,
    paths_by_model,
    seasonal,
    seasonal_last_value,
    seasons_by_origin,
)
from indicators.methods.forecast.refusals import refusal
from indicators.methods.forecast.single.count_models import integer_autoregression, negative_binomial_trend
from indicators.methods.forecast.single.local_level import local_level
from indicators.methods.forecast.single.smoothing import smoothed_paths
from indicators.methods.forecast.spread import conformal_rank
from indicators.methods.forecast.value_scale import scale_of

PASSENGERS_1960 = (417.0, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432)
"""Box and Jenkins' series, its last year."""

counts = st.lists(st.integers(0, 400), min_size=8, max_size=45).filter(lambda values: len(set(values)) > 1)


def monthly(values: list[object], start: str = "2020-01-31") -> pd.DataFrame:
    ends = pd.date_range(start, periods=len(values), freq="ME").strftime("%Y-%m-%d")
    return pd.DataFrame({"period_end": ends, "value": values})


def test_the_levels_are_those_of_the_hubs() -> None:
    assert len(HUB_LEVELS) == 23
    assert HUB_LEVELS[:3] == (0.01, 0.025, 0.05)
    assert [HUB_LEVELS[place] for interval in INTERVALS for place in bounds_of(interval)] == [
        0.25, 0.75, 0.1, 0.9, 0.025, 0.975,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="two hub levels"):
        bounds_of(0.93)


def test_the_local_level_of_the_nile() -> None:
    flow = nile.load_pandas().data["volume"].to_numpy(float)
    found = filtered_level(flow, 15099, 1469.1, start=1e6)
    assert found.gain[-1] == pytest.approx(0.267048, abs=1e-6)
    assert found.level[-1] == pytest.approx(798.370, abs=1e-3)
    assert found.log_likelihood == pytest.approx(-632.53770, abs=1e-4)
    assert np.sqrt(found.variance[-1]) == pytest.approx(143.53, abs=5e-3)
    # Averaged over its variances instead of at the likeliest ones it must come close.
    assert local_level(flow, 1)[-1, 0] == pytest.approx(798.37, rel=0.02)


def test_the_steady_gain_is_that_of_the_formula() -> None:
    ratio = 0.5
    steady = (ratio + np.sqrt(ratio**2 + 4 * ratio)) / 2
    gains = filtered_level(np.arange(60.0), 1.0, ratio).gain
    assert gains[-1] == pytest.approx(steady / (1 + steady), abs=1e-9)


def test_the_plain_models_on_the_air_passengers() -> None:
    # 112 passengers in January 1949 and 432 in December 1960, 143 months apart: 432 + 320 / 143.
    values = np.array([112.0, *[np.nan] * 131, *PASSENGERS_1960])
    assert last_value(values, 1)[-1, 0] == 432
    assert seasonal_last_value(values, 1)[-1, 0] == 417
    assert drift(values, 1)[-1, 0] == pytest.approx(434.2378, abs=1e-4)
    assert naive_quantiles(values, 3)[:, MEDIAN].tolist() == [432, 432, 432]


def test_a_damped_trend_by_hand() -> None:
    # Level starts at the mean of 2, 4 and 6. First error 2 - 4: level 3, trend -.5; second 4 - (3 - .25): and so on.
    paths = smoothed_paths(np.array([2.0, 4.0, 6.0]), 2, ((0.5, 0.5, 0.5),))
    assert paths[0, 0].tolist() == pytest.approx([3 - 0.25, 3 - 0.25 - 0.125])
    level, trend = 2.75 + 0.5 * 1.25, -0.25 + 0.25 * 1.25
    assert paths[1, 0].tolist() == pytest.approx([level + 0.5 * trend, level + 0.75 * trend])


def test_seasons_are_taken_out_and_put_back() -> None:
    # Every January 12, else 0: a year's average of 1. After three years January has been seen twice, 11 above it.
    values = np.tile([12.0, *[0.0] * 11], 3)
    season = 2 * 11 / 2.25
    assert seasons_by_origin(values)[-1, 0] == pytest.approx(season)
    found = seasonal(last_value)(values, 3)[-1]
    other = 2 * -1 / 2.25
    assert found == pytest.approx([0 - other + season, 0, 0])


def test_count_models_find_what_made_the_counts() -> None:
    growing = 20 * np.exp(0.05 * np.arange(40))
    assert negative_binomial_trend(growing, 1)[-1, 0] == pytest.approx(20 * np.exp(0.05 * 40), rel=1e-3)
    falling = [400.0]
    for _ in range(30):
        falling.append(10 + 0.7 * falling[-1])  # no noise: nu 10, phi .7
    found = integer_autoregression(np.array(falling), 12)[-1]
    assert found[0] == pytest.approx(10 + 0.7 * falling[-1], rel=1e-6)
    assert found[-1] == pytest.approx(10 / 0.3, rel=0.01)


def test_conformal_intervals_wait_for_enough_errors() -> None:
    assert [conformal_rank(number, 0.9) for number in (8, 9)] == [None, 9]
    assert [conformal_rank(number, 0.95) for number in (18, 19)] == [None, 19]


def test_models_join_as_the_history_grows() -> None:
    def names(length: int, of_counts: bool = True, monthly: bool = True) -> set[str]:
        values = np.random.default_rng(5).poisson(30, length).astype(float)
        return {*paths_by_model(values, scale_of(values, counts=of_counts), 3, counts=of_counts, monthly=monthly)}

    assert names(17) == {"last value", "drift", "local level"}
    assert {"damped trend", "Theta", "negative binomial trend", "integer autoregression"} <= names(18)
    assert "negative binomial trend" not in names(18, of_counts=False)
    assert names(24) == {model.name for model in MODELS}
    assert not [name for name in (*names(23), *names(60, monthly=False)) if "season" in name or "month" in name]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.array([1.0] * 7), "7 periods have a figure, and at least 8"),
        (np.array([]), "no period has a figure"),
        (np.array([1.0, 2, *[np.nan] * 14, 3, 4, 5, 6, 7, 8]), "incomplete, with figures for 8 of 22 periods"),
        (np.full(12, 5.0), "all figures are the same"),
        (np.zeros(12), "all figures are zero"),
    ],
)
def test_a_series_that_can_not_be_forecast_is_refused_in_one_sentence(values: Floats, words: str) -> None:
    with pytest.raises(NoForecast, match=words) as refused:
        forecast(values, 3, counts=True)
    assert str(refused.value) == refusal(values)
    assert str(refused.value).count(". ") == 0


@pytest.mark.parametrize("horizon", [0, 13])
def test_a_horizon_out_of_range_is_refused(horizon: int) -> None:
    with pytest.raises(ValueError, match="1 to 12 periods ahead"):
        forecast(np.arange(20.0), horizon, counts=True)


@settings(max_examples=30)
@given(counts, st.integers(1, 12))
def test_quantiles_of_counts_are_whole_ordered_and_not_negative(values: list[int], horizon: int) -> None:
    found = forecast(np.array(values, dtype=float), horizon, counts=True)
    assert found.quantiles.shape == (horizon, 23)
    assert np.isfinite(found.quantiles).all()
    assert (np.diff(found.quantiles, axis=1) >= 0).all()
    assert (found.quantiles >= 0).all()
    assert (found.quantiles == np.round(found.quantiles)).all()
    assert sum(found.weights.values()) == pytest.approx(1)


@settings(max_examples=30)
@given(counts)
def test_a_forecast_is_the_same_however_far_ahead_is_asked_and_each_time(values: list[int]) -> None:
    given_values = np.array(values, dtype=float)
    far = forecast(given_values, 12, counts=True).quantiles
    assert (forecast(given_values, 2, counts=True).quantiles == far[:2]).all()


@settings(max_examples=30)
@given(
    st.lists(st.floats(-500, 500), min_size=10, max_size=40).filter(lambda values: np.ptp(values) > 1), st.booleans()
)
def test_a_series_that_can_be_negative_is_forecast_alike_upside_down(values: list[float], gap: bool) -> None:
    signed = np.array([*values, -1.0, 1.0])
    if gap:
        signed[4] = np.nan
    found, mirrored = (forecast(one, 3, counts=False).quantiles for one in (signed, -signed))
    assert found == pytest.approx(-mirrored[:, ::-1], rel=1e-6, abs=1e-6)


def test_no_forecast_exceeds_what_is_possible() -> None:
    share = np.array([95.0, 97, 96, 99, 98, 100, 97, 99, 98, 99, 100, 99])
    assert forecast(share, 6, counts=False, highest=100).quantiles.max() == 100


def test_rounding_is_outward() -> None:
    row = np.linspace(1.1, 9.9, 23)[None]
    rounded = rounded_outward(row)
    assert (rounded[0, :MEDIAN] <= row[0, :MEDIAN]).all()
    assert (rounded[0, MEDIAN + 1 :] >= row[0, MEDIAN + 1 :]).all()


def test_a_gap_keeps_its_place_and_an_unfinished_month_is_left_out() -> None:
    table = monthly([5, 7, "", 6, 8, 9, 4, 6, 5])
    table.loc[len(table)] = ["2020-10-12", 2]
    history = history_of_table("cases", table)
    assert (len(history.ends), history.left_out, history.step) == (9, 1, "month")
    assert np.isnan(history.values[2])
    assert history.ends[-1] == date(2020, 9, 30)
    assert history.end_after(8, 2) == date(2020, 11, 30)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (pd.DataFrame({"day": [1]}), "expected the columns period_end and value, got day"),
        (monthly(["x"]), "row 2, value: expected a number or an empty cell, got 'x'"),
        (pd.DataFrame({"period_end": ["31.1.2024"], "value": [1]}), "row 2, period_end: expected a day"),
        (pd.concat([monthly([1, 2, 3]), monthly([4])]), "two for 2020-01-31"),
        (pd.DataFrame({"period_end": ["2021-12-31", "2022-12-31"], "value": [1, 2]}), "a month or a week apart"),
    ],
)
def test_a_table_that_is_no_series_is_refused_with_the_place(table: pd.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        history_of_table("cases", table)


def test_weeks_are_recognised() -> None:
    ends = pd.date_range("2024-01-07", periods=10, freq="7D").strftime("%Y-%m-%d")
    history = history_of_table("weekly", pd.DataFrame({"period_end": ends, "value": range(10)}))
    assert (history.step, history.end_after(9, 1)) == ("week", date(2024, 3, 17))


def test_series_of_the_evidence() -> None:
    evidence = bundled()
    history = history_of(evidence, "claimed_ru_armour_losses")
    assert (history.ends[0], history.counts, history.left_out) == (date(2022, 3, 31), True, 1)
    assert not history_of(evidence, "oryx_ua_armour_losses_net").counts
    assert history_of(evidence, "levada_support_total").highest == 100
    first = history_of(evidence, "claimed_ru_armour_losses", {"claimed_ru_armour_losses_20220331"})
    assert len(first.ends) <= len(history.ends)
    with pytest.raises(ValueError, match="expected the id of a series, got 'nothing'"):
        history_of(evidence, "nothing")
    with pytest.raises(ValueError, match=r"No forecast: .* is a cumulative"):
        history_of(evidence, "mediazona_confirmed_deaths_total")


def test_what_was_known_on_the_day_counts_at_an_origin() -> None:
    history = history_of(bundled(), "ukmod_ru_casualties_avg_daily")
    day = history.known_at(20)
    values, vintage = history.seen_at(20)
    assert len(values) == 21
    assert vintage is all(period[0][0] <= day for period in history.editions[:21] if period and day)
