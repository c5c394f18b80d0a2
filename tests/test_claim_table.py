"""The lookup table of the claim layer: right against closed forms and simulation, and monotone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from indicators.methods.claim_model import simulate
from indicators.methods.claim_table import (
    NoiseKey,
    build_table,
    mean_total,
    noise_key,
    quantiles,
    weekly_mean,
)
from indicators.methods.levels import LEVELS
from indicators.methods.parameters import ProjectionParameters
from indicators.methods.readings import FIXED, Factor
from indicators.methods.run_rate import damped_growth

PLAIN = NoiseKey(FIXED)
SHARE = NoiseKey(Factor("triangular", (0.5, 0.8, 1.0)))
MEANS = st.floats(0, 1e7)
SIZES = st.one_of(st.just(math.inf), st.floats(0.1, 1e6))


@pytest.mark.parametrize("mean", [20.0, 500.0, 5200.0, 100_000.0])
def test_without_other_noise_the_table_is_poisson(mean: float) -> None:
    found = quantiles(build_table(PLAIN), mean, math.inf)
    assert found.tolist() == pytest.approx(stats.poisson(mean).ppf(LEVELS).tolist(), rel=0.005, abs=1.0)


@pytest.mark.parametrize(("mean", "size"), [(100.0, 10.0), (5200.0, 520.0), (5200.0, 10.0)])
def test_with_dispersion_the_table_is_negative_binomial(mean: float, size: float) -> None:
    found = quantiles(build_table(PLAIN), mean, size)
    expected = stats.nbinom(size, size / (size + mean)).ppf(LEVELS)
    assert found.tolist() == pytest.approx(expected.tolist(), rel=0.015, abs=1.0)


@pytest.mark.parametrize(
    "parameters",
    [
        ProjectionParameters(),
        ProjectionParameters(qualifier="at_least", weeks=26),
        ProjectionParameters(qualifier="about", growth_weekly=0.01),
        ProjectionParameters(reading="maximum", dispersion="poisson"),
        ProjectionParameters(recording=0.5),
    ],
    ids=["defaults", "at least", "about and growing", "largest week", "half recorded"],
)
def test_the_table_agrees_with_the_simulation(parameters: ProjectionParameters) -> None:
    totals = simulate(parameters, replicates=20_000).totals
    key = noise_key(parameters)
    assert key is not None
    growth = damped_growth(parameters.growth)
    total, squares = growth.sums[parameters.weeks - 1], growth.square_sums[parameters.weeks - 1]
    table, mean = build_table(key), weekly_mean(parameters) * total
    size = parameters.size * total**2 / squares
    assert mean_total(table, mean, parameters.recording).item() == pytest.approx(totals.mean(), rel=0.005)
    found = quantiles(table, mean, size, parameters.recording)
    assert found.tolist() == pytest.approx(np.quantile(totals, LEVELS).tolist(), rel=0.01)


@given(MEANS, SIZES, st.floats(0.01, 1))
def test_levels_are_in_order_and_never_negative(mean: float, size: float, recording: float) -> None:
    found = quantiles(build_table(SHARE), mean, size, recording)
    assert np.all(found >= 0)
    assert np.all(np.diff(found) >= 0)


@given(MEANS, MEANS, SIZES)
def test_a_higher_mean_never_gives_less(first: float, second: float, size: float) -> None:
    low, high = sorted((first, second))
    table = build_table(SHARE)
    assert np.all(quantiles(table, low, size) <= quantiles(table, high, size) + 1e-9)


@settings(max_examples=30)
@given(st.floats(100, 1e6), st.floats(0.01, 1), st.floats(0.01, 1))
def test_worse_recording_means_more_cases(mean: float, first: float, second: float) -> None:
    worse, better = sorted((first, second))
    table = build_table(SHARE)
    assert mean_total(table, mean, worse) >= mean_total(table, mean, better)


def test_the_same_seed_gives_the_same_table_and_another_one_another_version() -> None:
    first, again = build_table(SHARE), build_table.__wrapped__(SHARE)
    assert first.version == again.version
    assert np.array_equal(first.roots, again.roots)
    assert build_table(SHARE, seed=2).version != first.version
    assert build_table(PLAIN).version != first.version


def test_a_table_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        build_table(SHARE).roots[0] = 0


def test_sliders_of_rate_horizon_growth_and_recording_share_one_table() -> None:
    moved = ProjectionParameters(weekly=7, weeks=12, growth_monthly=0.02, recording=0.7, dispersion=4)
    assert noise_key(moved) == noise_key(ProjectionParameters())
    assert noise_key(ProjectionParameters(reading="ceiling")) is None
    assert noise_key(ProjectionParameters(reading="maximum")) == replace(PLAIN, observed_weeks=26, size=10.0)
