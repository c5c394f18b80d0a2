"""What would have to be true: the value of one assumption at which the total reaches a target, all others held."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import scipy

from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.text import percent_text
from indicators.methods.projection.claim_layer.largest_week import maximum_curve, maximum_on_curve
from indicators.methods.projection.claim_layer.lookup import weekly_mean
from indicators.methods.projection.claim_layer.pace import expected_sums
from indicators.methods.projection.parameters import BOUNDS, ProjectionParameters
from indicators.methods.projection.readings import CEILING_SENTENCE, FIXED, Reading, factor_mean
from indicators.methods.projection.run_rate import monthly_from_weekly

Layer = Literal["headline", "calendar", "claim"]
SolveFor = Literal["weekly", "growth_weekly", "growth_monthly", "weeks", "working_days", "recording", "share_mode"]
SOLVABLE: tuple[SolveFor, ...] = get_args(SolveFor)

_USED: dict[Layer, frozenset[str]] = {
    "headline": frozenset({"weekly", "growth_weekly", "growth_monthly", "weeks"}),
    "calendar": frozenset({"weekly", "growth_weekly", "growth_monthly", "weeks", "working_days"}),
    "claim": frozenset(SOLVABLE),
}
_WORDS: dict[SolveFor, tuple[str, Callable[[float], str]]] = {
    "weekly": ("a weekly figure of {}", "{:,.1f}".format),
    "growth_weekly": ("growth of {} a week", lambda share: percent_text(share, 2)),
    "growth_monthly": ("growth of {} a month", lambda share: percent_text(share, 1)),
    "weeks": ("a horizon of {} weeks", "{:.0f}".format),
    "working_days": ("{} working days a year", "{:.1f}".format),
    "recording": ("a recording probability of {}", lambda share: percent_text(share, 1)),
    "share_mode": ("a most likely share of {}", lambda share: percent_text(share, 1)),
}


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """The value at which the target is reached.

    Args:
        value: Its value, or None where no allowed value reaches the target. For `weeks` the first whole week.
    """

    solve_for: str
    value: float | None
    reachable: bool
    sentence: str


def break_even(
    parameters: ProjectionParameters, target: float, solve_for: SolveFor, layer: Layer = "headline"
) -> BreakEven:
    """Solve total(value) = target for one assumption.

    c = target / S in closed form, growth by root finding; growth means the same in every layer and fades only if the
    parameters say so. The claim layer means the mean of the total.

    Args:
        target: The total to reach, above 0.
        solve_for: The assumption that may move, within its allowed range.

    Raises:
        ValueError: If the target is not positive and finite, or the assumption or layer is unknown.

    Example:
        >>> round(break_even(ProjectionParameters(), 10_000, "weekly").value, 1)
        192.3
        >>> round(100 * break_even(ProjectionParameters(), 10_000, "growth_weekly").value, 5)
        2.35523
        >>> break_even(ProjectionParameters(), 10_000, "growth_weekly", "claim").reachable
        False
    """
    if not (target > 0 and math.isfinite(target)):
        raise ValueError(f"expected a target above 0, got {target}")
    if layer not in _USED or solve_for not in SOLVABLE:
        raise ValueError(
            f"expected one of {', '.join(SOLVABLE)} on one of {', '.join(_USED)}, got {solve_for!r} on {layer!r}"
        )
    if layer == "claim" and parameters.factor is None:
        return BreakEven(solve_for=solve_for, value=None, reachable=False, sentence=CEILING_SENTENCE)
    if solve_for not in _USED[layer] or not _enters(parameters, solve_for, layer):
        sentence = f"{solve_for} does not enter this total: {target:,.0f} is not reachable by this alone."
        return BreakEven(solve_for=solve_for, value=None, reachable=False, sentence=sentence)
    value = _solve(parameters, target, solve_for, layer)
    low, high = _range(parameters, solve_for)
    if value is None or not low <= value <= high:
        sentence = (
            f"Not reachable by this alone: nothing from {_in_words(solve_for, low)} to {_in_words(solve_for, high)} "
            f"brings the total to {target:,.0f}."
        )
        return BreakEven(solve_for=solve_for, value=None, reachable=False, sentence=sentence)
    held = "" if solve_for == "weeks" else f" in {parameters.weeks} weeks"
    sentence = f"It would take {_in_words(solve_for, value)} to reach {target:,.0f}{held}, all else unchanged."
    return BreakEven(solve_for=solve_for, value=value, reachable=True, sentence=sentence)


def _in_words(solve_for: SolveFor, value: float) -> str:
    words, number = _WORDS[solve_for]
    return words.format(number(value))


def _enters(parameters: ProjectionParameters, solve_for: SolveFor, layer: Layer) -> bool:
    if solve_for == "working_days":
        return parameters.ceiling and not (layer == "claim" and parameters.read_as_maximum)
    if solve_for == "share_mode":
        return parameters.qualifier is Qualifier.UP_TO and parameters.reading is Reading.SHARE
    return True


def _range(parameters: ProjectionParameters, solve_for: SolveFor) -> tuple[float, float]:
    if solve_for == "share_mode":
        return parameters.share_low, parameters.share_high
    low, high = BOUNDS[solve_for]
    return (1, high) if solve_for == "weeks" else (low, high)


def _solve(parameters: ProjectionParameters, target: float, solve_for: SolveFor, layer: Layer) -> float | None:
    """Return the value, in its allowed range or not, or None where there is none at all."""
    # In every layer the total is f * first week * S / p, with f = p = 1 outside the claim layer.
    claim = layer == "claim"
    recording = parameters.recording if claim else 1.0
    factor = factor_mean(parameters.factor or FIXED) if claim else 1.0
    first_week = weekly_mean(parameters) if claim else _plain_week(parameters, layer)
    grown = float(_sums(parameters, layer)[-1])
    total = factor * first_week * grown / recording
    if solve_for == "weekly":
        return _weekly(parameters, layer, target * recording / (factor * grown)) if factor else None
    if total == 0:
        return None
    if solve_for == "recording":
        return recording * total / target
    if solve_for == "working_days":
        return parameters.working_days * target / total
    if solve_for == "share_mode":
        return 3 * factor * target / total - parameters.share_low - parameters.share_high
    wanted = grown * target / total
    if solve_for == "weeks":
        return _first_week(parameters, wanted, layer)
    low, high = BOUNDS["growth_weekly"]

    def excess(rate: float) -> float:
        grows = parameters.model_copy(update={"growth_weekly": rate, "growth_monthly": None})
        return float(_sums(grows, layer)[-1]) - wanted

    if not excess(low) <= 0 <= excess(high):
        return None
    weekly = float(scipy.optimize.brentq(excess, low, high, xtol=1e-16, rtol=1e-15))
    return weekly if solve_for == "growth_weekly" else monthly_from_weekly(weekly)


def _plain_week(parameters: ProjectionParameters, layer: Layer) -> float:
    return parameters.weekly * (parameters.court_share if layer == "calendar" else 1.0)


def _sums(parameters: ProjectionParameters, layer: Layer) -> npt.NDArray[np.float64]:
    return expected_sums(parameters) if layer == "claim" else parameters.growth_sums


def _weekly(parameters: ProjectionParameters, layer: Layer, first_week: float) -> float | None:
    """Return the weekly figure that has this mean in its first week."""
    if layer == "claim" and parameters.read_as_maximum:
        curve = maximum_curve(parameters.observed_weeks, parameters.size)
        # The curve would clamp at its end.
        return maximum_on_curve(curve, first_week) if first_week <= curve.roots_of_mean[-1] ** 2 else None
    return first_week / (1.0 if layer == "headline" else parameters.court_share)


def _first_week(parameters: ProjectionParameters, wanted: float, layer: Layer) -> float | None:
    """Return the first whole week whose running sum reaches what is wanted."""
    longest = parameters.model_copy(update={"weeks": int(BOUNDS["weeks"][1])})
    sums = _sums(longest, layer)
    # A relative 1e-12 keeps rounding from adding a week where the sum equals what is wanted.
    place = int(np.searchsorted(sums, wanted * (1 - 1e-12)))
    return float(place + 1) if place < len(sums) else None
