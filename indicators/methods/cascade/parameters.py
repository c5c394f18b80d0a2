"""The settings of a cascade: one validated object for the address bar, the sliders and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from indicators.methods.settings import changed_settings, read_clamped, within

BOUNDS: dict[str, tuple[float, float]] = {
    "units": (1, 200),
    "initial": (1, 200),
    "r": (0.0, 10.0),
    "rear_strikes": (1.0, 5.0),
    "cohesion": (-1.0, 1.0),
    "hazard": (0.0, 1.0),
    "recovery": (1, 52),
    "ticks": (1, 156),
    "neighbours": (2, 20),
    "tolerance_mean": (0.0, 2.0),
    "tolerance_spread": (0.0, 1.0),
    "influence_variance": (0.0, 10.0),
    "replicates": (100, 4_000),
    "seed": (0, 2**32 - 1),
}
"""Smallest and largest value of every number, both allowed."""

_within = partial(within, BOUNDS)


class Topology(StrEnum):
    """Who puts pressure on whom."""

    MIXED = "mixed"
    RING = "ring"
    RANDOM = "random"


class Tolerance(StrEnum):
    """How the pressure that a unit bears is distributed over units."""

    EXPONENTIAL = "exponential"
    NORMAL = "normal"
    COMMON = "common"


class CascadeParameters(BaseModel):
    """All assumptions of one cascade; frozen, so it can be a cache key.

    Raises:
        pydantic.ValidationError: If a value is outside `BOUNDS`, a name is unknown, or more units are broken at the
            start than there are.

    Example:
        >>> CascadeParameters(r=1.0, rear_strikes=1.5, cohesion=0.2).effective_r
        1.2000000000000002
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        json_schema_extra={"description": "All assumptions of one cascade."},
    )

    units: Annotated[int, _within("units", "Number of units N.")] = 100
    initial: Annotated[int, _within("initial", "Units broken at the start, I0.")] = 1
    r: Annotated[
        float,
        _within(
            "r",
            "R: units that one broken unit would break on average while all others stand (exponential tolerances).",
        ),
    ] = 1.0
    rear_strikes: Annotated[float, _within("rear_strikes", "Factor m on R for strikes on rear areas.")] = 1.0
    cohesion: Annotated[
        float, _within("cohesion", "Damping c of R by cohesion and command; negative values amplify.")
    ] = 0.0
    hazard: Annotated[
        float, _within("hazard", "Pressure h from outside per tick, about the chance that a unit breaks by itself.")
    ] = 0.0
    recovery: Annotated[int, _within("recovery", "Ticks tau for which a broken unit puts pressure on others.")] = 1
    ticks: Annotated[int, _within("ticks", "Horizon in ticks (weeks); outside pressure lasts as long.")] = 60
    topology: Annotated[
        Topology, Field(description="mixed: each on each; ring: nearest neighbours; random: random graph.")
    ] = Topology.MIXED
    neighbours: Annotated[
        int,
        _within(
            "neighbours",
            "Neighbours k on the ring (even; an odd number counts as the next lower even one), "
            "mean number on the random graph.",
        ),
    ] = 4
    tolerance: Annotated[
        Tolerance, Field(description="Distribution of the pressure that units bear: Exp(1), normal, or all alike.")
    ] = Tolerance.EXPONENTIAL
    tolerance_mean: Annotated[
        float, _within("tolerance_mean", "Mean tolerance (normal) or the common one (common), as a broken share.")
    ] = 0.25
    tolerance_spread: Annotated[float, _within("tolerance_spread", "Standard deviation of normal tolerances.")] = 0.12
    influence_variance: Annotated[
        float, _within("influence_variance", "Variance of the pressure that broken units put on others; 0: all alike.")
    ] = 0.0
    replicates: Annotated[int, _within("replicates", "Simulated runs.")] = 2_000
    seed: Annotated[int, _within("seed", "Seed of the random numbers; the same seed gives the same answer.")] = 1

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        if self.initial > self.units:
            raise ValueError(
                f"expected initial <= units, got initial {self.initial} of {self.units} units; "
                "let fewer units be broken at the start"
            )
        return self

    @property
    def effective_r(self) -> float:
        """R after strikes and cohesion: R m (1 - c)."""
        return self.r * self.multiplier

    @property
    def multiplier(self) -> float:
        """What strikes and cohesion make of R: m (1 - c)."""
        return self.rear_strikes * (1 - self.cohesion)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named value of R with the evidence for it.

    Args:
        evidence: What it rests on, and how far that reaches.
    """

    id: str
    label: str
    r: float
    evidence: str


PRESETS = (
    Preset(
        id="isolated",
        label="Isolated failure",
        r=0.13,
        evidence="Of 52 units that broke off (1941 to 1982), 7 named an adjacent friendly unit's withdrawal as the "
        "reason (McQuie 1987); exact 95 % interval 5.6 to 25.8 %. Where starts are independent, that share equals R.",
    ),
    Preset(
        id="clustered",
        label="Clustered",
        r=0.45,
        evidence="37 to 50 % of violent events in Iraq were set off by earlier ones within weeks (Lewis et al. 2012). "
        "Civilian deaths, not units: an analogy.",
    ),
    Preset(
        id="critical",
        label="Critical",
        r=1.0,
        evidence="The mathematical border: below it a cascade dies out, above it one can run through everybody. "
        "No measurement.",
    ),
    Preset(
        id="mutiny_1917",
        label="As in 1917",
        r=1.35,
        evidence="Nearly half of the French front divisions saw mutinies in spring 1917; a final share of 45 to 50 % "
        "solves to R of 1.33 to 1.39. One case, chosen because it spread.",
    ),
    Preset(
        id="collapse",
        label="Collapse",
        r=2.0,
        evidence="No measurement: shows what a general collapse would take.",
    ),
)

DEFAULTS = CascadeParameters()

MOST_COST = 450_000_000
"""Largest `cascade_cost` that is computed, so that no answer takes more than a second of processor time."""


def cascade_cost(parameters: CascadeParameters) -> int:
    """Return about how many nanoseconds a cascade takes on a network if every unit breaks.

    Who feels whom makes no difference, since every cascade is held against the same units on a network.

    Example:
        >>> cascade_cost(CascadeParameters())
        124000000
    """
    each = 50 * parameters.neighbours + 2 * parameters.ticks + parameters.units + 200
    return parameters.replicates * parameters.units * each


def check_cascade_cost(parameters: CascadeParameters) -> None:
    """Refuse settings that together take too long, each of which alone is allowed.

    Raises:
        ValueError: If `cascade_cost` is above `MOST_COST`.
    """
    fitting = parameters.replicates * MOST_COST // cascade_cost(parameters)
    if fitting < parameters.replicates:
        raise ValueError(
            f"expected at most {fitting} replicates with so many units, neighbours and ticks, got "
            f"{parameters.replicates}; ask for fewer of any of the four"
        )


def to_query(parameters: CascadeParameters) -> dict[str, str]:
    """Return the settings that differ from the default, as text that reads back to the same values.

    Example:
        >>> to_query(CascadeParameters(r=1.35, topology="ring"))
        {'r': '1.35', 'topology': 'ring'}
    """
    return changed_settings(parameters, DEFAULTS)


def parse_clamped(settings: Mapping[str, object]) -> tuple[CascadeParameters, list[str]]:
    """Read settings from an address or a file, move each to the nearest valid value and say what was changed.

    Args:
        settings: Names and values; values may be text. None and empty text stand for "not given".

    Returns:
        Valid parameters and one sentence for every setting that was changed or ignored.

    Example:
        >>> parameters, changes = parse_clamped({"r": "99", "units": "3", "initial": "5"})
        >>> parameters.r, parameters.initial
        (10.0, 3)
        >>> changes
        ['r was 99; the largest value, 10, is used.', 'initial was 5 of 3 units; 3 is used.']
    """
    values, changes = read_clamped(CascadeParameters, settings, BOUNDS, "cascade")
    units, initial = values.get("units", DEFAULTS.units), values.get("initial", DEFAULTS.initial)
    if initial > units:
        values["initial"] = units
        changes.append(f"initial was {initial} of {units} units; {units} is used.")
    parameters = CascadeParameters.model_validate(values)
    fitting = parameters.replicates * MOST_COST // cascade_cost(parameters)
    if fitting >= parameters.replicates:
        return parameters, changes
    changes.append(
        f"replicates was {parameters.replicates}, more than is computed with so many units, neighbours and ticks; "
        f"{fitting} is used."
    )
    return parameters.model_copy(update={"replicates": fitting}), changes
