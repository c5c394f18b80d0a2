"""The settings of the projection page: what can be moved, within which range, and on whose word."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.component.panel import Control, Display
from indicators.core.observations import Evidence
from indicators.methods.parameters import DEFAULTS, ProjectionParameters, parse_clamped
from indicators.methods.run_rate import monthly_from_weekly

CONTROLS_PARAMETER = "controls"
NATIVE = "native"
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

_PLACES: tuple[tuple[str, str, str, Display], ...] = (
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

WORDED = "A news report says “as many as” 100; relays of the UK update print “close to” or “nearly” 100."
UNKNOWN_WEEKLY = Control(
    name="weekly",
    label=_PLACES[0][1],
    kind="slider",
    maximum=500,
    default=0.0,
    unit="persons sentenced per week",
    note="nobody had published a figure by this day",
)


def controls(evidence: Evidence) -> tuple[Control, ...]:
    """Return every setting with its range and source, in the order of the page.

    Before the weekly figure was known it starts at nothing; other settings that rest on a source are left out then.

    Args:
        evidence: Evidence that holds the assumptions, restricted to what was known on a day or not.
    """
    rows = {row["assumption_id"]: row for row in evidence.assumption_rows}
    listed = [
        _slider(rows[name], name, label, group, display, evidence.publisher_of)
        for name, label, group, display in _PLACES
        if name in rows
    ]
    if "weekly" not in rows:
        listed.insert(0, UNKNOWN_WEEKLY)
    qualifier = _choice("qualifier", "The figure is", "main", QUALIFIERS, WORDED if "weekly" in rows else "")
    reading = _choice("reading", "“Up to” means", READING_GROUP, READINGS, "Assumed; each reading is explained below.")
    position = next((place for place, control in enumerate(listed) if control.group == READING_GROUP), len(listed))
    return (*listed[:1], qualifier, *listed[1:position], reading, *listed[position:])


def _slider(
    row: Mapping[Hashable, Any], name: str, label: str, group: str, display: Display, publishers: Mapping[str, str]
) -> Control:
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
        note=basis,
        reason=row["reason"],
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


def control_values(listed: Sequence[Control], parameters: ProjectionParameters) -> dict[str, float | str]:
    """Return the value of every control for some parameters; what they leave open has the control's default.

    Args:
        listed: From `controls`.
        parameters: Validated settings; growth a week becomes growth a month.
    """
    given = parameters.model_dump(mode="json")
    if given["growth_weekly"] is not None:
        given["growth_monthly"] = monthly_from_weekly(given["growth_weekly"])
    return {control.name: control.default if given[control.name] is None else given[control.name] for control in listed}


def address_of(listed: Sequence[Control], parameters: ProjectionParameters) -> dict[str, str]:
    """Return the settings that differ from the controls' defaults, as the page's address has them.

    Args:
        listed: From `controls`.
        parameters: Settings that were read from the controls.
    """
    values = control_values(listed, parameters)
    return {
        control.name: str(values[control.name]).removesuffix(".0")
        for control in listed
        if values[control.name] != control.default
    }


def read_settings(listed: Sequence[Control], given: Mapping[str, object]) -> tuple[ProjectionParameters, list[str]]:
    """Return the parameters that the page shows for an address, and a sentence for everything that was changed.

    Args:
        listed: From `controls`.
        given: Settings by name; what is not given has the default of its control.
    """
    offered = {"growth_weekly", *(control.name for control in listed)}
    early = [name for name in given if name in ProjectionParameters.model_fields and name not in offered]
    weekly = {control.name: control.default for control in listed if control.name == "weekly"}
    parameters, changes = parse_clamped(weekly | {name: value for name, value in given.items() if name not in early})
    changes += [f"{name} rests on a source that was not known yet on this day, so it is ignored." for name in early]
    shown, more = parse_clamped(control_values(listed, parameters))
    return shown, changes + more
