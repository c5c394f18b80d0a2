"""Starting points of the projection page, each with a sentence that explains it."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.component.controls import Control, Preset
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import source_note
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.text import day_text, figure_text, month_text, number_text, period_text
from indicators.methods.counts.half_years import HalfYearRate, half_year_rates

ORIGIN_SERIES = "ru_art337_sentences_weekly"
"""Sentences a week as the counter behind the report states them itself."""


def presets(
    listed: Sequence[Control], rates: pd.DataFrame, origin: date, evidence: Evidence | None = None
) -> tuple[Preset, ...]:
    """Return the starting points: as the report says, as its origin counted, halved, doubled, and each later half-year.

    Args:
        rates: Weekly sentencing rates of one counter between dated totals, as known on the day that counts.
        evidence: What holds the rows of `ORIGIN_SERIES`, as known on the day that counts.

    Returns:
        The starting points; none before a weekly figure was known.
    """
    weekly = next(float(control.default) for control in listed if control.name == "weekly")
    if not weekly:
        return ()
    return (
        Preset(
            label=f"As the report says: up to {number_text(weekly)}",
            note=f"As published: up to {number_text(weekly)} a week for a year.",
            values={},
        ),
        *(() if evidence is None else _as_counted(evidence)),
        Preset(label="Halved", note="Half the published figure.", values={"weekly": weekly / 2}),
        Preset(label="Doubled", note="Twice the published figure.", values={"weekly": 2 * weekly}),
        *(_half_year(half, rates) for half in half_year_rates(rates, origin)),
    )


def _as_counted(evidence: Evidence) -> tuple[Preset, ...]:
    """Return what the counter itself said of the longest stretch, if it is known."""
    stated = evidence.of_series(ORIGIN_SERIES)
    stated = stated[stated["qualifier"] == Qualifier.ABOUT.value]
    if stated.empty:
        return ()
    row = max(stated.to_dict("records"), key=lambda row: row["period_end"] - row["period_start"])
    figure = figure_text(row["value"], "a week", row["qualifier"])
    preset = Preset(
        label=f"As its origin counted: {figure} since {month_text(row['period_start'])}",
        note=(
            f"{row['claimant']} on {period_text(row['period_start'], row['period_end'])}: {figure}, absence alone "
            f"({source_note(evidence, [row['source_id']])}). An average over whole weeks, so court holidays are in it."
        ),
        values={"weekly": float(row["value"]), "qualifier": str(row["qualifier"])},
    )
    return (preset,)


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
        values={"weekly": float(round(half.weekly)), "qualifier": "about"},
    )
