"""Counts since a day as the rows of a chart and as its number table."""

from collections.abc import Iterable

from dashboard.charts.columns import Columns
from indicators.core.text import day_text
from indicators.methods.counts.running_counts import CountPath


def path_rows(paths: Iterable[CountPath]) -> Columns:
    """Return counts since a day as the chart of counts wants them, one row for each day and counter.

    Args:
        paths: Counts by definition and counter.
    """
    dated = [(path, count) for path in paths for count in path.counts]
    return {
        "label": [f"{path.definition}, by {path.claimant}" for path, _ in dated],
        "day": [count.period_end for _, count in dated],
        "value": [count.value for _, count in dated],
        "low": [count.low for _, count in dated],
        "high": [count.high for _, count in dated],
        "note": [f"known {day_text(count.known)}" for _, count in dated],
    }


def path_table(rows: Columns) -> Columns:
    """Return the rows of a chart of counts with column names for people."""
    names = {"label": "Count", "day": "Up to", "value": "Since the first day", "low": "Low", "high": "High"}
    return {{**names, "note": "Known"}[name]: cells for name, cells in rows.items()}
