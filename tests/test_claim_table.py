"""The claim layer in closed form: right against closed forms and its published values, and monotone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.lookup import (
    NoiseKey,
    build_table,
    mean_path,
    noise_key,
    quantile_paths,
    weekly_mean,
)
from indicators.methods.projection.claim_layer.simulation import simulate
from indicators.methods.projection.parameters import BOUNDS, ProjectionParameters
from indicators.methods.projection.readings import FIXED, Factor
from indicators.methods.projection.run_rate import WEEKS_PER_MONTH

PLAIN = NoiseKey(FIXED)
SHARE = NoiseKey(Factor("triangular", (0.5, 0.8, 1.0)))
STILL = {"drift": 0.0, "growth_sd": 0.0}
EXACT = {**STILL, "qualifier": "exact"}
few = settings(max_examples=40)


def at_horizon(**given: object) -> np.ndarray:
    """Return the 7 quantiles of the total."""
    parameters = ProjectionParameters.model_validate(given)
    key = noise_key(parameters)
    assert key is not None
    return quantile_paths(build_table(key), parameters)[:, -1]


@pytest.mark.parametrize(("weekly", "weeks"), [(5, 4), (10, 52), (100, 52), (500, 156)])
def test_without_other_noise_the_total_is_poisson(weekly: float, weeks: int) -> None:
    found = at_horizon(**EXACT, weekly=weekly, weeks=weeks, dispersion="poisson")
    expected = stats.poisson(weekly * weeks).ppf(LEVELS)
    assert found.tolist() == pytest.approx(expected.tolist(), rel=0.004, abs=1.0)


@pytest.mark.parametrize(("weekly", "weeks", "size"), [(100, 4, 3), (25, 4, 10), (100, 52, 10), (100, 52, 3)])
def test_with_dispersion_the_total_is_negative_binomial(weekly: float, weeks: int, size: float) -> None:
    found = at_horizon(**EXACT, weekly=weekly, weeks=weeks, dispersion=size)
    expected = stats.nbinom(size * weeks, size / (size + weekly)).ppf(LEVELS)
    assert found.tolist() == pytest.approx(expected.tolist(), rel=0.006, abs=1.0)


def test_if_nothing_changes_the_published_range_stands() -> None:
    found = at_horizon(**STILL)
    # 5 % and 95 % by a million draws of the triangular share and of weeks that differ by a third.
    assert (found[0], found[6]) == (pytest.approx(2870, rel=0.002), pytest.approx(4651, rel=0.002))


def own_draws(share: object, calendar: float, growth_log: float = 0.0, draws: int = 250_000) -> np.ndarray:
    """Draw totals of a year of about 100 a week by the formula alone: drift .08, growth unsure by .03, size 10."""
    rng = np.random.default_rng(7)
    factor = share(rng, draws)  # type: ignore[operator]
    growth = growth_log + 0.03 * rng.standard_normal(draws)
    level, month, total = np.zeros(draws), 0, np.zeros(draws)
    for week in range(52):
        if math.floor(week * 12 / 52.1775) > month:
            month += 1
            level += 0.08 * rng.standard_normal(draws) - 0.08**2 / 2
        pace = 100 * calendar * factor * np.exp(growth * week * 12 / 52.1775 + level)
        total += rng.poisson(rng.gamma(10, pace / 10))
    return total


@pytest.mark.parametrize(
    ("qualifier", "share", "calendar", "published"),
    [
        ("about", lambda rng, n: rng.lognormal(0, 0.1, n), 1.0, (5340, 3445, 5137, 7920)),
        ("up_to", lambda rng, n: rng.triangular(0.5, 0.8, 1, n), 247 / 260, (3869, 2395, 3720, 5853)),
    ],
)
def test_a_year_with_drift_has_the_range_of_its_formula(
    qualifier: str, share: object, calendar: float, published: tuple[float, ...]
) -> None:
    parameters = ProjectionParameters(qualifier=qualifier)
    key = noise_key(parameters)
    assert key is not None
    table = build_table(key)
    low, middle, high = quantile_paths(table, parameters)[[0, 3, 6], -1]
    found = (float(mean_path(table, parameters)[-1]), low, middle, high)
    assert found == pytest.approx(published, rel=0.003)
    totals = own_draws(share, calendar)
    assert found == pytest.approx((totals.mean(), *np.quantile(totals, (0.05, 0.5, 0.95))), rel=0.006)


@pytest.mark.parametrize("damping", ["off", "on"])
@pytest.mark.parametrize("weeks", [52, 156])
@pytest.mark.parametrize("growth", [-0.1, 0.0, 0.13])
@pytest.mark.parametrize(("drift", "growth_sd"), [(0.15, 0.0), (0.0, 0.05), (0.15, 0.05)])
def test_the_corners_of_the_range_agree_with_the_simulation(
    drift: float, growth_sd: float, growth: float, weeks: int, damping: str, record_property: pytest.RecordProperty
) -> None:
    parameters = ProjectionParameters(
        drift=drift, growth_sd=growth_sd, growth_monthly=growth, weeks=weeks, damping=damping, qualifier="about"
    )
    totals = simulate(parameters, replicates=8000, seed=3).totals
    found = at_horizon(**parameters.model_dump())
    off = found / np.quantile(totals, LEVELS) - 1
    record_property("worst_error", float(np.abs(off).max()))
    print(f"worst error {np.abs(off).max():.1%}")
    # In ranks, as far as 8,000 draws can tell; in the figures themselves the range is up to 30 times its median wide.
    ranks = np.array([np.mean(totals <= value) for value in found]) - LEVELS
    assert np.abs(ranks).max() < 0.02
    assert np.abs(off).max() < 0.06


def test_growth_means_the_same_in_every_layer() -> None:
    for damping in ("off", "on"):
        grown, flat = (ProjectionParameters(**STILL, growth_monthly=growth, damping=damping) for growth in (0.1, 0.0))
        key = noise_key(grown)
        assert key is not None
        ratio = mean_path(build_table(key), grown)[-1] / mean_path(build_table(key), flat)[-1]
        assert ratio == pytest.approx(grown.growth_sums[-1] / flat.growth_sums[-1])


def test_an_average_of_sixty_percent_is_sixty_percent_of_the_same_days() -> None:
    parameters = ProjectionParameters(**STILL, share_low=0.6, share_mode=0.6, share_high=0.6, growth_monthly=0.02)
    key = noise_key(parameters)
    assert key is not None
    found = mean_path(build_table(key), parameters)[-1]
    assert found == pytest.approx(0.6 * parameters.weekly * 0.95 * parameters.growth_sums[-1])
    assert found == pytest.approx(0.6 * 5561, rel=1e-4)


@pytest.mark.parametrize("qualifier", ["about", "exact", "at_least", "more_than"])
def test_court_days_belong_to_a_ceiling_alone(qualifier: str) -> None:
    assert weekly_mean(ProjectionParameters(qualifier=qualifier)) == 100
    assert weekly_mean(ProjectionParameters(reading="mean")) == 100
    assert weekly_mean(ProjectionParameters()) == 95


@pytest.mark.parametrize("recording", [0.1, 0.5, 1.0])
def test_nothing_recorded_means_no_cases(recording: float) -> None:
    assert at_horizon(weekly=0, recording=recording).tolist() == [0.0] * 7
    assert at_horizon(share_low=0, share_mode=0, share_high=0, recording=recording).tolist() == [0.0] * 7


DRIFTS = st.floats(*BOUNDS["drift"])
SPREADS = st.floats(*BOUNDS["growth_sd"])
RATES = st.floats(*BOUNDS["weekly"])


@few
@given(RATES, st.floats(3, 100), st.floats(0.1, 1), DRIFTS, SPREADS)
def test_levels_are_in_order_and_never_negative(
    weekly: float, size: float, recording: float, drift: float, growth_sd: float
) -> None:
    given = {"weekly": weekly, "dispersion": size, "recording": recording, "drift": drift, "growth_sd": growth_sd}
    found = at_horizon(**given)
    assert np.all(found >= 0)
    assert np.all(np.diff(found) >= 0)


@few
@given(RATES, RATES, st.floats(3, 100), DRIFTS)
def test_a_higher_figure_never_gives_less(first: float, second: float, size: float, drift: float) -> None:
    low, high = (at_horizon(weekly=weekly, dispersion=size, drift=drift) for weekly in sorted((first, second)))
    assert np.all(low <= high + 1e-9)


@few
@given(DRIFTS, DRIFTS, SPREADS, SPREADS)
def test_more_uncertainty_never_makes_the_range_narrower(
    drift: float, other_drift: float, spread: float, other_spread: float
) -> None:
    (less, more), (sure, unsure) = sorted((drift, other_drift)), sorted((spread, other_spread))
    narrow, wide = at_horizon(drift=less, growth_sd=sure), at_horizon(drift=more, growth_sd=unsure)
    assert wide[-1] / wide[0] >= narrow[-1] / narrow[0] * (1 - 1e-6)


def test_the_same_reading_gives_the_same_table_and_another_one_another_version() -> None:
    first, again = build_table(SHARE), build_table.__wrapped__(SHARE)
    assert first.version == again.version
    assert np.array_equal(first.factors, again.factors)
    assert build_table(PLAIN).version != first.version


def test_a_table_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        build_table(SHARE).factors[0] = 0


def test_sliders_of_rate_horizon_growth_and_drift_share_one_table() -> None:
    moved = ProjectionParameters(weekly=7, weeks=12, growth_monthly=0.02, recording=0.7, dispersion=4, drift=0.1)
    assert noise_key(moved) == noise_key(ProjectionParameters())
    assert noise_key(ProjectionParameters(reading="ceiling")) is None
    assert noise_key(ProjectionParameters(reading="maximum")) == replace(PLAIN, observed_weeks=26, size=10.0)


def test_months_are_mean_months() -> None:
    assert pytest.approx(52.1775 / 12) == WEEKS_PER_MONTH
