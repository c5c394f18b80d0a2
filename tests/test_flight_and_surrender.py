"""Requests to the surrender hotline between its totals, and what is never differenced."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.core.figures.glance import glance
from indicators.flight_and_surrender import INDICATOR, REQUESTS, REQUESTS_WEEKLY, SURRENDERED, compute


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def test_requests_a_week_in_summer_2024() -> None:
    latest = glance(INDICATOR, bundled(), derived()).latest
    assert latest is not None
    # 40,157 to 30 Sep 2024 less at least 35,000 to 10 May 2024: at most 5,157 in 143 days.
    assert latest["value"] == pytest.approx(5157 * 7 / 143)
    assert latest["qualifier"] == "up_to"
    assert (latest["period_start"], latest["period_end"]) == (pd.Timestamp("2024-05-11"), pd.Timestamp("2024-09-30"))


def test_a_rounded_total_makes_the_pace_of_early_2023_rounded() -> None:
    # About 4,500 by 27 Dec 2022, 9,836 by 3 Mar 2023: 5,336 in 66 days.
    rows = derived()[derived()["period_end"] == pd.Timestamp("2023-03-03")]
    assert rows["value"].tolist() == [pytest.approx(5336 * 7 / 66)]
    assert rows["qualifier"].tolist() == ["about"]


def test_every_total_but_the_first_ends_one_difference() -> None:
    assert len(derived()) == len(bundled().of_series(REQUESTS)) - 1
    assert set(derived()["series"]) == {REQUESTS_WEEKLY.id}


def test_soldiers_who_surrendered_fall_in_number_and_are_not_differenced() -> None:
    totals = bundled().of_series(SURRENDERED).sort_values("period_end")["value"].tolist()
    assert totals == [216, 220, 300, 260, 300, 300]
    used = {part for cell in derived()["inputs"] for part in cell.split(";")}
    assert used.isdisjoint(bundled().of_series(SURRENDERED)["observation_id"])
