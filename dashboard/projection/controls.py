"""The settings of the projection page: what can be moved, within which range, and on whose word."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.component.controls import Control, Shortcut
from dashboard.shell.model_controls import changed_values, with_ranges
from indicators.core.evidence.load import Evidence
from indicators.core.text import day_text
from indicators.methods.projection.parameters import BOUNDS, DEFAULTS, ProjectionParameters, parse_clamped
from indicators.methods.projection.run_rate import monthly_from_weekly
from indicators.methods.settings import read_number

QUALIFIERS = {
    "up_to": "up to",
    "at_least": "at least",
    "about": "about",
    "more_than": "more than",
    "exact": "exactly",
}
FADES = {"off": "No", "on": "Yes"}
READINGS = {
    "share": "a share of the figure is usual",
    "ceiling": "a ceiling, nothing more",
    "mean": "the usual week",
    "maximum": "the largest week seen",
}
READING_GROUP = "How to read the figure"
PACE_GROUP = "How the pace may move"
COURTS_GROUP = "Courts and recording"
FORCE_GROUP = "Force size and suspended sentences"
AVERAGE = "An average full court week is"

WORDED = "A news report says “as many as” 100; relays of the UK update print “close to” or “nearly” 100."
SHARES = ("share_low", "share_mode", "share_high")
AVERAGES = {"60 %": 0.6, "80 %": 0.8, "All of it": 1.0}
MOVING = {"drift": DEFAULTS.drift, "growth_sd": DEFAULTS.growth_sd}
_CEILING = {"qualifier": "up_to"}
_SHARE = {**_CEILING, "reading": "share"}
_LIKELY = tuple(Shortcut(label, dict.fromkeys(SHARES, share)) for label, share in AVERAGES.items())
_CHANGES = (
    Shortcut("The pace may change", MOVING),
    Shortcut("If nothing changes", dict.fromkeys(MOVING, 0.0)),
)
_WEEKLY = Control("weekly", "Sentenced a week")
_PLACED = (
    _WEEKLY,
    Control("share_low", "Average week, low end", display="percent", joined=AVERAGE, only=_SHARE),
    Control("share_mode", "Average week, middle", display="percent", joined=AVERAGE, only=_SHARE),
    Control("share_high", "Average week, high end", display="percent", joined=AVERAGE, only=_SHARE, shortcuts=_LIKELY),
    Control("growth_monthly", "Growth a month", display="monthly_growth", shortcuts=_CHANGES),
    Control("damping", "Growth fades after 13 weeks", options=FADES, kind="switch", note="In every total shown."),
    Control("weeks", "For how many weeks"),
    Control("qualifier", "The figure is", READING_GROUP, options=QUALIFIERS, note=WORDED),
    Control(
        "reading",
        "“Up to” means",
        READING_GROUP,
        options=READINGS,
        note="Assumed; each reading is explained below the chart.",
        only=_CEILING,
    ),
    Control("observed_weeks", "Weeks looked at (largest week)", READING_GROUP, only=_CEILING | {"reading": "maximum"}),
    Control("growth_sd", "Uncertainty of growth", PACE_GROUP, "points"),
    Control("drift", "Drift of the pace a month", PACE_GROUP, "percent"),
    Control("working_days", "Court days a year", COURTS_GROUP, only=_CEILING),
    Control("recording", "Chance that a case is recorded", COURTS_GROUP, "percent"),
    Control("dispersion", "How much weeks differ (10: by a third)", COURTS_GROUP),
    Control("suspended_share", "Share of sentences suspended", FORCE_GROUP, "percent"),
    Control("force_size", "Troops in the field", FORCE_GROUP),
)

UNKNOWN_WEEKLY = replace(
    _WEEKLY,
    maximum=BOUNDS["weekly"][1],
    unit="persons sentenced per week",
    note="nobody had published a figure by this day",
)


def controls(evidence: Evidence) -> tuple[Control, ...]:
    """Return every setting with its range and source, in the order of the page.

    Before the weekly figure was known it starts at nothing; other settings that rest on a source are left out then.
    """

    def basis(row: Mapping[Hashable, Any]) -> str:
        source = evidence.source_rows.get(row["source_id"], {}).get("publisher", "")
        return f"{source}, {day_text(row['known'])}" if source and not pd.isna(row["known"]) else source or "assumed"

    rows = {row["assumption_id"]: row for row in evidence.assumption_rows}
    placed = tuple(with_ranges(_PLACED, rows, DEFAULTS, basis))
    if "weekly" in rows:
        return placed
    unworded = (replace(control, note="") if control.name == "qualifier" else control for control in placed)
    return (UNKNOWN_WEEKLY, *unworded)


def control_values(listed: Sequence[Control], parameters: ProjectionParameters) -> dict[str, float | str]:
    """Return the value of every control for some parameters; what they leave open has the control's default.

    Args:
        parameters: Validated settings; growth a week becomes growth a month.
    """
    given = parameters.model_dump(mode="json")
    if given["growth_weekly"] is not None:
        given["growth_monthly"] = monthly_from_weekly(given["growth_weekly"])
    return {control.name: control.default if given[control.name] is None else given[control.name] for control in listed}


def address_of(listed: Sequence[Control], parameters: ProjectionParameters) -> dict[str, str]:
    """Return the settings that differ from the controls' defaults, as the page's address has them."""
    return changed_values(listed, control_values(listed, parameters))


def read_settings(listed: Sequence[Control], given: Mapping[str, object]) -> tuple[ProjectionParameters, list[str]]:
    """Return the parameters that the page shows for an address, and a sentence for everything that was changed.

    Args:
        given: Settings by name; what is not given has the default of its control.
    """
    offered = {"growth_weekly", *(control.name for control in listed)}
    early = [name for name in given if name in ProjectionParameters.model_fields and name not in offered]
    weekly = {control.name: control.default for control in listed if control.name == "weekly"}
    parameters, changes = parse_clamped(weekly | {name: value for name, value in given.items() if name not in early})
    changes += [f"{name} rests on a source that was not known yet on this day, so it is ignored." for name in early]
    values: dict[str, object] = {**control_values(listed, parameters)}
    for control in listed:
        value = values[control.name]
        if control.kind == "slider" and isinstance(value, int | float):
            values[control.name], moved = read_number(
                control.name,
                value,
                (control.minimum, control.maximum),
                whole=isinstance(value, int),
                otherwise="",
            )
            changes += moved
    shown, more = parse_clamped(values)
    return shown, changes + more
