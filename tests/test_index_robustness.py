"""How far the index depends on choices, and how two readings of the same rows differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from index_figures import ALL, LAST, index_from, latest, month_of

from indicators.methods.index.parameters import DEFAULTS
from indicators.methods.index.parts import PARTS
from indicators.methods.index.robustness import CHOICES, choice_shares, robustness, without_each_part


def test_leaving_out_one_counter_can_end_in_refusal() -> None:
    index = latest().index(DEFAULTS)
    without = without_each_part(index)
    assert set(without) == {entered.id for entered in PARTS}
    assert LAST not in without["cases"].value_of
    assert LAST in without["claimed_losses"].value_of
    state = next(state for state in index.states if state.month == LAST)
    assert "Mediazona" in state.decisive


def test_bands_are_nested_and_chances_are_chances() -> None:
    drawn = latest().index_robustness(DEFAULTS)
    levels = np.array(list(drawn.levels.values()))
    assert np.all(np.diff(levels, axis=0) >= 0)
    assert np.all((levels >= 1) & (levels <= 100))
    rises = drawn.rises[~np.isnan(drawn.rises)]
    assert np.all((rises >= 0) & (rises <= 1))


def test_two_months_that_rest_on_the_same_figures_are_a_toss_up() -> None:
    rows = month_of("2023-01", ALL) + month_of("2023-02", ALL)
    assert robustness(index_from(rows), 90).chance_of_rise(pd.Period("2023-02", "M")) == 0.5


def test_a_month_with_more_pressure_in_every_part_stands_above_in_every_draw() -> None:
    rows = month_of("2023-01", ALL) + month_of("2023-02", {key: 45.0 for key in ALL})
    assert robustness(index_from(rows), 180).chance_of_rise(pd.Period("2023-02", "M")) == 1.0


def test_the_published_settings_lie_among_the_draws() -> None:
    index, drawn = latest().index(DEFAULTS), latest().index_robustness(DEFAULTS)
    inside = (drawn.runs.min(axis=1) <= index.values) & (index.values <= drawn.runs.max(axis=1) + 1e-3)
    assert inside.all()


def test_shares_of_choices_are_shares_and_a_choice_without_effect_has_none() -> None:
    rows = month_of("2023-01", {**ALL, "refusal": 12.0}) + month_of("2023-02", {**ALL, "home": 45.0})
    level, change = choice_shares(index_from(rows), 256)
    assert change is not None
    for found in (level, change):
        assert set(found.first) == set(CHOICES) == set(found.total)
        assert all(-0.01 <= share <= 1.2 for share in found.total.values())
        assert found.first["inputs"] == found.total["inputs"] == 0  # figures without bounds
    assert 0 <= level.together <= 1


@pytest.mark.parametrize("reading", ["cautious", "worst"])
def test_every_difference_of_a_reading_is_traced_to_a_rule(reading: str) -> None:
    read = latest().read_index(DEFAULTS, reading)  # type: ignore[arg-type]
    plain = latest().index(DEFAULTS).value_of
    compared = 0
    for month, value in plain.items():
        changes = [effect.change for effect in read.effects(month)]
        if month in read.index.value_of and None not in changes:
            assert sum(change for change in changes if change is not None) == pytest.approx(
                read.index.value_of[month] - value
            )
            compared += 1
    assert compared >= 20


def test_a_rule_names_the_figures_it_changes() -> None:
    names = {
        effect.rule.id: effect
        for effect in latest().read_index(DEFAULTS, "cautious").effects(pd.Period("2023-08", "M"))
    }
    assert set(names["names_only"].before) == {"deaths"}
    assert names["names_only"].before["deaths"].rows == ("named_deaths_estimated_weekly 2023-08-01 2023-08-31",)
    assert names["names_only"].after["deaths"].rows == ("named_deaths_weekly 2023-08-01 2023-08-31",)
    assert "per_force" in names
    assert "calm_ends" in names
