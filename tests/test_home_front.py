"""Talks or war first, support second, anxiety only around events."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.core.figures.glance import glance
from indicators.home_front import ANXIOUS, CALM, CONTINUE, GAP, INDICATOR, TALKS, compute


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def of(series: str) -> pd.DataFrame:
    return derived()[derived()["series"] == series].sort_values("period_end")


def test_talks_and_continuing_in_february_2026() -> None:
    for series, share in ((TALKS, 67), (CONTINUE, 24)):
        newest = bundled().of_series(series).sort_values("period_end").iloc[-1]
        assert (newest["value"], f"{newest['period_end']:%Y-%m}") == (share, "2026-02")


def test_the_gap_of_the_first_and_the_newest_wave() -> None:
    gaps = of(GAP.id)
    assert (gaps["value"].iloc[0], gaps["value"].iloc[-1]) == (44 - 48, 67 - 24)
    assert gaps["unit"].iloc[-1] == "percentage points"


def test_talks_stand_before_support() -> None:
    ids = [panel.id for panel in INDICATOR.panels]
    assert ids.index("talks") < ids.index("support")
    latest = glance(INDICATOR, bundled(), derived()).latest
    assert latest is not None
    assert (latest["series"], latest["value"]) == (TALKS, 67)


def test_anxiety_after_the_mobilisation() -> None:
    waves = of("home_front_anxious_mobilisation")
    assert waves["value"].tolist()[:3] == [35, 69, 70]
    assert waves["period_end"].between(pd.Timestamp("2022-07-27"), pd.Timestamp("2022-11-16")).all()


@pytest.mark.parametrize(("event", "values"), [("mutiny", [48, 45]), ("kursk", [46, 46, 49, 43, 47, 45, 47])])
def test_anxiety_around_other_events(event: str, values: list[float]) -> None:
    assert of(f"home_front_anxious_{event}")["value"].tolist() == values


def test_the_mood_is_never_a_line() -> None:
    assert not [panel.id for panel in INDICATOR.panels if {ANXIOUS, CALM} & set(panel.series)]
    assert {panel.kind for panel in INDICATOR.panels if panel.id.startswith("mood_")} == {"points"}
