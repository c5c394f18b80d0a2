"""Variance by cause and the tornado of the claim layer's inputs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.methods.projection.claim_layer.simulation import simulate
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.uncertainty import CAUSES, tornado, variance_shares

STILL = {"drift": 0.0, "growth_sd": 0.0}
few = settings(max_examples=40)


@few
@given(
    st.floats(1, 500),
    st.integers(4, 156),
    st.floats(-0.02, 0.028),
    st.floats(0.1, 1),
    st.one_of(st.just("poisson"), st.floats(3, 100)),
    st.sampled_from(["share", "mean", "maximum"]),
    st.floats(0, 0.05),
    st.floats(0, 0.15),
)
def test_shares_are_positive_and_sum_to_one(
    weekly: float,
    weeks: int,
    growth: float,
    recording: float,
    dispersion: object,
    reading: str,
    spread: float,
    drift: float,
) -> None:
    parameters = ProjectionParameters.model_validate(
        {
            "weekly": weekly,
            "weeks": weeks,
            "growth_weekly": growth,
            "recording": recording,
            "dispersion": dispersion,
            "reading": reading,
            "growth_sd": spread,
            "drift": drift,
        }
    )
    shares = variance_shares(parameters)
    assert tuple(shares) == CAUSES
    assert all(share >= 0 for share in shares.values())
    assert sum(shares.values()) == pytest.approx(1)


def test_the_default_by_hand() -> None:
    # Var f = 0.19 / 18, E f = 2.3 / 3, M = 4940, k = 520, nothing unrecorded.
    reading, counting = 0.19 / 18 * 4940**2, 2.3 / 3 * 4940
    future = (0.19 / 18 + (2.3 / 3) ** 2) * 4940**2 / 520
    total = reading + counting + future
    shares = variance_shares(ProjectionParameters(**STILL))
    assert shares["reading"] == pytest.approx(reading / total)
    assert shares["counting"] == pytest.approx(counting / total)
    assert shares["future"] == pytest.approx(future / total)


def test_a_fixed_reading_has_no_share() -> None:
    assert variance_shares(ProjectionParameters(reading="mean"))["reading"] == 0


def test_complete_recording_and_even_weeks_leave_reading_and_counting() -> None:
    shares = variance_shares(ProjectionParameters(**STILL, dispersion="poisson"))
    assert {cause for cause, share in shares.items() if share} == {"reading", "counting"}
    # Var f = 0.19 / 18 and E f = 2.3 / 3 at a mean of 24,700: 1 - 1 / (1 + 0.010556 * 24700 / 0.766667).
    many = variance_shares(ProjectionParameters(**STILL, dispersion="poisson", weekly=500))
    assert many["counting"] == pytest.approx(1 / (1 + 0.010556 * 24_700 / 0.766667), rel=1e-3)


@pytest.mark.parametrize("reading", ["share", "mean"])
def test_the_parts_add_up_to_the_variance_of_the_simulation(reading: str) -> None:
    parameters = ProjectionParameters(reading=reading, recording=0.7)
    simulated = simulate(parameters, replicates=20_000)
    shares = variance_shares(parameters)
    # The share that the reading leaves is the variance within one factor over the whole one.
    mean_given_factor = simulated.factors * simulated.totals.mean() / simulated.factors.mean()
    within = 1 - np.var(mean_given_factor) / np.var(simulated.totals)
    assert 1 - shares["reading"] == pytest.approx(within, abs=0.02)


def test_growth_and_drift_by_the_rough_rule() -> None:
    # Var ln total = d^2 M / 3 + s^2 M^2 / 4 + Var ln f with M = 52 weeks in months; small spreads, so that it is close.
    parameters = ProjectionParameters(qualifier="about", drift=0.02, growth_sd=0.005, dispersion="poisson")
    months = 52 * 12 / 52.1775
    growth, drift, reading = 0.005**2 * months**2 / 4, 0.02**2 * months / 3, 0.1**2
    total = growth + drift + reading
    shares = variance_shares(parameters)
    assert shares["growth"] == pytest.approx(growth / total, abs=0.02)
    assert shares["drift"] == pytest.approx(drift / total, abs=0.02)


def test_a_ceiling_has_no_spread_to_explain() -> None:
    assert variance_shares(ProjectionParameters(reading="ceiling")) == {}
    assert tornado(ProjectionParameters(reading="ceiling")) == ()


def test_bars_stand_by_size_and_hold_their_ends() -> None:
    bars = tornado(ProjectionParameters(recording=0.8))
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    assert {bar.input for bar in bars} == set(CAUSES)
    assert all(bar.swing == pytest.approx(abs(bar.high - bar.low)) for bar in bars)


def test_the_bar_of_the_reading_by_hand() -> None:
    (bar,) = [bar for bar in tornado(ProjectionParameters(dispersion="poisson")) if bar.input == "reading"]
    # The 5th and 95th percentile of a triangular: 0.5 + sqrt(0.05 * 0.15) and 1 - sqrt(0.05 * 0.1).
    assert bar.low == pytest.approx(4940 * (0.5 + 0.0075**0.5))
    assert bar.high == pytest.approx(4940 * (1 - 0.005**0.5))
