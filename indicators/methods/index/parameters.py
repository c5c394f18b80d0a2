"""The settings of the index: one validated object for the address bar, the sliders and the API."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from indicators.methods.index.parts import PILLARS
from indicators.methods.settings import changed_settings, read_clamped, within

MOST_WEIGHT = 10.0
BOUNDS: dict[str, tuple[float, float]] = {pillar.id: (0.0, MOST_WEIGHT) for pillar in PILLARS}
"""Smallest and largest weight of every pillar, both allowed; weights count in proportion to their sum."""

_within = partial(within, BOUNDS)


class Mean(StrEnum):
    """How pillars are put together, on the morale scale."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"

    @property
    def power(self) -> int:
        """The power p of the mean: 1, 0 or -1."""
        return {"arithmetic": 1, "geometric": 0, "harmonic": -1}[self.value]


class IndexParameters(BaseModel):
    """The reader's weights and the mean; frozen, so it can be a cache key.

    Raises:
        pydantic.ValidationError: If a weight is outside `BOUNDS`, a name is unknown, or all weights are 0.

    Example:
        >>> IndexParameters(refusal=3).shares["refusal"]
        0.42857142857142855
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    refusal: Annotated[float, _within("refusal", "Weight of refusal and law.")] = 1.0
    flight: Annotated[float, _within("flight", "Weight of flight and surrender.")] = 1.0
    losses: Annotated[float, _within("losses", "Weight of losses and cohesion.")] = 1.0
    rear: Annotated[float, _within("rear", "Weight of pressure on the rear.")] = 1.0
    home: Annotated[float, _within("home", "Weight of home front and price.")] = 1.0
    mean: Annotated[
        Mean,
        Field(
            description="arithmetic: parts make up for each other; geometric: in part; harmonic: least of the three."
        ),
    ] = Mean.GEOMETRIC

    @model_validator(mode="after")
    def _check_weights(self) -> Self:
        if not sum(self.weights.values()):
            raise ValueError("expected at least one weight above 0, got 0 for all; raise one")
        return self

    @property
    def weights(self) -> dict[str, float]:
        """Weight of every pillar as given."""
        return {pillar.id: getattr(self, pillar.id) for pillar in PILLARS}

    @property
    def shares(self) -> dict[str, float]:
        """Weight of every pillar as a share of 1."""
        total = sum(self.weights.values())
        return {name: weight / total for name, weight in self.weights.items()}


DEFAULTS = IndexParameters()


def read_index_settings(given: Mapping[str, object]) -> tuple[IndexParameters, list[str]]:
    """Read settings from an address: nothing is refused, what makes no sense gets a sentence.

    Args:
        given: Names and values; values may be text.

    Returns:
        The settings, and one sentence for everything that was changed or ignored.

    Example:
        >>> settings, changes = read_index_settings({"losses": "30"})
        >>> settings.losses, changes
        (10.0, ['losses was 30; the largest value, 10, is used.'])
    """
    values, changes = read_clamped(IndexParameters, given, BOUNDS, "index")
    if not any(values.get(pillar.id, 1.0) for pillar in PILLARS):
        changes.append("All weights were 0; equal weights are used.")
        values = {name: value for name, value in values.items() if name == "mean"}
    return IndexParameters.model_validate(values), changes


def index_query(parameters: IndexParameters) -> dict[str, str]:
    """Return the settings that differ from the default, as an address has them."""
    return changed_settings(parameters, DEFAULTS)
