"""Sentences and tables of conflicting figures for one quantity."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.claims.claim_bounds import LOOKS
from indicators.core.text import number_text, period_text
from indicators.methods.comparison.claim_bounds import ClaimedInterval, CommonGround, Span


def bounds_finding(ground: CommonGround, unit: str, intervals: Sequence[ClaimedInterval]) -> str:
    """Say which values all claimants allow, and which any of them does."""
    if ground.hull is None or not intervals:
        return "No claim was known for this period."
    shared = (
        f"All claims allow {_span_text(ground.intersection, unit)}."
        if ground.intersection is not None
        else _apart(intervals)
    )
    return f"{shared} Taken together they reach {_span_text(ground.hull, unit)}."


def bounds_table(intervals: Sequence[ClaimedInterval]) -> pd.DataFrame:
    """Return claimed intervals with column names for people."""
    return pd.DataFrame(
        {
            "Claimant": [one.claimant for one in intervals],
            "Stance": [LOOKS[one.stance][0] for one in intervals],
            "From": [one.period_start for one in intervals],
            "To": [one.period_end for one in intervals],
            "Figure": [one.value for one in intervals],
            "Qualifier": [one.qualifier.value.replace("_", " ") for one in intervals],
            "Low": [one.low for one in intervals],
            "High": [one.high for one in intervals],
            "Known": [one.known for one in intervals],
            "Source": [one.source_id for one in intervals],
        }
    )


def bounds_sources(intervals: Sequence[ClaimedInterval]) -> pd.DataFrame:
    """Return claimant, source and day of claimed intervals, as a source line needs them."""
    return pd.DataFrame(
        {
            "claimant": [one.claimant for one in intervals],
            "source_id": [one.source_id for one in intervals],
            "known": pd.to_datetime([one.known for one in intervals]),
        }
    )


def _apart(intervals: Sequence[ClaimedInterval]) -> str:
    days = period_text(min(one.period_start for one in intervals), max(one.period_end for one in intervals))
    return f"The claims do not meet, even read as rounded. They are for {days}, and the quantity may have moved."


def _span_text(span: Span, unit: str) -> str:
    low, high = span
    if high is None:
        return f"from {number_text(low)} {unit} upwards, with no upper bound"
    if low == high:
        return f"{number_text(low)} {unit}"
    return f"from {number_text(low)} to {number_text(high)} {unit}"
