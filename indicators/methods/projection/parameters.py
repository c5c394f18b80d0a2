"""The settings of a projection: one validated object for the address bar, JSON files and the API."""

import math
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, model_validator

from indicators.core.evidence.vocabulary import Qualifier
from indicators.methods.projection.readings import DEFAULT_SHARE, Factor, Reading, read_qualifier
from indicators.methods.projection.run_rate import (
    DEFAULT_WORKING_DAYS,
    MAXIMUM_WEEKS,
    WEEKS_PER_MONTH,
    calendar_share,
    months_of_growth,
    weekly_from_monthly,
)
from indicators.methods.settings import changed_settings, read_clamped, within

SLOWEST, FASTEST = -0.10, 0.13
BOUNDS: dict[str, tuple[float, float]] = {
    "weekly": (0.0, 500.0),
    "weeks": (4, MAXIMUM_WEEKS),
    "growth_weekly": (weekly_from_monthly(SLOWEST), weekly_from_monthly(FASTEST)),
    "growth_monthly": (SLOWEST, FASTEST),
    "growth_sd": (0.0, 0.05),
    "drift": (0.0, 0.15),
    "observed_weeks": (4, 52),
    "dispersion": (3.0, 100.0),
    "recording": (0.1, 1.0),
    "working_days": (220, 260),
    "share_low": (0.0, 1.0),
    "share_mode": (0.0, 1.0),
    "share_high": (0.0, 1.0),
    "suspended_share": (0.0, 1.0),
    "force_size": (100_000.0, 800_000.0),
}
"""Smallest and largest value of every number, both allowed: for sliders, addresses, files and the API alike."""

_within = partial(within, BOUNDS)
_POISSON = ("poisson", "inf", "infinity")
_SHARES = ("share_low", "share_mode", "share_high")


class Damping(StrEnum):
    """Whether growth fades after 13 weeks."""

    OFF = "off"
    ON = "on"


class ProjectionParameters(BaseModel):
    """All assumptions of one projection; frozen, so it can be a cache key.

    Raises:
        pydantic.ValidationError: If a value is outside `BOUNDS`, a name is unknown, both growths are given, or the
            triangular distribution is not in the order low, mode, high.

    Example:
        >>> ProjectionParameters().weekly
        100.0
        >>> round(ProjectionParameters(growth_monthly=0.106).growth, 5)
        0.02344
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        json_schema_extra={"description": "All assumptions of one projection."},
    )

    weekly: Annotated[float, _within("weekly", "Figure for one week, as published.")] = 100.0
    qualifier: Annotated[Qualifier, Field(description="How the weekly figure was published.")] = Qualifier.UP_TO
    weeks: Annotated[int, _within("weeks", "Horizon in weeks.")] = 52
    growth_weekly: Annotated[
        Annotated[float, _within("growth_weekly", "")] | None,
        Field(description="Growth per week as a share; give this or growth_monthly."),
    ] = None
    growth_monthly: Annotated[
        Annotated[float, _within("growth_monthly", "")] | None,
        Field(description="Growth per month as a share; give this or growth_weekly."),
    ] = None
    growth_sd: Annotated[
        float, _within("growth_sd", "How unsure the growth is: standard deviation of the log growth a month.")
    ] = 0.03
    drift: Annotated[
        float, _within("drift", "How far the pace drifts: standard deviation of its log change from month to month.")
    ] = 0.08
    damping: Annotated[
        Damping, Field(description="Whether growth fades after 13 weeks; the same in every layer, off unless chosen.")
    ] = Damping.OFF
    reading: Annotated[Reading, Field(description='How "up to" is read; has no effect on other qualifiers.')] = (
        Reading.SHARE
    )
    observed_weeks: Annotated[
        int, _within("observed_weeks", "Number of weeks of which the figure is the largest (reading maximum).")
    ] = 26
    dispersion: Annotated[
        Literal["poisson"] | Annotated[float, _within("dispersion", "")],
        Field(description="Size r of the weekly negative binomial, variance mu + mu^2 / r; poisson is infinite."),
    ] = 10.0
    recording: Annotated[float, _within("recording", "Assumed probability that a case is recorded.")] = 1.0
    working_days: Annotated[int, _within("working_days", "Days a year on which courts sit.")] = DEFAULT_WORKING_DAYS
    share_low: Annotated[float, _within("share_low", "Lowest share of the figure (reading share).")] = DEFAULT_SHARE[0]
    share_mode: Annotated[float, _within("share_mode", "Most likely share of the figure.")] = DEFAULT_SHARE[1]
    share_high: Annotated[float, _within("share_high", "Highest share of the figure.")] = DEFAULT_SHARE[2]
    suspended_share: Annotated[
        Annotated[float, _within("suspended_share", "")] | None,
        Field(description="Share of sentences that are suspended; gives the number imprisoned."),
    ] = None
    force_size: Annotated[
        Annotated[float, _within("force_size", "")] | None,
        Field(description="Troops to which the total is related; gives cases per 1,000 a year."),
    ] = None

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        if self.growth_weekly is not None and self.growth_monthly is not None:
            raise ValueError(
                "expected growth_weekly or growth_monthly, got both; they are one parameter, so give only one"
            )
        if not self.share_low <= self.share_mode <= self.share_high:
            raise ValueError(
                "expected share_low <= share_mode <= share_high, got "
                f"{self.share_low:g}, {self.share_mode:g}, {self.share_high:g}; put them in order"
            )
        return self

    @property
    def growth(self) -> float:
        """Growth per week as a share, from whichever of the two is given; 0 if none is."""
        if self.growth_monthly is not None:
            return weekly_from_monthly(self.growth_monthly)
        return self.growth_weekly or 0.0

    @property
    def log_growth(self) -> float:
        """Log growth a month."""
        return math.log1p(self.growth) * WEEKS_PER_MONTH

    @property
    def fading(self) -> bool:
        """Whether growth fades after 13 weeks."""
        return self.damping is Damping.ON

    @property
    def growth_sums(self) -> npt.NDArray[np.float64]:
        """Sum of the weekly growth factors, 1 for the first week, up to week 1, 2, ... of the horizon."""
        return np.cumsum(np.exp(self.log_growth * months_of_growth(self.fading)[: self.weeks]))

    @property
    def size(self) -> float:
        """Size r of the negative binomial; infinite for Poisson."""
        return math.inf if self.dispersion == "poisson" else self.dispersion

    @property
    def factor(self) -> Factor | None:
        """Distribution of the factor between mean week and figure; None if there is no point estimate."""
        return read_qualifier(self.qualifier, self.reading, (self.share_low, self.share_mode, self.share_high))

    @property
    def ceiling(self) -> bool:
        """Whether the figure bounds a week from above, so that weeks with court holidays come below it."""
        return self.qualifier is Qualifier.UP_TO and self.reading is not Reading.MEAN

    @property
    def court_share(self) -> float:
        """Share of weekdays on which courts sit under a ceiling; 1 for a mean, which holds its holidays already."""
        return calendar_share(self.working_days) if self.ceiling else 1.0

    @property
    def read_as_maximum(self) -> bool:
        """Whether the weekly figure is read as the largest of several weekly counts."""
        return self.qualifier is Qualifier.UP_TO and self.reading is Reading.MAXIMUM


DEFAULTS = ProjectionParameters()


def to_query(parameters: ProjectionParameters) -> dict[str, str]:
    """Return the settings that differ from the default, as text that reads back to the same values.

    Example:
        >>> to_query(ProjectionParameters(weekly=120, growth_monthly=0.02))
        {'weekly': '120', 'growth_monthly': '0.02'}
    """
    return changed_settings(parameters, DEFAULTS)


def parse_clamped(settings: Mapping[str, object]) -> tuple[ProjectionParameters, list[str]]:
    """Read settings from an address or a file, move each to the nearest valid value and say what was changed.

    Args:
        settings: Names and values; values may be text. None and empty text stand for "not given".

    Returns:
        Valid parameters and one sentence for every setting that was changed or ignored.

    Example:
        >>> parameters, changes = parse_clamped({"weeks": "500", "colour": "red"})
        >>> parameters.weeks, changes[0]
        (156, 'weeks was 500; the largest value, 156, is used.')
        >>> changes[1]
        'colour is not a setting of the projection and is ignored.'
    """
    poisson = str(settings.get("dispersion", "")).strip().lower() in _POISSON
    numbers = {name: raw for name, raw in settings.items() if not (poisson and name == "dispersion")}
    values, changes = read_clamped(ProjectionParameters, numbers, BOUNDS, "projection")
    if poisson:
        values["dispersion"] = "poisson"
    if "growth_weekly" in values and "growth_monthly" in values:
        del values["growth_monthly"]
        changes.append("growth_weekly and growth_monthly were both given; growth_weekly is used.")
    _order_shares(values, changes)
    return ProjectionParameters.model_validate(values), changes


def _order_shares(values: dict[str, Any], changes: list[str]) -> None:
    low, mode, high = (values.get(name, getattr(DEFAULTS, name)) for name in _SHARES)
    if low <= mode <= high:
        return
    ordered = (low, min(max(mode, low), max(low, high)), max(low, high))
    values.update(zip(_SHARES, ordered, strict=True))
    changes.append(
        f"The shares {low:g}, {mode:g}, {high:g} are not in the order low, most likely, high; "
        f"{ordered[0]:g}, {ordered[1]:g}, {ordered[2]:g} are used."
    )
