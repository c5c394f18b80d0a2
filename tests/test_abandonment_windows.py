"""Shares of abandoned armour over windows of months."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.methods.counts.abandonment_windows import WINDOWS, abandonment_by_window


def months(start: str, count: int, value: float, n: float) -> pd.DataFrame:
    starts = pd.date_range(start, periods=count, freq="MS")
    return pd.DataFrame({"period_start": starts, "period_end": starts + pd.offsets.MonthEnd(0), "value": value, "n": n})


def test_a_window_weighs_months_by_their_vehicles() -> None:
    spring = pd.concat([months("2022-03-01", 1, 0.5, 900), months("2022-04-01", 1, 0.2, 100)])
    found = abandonment_by_window(spring)
    assert found["name"].tolist() == [WINDOWS[0][0]]
    assert found["share"].tolist() == pytest.approx([0.47])
    assert found["vehicles"].tolist() == [1000]


def test_a_window_with_a_month_missing_is_left_out() -> None:
    assert abandonment_by_window(months("2022-09-01", 2, 0.5, 100)).empty
    assert abandonment_by_window(months("2023-01-01", 12, 0.1, 10))["name"].tolist() == [WINDOWS[2][0]]
    assert list(abandonment_by_window(months("2030-01-01", 1, 0.1, 10)).columns) == [
        "name", "start", "end", "share", "vehicles"
    ]  # fmt: skip
