"""What a qualified weekly figure says about the mean week."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.core.evidence.vocabulary import Qualifier
from indicators.methods.projection.readings import (
    DEFAULT_SHARE,
    FIXED,
    Factor,
    Reading,
    describe_reading,
    factor_mean,
    factor_quantile,
    factor_variance,
    read_qualifier,
)

# The same distributions as a library has them.
FACTORS = [
    (Factor("triangular", (0.5, 0.8, 1.0)), stats.triang(0.6, 0.5, 0.5)),
    (Factor("half_normal", (0.3,)), stats.halfnorm(1, 0.3)),
    (Factor("log_normal", (0.1,)), stats.lognorm(0.1)),
]


@pytest.mark.parametrize(
    ("qualifier", "factor"),
    [
        (Qualifier.EXACT, FIXED),
        (Qualifier.AT_LEAST, Factor("half_normal", (0.3,))),
        (Qualifier.MORE_THAN, Factor("half_normal", (0.3,))),
        (Qualifier.UP_TO, Factor("triangular", (0.5, 0.8, 1.0))),
        (Qualifier.ABOUT, Factor("log_normal", (0.1,))),
        (Qualifier.ESTIMATE, Factor("log_normal", (0.1,))),
        (Qualifier.PROJECTION, Factor("log_normal", (0.1,))),
    ],
)
def test_each_qualifier_has_its_distribution(qualifier: Qualifier, factor: Factor) -> None:
    assert read_qualifier(qualifier) == factor


@pytest.mark.parametrize(
    ("reading", "factor"),
    [
        (Reading.SHARE, Factor("triangular", DEFAULT_SHARE)),
        (Reading.CEILING, None),
        (Reading.MEAN, FIXED),
        (Reading.MAXIMUM, FIXED),
    ],
)
def test_up_to_can_be_read_in_four_ways(reading: Reading, factor: Factor | None) -> None:
    assert read_qualifier(Qualifier.UP_TO, reading) == factor


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("qualifier", [qualifier for qualifier in Qualifier if qualifier is not Qualifier.UP_TO])
def test_the_reading_concerns_up_to_alone(qualifier: Qualifier, reading: Reading) -> None:
    assert read_qualifier(qualifier, reading) == read_qualifier(qualifier)


def test_a_share_of_all_is_fixed() -> None:
    assert read_qualifier(Qualifier.UP_TO, Reading.SHARE, (1, 1, 1)) == FIXED


@pytest.mark.parametrize(("factor", "law"), FACTORS)
def test_moments_and_quantiles_are_those_of_the_library(factor: Factor, law: stats.rv_continuous) -> None:
    assert factor_mean(factor) == pytest.approx(law.mean())
    assert factor_variance(factor) == pytest.approx(law.var())
    levels = np.linspace(0.01, 0.99, 25)
    assert factor_quantile(factor, levels).tolist() == pytest.approx(law.ppf(levels).tolist())


def test_the_default_share_by_hand() -> None:
    triangular = Factor("triangular", DEFAULT_SHARE)
    assert factor_mean(triangular) == pytest.approx(2.3 / 3)
    # (0.25 + 0.64 + 1 - 0.4 - 0.5 - 0.8) / 18
    assert factor_variance(triangular) == pytest.approx(0.19 / 18)
    # P(f < mode) = (mode - low) / (high - low) = 0.6
    assert factor_quantile(triangular, 0.6).item() == pytest.approx(0.8)


def test_a_fixed_factor_is_one_everywhere() -> None:
    assert (factor_mean(FIXED), factor_variance(FIXED)) == (1, 0)
    assert factor_quantile(FIXED, np.array([0.1, 0.9])).tolist() == [1, 1]


@given(st.tuples(*[st.floats(0, 1)] * 3).map(sorted), st.floats(0, 1), st.floats(0, 1))
def test_quantiles_of_a_share_rise_within_its_corners(corners: list[float], first: float, second: float) -> None:
    factor = Factor("triangular", tuple(corners))
    low, high = factor_quantile(factor, np.array(sorted((first, second)))).tolist()
    assert corners[0] - 1e-12 <= low <= high + 1e-12
    assert high <= corners[2] + 1e-12
    assert factor_variance(factor) >= 0


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("qualifier", list(Qualifier))
def test_every_reading_is_said_in_a_sentence(qualifier: Qualifier, reading: Reading) -> None:
    sentence = describe_reading(qualifier, reading)
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_the_sentence_names_the_weeks_and_the_shares() -> None:
    assert "largest of 13 weekly counts" in describe_reading(Qualifier.UP_TO, Reading.MAXIMUM, observed_weeks=13)
    assert "40 to 90 % of the figure, most likely 70 %" in describe_reading(Qualifier.UP_TO, share=(0.4, 0.7, 0.9))
