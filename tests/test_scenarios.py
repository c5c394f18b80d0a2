"""Scenarios: what is saved comes back the same, and what makes no sense becomes the nearest valid value."""

import json
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projection_settings import random_settings

from indicators.core.plain_text import visible
from indicators.methods.projection.parameters import DEFAULTS, ProjectionParameters
from indicators.methods.projection.scenario_difference import Difference, paired_difference, paired_totals
from indicators.methods.projection.scenarios import (
    LONGEST_NAME,
    MAXIMUM_SCENARIOS,
    OLDER,
    SCHEMA,
    SavedView,
    Scenario,
    add_scenario,
    from_addresses,
    from_file,
    to_address,
    to_file,
)

TODAY = date(2030, 1, 1)
NAMES = (
    st.text(min_size=1, max_size=LONGEST_NAME)
    .map(lambda text: " ".join(" ".join(visible(text).split())[:LONGEST_NAME].split()))
    .filter(bool)
)
SETTINGS = st.sampled_from(random_settings(40))
SCENARIOS = st.lists(st.tuples(NAMES, SETTINGS), max_size=MAXIMUM_SCENARIOS, unique_by=lambda pair: pair[0]).map(
    lambda pairs: tuple(Scenario(name=name, parameters=parameters) for name, parameters in pairs)
)
DAYS = st.none() | st.dates(min_value=date(2022, 2, 24), max_value=date(2030, 1, 1))


@given(parameters=SETTINGS, scenarios=SCENARIOS, day=DAYS)
def test_a_file_restores_the_identical_view(
    parameters: ProjectionParameters, scenarios: tuple[Scenario, ...], day: date | None
) -> None:
    view = SavedView(parameters=parameters, scenarios=scenarios, as_of=day, data_version="0123456789ab")
    assert from_file(to_file(view).encode(), TODAY) == (view, [])


@given(scenarios=SCENARIOS)
def test_an_address_restores_the_identical_scenarios(scenarios: tuple[Scenario, ...]) -> None:
    address = urlencode({"scenario": to_address(scenarios)})
    assert from_addresses(parse_qs(address).get("scenario", [])) == (scenarios, [])


@given(text=st.text() | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    view, changes = from_file(text.encode(), TODAY)
    assert view is None
    assert changes
    assert all(sentence.endswith(".") for sentence in changes)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"as_of": "tomorrow"}, "as_of was 'tomorrow', which is not a day as YYYY-MM-DD; the latest is used."),
        ({"parameters": [1]}, "The settings are not a set of names and values; the defaults are used."),
        ({"scenarios": "all"}, "The scenarios are not a list, so none is read."),
        ({"scenarios": [3]}, "A scenario is not a set of settings and is left out."),
        ({"scenarios": [{}] * 9}, f"There are 9 scenarios; the first {MAXIMUM_SCENARIOS} are read."),
    ],
)
def test_a_file_with_a_fault_says_which(changed: dict[str, object], sentence: str) -> None:
    content = {"schema": SCHEMA, "version": 2, **changed}
    view, changes = from_file(json.dumps(content).encode(), TODAY)
    assert view is not None
    assert sentence in changes


def test_values_outside_their_range_become_the_nearest_valid_ones() -> None:
    content = {
        "schema": SCHEMA,
        "version": 2,
        "parameters": {"weekly": -3, "weeks": 1000, "recording": "often"},
        "scenarios": [{"name": "Odd", "dispersion": 0, "colour": "red"}],
    }
    view, changes = from_file(json.dumps(content).encode(), TODAY)
    assert view is not None
    assert view.parameters == ProjectionParameters(weekly=0, weeks=156)
    assert view.scenarios == (Scenario(name="Odd", parameters=ProjectionParameters(dispersion=3)),)
    assert changes == [
        "weekly was -3; the smallest value, 0, is used.",
        "weeks was 1000; the largest value, 156, is used.",
        "recording was 'often', which is not a number; the default, 1, is used.",
        'Scenario "Odd": dispersion was 0; the smallest value, 3, is used.',
        'Scenario "Odd": colour is not a setting of the projection and is ignored.',
    ]


def test_a_file_from_before_the_pace_could_drift_is_read_as_it_was_saved_and_says_so() -> None:
    content = {
        "schema": SCHEMA,
        "version": 1,
        "parameters": {"weekly": 120},
        "scenarios": [{"name": "Half", "weeks": 26}],
    }
    view, changes = from_file(json.dumps(content).encode(), TODAY)
    assert view is not None
    assert view.parameters == ProjectionParameters(weekly=120, drift=0, growth_sd=0)
    assert view.scenarios[0].parameters == ProjectionParameters(weeks=26, drift=0, growth_sd=0)
    assert changes == [OLDER]


HEAD = f'"schema": "{SCHEMA}", "version": 2'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b" " * 100_001, "The file has more than 100,000 bytes, so nothing is read from it."),
        (b"\x89PNG\r\n\x1a\n", "The file is no text in UTF-8, so nothing is read from it."),
        (f"{{{HEAD}}}".encode("utf-16"), "The file is no text in UTF-8, so nothing is read from it."),
        (b"[" * 90_000, "The file is nested too deeply, so nothing is read from it."),
        (f'{{{HEAD}, "parameters": {{"weekly": [[[1]]]}}}}'.encode(), "The file is nested too deeply, so nothing"),
        (f'{{{HEAD}, "parameters": {{"weekly": NaN}}}}'.encode(), "The file holds NaN, which is no number, so nothing"),
        (f'{{{HEAD}, "parameters": {{"weekly": {"1" * 5000}}}}}'.encode(), "a number with too many digits, so nothing"),
        (
            f'{{{HEAD}, "scenarios": [{{"name": "a\\ud800b"}}]}}'.encode(),
            "holds half of a character, so nothing",
        ),
        (f'{{{HEAD}, "as_of": null, "as_of": ""}}'.encode(), "The file gives 'as_of' twice, so nothing is read"),
        (
            f'{{"schema": "{SCHEMA}", "version": 7}}'.encode(),
            "version '7' and only versions up to 2 are known here",
        ),
        (f'{{"schema": "{SCHEMA}"}}'.encode(), "version 'None' and only versions up to 2 are known here"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_as_a_whole(data: bytes, sentence: str) -> None:
    view, (refusal,) = from_file(data, TODAY)
    assert view is None
    assert sentence in refusal


def test_the_mark_that_editors_put_first_is_no_fault() -> None:
    view = SavedView(parameters=ProjectionParameters(weekly=90))
    assert from_file(b"\xef\xbb\xbf" + to_file(view).encode(), TODAY) == (view, [])


@pytest.mark.parametrize("day", ["1900-01-01", "2031-01-01"])
def test_a_file_replays_no_day_that_a_page_can_not(day: str) -> None:
    view, changes = from_file(json.dumps({"schema": SCHEMA, "version": 2, "as_of": day}).encode(), TODAY)
    assert view is not None
    assert view.as_of is None
    assert changes == [f"as_of was {day}; expected a day from 2022-02-24 to 2030-01-01, so the latest is used."]


def test_names_are_unique_short_and_never_empty() -> None:
    saved: tuple[Scenario, ...] = ()
    for name in ("Halved", "Halved", "  ", "x" * 200, "x" * 200):
        saved = add_scenario(saved, name, DEFAULTS)
    assert [scenario.name for scenario in saved] == [
        "Halved", "Halved (2)", "Scenario 3", "x" * LONGEST_NAME, "x" * (LONGEST_NAME - 4) + " (2)",
    ]  # fmt: skip


def test_the_oldest_scenario_makes_room() -> None:
    saved: tuple[Scenario, ...] = ()
    for number in range(MAXIMUM_SCENARIOS + 1):
        saved = add_scenario(saved, f"s{number}", DEFAULTS)
    assert [scenario.name for scenario in saved] == [f"s{number}" for number in range(1, MAXIMUM_SCENARIOS + 1)]


def difference(parameters: ProjectionParameters, other: ProjectionParameters) -> Difference:
    """Return the paired difference of two totals."""
    first, second = paired_totals(parameters, replicates=400), paired_totals(other, replicates=400)
    assert first is not None
    assert second is not None
    return paired_difference(first, second)


def test_paired_draws_leave_only_what_differs() -> None:
    same = difference(DEFAULTS, DEFAULTS)
    doubled = difference(ProjectionParameters(weekly=200), DEFAULTS)
    assert set(same.quantiles.values()) == {0}
    # Twice the weekly figure never gives less from the same draws; its mean is one default mean, 3,869, higher.
    assert doubled.larger == 1
    assert doubled.mean == pytest.approx(3869, rel=0.03)
    assert sorted(doubled.quantiles.values()) == list(doubled.quantiles.values())


def test_the_difference_turns_around_with_the_order() -> None:
    first, second = ProjectionParameters(weekly=120), ProjectionParameters(weeks=60)
    there, back = difference(first, second), difference(second, first)
    assert there.mean == pytest.approx(-back.mean)
    assert there.quantiles[0.05] == pytest.approx(-back.quantiles[0.95])


def test_a_ceiling_has_no_difference() -> None:
    assert paired_totals(ProjectionParameters(reading="ceiling")) is None
