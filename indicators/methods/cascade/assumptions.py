"""Where each input of a cascade comes from: an assumption of ours with its reason, or the reader."""

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.methods.cascade.parameters import CascadeParameters, Tolerance, Topology
from indicators.methods.projection.assumptions import StatedAssumption

PREFIX = "cascade_"
"""In `assumptions.csv`, an input of the cascade stands under this prefix and the name of its parameter."""


def assumption_rows(evidence: Evidence) -> pd.DataFrame:
    """Return the rows of `assumptions.csv` that belong to the cascade, by parameter name."""
    rows = evidence.assumptions[evidence.assumptions["assumption_id"].str.startswith(PREFIX)]
    return rows.set_index(rows["assumption_id"].str.removeprefix(PREFIX))


def plausible_ranges(evidence: Evidence) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest plausible value of each input by parameter name."""
    rows = assumption_rows(evidence)
    return {str(name): (float(low), float(high)) for name, low, high in rows[["minimum", "maximum"]].itertuples()}


def state_cascade_assumptions(evidence: Evidence, parameters: CascadeParameters) -> tuple[StatedAssumption, ...]:
    """Say of every input in use where it comes from."""
    return tuple(
        StatedAssumption(
            id=str(name),
            name=row["name"],
            value=float(getattr(parameters, str(name))),
            unit=row["unit"],
            basis="assumed" if getattr(parameters, str(name)) == row["default"] else "reader's assumption",
            source_ids=(),
            reason=row["reason"],
        )
        for name, row in assumption_rows(evidence).iterrows()
        if in_use(str(name), parameters)
    )


def in_use(name: str, parameters: CascadeParameters) -> bool:
    """Say whether an input bears on a cascade with these settings.

    Example:
        >>> in_use("neighbours", CascadeParameters()), in_use("neighbours", CascadeParameters(topology="ring"))
        (False, True)
    """
    if name == "neighbours":
        return parameters.topology is not Topology.MIXED
    if name == "tolerance_mean":
        return parameters.tolerance is not Tolerance.EXPONENTIAL
    if name == "tolerance_spread":
        return parameters.tolerance is Tolerance.NORMAL
    return True
