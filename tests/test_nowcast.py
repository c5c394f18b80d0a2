"""Chain ladder and nowcast: what recent periods will have counted once late records are in."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.methods.counts.chain_ladder import Floats, cumulative_shares, delay_factors, mack_reserve
from indicators.methods.counts.nowcast import nowcast, point_nowcast

NAN = math.nan
# Cumulative claims of Taylor and Ashe 1983, J. Econometrics 23:37, doi 10.1016/0304-4076(83)90074-X, as in Mack 1993.
TAYLOR_ASHE = (
    (357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463),
    (352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085),
    (290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315),
    (310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268),
    (443160, 1136350, 2128333, 2897821, 3402672, 3873311),
    (396132, 1333217, 2180715, 2985752, 3691712),
    (440832, 1288463, 2419861, 3483130),
    (359480, 1421128, 2864498),
    (376686, 1363294),
    (344014,),
)
TOY = [[50, 30, 20], [60, 36, NAN], [40, NAN, NAN]]


def increments(cumulative: tuple[tuple[int, ...], ...]) -> list[list[float]]:
    """Return what each delay added, with the cells to come filled up."""
    width = len(cumulative[0])
    return [[*np.diff([0, *row]).tolist(), *[NAN] * (width - len(row))] for row in cumulative]


def history(periods: int, newest: float = 50, wobble: int = 0) -> Floats:
    """Return periods that see 50, 30 and 20 at delays 0 to 2, give or take a wobble, the newest two still open."""
    rows = np.tile([50.0, 30.0, 20.0], (periods, 1))
    rows[::2, 1] += wobble
    rows[1::2, 1] -= wobble
    rows[-1, 0] = newest
    rows[-2, 2] = rows[-1, 1] = rows[-1, 2] = NAN
    return rows


def test_the_reserve_of_a_published_triangle() -> None:
    triangle = increments(TAYLOR_ASHE)
    assert 1 + delay_factors(triangle)[0] == pytest.approx(3.4906, abs=5e-5)
    reserve = mack_reserve(triangle)
    assert reserve.value == pytest.approx(18_680_856, abs=1)
    assert reserve.standard_error == pytest.approx(2_447_095, abs=1)


def test_three_rows_by_hand() -> None:
    assert delay_factors(TOY) == pytest.approx([0.6, 0.25])
    shares = cumulative_shares([0.6, 0.25])
    assert shares == pytest.approx([0.5, 0.8, 1])
    assert [96 / shares[1], 40 / shares[0]] == pytest.approx([120, 80])
    assert point_nowcast(TOY) == pytest.approx([100, 120.25, 81], abs=1e-9)


def test_a_period_that_has_seen_nothing_is_not_taken_for_an_empty_one() -> None:
    assert point_nowcast([*TOY[:2], [0, NAN, NAN]])[2] == pytest.approx(1, abs=1e-9)


def test_a_constant_delay_is_continued() -> None:
    result = nowcast(history(9))
    assert result.refusal == ""
    assert [(row.row, row.age, row.seen) for row in result.rows] == [(7, 1, 80), (8, 0, 50)]
    assert [row.value for row in result.rows] == pytest.approx([(80 + 0.2) / 0.8, (50 + 0.5) / 0.5])
    assert result.draws.shape == (2, 2000)


def test_larger_errors_in_the_past_mean_a_wider_spread() -> None:
    calm, wild = (nowcast(history(12, wobble=wobble)).rows[-1] for wobble in (0, 25))
    assert wild.size < calm.size
    assert wild.quantiles[0.95] - wild.quantiles[0.05] > calm.quantiles[0.95] - calm.quantiles[0.05]


def test_the_same_seed_gives_the_same_draws() -> None:
    first, second, other = (nowcast(history(9), seed=seed).draws for seed in (1, 1, 2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_a_delay_without_late_records_leaves_nothing_open() -> None:
    rows = [[10.0, 0.0], [12.0, 0.0], [11.0, 0.0], [9.0, NAN]]
    (row,) = nowcast(rows).rows
    assert (row.value, row.quantiles[0.05], row.quantiles[0.95]) == (9, 9, 9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 200), st.integers(6, 12))
def test_the_final_count_is_never_below_what_was_seen(newest: int, periods: int) -> None:
    result = nowcast(history(periods, newest), draws=200)
    for row, drawn in zip(result.rows, result.draws, strict=True):
        assert row.value >= row.seen
        assert drawn.min() >= row.seen
        assert list(row.quantiles.values()) == sorted(row.quantiles.values())


@settings(max_examples=30)
@given(st.integers(0, 100), st.integers(1, 50))
def test_more_seen_means_more_expected(newest: int, more: int) -> None:
    assert point_nowcast(history(6, newest + more))[-1] > point_nowcast(history(6, newest))[-1]


@pytest.mark.parametrize(
    ("triangle", "words"),
    [
        (history(5), "at least 6 periods with editions, 3 times the longest delay of 2; there are 5"),
        (history(9)[:-1], "an edition at every step"),
        (np.vstack([np.zeros((4, 3)), history(6)]), "got none"),
    ],
)
def test_too_little_to_learn_from_is_refused_with_a_sentence(triangle: Floats, words: str) -> None:
    result = nowcast(triangle)
    assert words in result.refusal
    assert result.rows == ()
    assert result.draws.shape == (0, 2000)


@pytest.mark.parametrize(
    ("triangle", "words"),
    [
        ([[1.0], [2.0]], "at least two delays"),
        ([[1.0, -1.0]], "counts of 0 or more"),
        ([[1.0, math.inf]], "finite"),
        ([[1.0, NAN, 1.0]], "without a gap"),
        ([[NAN, NAN]], "from delay 0"),
        ([[1.0, NAN], [1.0, 1.0]], "oldest to newest"),
        ([[1.0, NAN], [1.0, NAN]], "before delay 1"),
    ],
)
def test_a_malformed_triangle_is_an_error(triangle: list[list[float]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        point_nowcast(triangle)


def test_other_parameters_out_of_range_are_errors() -> None:
    with pytest.raises(ValueError, match="at least 1 draw, got 0"):
        nowcast(history(9), draws=0)
    with pytest.raises(ValueError, match="at least four rows"):
        mack_reserve(TOY)
    with pytest.raises(ValueError, match="above 0"):
        mack_reserve(increments(((0, 1, 2, 3), (1, 2, 3), (1, 2), (1,))))
