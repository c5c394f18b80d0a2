"""Claimed interceptions by two tallies, airport closures, and dated strikes with their places."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.core.ledger.entries import dated_entries, places
from indicators.rear_area_strikes import CLOSURES_PER_MONTH, INDICATOR, PER_DAY, RIA_PER_DAY, compute


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def value(series: str, end: str) -> float:
    rows = derived()[(derived()["series"] == series) & (derived()["period_end"] == pd.Timestamp(end))]
    (only,) = rows["value"].tolist()
    return float(only)


def test_claimed_interceptions_a_day() -> None:
    assert value(PER_DAY.id, "2026-03-31") == pytest.approx(7532 / 31)
    assert value(PER_DAY.id, "2026-04-13") == pytest.approx(1952 / 13)
    assert value(RIA_PER_DAY.id, "2026-03-08") == pytest.approx(1999 / 7)


def test_closures_of_part_of_2025_compare_with_whole_years() -> None:
    assert value(CLOSURES_PER_MONTH.id, "2023-12-31") == pytest.approx(58 * 30 / 365)
    assert value(CLOSURES_PER_MONTH.id, "2025-05-10") == pytest.approx(217 * 30 / 130)


def test_the_two_tallies_never_share_a_panel_or_a_row() -> None:
    assert not [panel.id for panel in INDICATOR.panels if {PER_DAY.id, RIA_PER_DAY.id} <= set(panel.series)]
    assert (derived()["inputs"].str.split(";").map(len) == 1).all()


def test_strikes_can_be_told_apart_by_place() -> None:
    entries = dated_entries(INDICATOR.id, INDICATOR.panels[0], bundled())
    assert places(entries) == ["Moscow and its region", "Russia", "southern Ukraine and Crimea"]
    south = entries[entries["geography"] == "southern Ukraine and Crimea"]
    assert "Kerch bridge hit by sea drones" in set(south["title"])
    assert "Landing ship hit at Novorossiysk" not in set(south["title"])


def test_the_assessment_of_august_2023_is_a_judgement_not_a_number() -> None:
    entries = dated_entries(INDICATOR.id, INDICATOR.panels[0], bundled())
    (row,) = entries[entries["title"] == "ISW: rear strikes degrade frontline morale"].to_dict("records")
    assert (row["status"], row["claimant"], row["date"]) == ("assessed", "ISW", pd.Timestamp("2023-08-20"))
    assert not derived()["unit"].str.contains("morale").any()
