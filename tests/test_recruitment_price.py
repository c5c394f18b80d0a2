"""Bonuses, and contracts claimed against contracts counted; claims are never differenced across years."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.core.figures.glance import glance
from indicators.recruitment_price import (
    BUDGET_WEEKLY,
    CLAIMED_OVER_BUDGET,
    CLAIMED_WEEKLY,
    FEDERAL,
    INDICATOR,
    compute,
)


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def of(series: str) -> pd.DataFrame:
    return derived()[derived()["series"] == series].sort_values(["period_end", "period_start"])


def test_the_federal_bonus_rose_from_195000_to_400000() -> None:
    rows = bundled().of_series(FEDERAL).sort_values("period_end")
    assert rows["value"].tolist() == [195_000, 400_000, 400_000, 400_000, 400_000]
    assert rows["period_end"].iloc[1] == pd.Timestamp("2024-08-01")
    latest = glance(INDICATOR, bundled(), derived()).latest
    assert latest is not None
    assert (latest["value"], latest["unit"]) == (400_000, "roubles")


def test_claims_are_differenced_within_a_year_only() -> None:
    claimed = of(CLAIMED_WEEKLY.id)
    assert (claimed["period_start"].dt.year == claimed["period_end"].dt.year).all()
    # 336,000 to 17 Oct 2025 less 210,000 to 30 Jun 2025: 126,000 in 109 days.
    (row,) = claimed[claimed["period_end"] == pd.Timestamp("2025-10-17")].to_dict("records")
    assert row["value"] == pytest.approx(126_000 * 7 / 109)


def test_contracts_counted_from_the_budget_in_2024() -> None:
    (row,) = of(BUDGET_WEEKLY.id)[lambda rows: rows["note"].str.startswith("Midpoint")].to_dict("records")
    assert row["value"] == pytest.approx(390_700 * 7 / 366)
    assert (row["low"], row["high"]) == (pytest.approx(374_200 * 7 / 366), pytest.approx(407_200 * 7 / 366))


def test_claims_exceed_the_count_of_the_same_period() -> None:
    rows = of(CLAIMED_OVER_BUDGET.id)
    assert rows["value"].tolist() == pytest.approx([190_000 / 166_200, 450_000 / 390_700, 210_000 / 127_500])
    assert set(rows["qualifier"]) == {"estimate"}
