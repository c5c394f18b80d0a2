"""What would have to be true: the value of one assumption at which the total reaches a target, all others held."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import optimize

from indicators.methods.claim_table import weekly_mean
from indicators.methods.maximum import maximum_curve, maximum_on_curve
from indicators.methods.parameters import BOUNDS, ProjectionParameters
from indicators.methods.readings import CEILING_SENTENCE, FIXED, Reading, factor_mean
from indicators.methods.run_rate import (
    GROWTH_CAP,
    calendar_share,
    damped_growth,
    growth_sum,
    monthly_from_weekly,
    undamped_growth,
)

Layer = Literal["headline", "calendar", "claim"]
SolveFor = Literal["weekly", "growth_weekly", "growth_monthly", "weeks", "working_days", "recording", "share_mode"]
SOLVABLE: tuple[SolveFor, ...] = get_args(SolveFor)

_USED: dict[Layer, frozenset[str]] = {
    "headline": frozenset({"weekly", "growth_weekly", "growth_monthly", "weeks"}),
    "calendar": frozenset({"weekly", "growth_weekly", "growth_monthly", "weeks", "working_days"}),
    "claim": frozenset(SOLVABLE),
}
_WORDS: dict[SolveFor, str] = {
    "weekly": "a weekly figure of {:,.1f}",
    "growth_weekly": "growth of {:.2%} a week",
    "growth_monthly": "growth of {:.1%} a month",
    "weeks": "a horizon of {:.0f} weeks",
    "working_days": "{:.1f} working days a year",
    "recording": "a recording probability of {:.1%}",
    "share_mode": "a most likely share of {:.1%}",
}


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """The value at which the target is reached.

    Args:
        solve_for: Name of the assumption.
        value: Its value, or None where no allowed value reaches the target. For `weeks` the first whole week.
        reachable: Whether there is one.
        sentence: The answer in words.
    """

    solve_for: str
    value: float | None
    reachable: bool
    sentence: str


def break_even(
    parameters: ProjectionParameters, target: float, solve_for: SolveFor, layer: Layer = "headline"
) -> BreakEven:
    """Solve total(value) = target for one assumption.

    The headline and the calendar layer are arithmetic: c = target / S in closed form, growth by root finding without
    damping or cap. The claim layer means the mean of the total, with damped growth capped at 3 % a week.

    Args:
        parameters: All other assumptions.
        target: The total to reach, above 0.
        solve_for: The assumption that may move, within its allowed range.
        layer: Which total is meant.

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
    if solve_for not in _USED[layer] or (layer == "claim" and not _enters(parameters, solve_for)):
        sentence = f"{solve_for} does not enter this total: {target:,.0f} is not reachable by this alone."
        return BreakEven(solve_for=solve_for, value=None, reachable=False, sentence=sentence)
    value = _solve(parameters, target, solve_for, layer)
    low, high = _range(parameters, solve_for, layer)
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
    return _WORDS[solve_for].format(value).replace("%", " %")


def _enters(parameters: ProjectionParameters, solve_for: SolveFor) -> bool:
    if solve_for == "working_days":
        return not parameters.read_as_maximum
    if solve_for == "share_mode":
        return parameters.qualifier.value == "up_to" and parameters.reading is Reading.SHARE
    return True


def _range(parameters: ProjectionParameters, solve_for: SolveFor, layer: Layer) -> tuple[float, float]:
    if solve_for == "share_mode":
        return parameters.share_low, parameters.share_high
    low, high = BOUNDS[solve_for]
    if solve_for == "weeks":
        return 1, high
    if layer == "claim" and solve_for == "growth_weekly":
        return -GROWTH_CAP, GROWTH_CAP
    if layer == "claim" and solve_for == "growth_monthly":
        return monthly_from_weekly(-GROWTH_CAP), monthly_from_weekly(GROWTH_CAP)
    return low, high


def _solve(parameters: ProjectionParameters, target: float, solve_for: SolveFor, layer: Layer) -> float | None:
    """Return the value, in its allowed range or not, or None where there is none at all."""
    # In every layer the total is (f * first week * S + 1) / p - 1, with f = p = 1 outside the claim layer.
    claim = layer == "claim"
    recording = parameters.recording if claim else 1.0
    factor = factor_mean(parameters.factor or FIXED) if claim else 1.0
    first_week = weekly_mean(parameters) if claim else _plain_week(parameters, layer)
    growth = _growth_total(parameters.weeks, damped=claim)
    grown = growth(parameters.growth)
    needed = recording * (target + 1) - 1
    total = factor * first_week * grown
    if solve_for == "recording":
        return (total + 1) / (target + 1)
    if solve_for == "weekly":
        return _weekly(parameters, layer, needed / (factor * grown)) if factor and needed >= 0 else None
    if total == 0:
        return None
    if solve_for == "working_days":
        return parameters.working_days * needed / total
    if solve_for == "share_mode":
        return 3 * needed / (first_week * grown) - parameters.share_low - parameters.share_high
    wanted = needed / (factor * first_week)
    if solve_for == "weeks":
        return _first_week(parameters.growth, wanted, damped=claim)
    low, high = _range(parameters, "growth_weekly", layer)
    if not growth(low) <= wanted <= growth(high):
        return None
    weekly = float(optimize.brentq(lambda rate: growth(rate) - wanted, low, high, xtol=1e-16, rtol=1e-15))
    return weekly if solve_for == "growth_weekly" else monthly_from_weekly(weekly)


def _plain_week(parameters: ProjectionParameters, layer: Layer) -> float:
    return parameters.weekly * (calendar_share(parameters.working_days) if layer == "calendar" else 1.0)


def _weekly(parameters: ProjectionParameters, layer: Layer, first_week: float) -> float | None:
    """Return the weekly figure that has this mean in its first week."""
    if layer == "claim" and parameters.read_as_maximum:
        curve = maximum_curve(parameters.observed_weeks, parameters.size)
        # The curve would clamp at its end.
        return maximum_on_curve(curve, first_week) if first_week <= curve.roots_of_mean[-1] ** 2 else None
    return first_week / (1.0 if layer == "headline" else calendar_share(parameters.working_days))


def _growth_total(weeks: int, *, damped: bool) -> Callable[[float], float]:
    if damped:
        return lambda rate: float(damped_growth(rate).sums[weeks - 1])
    return lambda rate: growth_sum(weeks, rate)


def _first_week(growth: float, wanted: float, *, damped: bool) -> float | None:
    """Return the first whole week whose running sum reaches what is wanted."""
    path = damped_growth(growth) if damped else undamped_growth(growth)
    # A relative 1e-12 keeps rounding from adding a week where the sum equals what is wanted.
    place = int(np.searchsorted(path.sums, wanted * (1 - 1e-12)))
    return float(place + 1) if place < len(path.sums) else None
