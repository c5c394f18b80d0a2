"""Days with drones over Moscow, and attacks that are never added up."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.capital_drone_strikes import ATTACKS, DAYS, INDICATOR, NATIONWIDE_WEEKLY, PER_MONTH, compute
from indicators.core.figures.glance import glance


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def test_thirteen_days_in_august_2023() -> None:
    rows = bundled().of_series(DAYS)
    (row,) = rows[rows["period_start"] == pd.Timestamp("2023-08-01")].to_dict("records")
    assert (row["value"], row["qualifier"], row["unit"]) == (13, "at_least", "days")


def test_august_2023_per_30_days() -> None:
    rows = derived()[(derived()["series"] == PER_MONTH.id) & (derived()["period_start"] == pd.Timestamp("2023-08-01"))]
    assert rows["value"].tolist() == [pytest.approx(13 * 30 / 31)]
    assert rows["qualifier"].tolist() == ["at_least"]


def test_no_month_has_more_drone_days_than_days() -> None:
    assert derived().loc[derived()["series"] == PER_MONTH.id, "value"].between(0, 30).all()


def test_attacks_of_2023_between_the_counts_of_the_bbc() -> None:
    rows = derived()[derived()["series"] == NATIONWIDE_WEEKLY.id].sort_values("period_end")
    assert rows["value"].tolist() == [pytest.approx((150 - 120) * 7 / 22), pytest.approx((190 - 150) * 7 / 8)]
    assert rows["qualifier"].tolist() == ["estimate", "estimate"]


def test_drones_by_attack_are_in_no_sum_and_no_rate() -> None:
    attacks = set(bundled().of_series(ATTACKS)["observation_id"])
    assert attacks
    assert attacks.isdisjoint(part for cell in derived()["inputs"] for part in cell.split(";"))
    assert {panel.kind for panel in INDICATOR.panels if ATTACKS in panel.series} == {"lollipop"}


def test_the_unit_of_the_indicator_is_that_of_its_card() -> None:
    latest = glance(INDICATOR, bundled(), derived()).latest
    assert latest is not None
    assert latest["unit"] == INDICATOR.unit


def test_after_september_2023_the_list_holds_large_raids_and_chance_finds() -> None:
    rows = bundled().of_series(ATTACKS)
    later = rows.loc[rows["period_end"] > pd.Timestamp("2023-09-30"), "value"]
    assert sorted(later)[:4] == [1, 2, 2, 6]
    assert sorted(later)[-2:] == [180, 450]
