"""What-if cascade: if some units break, how many could follow?

Each unit bears a private pressure Q; it breaks when the pressure on it passes that. With cum_t units broken by tick t,

    active_t = cum_t - cum_(t - tau),  P_(t+1) = P_t + R_eff / ((N - 1) tau) active_t + h,
    cum_(t+1) = I0 + #{Q_i <= P_(t+1)},  R_eff = R m (1 - c).

With Q ~ Exp(1) the final count is exactly that of a Reed-Frost epidemic (Sellke's construction), with normal Q the
model is Granovetter's, with one common Q on a sparse random graph Watts's. On a ring or a random graph a unit feels its
neighbours only. Outside pressure h lasts for the horizon; the final count is that after the cascade has come to its
end, so that it does not depend on tau, which sets the speed alone.

The parameters are not identifiable from public data: nobody has published a transmissibility of panic between units.

References: Sellke 1983, J. Appl. Prob. 20:390; Granovetter 1978, Am. J. Sociol. 83:1420; Watts 2002, PNAS 99:5766.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indicators.methods.cascade import mixed as cascade_mixed
from indicators.methods.cascade import network as cascade_network
from indicators.methods.cascade.draws import self_starting
from indicators.methods.cascade.parameters import CascadeParameters, Topology
from indicators.methods.levels import LEVELS

UNMEASURED = "Nobody has measured how panic spreads between units. This is a thought experiment."
"""What no figure of a cascade can be."""

SHARES = (0.1, 0.2, 0.5)
"""Broken shares whose probabilities are reported; a tenth of a force is the usual mark of mass desertion (Lyall)."""

BINS = 20
"""Bars of the histogram, each 5 % of the units wide."""

Counts = NDArray[np.int16]


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """The outcome of all runs.

    Args:
        final: Units broken in the end, by run.
        mean_share: Mean broken share in the end; of a two-peaked distribution it is no typical outcome.
        p_at_least: Probability that the final share reaches 10, 20 and 50 %, by share.
        p_seed_only: Probability that nobody follows the units broken at the start.
        peak_tick: Median tick with most new breaks, among runs that spread and reach 10 %; None if none does.
        self_starting: Expected share of units whose tolerance is 0 or less. They would break without any cause, which
            is no spread, so here they break at the first pressure and not before.
        runs_by_count: Number of runs with at most k units broken after each tick, an array (ticks + 1, N + 1).
        histogram: Share of runs in each of `BINS` equal classes of the final share; all include their lower bound only,
            but for the last.
    """

    parameters: CascadeParameters
    final: Counts = field(repr=False)
    mean_share: float
    p_at_least: dict[float, float]
    p_seed_only: float
    p_unfinished: float
    peak_tick: float | None
    self_starting: float
    runs_by_count: NDArray[np.uint16] = field(repr=False)
    histogram: tuple[float, ...]

    @cached_property
    def fan(self) -> NDArray[np.float64]:
        """Broken share by level of `LEVELS` and tick: the least share that so many runs do not pass."""
        needed = np.array(LEVELS)[:, None, None] * len(self.final) - 1e-9
        fan: NDArray[np.float64] = (self.runs_by_count >= needed).argmax(axis=2) / self.parameters.units
        return fan


def run_cascade(parameters: CascadeParameters) -> Cascade:
    """Simulate all runs of a cascade and summarise them.

    Example:
        >>> answer = run_cascade(CascadeParameters(r=0.0))
        >>> answer.mean_share, answer.p_seed_only, answer.p_at_least[0.1]
        (0.01, 1.0, 0.0)
    """
    paths, final = _simulate(parameters)
    units, runs = parameters.units, len(final)
    bins = np.minimum(final.astype(np.int64) * BINS // units, BINS - 1)
    return Cascade(
        parameters=parameters,
        final=final,
        mean_share=float(final.mean()) / units,
        p_at_least={share: float(np.mean(reaches(final, units, share))) for share in SHARES},
        p_seed_only=float(np.mean(final == parameters.initial)),
        p_unfinished=float(np.mean(final > paths[-1])),
        peak_tick=_peak(paths, reaches(final, units, SHARES[0])),
        self_starting=self_starting(parameters),
        runs_by_count=_runs_by_count(paths, units),
        histogram=tuple((np.bincount(bins, minlength=BINS) / runs).tolist()),
    )


def final_counts(parameters: CascadeParameters) -> Counts:
    """Return the units broken in the end by run, without following the ticks.

    Example:
        >>> final_counts(CascadeParameters(r=0, topology="ring"))[:3].tolist()
        [1, 1, 1]
    """
    if parameters.topology is Topology.MIXED:
        return counts_at(cascade_mixed.critical_r(parameters), parameters.effective_r)
    broken: Counts = cascade_network.settle(parameters).sum(axis=1, dtype=np.int16)
    return broken


def critical_r(parameters: CascadeParameters) -> NDArray[np.float64]:
    """Return the least effective R at which at least k units are broken in the end, by run and k = 1 to N.

    All runs share their random numbers, so this one array holds the final count of each run at every R.

    Args:
        parameters: The assumptions; their R, strikes and cohesion do not matter.

    Example:
        >>> critical_r(CascadeParameters(units=2, topology="ring", tolerance="common", tolerance_mean=0.5))[0].round(3)
        array([0. , 0.5])
    """
    if parameters.topology is Topology.MIXED:
        return cascade_mixed.critical_r(parameters)
    return cascade_network.critical_r(parameters)


def counts_at(critical: NDArray[np.float64], r: float) -> Counts:
    """Return the units broken in the end by run at an effective R.

    Args:
        critical: From `critical_r`.
    """
    counts: Counts = (critical <= r).sum(axis=1, dtype=np.int16)
    return counts


def reaches(final: Counts, units: int, share: float) -> NDArray[np.bool_]:
    """Say of each run whether its broken share is at least a given one.

    Args:
        share: Share, 0 to 1.

    Example:
        >>> reaches(np.array([9, 10], dtype=np.int16), 100, 0.1).tolist()
        [False, True]
    """
    return final >= units_needed(units, share)


def units_needed(units: int, share: float) -> int:
    """Return the least number of units that makes up a share.

    Example:
        >>> units_needed(50, 0.2), units_needed(7, 0.5)
        (10, 4)
    """
    # A hair below, so that 0.1 of 30 units is 3 and not, by rounding, 4.
    return int(np.ceil(units * share - 1e-9))


def replay(parameters: CascadeParameters, level: float) -> list[int | None]:
    """Return the tick at which each unit breaks in the run that stands at a level of the final count.

    Args:
        level: Place of the run among all runs, 0 for the mildest, 0.5 for the middle one, 1 for the worst.

    Returns:
        One tick for each unit, 0 at the start and None for units that stand at the horizon. In a mixed cascade units
        have no place, so there they are spread over the line at random.

    Example:
        >>> replay(CascadeParameters(units=4, r=0), 1)
        [0, None, None, None]
    """
    paths, final = _simulate(parameters)
    run = int(np.argsort(final, kind="stable")[round(level * (len(final) - 1))])
    if parameters.topology is not Topology.MIXED:
        ticks = cascade_network.break_ticks(parameters)[run].tolist()
        return [None if tick == cascade_network.NEVER else tick for tick in ticks]
    path = paths[:, run]
    order = np.searchsorted(path, np.arange(1, parameters.units + 1)).tolist()
    placed: list[int | None] = [None] * parameters.units
    places = np.random.default_rng(parameters.seed).permutation(np.arange(1, parameters.units))
    for rank, place in enumerate([0, *places.tolist()]):
        placed[place] = order[rank] if order[rank] < len(path) else None
    return placed


def _simulate(parameters: CascadeParameters) -> tuple[Counts, Counts]:
    """Return the broken units by tick and run, and those in the end by run."""
    if parameters.topology is Topology.MIXED:
        paths = cascade_mixed.count_paths(parameters)
    else:
        ticks = cascade_network.break_ticks(parameters)
        horizon = parameters.ticks
        runs = np.arange(len(ticks))[:, None] * (horizon + 2)
        breaks = np.bincount((np.minimum(ticks, horizon + 1) + runs).ravel(), minlength=len(ticks) * (horizon + 2))
        paths = np.cumsum(breaks.reshape(len(ticks), -1)[:, :-1].T, axis=0).astype(np.int16)
    if not _unfinished(paths, parameters):
        return paths, paths[-1]
    return paths, np.maximum(final_counts(parameters), paths[-1])


def _unfinished(paths: Counts, parameters: CascadeParameters) -> bool:
    """Say whether any run may go on after the horizon."""
    if parameters.hazard > 0:
        return bool((paths[-1] < parameters.units).any())
    # Units that broke in the last tau ticks still press; before tick tau so do those broken at the start.
    before = parameters.ticks - parameters.recovery
    return bool(((paths[-1] < parameters.units) & (paths[-1] > (paths[before] if before >= 0 else 0))).any())


def _runs_by_count(paths: Counts, units: int) -> NDArray[np.uint16]:
    moving = _still_moving(paths)
    places = moving + np.arange(len(moving))[:, None] * (units + 1)
    counts = np.bincount(places.ravel(), minlength=len(moving) * (units + 1)).reshape(len(moving), units + 1)
    counts = np.concatenate([counts, np.repeat(counts[-1:], len(paths) - len(moving), axis=0)])
    return counts.cumsum(axis=1).astype(np.uint16)


def _still_moving(paths: Counts) -> Counts:
    """Return the ticks up to the last one at which any run changes, which is often long before the horizon."""
    changing = np.flatnonzero((paths != paths[-1]).any(axis=1))
    return paths[: changing[-1] + 2] if changing.size else paths[:1]


def _peak(paths: Counts, reached: NDArray[np.bool_]) -> float | None:
    new = np.diff(_still_moving(paths)[:, reached & (paths[-1] > paths[0])], axis=0)
    return float(np.median(new.argmax(axis=0) + 1)) if new.size else None
