"""The settings of a projection: validated, written to an address and read back."""

from __future__ import annotations

import math
from typing import Any

import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from indicators.core.evidence.vocabulary import Qualifier
from indicators.methods.projection.parameters import BOUNDS, DEFAULTS, ProjectionParameters, parse_clamped, to_query
from indicators.methods.projection.readings import Reading

_SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)
_GROWTH = st.one_of(
    st.just({}),
    st.floats(*BOUNDS["growth_weekly"]).map(lambda value: {"growth_weekly": value}),
    st.floats(*BOUNDS["growth_monthly"]).map(lambda value: {"growth_monthly": value}),
)


@st.composite
def parameters(draw: st.DrawFn) -> ProjectionParameters:
    """Draw valid settings of every kind."""
    low, mode, high = draw(_SHARES)
    return ProjectionParameters(
        weekly=draw(st.floats(*BOUNDS["weekly"])),
        weeks=draw(st.integers(4, 156)),
        qualifier=draw(st.sampled_from(list(Qualifier))),
        reading=draw(st.sampled_from(list(Reading))),
        dispersion=draw(st.one_of(st.just("poisson"), st.floats(*BOUNDS["dispersion"]))),
        recording=draw(st.floats(*BOUNDS["recording"])),
        share_low=low,
        share_mode=mode,
        share_high=high,
        force_size=draw(st.one_of(st.none(), st.floats(*BOUNDS["force_size"]))),
        **draw(_GROWTH),
    )


def test_the_defaults_are_the_published_figure_for_a_year() -> None:
    assert (DEFAULTS.weekly, DEFAULTS.qualifier, DEFAULTS.weeks) == (100, Qualifier.UP_TO, 52)
    assert (DEFAULTS.growth, DEFAULTS.working_days, DEFAULTS.size) == (0, 247, 10)
    assert to_query(DEFAULTS) == {}


def test_a_slider_and_its_parameter_have_one_range() -> None:
    rows = {row["assumption_id"]: row for row in bundled().assumption_rows}
    shared = set(rows) & set(BOUNDS)
    assert shared == set(BOUNDS) - {"growth_weekly"}
    assert {name: (rows[name]["minimum"], rows[name]["maximum"]) for name in shared} == {
        name: BOUNDS[name] for name in shared
    }
    values = {name: getattr(DEFAULTS, name) for name in shared}
    assert all(value in (None, rows[name]["default"]) or not value for name, value in values.items())


@given(parameters())
def test_an_address_reads_back_to_the_same_settings(settings: ProjectionParameters) -> None:
    assert parse_clamped(to_query(settings)) == (settings, [])


@pytest.mark.parametrize("name", list(BOUNDS))
@pytest.mark.parametrize("end", [0, 1])
def test_the_ends_of_every_range_are_allowed_and_nothing_beyond(name: str, end: int) -> None:
    edge = BOUNDS[name][end]
    shares = {"share_low": 0.0, "share_mode": edge, "share_high": 1.0} if name == "share_mode" else {}
    shares |= {"share_low": edge, "share_mode": 1.0} if name == "share_low" else {}
    shares |= {"share_low": 0.0, "share_mode": 0.0} if name == "share_high" else {}
    assert getattr(ProjectionParameters(**{**shares, name: edge}), name) == edge
    with pytest.raises(ValidationError):
        ProjectionParameters(**{**shares, name: edge + (1 if end else -1)})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"growth_weekly": 0.01, "growth_monthly": 0.02}, "give only one"),
        ({"share_low": 0.9}, "put them in order"),
        ({"weekly": math.nan}, "weekly"),
        ({"weekly": math.inf}, "weekly"),
        ({"colour": "red"}, "colour"),
        ({"qualifier": "roughly"}, "qualifier"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ProjectionParameters(**given)


@pytest.mark.parametrize(
    ("given", "name", "value", "sentence"),
    [
        ({"weeks": "500"}, "weeks", 156, "weeks was 500; the largest value, 156, is used."),
        ({"weeks": "1"}, "weeks", 4, "weeks was 1; the smallest value, 4, is used."),
        ({"weeks": "26.4"}, "weeks", 26, "weeks was 26.4; a whole number is needed, so 26 is used."),
        ({"weekly": "many"}, "weekly", 100, "weekly was 'many', which is not a number; the default, 100, is used."),
        ({"weekly": "nan"}, "weekly", 100, "weekly was 'nan', which is not a number; the default, 100, is used."),
        ({"weekly": "inf"}, "weekly", 500, "weekly was inf; the largest value, 500, is used."),
        ({"weekly": True}, "weekly", 100, "weekly was 'True', which is not a number; the default, 100, is used."),
        ({"force_size": "x"}, "force_size", None, "force_size was 'x', which is not a number; nothing is used."),
        ({"reading": "odd"}, "reading", "share", "expected one of share, ceiling, mean, maximum, so share is used."),
        ({"damping": "maybe"}, "damping", "off", "expected one of off, on, so off is used."),
        ({"colour": "red"}, "weekly", 100, "colour is not a setting of the projection and is ignored."),
        ({"share_low": "0.9"}, "share_mode", 0.9, "0.9, 0.9, 1 are used."),
        ({"growth_weekly": 0.01, "growth_monthly": 0.05}, "growth_monthly", None, "growth_weekly is used."),
    ],
)
def test_a_wrong_setting_is_moved_to_the_nearest_valid_one_and_said(
    given: dict[str, object], name: str, value: object, sentence: str
) -> None:
    settings, changes = parse_clamped(given)
    assert getattr(settings, name) == value
    assert len(changes) == 1
    assert changes[0].endswith(sentence)


@pytest.mark.parametrize("given", [{"weekly": ""}, {"weekly": None}, {"dispersion": " Poisson "}, {"weekly": "1e2"}])
def test_what_can_be_read_is_read_without_a_word(given: dict[str, object]) -> None:
    settings, changes = parse_clamped(given)
    assert settings.weekly == 100
    assert changes == []


@given(st.dictionaries(st.sampled_from([*ProjectionParameters.model_fields, "odd"]), st.text(max_size=8)))
def test_no_address_breaks_the_reading(given: dict[str, str]) -> None:
    settings, changes = parse_clamped(given)
    assert ProjectionParameters.model_validate(settings.model_dump()) == settings
    assert all(change.endswith(".") for change in changes)


def test_the_limits_of_the_data_lie_within_those_of_the_model() -> None:
    rows = bundled().assumptions.set_index("assumption_id")
    shared = sorted(set(rows.index) & set(BOUNDS))
    assert {"weekly", "weeks", "drift", "growth_sd", "growth_monthly", "recording", "force_size"} <= set(shared)
    for name in shared:
        low, high = BOUNDS[name]
        row = rows.loc[name]
        assert low <= row["minimum"] <= row["default"] <= row["maximum"] <= high, name
