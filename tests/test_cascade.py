"""The simulated cascade: against exact results, and the laws that hold for every setting."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cascade_theory import borel_tanner, critical_spread, extinction, reed_frost, watts_window
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dashboard.cascade.section_text import doubt_text
from indicators.methods.cascade import network as cascade_network
from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.draws import random_graphs
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.run import (
    BINS,
    SHARES,
    Cascade,
    counts_at,
    critical_r,
    final_counts,
    replay,
    run_cascade,
)
from indicators.methods.levels import LEVELS

RUNS = 4_000


def cascade(**changes: object) -> Cascade:
    return run_cascade(CascadeParameters.model_validate(changes))


def final(**changes: object) -> NDArray[np.int16]:
    return cascade(**changes).final


def allowed(probability: float, runs: int = RUNS) -> float:
    """Three standard errors of a simulated probability."""
    return 3 * math.sqrt(max(probability * (1 - probability), 1 / runs) / runs)


@pytest.mark.parametrize(
    ("r", "mean", "tails"),
    [
        (0.5, 0.019638, (0.011078, 0.000310, 2e-10)),
        (1.35, 0.231578, (0.489988, 0.429220, 0.226260)),
        (2.0, 0.630348, (0.790955, 0.788230, 0.785352)),
    ],
)
def test_a_hundred_units_follow_reed_frost(r: float, mean: float, tails: tuple[float, float, float]) -> None:
    answer = cascade(r=r, replicates=RUNS)
    deviation = float(np.std(answer.final)) / 100
    assert answer.mean_share == pytest.approx(mean, abs=3 * deviation / math.sqrt(RUNS))
    for share, probability in zip(SHARES, tails, strict=True):
        assert answer.p_at_least[share] == pytest.approx(probability, abs=allowed(probability))
    assert answer.p_seed_only == pytest.approx(math.exp(-r), abs=allowed(math.exp(-r)))
    assert answer.p_unfinished == 0


@pytest.mark.parametrize(("r", "mean", "tails"), [(0.8, 0.040, (0.108, 0.029)), (3.0, 0.886, (0.941, 0.941, 0.941))])
def test_a_hundred_units_agree_with_rounded_simulations(r: float, mean: float, tails: tuple[float, ...]) -> None:
    rounding = 0.0005
    answer = cascade(r=r, replicates=RUNS)
    deviation = float(np.std(answer.final)) / 100
    assert answer.mean_share == pytest.approx(mean, abs=rounding + 3 * deviation / math.sqrt(RUNS))
    for share, probability in zip(SHARES, tails, strict=False):
        assert answer.p_at_least[share] == pytest.approx(probability, abs=rounding + allowed(probability))


@pytest.mark.parametrize("units", [2, 7, 150])
def test_nobody_follows_with_probability_exp_minus_r_for_any_number_of_units(units: int) -> None:
    answer = cascade(r=0.7, units=units, replicates=RUNS)
    assert answer.p_seed_only == pytest.approx(math.exp(-0.7), abs=allowed(math.exp(-0.7)))


def test_whole_distribution_follows_reed_frost() -> None:
    exact = reed_frost(12, 2, 1 - math.exp(-1.2 / 11))
    simulated = np.bincount(final(r=1.2, units=12, initial=2, replicates=RUNS), minlength=13)[2:] / RUNS
    for observed, expected in zip(simulated, exact, strict=True):
        assert observed == pytest.approx(expected, abs=allowed(expected))


def test_a_small_r_in_a_large_force_follows_borel() -> None:
    totals = final(r=0.3, units=200, replicates=RUNS)
    for total in (1, 2, 3):
        assert np.mean(totals == total) == pytest.approx(borel_tanner(total, 0.3), abs=allowed(0.2))


@pytest.mark.parametrize("variance", [0.0, 1.0, 2.0])
def test_unlike_influence_makes_cascades_rarer(variance: float) -> None:
    answer = cascade(r=3, units=200, influence_variance=variance, replicates=RUNS)
    dies_out = extinction(3, variance=variance)
    assert 1 - answer.p_at_least[0.1] == pytest.approx(dies_out, abs=allowed(dies_out) + 0.01)


def test_like_tolerances_break_all_or_nobody() -> None:
    # 24 of the 99 others are less than a quarter, 25 are more.
    assert set(final(tolerance="normal", tolerance_mean=0.25, tolerance_spread=0.0, r=1, initial=24)) == {24}
    assert set(final(tolerance="normal", tolerance_mean=0.25, tolerance_spread=0.0, r=1, initial=25)) == {100}


def test_spread_of_tolerances_decides_over_a_crowd() -> None:
    below = cascade(tolerance="normal", tolerance_mean=0.25, tolerance_spread=0.08, r=1, units=200)
    above = cascade(tolerance="normal", tolerance_mean=0.25, tolerance_spread=0.18, r=1, units=200)
    assert 0.08 < critical_spread(0.25) < 0.18
    assert below.p_at_least[0.5] < 0.02
    assert above.p_at_least[0.5] > 0.98


def test_common_threshold_on_a_sparse_graph_has_watts_window() -> None:
    def spreads(neighbours: int) -> float:
        answer = cascade(
            topology="random", tolerance="common", tolerance_mean=0.18, r=1, neighbours=neighbours, replicates=400
        )
        return answer.p_at_least[0.5]

    window = watts_window(0.18)
    assert window is not None
    assert window[0] < 3 < window[1] < 10
    assert spreads(3) > 0.3
    assert spreads(10) < 0.05


def test_on_a_ring_two_neighbours_break_one_after_the_other() -> None:
    ring = CascadeParameters(
        units=7, r=1, topology="ring", neighbours=2, tolerance="common", tolerance_mean=0.5, recovery=2, replicates=100
    )
    # Half the pressure after one tick, all of it after two: each step along the ring takes two ticks.
    assert cascade_network.break_ticks(ring)[0].tolist() == [0, 2, 4, 6, 6, 4, 2]


def test_a_ring_holds_where_a_mixed_force_does_not() -> None:
    assert cascade(r=1.35, topology="ring").p_at_least[0.2] < 0.02
    assert 0.1 < cascade(r=1.35, topology="random").p_at_least[0.2] < 0.35
    assert cascade(r=1.35).p_at_least[0.2] > 0.38


def test_a_ring_on_which_all_are_neighbours_is_a_mixed_force() -> None:
    ring = cascade(units=9, r=1.2, topology="ring", neighbours=8)
    mixed = cascade(units=9, r=1.2)
    assert ring.final.tolist() == mixed.final.tolist()
    assert ring.fan.tolist() == mixed.fan.tolist()


TOPOLOGIES = st.sampled_from(["mixed", "ring", "random"])
SMALL = st.fixed_dictionaries(
    {
        "units": st.integers(2, 25),
        "r": st.floats(0, 4),
        "rear_strikes": st.floats(1, 2),
        "cohesion": st.floats(-0.5, 0.9),
        "hazard": st.sampled_from([0.0, 0.0, 0.01, 0.3]),
        "recovery": st.integers(1, 4),
        "ticks": st.integers(1, 30),
        "topology": TOPOLOGIES,
        "tolerance": st.sampled_from(["exponential", "normal", "common"]),
        "replicates": st.just(100),
        "seed": st.integers(0, 3),
    }
)


@settings(max_examples=60)
@given(SMALL, st.sampled_from(["r", "rear_strikes", "hazard", "initial"]), st.floats(0, 1))
def test_more_pressure_never_breaks_fewer_units_in_any_run(chosen: dict[str, object], moved: str, by: float) -> None:
    before = CascadeParameters.model_validate(chosen)
    raised = min(before.initial + round(by * 5), before.units) if moved == "initial" else getattr(before, moved) + by
    after = CascadeParameters.model_validate(chosen | {moved: min(raised, 1.0) if moved == "hazard" else raised})
    assert (run_cascade(after).final >= run_cascade(before).final).all()


@settings(max_examples=40)
@given(SMALL, st.integers(1, 52))
def test_final_share_does_not_depend_on_how_long_units_press(chosen: dict[str, object], recovery: int) -> None:
    before = cascade(**chosen)
    assert cascade(**chosen | {"recovery": recovery}).final.tolist() == before.final.tolist()


@settings(max_examples=60)
@given(SMALL, st.integers(1, 25), st.sampled_from([0.0, 0.0, 2.0]))
def test_shape_of_every_answer(chosen: dict[str, object], initial: int, variance: float) -> None:
    parameters = CascadeParameters.model_validate(
        chosen | {"initial": min(initial, int(str(chosen["units"]))), "influence_variance": variance}
    )
    answer = run_cascade(parameters)
    least = parameters.initial / parameters.units
    assert ((answer.final >= parameters.initial) & (answer.final <= parameters.units)).all()
    assert least - 1e-12 <= answer.mean_share <= 1
    assert answer.fan.shape == (len(LEVELS), parameters.ticks + 1)
    assert (np.diff(answer.fan, axis=0) >= 0).all()
    assert (np.diff(answer.fan, axis=1) >= 0).all()
    assert (answer.fan[:, 0] == least).all()
    assert sum(answer.histogram) == pytest.approx(1)
    assert len(answer.histogram) == BINS
    assert answer.p_at_least[0.1] >= answer.p_at_least[0.2] >= answer.p_at_least[0.5]
    assert 0 <= answer.p_seed_only <= 1
    assert 0 <= answer.p_unfinished <= 1
    assert answer.peak_tick is None or 1 <= answer.peak_tick <= parameters.ticks


@settings(max_examples=60)
@given(SMALL, st.sampled_from([0.0, 2.0]), st.integers(1, 3))
def test_tick_by_tick_and_from_the_least_r_of_each_run_is_the_same_end(
    chosen: dict[str, object], variance: float, initial: int
) -> None:
    parameters = CascadeParameters.model_validate(
        chosen | {"influence_variance": variance, "initial": min(initial, int(str(chosen["units"])))}
    )
    critical = critical_r(parameters)
    assert (critical[:, 1:] >= critical[:, :-1]).all()
    assert counts_at(critical, parameters.effective_r).tolist() == final_counts(parameters).tolist()
    # All the pressure from outside in one tick, and ticks enough for the cascade to end.
    long = parameters.model_copy(update={"hazard": parameters.hazard * parameters.ticks / 150, "ticks": 150})
    assert run_cascade(long.model_copy(update={"recovery": 1})).final.tolist() == final_counts(long).tolist()


@pytest.mark.parametrize("topology", ["mixed", "ring", "random"])
def test_without_pressure_nobody_follows_however_little_units_bear(topology: str) -> None:
    nothing = cascade(r=0, tolerance="normal", tolerance_spread=0.2, topology=topology)
    assert (nothing.p_seed_only, nothing.p_at_least[0.1], nothing.mean_share) == (1, 0, 0.01)
    # Phi(-0.25 / 0.2)
    assert nothing.self_starting == pytest.approx(0.10565, abs=5e-6)
    assert cascade(r=0, tolerance="common", tolerance_mean=0, topology=topology).p_seed_only == 1
    assert break_even_r(nothing.parameters, 0.1, 0.5) != 0


@pytest.mark.parametrize(
    "changes",
    [{"r": 1.35}, {"r": 1.0, "neighbours": 5, "tolerance": "common", "tolerance_mean": 0.18}],
)
def test_seeds_of_random_graphs_differ_no_more_than_the_printed_doubt(changes: dict[str, object]) -> None:
    runs, seeds = 1_000, range(15)
    chances = [cascade(**changes, topology="random", replicates=runs, seed=seed).p_at_least[0.2] for seed in seeds]
    mean = float(np.mean(chances))
    nominal = math.sqrt(mean * (1 - mean) / runs)
    # Chi-squared with 14 degrees of freedom passes 29.1, 2.08 times its mean, in one of a hundred sets of seeds.
    assert np.var(chances, ddof=1) < 2.08 * nominal**2
    assert doubt_text(runs) == "1,000 runs leave up to about 3 points of doubt in each chance."
    assert max(abs(chance - mean) for chance in chances) < 0.03 * 1.5


def test_a_random_graph_has_links_both_ways_and_the_mean_degree() -> None:
    units, runs = 30, 500
    graphs = random_graphs(units, runs, 4, 1)
    degrees, near = graphs.of(np.arange(units * runs))
    own = np.repeat(np.arange(units * runs), degrees)
    assert (own // units == near // units).all()
    assert (own != near).all()
    assert set(zip(own.tolist(), near.tolist(), strict=True)) == set(zip(near.tolist(), own.tolist(), strict=True))
    # Binomial: 500 * 435 pairs with chance 4 / 29.
    links = len(near) / 2
    assert links == pytest.approx(500 * 435 * 4 / 29, abs=3 * math.sqrt(500 * 435 * (4 / 29) * (25 / 29)))
    complete = random_graphs(5, 3, 20, 1)
    assert np.diff(complete.starts).tolist() == [4] * 15


@pytest.mark.parametrize("topology", ["mixed", "ring", "random"])
@pytest.mark.parametrize("variance", [5e-324, 1e-310, 1e-20])
def test_influences_that_hardly_differ_are_alike(topology: str, variance: float) -> None:
    few = {"r": 1.2, "units": 20, "topology": topology, "replicates": 100}
    assert final(**few, influence_variance=variance).tolist() == final(**few).tolist()


@settings(max_examples=20)
@given(SMALL, st.sampled_from([0.1, 0.5, 1.0]))
def test_replay_shows_one_of_the_runs(chosen: dict[str, object], level: float) -> None:
    parameters = CascadeParameters.model_validate(chosen)
    ticks = replay(parameters, level)
    broken = sum(tick is not None for tick in ticks)
    assert len(ticks) == parameters.units
    assert ticks[0] == 0
    assert broken <= np.sort(run_cascade(parameters).final)[round(level * 99)]


def test_extreme_settings_answer_sensibly() -> None:
    nothing = cascade(r=0)
    assert nothing.p_seed_only == 1
    assert nothing.mean_share == 0.01
    assert nothing.peak_tick is None
    for topology in ("mixed", "ring", "random"):
        alone = cascade(units=1, topology=topology)
        assert (alone.mean_share, alone.p_seed_only, alone.peak_tick) == (1, 1, None)
        everybody = cascade(initial=100, topology=topology)
        assert (everybody.mean_share, everybody.p_unfinished) == (1, 0)
        pressed = cascade(hazard=1, r=0, topology=topology)
        assert pressed.mean_share == 1
        assert pressed.fan[-1, 1] > 0.6
        assert cascade(cohesion=1, r=10, topology=topology).p_seed_only == 1
        assert cascade(units=2, r=1, topology=topology).p_seed_only == pytest.approx(math.exp(-1), abs=0.04)


def test_runs_that_are_cut_off_are_reported() -> None:
    short = cascade(r=2, ticks=3)
    assert short.p_unfinished > 0.5
    assert short.final.tolist() == final(r=2, ticks=60).tolist()
    assert cascade(r=2, ticks=3, topology="ring").p_unfinished > 0.3


def test_same_seed_same_answer() -> None:
    assert final(seed=5).tolist() == final(seed=5).tolist()
    assert final(seed=5).tolist() != final(seed=6).tolist()


def test_peak_is_the_tick_with_most_new_breaks() -> None:
    # 8 of 10 feel one broken unit each tick; with a common threshold all break at once on the first.
    assert cascade(units=10, r=2, tolerance="common", tolerance_mean=0.2).peak_tick == 1


@pytest.mark.parametrize(("probability", "expected"), [(0.5, 1.4025), (0.1, 0.815)])
def test_break_even_of_fifty_units(probability: float, expected: float) -> None:
    found = break_even_r(CascadeParameters(units=50, replicates=RUNS), 0.2, probability)
    assert found == pytest.approx(expected, abs=0.04)


@settings(max_examples=25)
@given(SMALL, st.sampled_from([0.2, 0.5]), st.sampled_from([0.1, 0.5]))
def test_break_even_is_where_the_probability_is_reached(
    chosen: dict[str, object], share: float, probability: float
) -> None:
    parameters = CascadeParameters.model_validate(chosen)
    found = break_even_r(parameters, share, probability)
    needed = math.ceil(share * parameters.units - 1e-9)

    def reached(r: float) -> float:
        return float(np.mean(run_cascade(parameters.model_copy(update={"r": r})).final >= needed))

    if found is None:
        assert reached(10) < probability + 0.02
    else:
        assert reached(found + 0.01) >= probability
        assert found < 0.05 or reached(found - 0.05) < probability


def test_break_even_takes_strikes_and_cohesion_into_account() -> None:
    plain = break_even_r(CascadeParameters(), 0.1, 0.5)
    assert plain is not None
    struck = break_even_r(CascadeParameters(rear_strikes=2, cohesion=0.5, r=7), 0.1, 0.5)
    assert struck == pytest.approx(plain)
    assert break_even_r(CascadeParameters(rear_strikes=2), 0.1, 0.5) == pytest.approx(plain / 2)
    assert break_even_r(CascadeParameters(cohesion=1), 0.1, 0.5) is None
    assert break_even_r(CascadeParameters(cohesion=1, initial=10), 0.1, 0.5) == 0
    assert break_even_r(CascadeParameters(tolerance="common", tolerance_mean=2, units=200), 0.1, 0.5) is None
