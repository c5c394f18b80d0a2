"""Starting points of the projection page, each with a sentence that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.charts.labels import day_text, number_text
from dashboard.component.panel import Control, Preset
from indicators.methods.half_years import HalfYearRate, half_year_rates
from indicators.methods.run_rate import WEEKS_PER_YEAR_OF_COURTS, WORKING_DAYS_PER_WEEK


def presets(listed: Sequence[Control], rates: pd.DataFrame, origin: date) -> tuple[Preset, ...]:
    """Return the starting points: as published, court calendar, halved, doubled, and as in each later half-year.

    Args:
        listed: Controls with their defaults.
        rates: Weekly sentencing rates of one counter between dated totals, as known on the day that counts.
        origin: Day from which the projection runs.

    Returns:
        The starting points; none before a weekly figure was known.
    """
    defaults = {control.name: control.default for control in listed}
    weekly, days = float(defaults["weekly"]), float(defaults["working_days"])
    if not weekly:
        return ()
    return (
        Preset(label="As published", note="The figure, its qualifier and the year as published.", values={}),
        Preset(
            label="Court calendar",
            note=f"The figure as the usual week, on the {number_text(days)} days a year on which courts sit.",
            values={"reading": "mean"},
        ),
        Preset(label="Halved", note="Half the published figure.", values={"weekly": weekly / 2}),
        Preset(label="Doubled", note="Twice the published figure.", values={"weekly": 2 * weekly}),
        *(_half_year(half, rates) for half in half_year_rates(rates, origin)),
    )


def _half_year(half: HalfYearRate, rates: pd.DataFrame) -> Preset:
    name = f"{'first' if half.start.month == 1 else 'second'} half of {half.start.year}"
    claimants = ", ".join(sorted(set(rates["claimant"])))
    known = min(pd.Timestamp(rates["period_end"].max()).date(), half.end)
    until = "" if known == half.end else f", known to {day_text(known)}"
    return Preset(
        label=f"As in the {name}",
        note=(
            f"Sentences under all three refusal articles by {claimants}'s totals, spread evenly between their dates"
            f"{until}. Counted over whole weeks, so court holidays are in it already."
        ),
        values={
            "weekly": float(round(half.weekly)),
            "qualifier": "about",
            "working_days": float(WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS),
        },
    )
