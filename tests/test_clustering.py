"""The bound on self-excitation from uneven counts."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from indicators.methods.cascade.clustering import branching_from_ratio, clustering, clustering_of_rates


@pytest.mark.parametrize(("n", "ratio"), [(0.5, 4.0), (0.37, 2.52), (0.13, 1.32)])
def test_ratio_and_branching_ratio_of_long_windows(n: float, ratio: float) -> None:
    assert branching_from_ratio(ratio) == pytest.approx(n, abs=0.001)


def test_independent_counts_give_no_bound_above_chance() -> None:
    assert branching_from_ratio(1.0) == 0
    assert branching_from_ratio(0.2) == 0


def test_trend_and_ratio_agree_with_a_regression_package() -> None:
    counts, lengths, middles = [80, 130, 250, 260, 420, 390], [1, 1, 2, 2, 3, 2], [0.5, 1.5, 3, 5, 7.5, 10]
    model = sm.GLM(
        counts, sm.add_constant(np.array(middles)), family=sm.families.Poisson(), offset=np.log(lengths)
    ).fit()
    found = clustering(counts, lengths, middles)
    assert found is not None
    assert found.ratio == pytest.approx(model.pearson_chi2 / model.df_resid)
    assert found.branching == pytest.approx(1 - 1 / math.sqrt(found.ratio))


def test_a_pure_trend_is_no_clustering() -> None:
    middles = list(range(12))
    found = clustering([round(50 * math.exp(0.2 * middle)) for middle in middles], [1] * 12, middles)
    assert found is not None
    assert found.branching == 0


def test_self_exciting_counts_summed_over_a_year_come_close_from_below() -> None:
    random = np.random.default_rng(3)
    months, last = [], 20.0
    for _ in range(12 * 2_000):
        last = random.poisson(10 + 0.5 * last)
        months.append(last)
    years = np.array(months).reshape(-1, 12).sum(axis=1)
    found = clustering(years, [1] * len(years), range(len(years)))
    assert found is not None
    # In theory 1.3333 (1 + 2 sum_h (1 - h / 12) 0.5^h) = 3.556, which reads as 0.470 instead of 0.5.
    assert found.ratio == pytest.approx(3.556, abs=0.35)
    assert found.branching == pytest.approx(0.47, abs=0.03)


def test_too_little_to_say_anything() -> None:
    assert clustering([5, 6, 7, 8], [1] * 4, range(4)) is None
    assert clustering([0] * 6, [1] * 6, range(6)) is None
    with pytest.raises(ValueError, match="as many counts"):
        clustering([1, 2], [1], [1, 2])


def test_weekly_rates_become_counts_of_their_periods() -> None:
    starts = pd.to_datetime(["2023-01-01", "2023-01-15", "2023-01-29", "2023-02-12", "2023-02-26"])
    rates = pd.DataFrame({"period_start": starts, "period_end": starts + pd.Timedelta(days=13), "value": 5.0})
    rates.loc[2, "value"] = 8.0
    expected = clustering([10, 10, 16, 10, 10], [14] * 5, [7 + 14 * place for place in range(5)])
    assert clustering_of_rates(rates) == expected
