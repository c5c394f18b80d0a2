"""Exact results on cascades, against values worked out elsewhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cascade_theory import (
    borel_tanner,
    critical_spread,
    extinction,
    final_share,
    join,
    join_share,
    r_from_final_share,
    reed_frost,
    watts_window,
)
from hypothesis import given
from hypothesis import strategies as st


def test_borel_distribution_of_one_half() -> None:
    assert [borel_tanner(n, 0.5) for n in range(1, 6)] == pytest.approx(
        [0.606531, 0.183940, 0.083674, 0.045112, 0.026720], abs=1e-6
    )
    probabilities = np.array([borel_tanner(n, 0.5) for n in range(1, 400)])
    totals = np.arange(1, 400)
    mean = probabilities @ totals
    assert mean == pytest.approx(2)
    assert probabilities @ totals**2 - mean**2 == pytest.approx(4)
    assert probabilities[9:].sum() == pytest.approx(0.013616, abs=1e-6)


@pytest.mark.parametrize(("r", "mean", "deviation"), [(0.13, 1.1494, 0.4443), (0.5, 2, 2), (0.8, 5, 10)])
def test_mean_and_spread_of_the_total_below_one(r: float, mean: float, deviation: float) -> None:
    totals = np.arange(1, 3000)
    probabilities = np.array([borel_tanner(int(total), r) for total in totals])
    assert probabilities @ totals == pytest.approx(mean, abs=5e-5)
    assert math.sqrt(probabilities @ totals**2 - (probabilities @ totals) ** 2) == pytest.approx(deviation, abs=5e-5)


def test_borel_tanner_of_three_seeds() -> None:
    assert borel_tanner(3, 0.5, seeds=3) == pytest.approx(0.223130, abs=1e-6)
    assert borel_tanner(2, 0.5, seeds=3) == 0
    assert sum(n * borel_tanner(n, 0.5, seeds=3) for n in range(3, 500)) == pytest.approx(6)
    assert borel_tanner(1, 0.0) == 1
    with pytest.raises(ValueError, match="between 0 and 1"):
        borel_tanner(1, 1.2)


@pytest.mark.parametrize(
    ("r", "variance", "expected"),
    [
        (1.35, 0, 0.530706),
        (1.5, 0, 0.417188),
        (2, 0, 0.203188),
        (3, 0, 0.059520),
        (1.35, 1, 0.740741),
        (2, 1, 0.5),
        (3, 2, 0.5),
        (1.5, 1 / 0.16, 0.898639),
        (0.8, 0, 1),
    ],
)
def test_extinction(r: float, variance: float, expected: float) -> None:
    assert extinction(r, variance=variance) == pytest.approx(expected, abs=1e-6)
    assert extinction(r, variance=variance, seeds=3) == pytest.approx(expected**3, abs=3e-6)


@pytest.mark.parametrize(
    ("r", "initial", "outside", "expected"),
    [
        (1.35, 0, 0, 0.469294),
        (1.5, 0, 0, 0.582812),
        (2, 0, 0, 0.796812),
        (3, 0, 0, 0.940480),
        (1.35, 0.01, 0, 0.48703),
        (0.8, 0.05, 0, 0.17237),
        (1.35, 0.01, 0.1, 0.60324),
        (0.5, 0.01, 0.1, 0.18222),
        (1, 0, 0, 0),
        (0, 0.2, 0, 0.2),
    ],
)
def test_final_share(r: float, initial: float, outside: float, expected: float) -> None:
    assert final_share(r, initial=initial, outside=outside) == pytest.approx(expected, abs=5e-6)


@given(st.floats(0.01, 5), st.floats(0.001, 0.9), st.floats(0, 2))
def test_final_share_solves_its_equation(r: float, initial: float, outside: float) -> None:
    share = final_share(r, initial=initial, outside=outside)
    assert share == pytest.approx(1 - (1 - initial) * math.exp(-(r * share + outside)), abs=1e-9)


def test_r_of_the_mutinies_of_1917() -> None:
    assert [round(r_from_final_share(share), 2) for share in (0.45, 0.5)] == [1.33, 1.39]


@given(st.floats(0.05, 0.95))
def test_r_from_final_share_is_the_inverse_of_final_share(share: float) -> None:
    assert final_share(r_from_final_share(share)) == pytest.approx(share, abs=1e-6)


def test_reed_frost_in_a_household() -> None:
    assert reed_frost(3, 1, 0.3) == pytest.approx([0.49, 0.294, 0.216])


def test_reed_frost_with_ten_standing() -> None:
    exact = reed_frost(11, 1, 0.15)
    assert exact @ np.arange(11) == pytest.approx(4.910679, abs=1e-6)
    assert exact[[0, 10]] == pytest.approx([0.196874, 0.078884], abs=1e-6)


@pytest.mark.parametrize(
    ("r", "mean", "tails"),
    [
        (0.5, 0.019638, (0.011078, 0.000310, 2e-10)),
        (1.35, 0.231578, (0.489988, 0.429220, 0.226260)),
        (2.0, 0.630348, (0.790955, 0.788230, 0.785352)),
    ],
)
def test_reed_frost_of_a_hundred_units(r: float, mean: float, tails: tuple[float, float, float]) -> None:
    exact = reed_frost(100, 1, 1 - math.exp(-r / 99))
    assert exact.sum() == pytest.approx(1)
    assert exact @ np.arange(1, 101) / 100 == pytest.approx(mean, abs=1e-6)
    assert [exact[least - 1 :].sum() for least in (10, 20, 50)] == pytest.approx(tails, abs=1e-6)
    assert exact[0] == pytest.approx(math.exp(-r))


def test_reed_frost_at_the_ends() -> None:
    assert reed_frost(5, 1, 0.0) == pytest.approx([1, 0, 0, 0, 0])
    assert reed_frost(5, 2, 1.0) == pytest.approx([0, 0, 0, 1])
    assert reed_frost(4, 4, 0.3) == pytest.approx([1])


def test_one_threshold_decides_over_a_crowd() -> None:
    assert join(range(100)) == 100
    assert join([0, 2, *range(2, 100)]) == 1


def test_critical_spread_of_normal_thresholds() -> None:
    critical = critical_spread(0.25)
    assert critical == pytest.approx(0.12222, abs=1e-5)
    assert join_share(0.25, critical - 1e-5) == pytest.approx(0.0604, abs=2e-3)
    assert join_share(0.25, critical + 1e-5) > 0.99


def test_window_of_sparse_graphs() -> None:
    assert watts_window(0.18) == pytest.approx((1.0207, 5.7647), abs=1e-4)
    assert watts_window(0.25) == pytest.approx((1.1141, 3.8631), abs=1e-4)
    assert watts_window(0.26) is None
    assert watts_window(0.9) is None
