"""Claimed losses by day and by vehicle; the British averages are an echo of the same claims."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.core.evidence.echoes import figure_echoes
from indicators.core.figures.glance import glance
from indicators.core.registry import get_indicator
from indicators.personnel_losses import CLAIMED, CLAIMED_ARMOUR, PER_DAY, PER_VEHICLE, UKMOD_DAILY, compute


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def test_december_2024_per_day() -> None:
    rows = derived()[(derived()["series"] == PER_DAY.id) & (derived()["period_start"] == pd.Timestamp("2024-12-01"))]
    assert rows["value"].tolist() == [pytest.approx(48670 / 31)]
    assert 1569.5 <= rows["value"].iloc[0] <= 1585
    assert rows["known"].tolist() == [pd.Timestamp("2025-01-01")]


def test_every_daily_figure_is_the_months_total_over_its_days() -> None:
    observations = bundled().observations.set_index("observation_id")
    rows = derived()[derived()["series"] == PER_DAY.id]
    assert len(rows) == len(bundled().of_series(CLAIMED)) > 50
    for row in rows.to_dict("records"):
        days = (row["period_end"] - row["period_start"]).days + 1
        assert row["value"] == pytest.approx(observations.loc[row["inputs"], "value"] / days)


def test_persons_per_vehicle_divide_totals_of_one_month() -> None:
    observations = bundled().observations.set_index("observation_id")
    rows = derived()[derived()["series"] == PER_VEHICLE.id]
    assert not rows.empty
    for row in rows.to_dict("records"):
        inputs = observations.loc[row["inputs"].split(";")].set_index("series")
        assert row["value"] == pytest.approx(inputs.loc[CLAIMED, "value"] / inputs.loc[CLAIMED_ARMOUR, "value"])
        assert inputs["period_end"].nunique() == 1
        assert inputs["period_start"].nunique() == 1


def test_the_british_averages_stay_close_to_the_claims_they_restate() -> None:
    british = bundled().of_series(UKMOD_DAILY).set_index("period_start")["value"]
    claims = derived()[derived()["series"] == PER_DAY.id].set_index("period_start")["value"]
    ratio = (british / claims).dropna()
    assert len(ratio) > 40
    assert ratio.between(0.8, 1.25).mean() > 0.9


def test_claims_and_averages_are_one_origin() -> None:
    rows = bundled().of_indicator("personnel_losses")
    rows = rows[rows["series"].isin([CLAIMED, UKMOD_DAILY])]
    assert figure_echoes(bundled().chain, rows).origins == 1


def test_the_card_counts_one_origin() -> None:
    at_a_glance = glance(get_indicator("personnel_losses"), bundled(), derived())
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["unit"] == "persons per day"
    assert at_a_glance.origins == 1
