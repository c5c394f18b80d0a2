"""Variance by cause and the tornado of the claim layer's inputs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.methods.claim_model import simulate
from indicators.methods.parameters import ProjectionParameters
from indicators.methods.uncertainty import CAUSES, tornado, variance_shares

few = settings(max_examples=40)


@few
@given(
    st.floats(1, 1000),
    st.integers(4, 156),
    st.floats(-0.03, 0.03),
    st.floats(0.05, 1),
    st.one_of(st.just("poisson"), st.floats(1, 1000)),
    st.sampled_from(["share", "mean", "maximum"]),
    st.floats(0, 0.05),
)
def test_shares_are_positive_and_sum_to_one(
    weekly: float, weeks: int, growth: float, recording: float, dispersion: object, reading: str, spread: float
) -> None:
    parameters = ProjectionParameters(
        weekly=weekly, weeks=weeks, growth_weekly=growth, recording=recording, dispersion=dispersion, reading=reading
    )
    shares = variance_shares(parameters, growth_spread=spread)
    assert tuple(shares) == CAUSES
    assert all(share >= 0 for share in shares.values())
    assert sum(shares.values()) == pytest.approx(1)


def test_the_default_by_hand() -> None:
    # Var f = 0.19 / 18, E f = 2.3 / 3, M = 4940, k = 520, nothing unrecorded.
    reading, counting = 0.19 / 18 * 4940**2, 2.3 / 3 * 4940
    future = (0.19 / 18 + (2.3 / 3) ** 2) * 4940**2 / 520
    total = reading + counting + future
    shares = variance_shares(ProjectionParameters())
    assert shares["reading"] == pytest.approx(reading / total)
    assert shares["counting"] == pytest.approx(counting / total)
    assert shares["future"] == pytest.approx(future / total)


def test_a_fixed_reading_has_no_share() -> None:
    assert variance_shares(ProjectionParameters(reading="mean"))["reading"] == 0


def test_complete_recording_and_even_weeks_leave_reading_and_counting() -> None:
    shares = variance_shares(ProjectionParameters(dispersion="poisson"))
    assert (shares["growth"], shares["recording"], shares["future"]) == (0, 0, 0)
    many = variance_shares(ProjectionParameters(dispersion="poisson", weekly=100_000))
    assert many["reading"] == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("reading", ["share", "mean"])
def test_the_parts_add_up_to_the_variance_of_the_simulation(reading: str) -> None:
    parameters = ProjectionParameters(reading=reading, recording=0.7)
    simulated = simulate(parameters, replicates=20_000)
    shares = variance_shares(parameters)
    # The share that the reading leaves is the variance within one factor over the whole one.
    mean_given_factor = (simulated.factors * 4940 + 1) / 0.7 - 1
    within = 1 - np.var(mean_given_factor) / np.var(simulated.totals)
    assert 1 - shares["reading"] == pytest.approx(within, abs=0.02)


def test_a_ceiling_has_no_spread_to_explain() -> None:
    assert variance_shares(ProjectionParameters(reading="ceiling")) == {}
    assert tornado(ProjectionParameters(reading="ceiling")) == ()


def test_bars_stand_by_size_and_hold_their_ends() -> None:
    bars = tornado(ProjectionParameters(recording=0.8), growth_spread=0.01)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    assert {bar.input for bar in bars} == set(CAUSES)
    assert all(bar.swing == pytest.approx(abs(bar.high - bar.low)) for bar in bars)


def test_the_bar_of_the_reading_by_hand() -> None:
    (bar,) = [bar for bar in tornado(ProjectionParameters(dispersion="poisson")) if bar.input == "reading"]
    # The 5th and 95th percentile of a triangular: 0.5 + sqrt(0.05 * 0.15) and 1 - sqrt(0.05 * 0.1).
    assert bar.low == pytest.approx(4940 * (0.5 + 0.0075**0.5))
    assert bar.high == pytest.approx(4940 * (1 - 0.005**0.5))


@pytest.mark.parametrize("spread", [-0.01, 0.2])
def test_a_spread_out_of_range_is_refused(spread: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 0\.1"):
        variance_shares(ProjectionParameters(), growth_spread=spread)
    with pytest.raises(ValueError, match=r"between 0 and 0\.1"):
        tornado(ProjectionParameters(), growth_spread=spread)
