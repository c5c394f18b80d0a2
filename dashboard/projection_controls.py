"""The settings of the projection page: what can be moved, within which range, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.component.panel import Control
from indicators.core.observations import Evidence
from indicators.methods.parameters import DEFAULTS

CONTROLS_PARAMETER = "controls"
QUALIFIERS = {
    "up_to": "up to",
    "at_least": "at least",
    "about": "about",
    "more_than": "more than",
    "exact": "exactly",
}
READINGS = {
    "share": "a share of the figure is usual",
    "ceiling": "a ceiling, nothing more",
    "mean": "the usual week",
    "maximum": "the largest week seen",
}
READING_GROUP = "How to read the figure"
COURTS_GROUP = "Courts and recording"
FORCE_GROUP = "Force size and suspended sentences"

_PLACES: tuple[tuple[str, str, str, str], ...] = (
    ("weekly", "Sentenced a week", "main", "plain"),
    ("weeks", "For how many weeks", "main", "plain"),
    ("growth_monthly", "Growth a month", "main", "monthly_growth"),
    ("share_low", "Lowest usual share", READING_GROUP, "percent"),
    ("share_mode", "Most likely share", READING_GROUP, "percent"),
    ("share_high", "Highest usual share", READING_GROUP, "percent"),
    ("observed_weeks", "Weeks looked at (largest week)", READING_GROUP, "plain"),
    ("working_days", "Court days a year", COURTS_GROUP, "plain"),
    ("recording", "Chance that a case is recorded", COURTS_GROUP, "percent"),
    ("dispersion", "Evenness from week to week", COURTS_GROUP, "plain"),
    ("suspended_share", "Share of sentences suspended", FORCE_GROUP, "percent"),
    ("force_size", "Troops in the field", FORCE_GROUP, "plain"),
)


def controls(evidence: Evidence) -> tuple[Control, ...]:
    """Return every setting with its range and source, in the order of the page.

    Args:
        evidence: Evidence that holds the assumptions.
    """
    rows = evidence.assumptions.set_index("assumption_id")
    publishers = dict(zip(evidence.sources["source_id"], evidence.sources["publisher"], strict=True))
    listed = [
        _slider(rows.loc[name], name, label, group, display, publishers)
        for name, label, group, display in _PLACES
        if name in rows.index
    ]
    qualifier = _choice("qualifier", "The figure is", "main", QUALIFIERS, "As the source words it.")
    reading = _choice("reading", "“Up to” means", READING_GROUP, READINGS, "Assumed; each reading is explained below.")
    position = next((place for place, control in enumerate(listed) if control.group == READING_GROUP), len(listed))
    return (*listed[:1], qualifier, *listed[1:position], reading, *listed[position:])


def _slider(row: pd.Series, name: str, label: str, group: str, display: str, publishers: Mapping[str, str]) -> Control:
    source = publishers.get(row["source_id"], "")
    basis = f"{source}, {row['known']:%-d %b %Y}" if source and not pd.isna(row["known"]) else source or "assumed"
    default = getattr(DEFAULTS, name)
    return Control(
        name=name,
        label=label,
        kind="slider",
        minimum=float(row["minimum"]),
        maximum=float(row["maximum"]),
        step=float(row["step"]),
        default=float(row["default"] if default is None else default),
        unit=row["unit"],
        note=f"{basis}. {row['reason']}",
        group=group,
        display=display,
    )


def _choice(name: str, label: str, group: str, options: Mapping[str, str], note: str) -> Control:
    return Control(
        name=name,
        label=label,
        kind="choice",
        default=str(getattr(DEFAULTS, name)),
        options=options,
        note=note,
        group=group,
    )
