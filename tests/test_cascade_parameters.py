"""Reading the settings of a cascade."""

from __future__ import annotations

import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from dashboard.cascade.controls import controls
from indicators.methods.cascade.parameters import (
    BOUNDS,
    DEFAULTS,
    MOST_COST,
    PRESETS,
    CascadeParameters,
    Tolerance,
    Topology,
    cascade_cost,
    parse_clamped,
    to_query,
)


def test_the_page_starts_in_the_middle_with_one_unit() -> None:
    assert (DEFAULTS.r, DEFAULTS.units, DEFAULTS.initial, DEFAULTS.recovery) == (1.0, 100, 1, 1)
    assert [preset.r for preset in PRESETS] == [0.13, 0.45, 1.0, 1.35, 2.0]
    assert all(preset.evidence for preset in PRESETS)


def test_the_interval_of_the_isolated_preset_is_exact() -> None:
    share = stats.binomtest(7, 52).proportion_ci(0.95, method="exact")
    assert (share.low, share.high) == pytest.approx((0.056, 0.258), abs=5e-4)
    isolated = next(preset for preset in PRESETS if preset.id == "isolated")
    assert f"{100 * share.low:.1f} to {100 * share.high:.1f} %" in isolated.evidence


def test_strikes_raise_and_cohesion_lowers_r() -> None:
    assert CascadeParameters(r=1, rear_strikes=2, cohesion=0.25).effective_r == 1.5
    assert CascadeParameters(r=1, cohesion=-0.5).effective_r == 1.5


@pytest.mark.parametrize(
    "wrong", [{"r": -1}, {"r": float("nan")}, {"units": 0}, {"units": 5, "initial": 6}, {"colour": 1}, {"units": 2.5}]
)
def test_wrong_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        CascadeParameters.model_validate(wrong)


def test_each_change_is_said() -> None:
    parameters, changes = parse_clamped(
        {"r": "-3", "units": "10.4", "initial": "50", "topology": "star", "hazard": "much", "colour": "red", "seed": ""}
    )
    assert parameters == CascadeParameters(r=0, units=10, initial=10)
    assert changes == [
        "r was -3; the smallest value, 0, is used.",
        "units was 10.4; a whole number is needed, so 10 is used.",
        "topology was 'star'; expected one of mixed, ring, random, so mixed is used.",
        "hazard was 'much', which is not a number; the default, 0, is used.",
        "colour is not a setting of the cascade and is ignored.",
        "initial was 50 of 10 units; 10 is used.",
    ]


def test_an_address_above_the_limit_opens_at_the_limit() -> None:
    dearest = {"units": "200", "neighbours": "20", "ticks": "156", "replicates": "4000"}
    parameters, (change,) = parse_clamped(dearest)
    # Each of 200 units of a run costs 50 * 20 + 2 * 156 + 200 + 200 = 1712.
    assert parameters.replicates == 450_000_000 // (200 * 1712) == 1314
    assert change == (
        "replicates was 4000, more than is computed with so many units, neighbours and ticks; 1314 is used."
    )
    assert cascade_cost(parameters) <= MOST_COST
    assert parse_clamped(dearest | {"replicates": "1314"})[1] == []


@pytest.mark.parametrize("topology", list(Topology))
@pytest.mark.parametrize("tolerance", list(Tolerance))
def test_controls_at_their_defaults_and_at_their_ends_are_within_the_limit(
    topology: Topology, tolerance: Tolerance
) -> None:
    kind = {"topology": topology, "tolerance": tolerance}
    ends = {control.name: control.maximum for control in controls(bundled()) if control.options is None}
    for settings in ({}, ends):
        parameters, changes = parse_clamped(kind | settings)
        assert changes == []
        assert parameters.replicates == DEFAULTS.replicates
        assert cascade_cost(parameters) <= MOST_COST


@given(
    st.dictionaries(st.sampled_from([*CascadeParameters.model_fields, "other"]), st.text() | st.floats(), max_size=6)
)
def test_any_address_gives_valid_settings(address: dict[str, object]) -> None:
    parameters, _ = parse_clamped(address)
    assert all(low <= getattr(parameters, name) <= high for name, (low, high) in BOUNDS.items())


@given(
    st.builds(
        CascadeParameters,
        r=st.floats(0, 10),
        units=st.integers(50, 200),
        topology=st.sampled_from(["mixed", "ring"]),
        hazard=st.floats(0, 1),
    )
)
def test_address_reads_back(parameters: CascadeParameters) -> None:
    assert parse_clamped(to_query(parameters)) == (parameters, [])
