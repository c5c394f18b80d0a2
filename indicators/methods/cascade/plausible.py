"""Which outcomes of a cascade hold over all plausible settings, and which setting decides.

Nothing public pins the settings down, so they are all moved at once over their plausible ranges, independently and
evenly. That is no belief about them: the share of settings with an outcome says how far the outcome depends on what
nobody knows. Importance is the PAWN index, which compares whole distributions and so copes with two-peaked outcomes.

Reference: Pianosi and Wagener 2015, Environ. Model. Softw. 67:1, 10.1016/j.envsoft.2015.01.004.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy
from numpy.typing import NDArray

from indicators.methods.cascade.parameters import BOUNDS, CascadeParameters, Tolerance, Topology
from indicators.methods.cascade.run import final_counts, reaches

Verdict = Literal["robust", "fragile"]

DRAWS = 1_024
RUNS_A_DRAW = 100
SETTLED = 0.9
"""An outcome is robust if it is likely, or unlikely, in at least this share of settings."""

NOISE = "nothing"
"""An input that has no effect: what its index shows is noise, and so is any index not above it."""

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "topology": tuple(member.value for member in Topology),
    "tolerance": tuple(member.value for member in Tolerance),
}
HELD = frozenset({"units", "initial", "hazard", "recovery", "ticks"})
"""Settings that stay as they are. The question is how far the break of one unit spreads: units that are broken at the
start or by outside pressure are no spread, and how long units press on others has no bearing on the final share."""

_LIKELY = 0.5
_SLICES = 8
_RESAMPLES, _TIED = 40, 0.05


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One outcome over all plausible settings.

    Args:
        likely: Share of settings in which its probability is at least one half.
        mean: Mean of its probability over settings.
        probabilities: Its probability in each setting.
        verdict: Robust if likely in at least nine tenths of settings or in at most one tenth, otherwise fragile.
        importance: PAWN index by input, largest first; `NOISE` shows how much is noise.
        tied: Whether other draws would turn the order of the two largest: in resampled draws the second comes out
            above the first in one case of twenty or more.
    """

    likely: float
    mean: float
    probabilities: NDArray[np.float64]
    verdict: Verdict
    importance: dict[str, float]
    tied: bool


@dataclass(frozen=True, kw_only=True)
class PlausibleSpread:
    """What holds over all plausible settings.

    Args:
        beyond_start: Some unit follows those broken at the start.
        beyond_tenth: At least a tenth of the units is broken in the end.
    """

    draws: int
    beyond_start: Outcome
    beyond_tenth: Outcome


def plausible_spread(
    ranges: Mapping[str, tuple[float, float]], *, draws: int = DRAWS, seed: int = 1
) -> PlausibleSpread:
    """Draw settings over their plausible ranges and summarise how far the break spreads in each.

    Args:
        ranges: Lowest and highest plausible value by parameter; those in `HELD` are left out. Topology and the
            kind of tolerance are always drawn as well.
        draws: Number of settings, a power of 2 from 64.

    Raises:
        ValueError: If a range names no parameter or is not within its bounds.

    Example:
        >>> spread = plausible_spread({"r": (0.0, 0.0)}, draws=64)
        >>> spread.beyond_tenth.likely < 0.1, spread.beyond_tenth.verdict
        (True, 'robust')
    """
    moved = {name: ends for name, ends in ranges.items() if name not in HELD}
    for name, (low, high) in moved.items():
        if name not in BOUNDS or not BOUNDS[name][0] <= low <= high <= BOUNDS[name][1]:
            raise ValueError(
                f"expected a setting of the cascade and a range within its bounds, got {name} {low}..{high}"
            )
    inputs = [*moved, *_CHOICES, NOISE]
    levels = scipy.stats.qmc.Sobol(len(inputs), rng=seed).random(draws)
    beyond_start, beyond_tenth = np.empty(draws), np.empty(draws)
    for draw, row in enumerate(levels):
        parameters = _setting(dict(zip(inputs, row.tolist(), strict=True)), moved)
        final = final_counts(parameters)
        beyond_start[draw] = np.mean(final > parameters.initial)
        beyond_tenth[draw] = np.mean(reaches(final, parameters.units, 0.1))
    return PlausibleSpread(
        draws=draws,
        beyond_start=_outcome(inputs, levels, beyond_start),
        beyond_tenth=_outcome(inputs, levels, beyond_tenth),
    )


def _setting(levels: Mapping[str, float], ranges: Mapping[str, tuple[float, float]]) -> CascadeParameters:
    values: dict[str, object] = {"replicates": RUNS_A_DRAW}
    for name, choices in _CHOICES.items():
        values[name] = choices[int(levels[name] * len(choices))]
    for name, (low, high) in ranges.items():
        if isinstance(getattr(CascadeParameters.model_fields[name], "default", None), int):
            values[name] = int(low + levels[name] * (high - low + 1))
        else:
            values[name] = low + levels[name] * (high - low)
    return CascadeParameters.model_validate(values)


def _outcome(inputs: list[str], levels: NDArray[np.float64], probabilities: NDArray[np.float64]) -> Outcome:
    likely = float(np.mean(probabilities >= _LIKELY))
    index = _importance(inputs, levels, probabilities)
    first, second, *_ = [name for name in index if name != NOISE]
    return Outcome(
        likely=likely,
        mean=float(np.mean(probabilities)),
        probabilities=probabilities,
        verdict="robust" if max(likely, 1 - likely) >= SETTLED else "fragile",
        importance=index,
        tied=_turned(levels[:, [inputs.index(first), inputs.index(second)]], probabilities) >= _TIED,
    )


def _turned(levels: NDArray[np.float64], probabilities: NDArray[np.float64]) -> float:
    """Return the share of resampled draws in which the second of two inputs is no less important than the first."""
    chance = np.random.default_rng(len(levels))
    turned = 0
    for _ in range(_RESAMPLES):
        drawn = chance.integers(0, len(levels), len(levels))
        index = _importance(["first", "second"], levels[drawn], probabilities[drawn])
        turned += index["second"] >= index["first"]
    return turned / _RESAMPLES


def _importance(inputs: list[str], levels: NDArray[np.float64], probabilities: NDArray[np.float64]) -> dict[str, float]:
    if np.ptp(probabilities) == 0:
        return dict.fromkeys(inputs, 0.0)
    # Loading the package takes a second, and only this function needs it.
    from SALib.analyze import pawn

    problem = {"num_vars": len(inputs), "names": inputs, "bounds": [[0.0, 1.0]] * len(inputs)}
    index = pawn.analyze(problem, levels, probabilities, S=_SLICES)["median"]
    return dict(sorted(zip(inputs, index.tolist(), strict=True), key=lambda pair: -pair[1]))
