"""Single reports on training, and the pace at which mobilised men are named dead."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled

from indicators.core.figures.glance import figures_without_chart, glance
from indicators.morale_drivers import INDICATOR, MOBILISED_WEEKLY, TRAINING, compute


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def test_mobilised_men_named_dead_a_week() -> None:
    values = derived()["value"].tolist()
    # 430, 500, 1,082, 11,600 and 15,077 to 9 Dec 2022, 2 Jan and 10 Feb 2023, 31 Mar and 21 Sep 2025.
    assert values == pytest.approx([70 * 7 / 24, 582 * 7 / 39, 10_518 * 7 / 780, 3477 * 7 / 174])
    assert set(derived()["qualifier"]) == {"estimate"}
    assert set(derived()["series"]) == {MOBILISED_WEEKLY.id}


def test_reports_on_training_are_points_by_four_claimants() -> None:
    rows = bundled().of_series(TRAINING)
    assert rows["claimant"].nunique() == len(rows) == 4
    assert {panel.kind for panel in INDICATOR.panels if TRAINING in panel.series} == {"points"}


def test_the_card_has_no_change_where_each_claimant_spoke_once() -> None:
    at_a_glance = glance(INDICATOR, bundled(), derived())
    assert at_a_glance.latest is not None
    assert (at_a_glance.latest["value"], at_a_glance.latest["claimant"]) == (5, "UK Ministry of Defence")
    assert at_a_glance.previous is None


def test_figures_about_documented_dead_stand_in_no_chart() -> None:
    rows = figures_without_chart(INDICATOR, bundled(), derived())
    assert {"ru_mobilised_survival_mean_months", "ru_mobilised_dead_within_two_months"} <= set(rows["series"])
