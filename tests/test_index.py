"""The index of pressure on morale: means, scales, coverage and links."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st
from index_figures import ALL, FIVE, LAST, index_from, latest, month_of, part, power_mean, pressure, row
from pydantic import ValidationError

from indicators.core.evidence.as_of import as_of
from indicators.core.model import GROUPS
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.methods.index.cells import Basis, Cell, monthly_cells
from indicators.methods.index.coverage import part_weights
from indicators.methods.index.grid import Grid, grid_of
from indicators.methods.index.index import index_of_grid
from indicators.methods.index.parameters import DEFAULTS, IndexParameters, Mean, read_index_settings
from indicators.methods.index.parts import PARTS, PILLARS, REFERENCE, Goalposts, Part
from indicators.methods.index.readings import RULES
from indicators.methods.index.robustness import draw_choices, robustness
from indicators.methods.index.scales import SCALES, scores


@pytest.mark.parametrize(("power", "expected"), [(1, 50), (0, 40), (-1, 32)])
def test_the_bare_mean_of_two_numbers(power: int, expected: float) -> None:
    assert float(power_mean([20, 80], [1, 1], power)) == pytest.approx(expected)


def test_the_bare_mean_of_three_weighted_numbers() -> None:
    weights = [0.5, 0.3, 0.2]
    assert float(power_mean([40, 60, 90], weights, 1)) == pytest.approx(56)
    assert float(power_mean([40, 60, 90], weights, 0)) == pytest.approx(53.12805, abs=5e-6)


def test_the_human_development_index_comes_out() -> None:
    life = (83.2 - 20) / (85 - 20)
    schooling = (min(18.2, 18) / 18 + 13.0 / 15) / 2
    income = math.log(64_660 / 100) / math.log(75_000 / 100)
    assert [round(share, 6) for share in (life, schooling, income)] == [0.972308, 0.933333, 0.977592]
    assert float(power_mean([life, schooling, income], [1, 1, 1], 0)) == pytest.approx(0.960873, abs=1e-6)


@pytest.mark.parametrize(("power", "expected"), [(1, 50), (0, 59.757), (-1, 67.647)])
def test_the_pressure_index_takes_its_mean_on_the_morale_scale(power: int, expected: float) -> None:
    assert float(pressure([20, 80], [1, 1], power)) == pytest.approx(expected, abs=5e-4)


positive = st.floats(0.01, 100, allow_nan=False)
weighted = st.lists(st.tuples(positive, positive), min_size=1, max_size=8)


@given(weighted)
def test_a_lower_power_gives_a_lower_mean_and_a_higher_pressure(pairs: list[tuple[float, float]]) -> None:
    values, weights = zip(*pairs, strict=True)
    means = [float(power_mean(values, weights, power)) for power in (1, 0, -1)]
    assert all(earlier >= later - 1e-9 for earlier, later in itertools.pairwise(means))
    pressures = [float(pressure(np.clip(values, 1, 100), weights, power)) for power in (1, 0, -1)]
    assert all(earlier <= later + 1e-9 for earlier, later in itertools.pairwise(pressures))


@given(st.floats(1, 100), st.lists(positive, min_size=1, max_size=6), st.sampled_from((1, 0, -1)))
def test_equal_scores_return_themselves(score: float, weights: list[float], power: int) -> None:
    assert float(pressure([score] * len(weights), weights, power)) == pytest.approx(score)


def test_another_power_is_refused() -> None:
    with pytest.raises(ValueError, match="power 1, 0 or -1, got 2"):
        power_mean([1, 2], [1, 1], 2)


@given(st.sampled_from(PARTS), st.floats(0, 5), st.sampled_from((1 / 7, 7.0, 1000.0, 0.01)), st.sampled_from(SCALES))
def test_the_unit_of_a_figure_has_no_say(entered: Part, size: float, factor: float, scale: str) -> None:
    values = np.array([size * entered.goalposts.middle])
    rescaled = replace(entered, goalposts=Goalposts(*(factor * post for post in vars(entered.goalposts).values())))
    assert scores(values * factor, rescaled, scale) == pytest.approx(scores(values, entered, scale))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("entered", PARTS, ids=lambda entered: entered.id)
def test_more_pressure_never_scores_less(entered: Part, scale: str) -> None:
    posts = entered.goalposts
    found = scores(np.linspace(posts.low, posts.high, 30), entered, scale)
    assert np.all(np.diff(found) * -entered.polarity >= -1e-9)


@pytest.mark.parametrize("entered", PARTS, ids=lambda entered: entered.id)
def test_goalposts_score_1_and_100(entered: Part) -> None:
    ends = scores(np.array([entered.goalposts.low, entered.goalposts.high]), entered)
    assert sorted(ends.tolist()) == pytest.approx([1, 100])


@pytest.mark.parametrize("numbers", [(5, 4, 3, 2, 1), (1, 2, 2, 2, 3), (0, 1, 2, 3, math.inf)])
def test_goalposts_out_of_order_are_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="five finite numbers in rising order"):
        Goalposts(*numbers)


@pytest.mark.parametrize("entered", PARTS, ids=lambda entered: entered.id)
def test_declared_goalposts_are_those_of_the_reference_window(entered: Part) -> None:
    first, last = (pd.Period(month, "M") for month in REFERENCE)
    values = [
        cell.value
        for month, cell in latest().index_grid.cells[entered.id].items()
        if first <= month <= last and cell.basis is not Basis.CARRIED
    ]
    posts = entered.goalposts
    declared = [posts.low, posts.lower, posts.middle, posts.upper, posts.high]
    assert np.quantile(values, [0, 0.25, 0.5, 0.75, 1]) == pytest.approx(declared, rel=0.01)


def test_every_part_belongs_to_a_pillar_and_names_a_series_of_its_indicator() -> None:
    assert {pillar.name for pillar in PILLARS} <= set(GROUPS)
    known = set(latest().all_figures["series"])
    for entered in PARTS:
        assert entered.pillar in {pillar.id for pillar in PILLARS}
        assert entered.indicator in {indicator.id for indicator in all_indicators()}
        assert entered.series in known
        assert entered.reason
        assert entered.measures
    assert {rule.series for rule in RULES if rule.part} <= known


@given(st.dictionaries(st.sampled_from([pillar.id for pillar in PILLARS]), st.floats(0.1, 10)))
def test_weights_sum_to_1(weights: dict[str, float]) -> None:
    parameters = IndexParameters.model_validate(weights)
    assert sum(parameters.shares.values()) == pytest.approx(1)
    assert part_weights(latest().index_grid, parameters.shares).sum() == pytest.approx(1)
    drawn = draw_choices(latest().index_grid, tuple(parameters.shares.values()), 50).weights
    assert drawn.sum(axis=0) == pytest.approx(1, abs=1e-5)


def test_no_weight_at_all_is_refused_and_in_an_address_put_right() -> None:
    nothing = {pillar.id: 0.0 for pillar in PILLARS}
    with pytest.raises(ValidationError, match="at least one weight above 0"):
        IndexParameters.model_validate(nothing)
    parameters, changes = read_index_settings(nothing)
    assert parameters == DEFAULTS
    assert changes == ["All weights were 0; equal weights are used."]


def test_a_month_of_equal_scores_has_their_score() -> None:
    # 30 is the middle of 10 to 50, so every part scores 50.5.
    index = index_from(month_of("2023-01", ALL))
    assert index.value_of == {pd.Period("2023-01", "M"): pytest.approx(50.5)}


def test_the_index_of_unlike_scores_by_hand() -> None:
    # Scores 1, 100 and three of 50.5: on the morale scale 100, 1 and 50.5.
    index = index_from(month_of("2023-01", {**ALL, "refusal": 10, "home": 50}))
    assert float(index.values[0]) == pytest.approx(101 - (100 * 1 * 50.5**3) ** 0.2)
    arithmetic = index_from(
        month_of("2023-01", {**ALL, "refusal": 10, "home": 50}), IndexParameters(mean=Mean.ARITHMETIC)
    )
    assert float(arithmetic.values[0]) == pytest.approx(50.5)


def test_a_month_with_too_little_weight_is_refused_with_the_reason_and_what_it_needs() -> None:
    (state,) = index_from(month_of("2023-01", {"refusal": 30, "flight": 30, "losses": 30})).states
    assert not state.published
    assert state.reason == "figures stand for 60 % of the weight, two thirds are needed"
    assert state.needed == "a figure for count of rear or count of home"


def test_two_origins_are_too_few_however_much_weight_they_carry() -> None:
    parts = tuple(replace(entered, origin="A" if entered.pillar == "home" else "B") for entered in FIVE)
    (state,) = index_from(month_of("2023-01", ALL), parts=parts).states
    assert state.reason == "2 of the 3 independent sources needed counted in the month itself"


def test_a_single_origin_can_decide_whether_a_month_is_published() -> None:
    (state,) = index_from(month_of("2023-01", {key: 30 for key in ALL if key != "home"})).states
    assert state.published
    assert state.decisive == tuple(f"Counter of {key}" for key in ("refusal", "flight", "losses", "rear"))


def test_a_figure_is_carried_for_two_months_and_no_longer() -> None:
    months = ["2023-01", "2023-02", "2023-03", "2023-04"]
    rows = month_of("2023-01", ALL) + [
        new for month in months[1:] for new in month_of(month, {k: 30.0 for k in ("refusal", "flight", "losses")})
    ]
    index = index_from(rows)
    assert [state.published for state in index.states] == [True, True, True, False]
    assert index.states[2].carried == ("rear", "home")


def test_an_average_counts_for_a_month_of_which_it_covers_two_thirds() -> None:
    entered = part("refusal", longest=366)
    long = row(
        "s_refusal", "2023-01", 12.0, period_start=pd.Timestamp("2023-01-11"), period_end=pd.Timestamp("2023-02-18")
    )
    cells = monthly_cells(pd.DataFrame([long]), [entered])["refusal"]
    # 21 of 31 days are 68 %; 18 of 28 are 64 %, so February takes what January had.
    assert cells[pd.Period("2023-01", "M")].basis is Basis.AVERAGE
    assert cells[pd.Period("2023-02", "M")].basis is Basis.CARRIED
    assert not monthly_cells(pd.DataFrame([long]), [part("refusal", longest=31)])["refusal"]


def test_each_day_takes_the_shortest_period_that_covers_it() -> None:
    quarter = row("s_refusal", "2023-01", 10.0, period_end=pd.Timestamp("2023-03-31"))
    own = row("s_refusal", "2023-02", 40.0)
    cells = monthly_cells(pd.DataFrame([quarter, own]), [part("refusal", longest=366)])["refusal"]
    assert [cell.value for _, cell in sorted(cells.items())][:3] == [10.0, 40.0, 10.0]


def test_a_later_edition_of_a_figure_takes_the_place_of_the_earlier_one() -> None:
    first = row("s_refusal", "2023-01", 10.0)
    second = row("s_refusal", "2023-01", 12.0, known=pd.Timestamp("2024-01-01"))
    cells = monthly_cells(pd.DataFrame([second, first]), [part("refusal")])["refusal"]
    assert cells[pd.Period("2023-01", "M")].value == 12.0


@pytest.mark.parametrize("changes", [{"status": "incomplete"}, {"status": "not_informative"}, {"side": "UA"}])
def test_incomplete_and_thin_figures_and_the_other_side_do_not_enter(changes: dict[str, str]) -> None:
    assert not monthly_cells(pd.DataFrame([row("s_refusal", "2023-01", 10.0, **changes)]), [part("refusal")])["refusal"]


def test_a_part_that_comes_moves_nothing_by_itself() -> None:
    four = {key: 30.0 for key in ALL if key != "home"}
    index = index_from(month_of("2023-01", four) + month_of("2023-02", {**four, "home": 50.0}))
    # The parts that both months have did not change, so neither does the index.
    assert list(index.value_of.values()) == pytest.approx([50.5, 50.5])
    assert index.linked == {pd.Period("2023-02", "M")}


def test_a_part_that_goes_moves_nothing_by_itself() -> None:
    four = {key: 30.0 for key in ALL if key != "home"}
    rows = month_of("2023-01", {**four, "home": 50.0})
    for month in ("2023-02", "2023-03", "2023-04"):
        rows += month_of(month, four)
    values = list(index_from(rows).value_of.values())
    assert values == pytest.approx([values[0]] * 4)


def test_after_a_refused_month_the_index_starts_afresh() -> None:
    rows = month_of("2023-01", {**ALL, "refusal": 50.0}) + month_of("2023-05", ALL)
    index = index_from(rows)
    assert index.value_of[pd.Period("2023-05", "M")] == pytest.approx(50.5)
    assert robustness(index, 20).chance_of_rise(pd.Period("2023-05", "M")) is None


def test_a_pillar_without_weight_neither_counts_nor_is_missed() -> None:
    (state,) = index_from(
        month_of("2023-01", {"refusal": 30, "flight": 30, "losses": 30}), IndexParameters(rear=0, home=0)
    ).states
    assert state.published
    assert state.missing == ()
    assert state.coverage == pytest.approx(1)


def cells_until(grid: Grid, last: pd.Period) -> dict[str, dict[pd.Period, Cell]]:
    """Return the cells up to a month."""
    return {key: {month: cell for month, cell in held.items() if month <= last} for key, held in grid.cells.items()}


@given(st.integers(20, 50))
def test_a_later_month_never_changes_an_earlier_one(kept: int) -> None:
    grid = latest().index_grid
    last = grid.months[kept]
    whole, cut = (index_of_grid(each, DEFAULTS) for each in (grid, grid_of(PARTS, cells_until(grid, last))))
    assert cut.value_of == {month: value for month, value in whole.value_of.items() if month <= last}
    assert cut.states == tuple(state for state in whole.states if state.month <= last)[: len(cut.states)]
    early, late = robustness(cut, 90), robustness(whole, 90)
    for place in range(len(early.months)):
        assert early.runs[place] == pytest.approx(late.runs[place], abs=1e-3)


def test_at_least_twenty_months_are_published_and_the_newest_is_refused() -> None:
    index = latest().index(DEFAULTS)
    assert len(index.published) >= 20
    assert index.published[-1].month == LAST
    assert not index.states[-1].published
    assert all(state.reason and state.needed for state in index.states if not state.published)
    assert all(1 <= value <= 100 for value in index.value_of.values())


def test_a_replay_shows_nothing_that_became_known_later() -> None:
    day = date(2024, 6, 30)
    index = Snapshot(as_of(bundled(), day), bundled()).index(DEFAULTS)
    assert all(cell.known <= day for held in index.grid.cells.values() for cell in held.values())
    assert index.states
    assert len(index.published) < len(latest().index(DEFAULTS).published)


def test_without_any_figure_there_is_no_month() -> None:
    index = latest().index(DEFAULTS)
    empty = index_of_grid(grid_of(PARTS, {entered.id: {} for entered in PARTS}), DEFAULTS)
    assert index.states
    assert empty.states == ()
    assert empty.value_of == {}
    assert robustness(empty, 20).levels[0.5] == []
