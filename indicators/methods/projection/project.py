"""One projection from one set of parameters: headline, court-calendar ceiling, claim layer and their weekly paths."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.core.evidence.vocabulary import Qualifier
from indicators.methods.levels import LEVELS
from indicators.methods.projection.claim_layer.lookup import (
    ClaimTable,
    build_table,
    mean_path,
    noise_key,
    quantile_paths,
)
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.readings import describe_reading
from indicators.methods.projection.run_rate import (
    WEEKS_PER_YEAR_OF_COURTS,
    imprisoned,
    rate_per_thousand,
)

FloatArray = npt.NDArray[np.float64]

PACE_MOVES = (
    "The pace may move by {drift} % from month to month, and growth is unsure by {growth_sd} points a month "
    "(both assumed); unsure growth lifts the average a little."
)
PACE_HOLDS = "If nothing changes: the pace holds to what is set."
GROWTH_FADES = "Growth fades after 13 weeks, in every total."


@dataclass(frozen=True, kw_only=True)
class ClaimSummary:
    """Mean and quantiles of the claim layer's total at the horizon."""

    mean: float
    q05: float
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float
    q95: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Projection:
    """What a weekly figure comes to under stated assumptions; a projection, not a forecast.

    Args:
        headline: Total at the horizon if every week brings the figure.
        calendar: The same without court holidays, where the figure is a ceiling on a week; otherwise the same.
        qualifier: What both totals are: the figure's own qualifier, or "projection" for an exact figure.
        claim: The total with uncertainty, or None where no point estimate is defensible.
        claim_sentence: How the figure is read, or why there is no claim layer.
        imprisoned: Headline times the share not suspended; None without such a share.
        per_thousand_a_year: Headline per 1,000 troops and year of 52 weeks; None without a force size.
        weeks: 1, 2, ... up to the horizon.
        headline_path: Headline after each week.
        calendar_path: Calendar ceiling after each week.
        levels: Quantile levels of the rows of `claim_paths`.
        claim_paths: Cumulative quantiles, levels by weeks, never falling; None without a claim layer.
        table_version: Version of the table of the reading; empty without a claim layer.
    """

    parameters: ProjectionParameters
    headline: float
    calendar: float
    qualifier: Qualifier
    claim: ClaimSummary | None
    claim_sentence: str
    imprisoned: float | None
    per_thousand_a_year: float | None
    weeks: npt.NDArray[np.int64]
    headline_path: FloatArray
    calendar_path: FloatArray
    levels: tuple[float, ...]
    claim_paths: FloatArray | None
    table_version: str


def project(parameters: ProjectionParameters) -> Projection:
    """Project the weekly figure: headline c S, ceiling c S D / 260, and the figure read as a claim.

    Returns:
        All layers at the horizon and week by week. A longer horizon, a higher weekly figure or a higher growth never
        gives less in any layer.

    Example:
        >>> result = project(ProjectionParameters())
        >>> result.headline, result.calendar, result.qualifier.value
        (5200.0, 4940.0, 'up_to')
        >>> round(result.claim.mean), round(project(ProjectionParameters(drift=0, growth_sd=0)).claim.mean)
        (3868, 3787)
    """
    horizon = parameters.weeks
    weeks = np.arange(1, horizon + 1)
    headline_path = parameters.weekly * parameters.growth_sums
    calendar_path = headline_path * parameters.court_share
    headline = float(headline_path[-1])
    key = noise_key(parameters)
    table = None if key is None else build_table(key)
    claim, paths = (None, None) if table is None else _claim_layer(table, parameters)
    force, years = parameters.force_size, horizon / WEEKS_PER_YEAR_OF_COURTS
    return Projection(
        parameters=parameters,
        headline=headline,
        calendar=float(calendar_path[-1]),
        qualifier=Qualifier.PROJECTION if parameters.qualifier is Qualifier.EXACT else parameters.qualifier,
        claim=claim,
        claim_sentence=describe_claim(parameters),
        imprisoned=None if parameters.suspended_share is None else imprisoned(headline, parameters.suspended_share),
        per_thousand_a_year=None if force is None else rate_per_thousand(headline, force, years),
        weeks=weeks,
        headline_path=headline_path,
        calendar_path=calendar_path,
        levels=LEVELS,
        claim_paths=paths,
        table_version="" if table is None else table.version,
    )


def _claim_layer(table: ClaimTable, parameters: ProjectionParameters) -> tuple[ClaimSummary, FloatArray]:
    paths = quantile_paths(table, parameters)
    names = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")
    summary = ClaimSummary(
        mean=float(mean_path(table, parameters)[-1]),
        **{name: float(row[-1]) for name, row in zip(names, paths, strict=True)},
    )
    return summary, paths


def describe_claim(parameters: ProjectionParameters) -> str:
    """Return one sentence that says how the weekly figure is read, or why there is no claim layer.

    Example:
        >>> describe_claim(ProjectionParameters(qualifier="exact"))
        'The figure is taken as the mean of a week.'
    """
    share = (parameters.share_low, parameters.share_mode, parameters.share_high)
    return describe_reading(parameters.qualifier, parameters.reading, share, parameters.observed_weeks)


def describe_pace(parameters: ProjectionParameters) -> str:
    """Return one sentence that says how the pace may move.

    Example:
        >>> describe_pace(ProjectionParameters()).partition(",")[0]
        'The pace may move by 8 % from month to month'
        >>> describe_pace(ProjectionParameters(drift=0, growth_sd=0))
        'If nothing changes: the pace holds to what is set.'
    """
    if not parameters.drift and not parameters.growth_sd:
        return PACE_HOLDS
    return PACE_MOVES.format(drift=f"{100 * parameters.drift:.3g}", growth_sd=f"{100 * parameters.growth_sd:.3g}")
