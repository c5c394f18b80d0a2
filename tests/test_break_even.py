"""What would have to be true: solved values lead back to their target."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.methods.projection.break_even import SOLVABLE, BreakEven, break_even
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project

DEFAULT = ProjectionParameters()
few = settings(max_examples=40)


def test_ten_thousand_in_a_year_by_the_weekly_figure() -> None:
    assert break_even(DEFAULT, 10_000, "weekly").value == pytest.approx(10_000 / 52)
    assert break_even(DEFAULT, 10_000, "weekly", "calendar").value == pytest.approx(10_000 / 49.4)


def test_ten_thousand_in_a_year_by_growth() -> None:
    assert break_even(DEFAULT, 10_000, "growth_weekly").value == pytest.approx(0.0235523, abs=5e-8)
    assert break_even(DEFAULT, 10_000, "growth_monthly").value == pytest.approx(1.0235523**4.348125 - 1, abs=1e-6)


@pytest.mark.parametrize(("target", "weeks"), [(5200, 52), (5201, 53), (10_000, 100), (400, 4)])
def test_the_first_whole_week(target: float, weeks: int) -> None:
    assert break_even(DEFAULT, target, "weeks").value == weeks


def test_working_days_by_hand() -> None:
    assert break_even(DEFAULT, 5000, "working_days", "calendar").value == pytest.approx(5000 / 5200 * 260)


@pytest.mark.parametrize("layer", ["headline", "calendar"])
@few
@given(target=st.floats(500, 6000), growth=st.floats(-0.015, 0.028))
def test_the_solved_figure_gives_the_target(layer: str, target: float, growth: float) -> None:
    found = break_even(ProjectionParameters(growth_weekly=growth), target, "weekly", layer)
    assert found.value is not None
    again = project(ProjectionParameters(growth_weekly=growth, weekly=found.value))
    assert getattr(again, layer) == pytest.approx(target)


@pytest.mark.parametrize("solve_for", ["weekly", "growth_weekly", "growth_monthly", "recording", "share_mode"])
@few
@given(target=st.floats(3000, 5000))
def test_the_solved_setting_gives_the_mean_of_the_claim(solve_for: str, target: float) -> None:
    found = break_even(DEFAULT, target, solve_for, "claim")
    if found.value is None:
        assert not found.reachable
        return
    claim = project(ProjectionParameters(**{solve_for: found.value})).claim
    assert claim is not None
    assert claim.mean == pytest.approx(target, rel=1e-6)


@few
@given(st.floats(500, 20_000), st.floats(1, 5000))
def test_a_higher_target_needs_a_higher_figure(target: float, more: float) -> None:
    low, high = break_even(DEFAULT, target, "weekly"), break_even(DEFAULT, target + more, "weekly")
    assert low.value is not None
    assert high.value is not None
    assert low.value < high.value


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (break_even(DEFAULT, 20_000, "growth_weekly", "claim"), "Not reachable by this alone"),
        (break_even(DEFAULT, 1e9, "weekly"), "Not reachable by this alone"),
        (break_even(DEFAULT, 20_000, "weeks"), "Not reachable by this alone"),
        (break_even(DEFAULT, 5000, "recording"), "does not enter this total"),
        (break_even(ProjectionParameters(reading="mean"), 5000, "share_mode", "claim"), "does not enter"),
        (break_even(ProjectionParameters(qualifier="about"), 5000, "working_days", "calendar"), "does not enter"),
        (break_even(ProjectionParameters(reading="maximum"), 5000, "working_days", "claim"), "does not enter"),
        (break_even(ProjectionParameters(reading="ceiling"), 5000, "weekly", "claim"), "no point estimate"),
        (break_even(ProjectionParameters(weekly=0), 5000, "growth_weekly"), "Not reachable by this alone"),
    ],
)
def test_what_is_not_reachable_is_said(found: BreakEven, words: str) -> None:
    assert not found.reachable
    assert found.value is None
    assert words in found.sentence


def test_what_is_reachable_is_said_with_its_value_and_horizon() -> None:
    sentence = break_even(DEFAULT, 10_000, "growth_weekly").sentence
    assert sentence == "It would take growth of 2.36 % a week to reach 10,000 in 52 weeks, all else unchanged."
    assert break_even(DEFAULT, 10_000, "weeks").sentence.startswith("It would take a horizon of 100 weeks to reach")


@pytest.mark.parametrize("target", [0, -1, float("nan"), float("inf")])
def test_a_target_that_makes_no_sense_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="target above 0"):
        break_even(DEFAULT, target, "weekly")


def test_an_unknown_setting_or_layer_is_refused_with_those_that_exist() -> None:
    for solve_for, layer in (("colour", "headline"), ("weekly", "roof")):
        with pytest.raises(ValueError, match=f"{SOLVABLE[0]}.*got"):
            break_even(DEFAULT, 1, solve_for, layer)
