"""Words and tables of scenarios side by side."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.component.controls import Control
from dashboard.projection.section_text import setting_text
from dashboard.projection.text import total_text
from indicators.core.figures.periods import Figure
from indicators.core.text import (
    figure_text,
    percent_text,
    period_text,
    rounded_text,
)
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import Projection
from indicators.methods.projection.scenario_difference import Difference


def scenario_table(
    names: Sequence[str], projections: Sequence[Projection], differences: Sequence[Difference | None]
) -> pd.DataFrame:
    """Return scenarios side by side for people.

    Args:
        differences: Each minus the first, from paired draws; None where a reading gives no distribution.
    """
    return pd.DataFrame(
        {
            "Scenario": list(names),
            "Every week": [total_text(item.headline, item.qualifier) for item in projections],
            "Realistic average": [_claim(item) for item in projections],
            "Difference": ["–" if item is None else _difference(item) for item in differences],
            "Larger in": ["–" if item is None else f"{percent_text(item.larger)} of draws" for item in differences],
        }
    )


def difference_table(differences: Sequence[tuple[str, Mapping[float, float]]]) -> pd.DataFrame:
    """Return the quantiles of every difference for people.

    Args:
        differences: Name of a scenario and its difference by level.
    """
    return pd.DataFrame(
        [
            {"Scenario": name, **{f"{percent_text(level)} level": value for level, value in levels.items()}}
            for name, levels in differences
        ]
    )


def describe_changes(parameters: ProjectionParameters, listed: Sequence[Control]) -> str:
    """Name the settings of a scenario that differ from the default."""
    parts = []
    for control in listed:
        value = getattr(parameters, control.name)
        if value is None or value == control.default or str(value) == control.default:
            continue
        text = control.options.get(str(value)) or (
            setting_text(control, float(value)) if isinstance(value, int | float) else str(value)
        )
        parts.append(f"{control.label.lower()}: {text}")
    return "; ".join(parts) or "as published"


def _claim(projection: Projection) -> str:
    claim = projection.claim
    if claim is None:
        return "–"
    low, high = rounded_text(claim.q05), rounded_text(claim.q95)
    return f"about {rounded_text(claim.mean)} ({low} to {high})"


def _difference(difference: Difference) -> str:
    low, high = (rounded_text(difference.quantiles[level]) for level in (0.05, 0.95))
    return f"{rounded_text(difference.mean)} ({low} to {high})"


def estimate_text(claimant: str, estimate: Figure) -> str:
    """Write one claimant's estimate of the force with its date."""
    figure = figure_text(estimate.value, "", estimate.qualifier.value, estimate.low, estimate.high)
    return f"{claimant}: {figure}, {period_text(estimate.period_start, estimate.period_end)}"
