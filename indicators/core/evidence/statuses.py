"""Which observations may be read as they stand: whole months, complete counts, totals that do not fall."""

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Status
from indicators.core.model import Indicator


def statuses(evidence: Evidence, observations: pd.DataFrame, derived: pd.DataFrame) -> pd.Series:
    """Return the status of every observation, as `Status` words.

    Args:
        derived: Rows computed from them; where one of them is computed from an observation alone and is incomplete,
            so is the observation.

    Returns:
        Incomplete for a month that is not over or still being counted, revised for a running total below the one
        before it, ok for all others; with the index of `observations`.
    """
    incomplete = evidence.unfinished_months | set(derived.loc[derived["status"] == Status.INCOMPLETE, "inputs"])
    status = pd.Series(Status.OK.value, index=observations.index)
    status[observations["observation_id"].isin(evidence.fallen_totals)] = Status.REVISED.value
    status[observations["observation_id"].isin(incomplete)] = Status.INCOMPLETE.value
    return status


def settled_counts(indicator: Indicator, evidence: Evidence) -> pd.DataFrame:
    """Return the observations of an indicator's series of counts that are complete.

    Args:
        indicator: The indicator; its `counts` names the series.
    """
    rows = evidence.of_series(indicator.counts)
    return rows[statuses(evidence, rows, indicator.compute(evidence)) == Status.OK]
