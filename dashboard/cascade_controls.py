"""The settings of the cascade page: what can be moved, within which range, and what that rests on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from dashboard.component.panel import Control, Display, Preset
from indicators.core.observations import Evidence
from indicators.methods.cascade_assumptions import assumption_rows
from indicators.methods.cascade_parameters import DEFAULTS, PRESETS, CascadeParameters, parse_clamped

TOPOLOGIES = {
    "mixed": "all others (well mixed)",
    "ring": "its neighbours on a line",
    "random": "some units anywhere",
}
TOLERANCES = {
    "exponential": "spread out, a few very weak",
    "normal": "around a mean",
    "common": "the same for all",
}
FORCE_GROUP = "Force and neighbours"
TOLERANCE_GROUP = "What a unit bears"
TIME_GROUP = "Weeks and pressure from outside"

FIXED = ("replicates", "seed")
"""Settings without a control: they keep the value that the address gave them."""
REACH, CHANCE, RUN = "reach", "chance", "run"
OWN_SETTINGS = (REACH, CHANCE, RUN)
"""Names that the page's sections have in the address; the model knows nothing of them."""

_PLACES: tuple[tuple[str, str, str, Display], ...] = (
    ("r", "R: units that one broken unit breaks", "main", "plain"),
    ("rear_strikes", "Rear strikes multiply R by", "main", "plain"),
    ("cohesion", "Cohesion and command damp R by", "main", "percent"),
    ("initial", "Units broken at the start", "main", "plain"),
    ("units", "Units in all", FORCE_GROUP, "plain"),
    ("neighbours", "Neighbours of a unit", FORCE_GROUP, "plain"),
    ("tolerance_mean", "Mean tolerance (broken share)", TOLERANCE_GROUP, "percent"),
    ("tolerance_spread", "Spread of tolerances", TOLERANCE_GROUP, "percent"),
    ("influence_variance", "Inequality of influence", TOLERANCE_GROUP, "plain"),
    ("recovery", "Weeks that a broken unit presses", TIME_GROUP, "plain"),
    ("hazard", "Pressure from outside a week", TIME_GROUP, "plain"),
    ("ticks", "Weeks shown", TIME_GROUP, "plain"),
)
_CHOICES = {
    "topology": ("A broken unit presses on", "main", TOPOLOGIES, "assumed; a front line is closest to a ring"),
    "tolerance": ("Tolerances are", TOLERANCE_GROUP, TOLERANCES, "assumed; nobody has measured them for units"),
}


def controls(evidence: Evidence) -> tuple[Control, ...]:
    """Return every setting with its range and reason, in the order of the page.

    Args:
        evidence: Evidence that holds the assumptions.
    """
    rows: dict[Hashable, dict[Hashable, Any]] = assumption_rows(evidence).to_dict("index")
    sliders = [
        Control(
            name=name,
            label=label,
            kind="slider",
            minimum=float(rows[name]["minimum"]),
            maximum=float(rows[name]["maximum"]),
            step=float(rows[name]["step"]),
            default=float(rows[name]["default"]),
            unit=rows[name]["unit"],
            note=rows[name]["basis"],
            reason=rows[name]["reason"],
            group=group,
            display=display,
        )
        for name, label, group, display in _PLACES
    ]
    choices = [
        Control(
            name=name, label=label, kind="choice", default=str(getattr(DEFAULTS, name)), options=options, note=note,
            group=group,
        )
        for name, (label, group, options, note) in _CHOICES.items()
    ]  # fmt: skip
    groups = list(dict.fromkeys(control.group for control in sliders))
    return tuple(
        control
        for group in groups
        for control in sorted(
            [control for control in [*choices, *sliders] if control.group == group],
            key=lambda control: group == "main" and control.kind == "choice",
        )
    )


def presets() -> tuple[Preset, ...]:
    """Return the starting points with their evidence, the one on load first."""
    ordered = sorted(PRESETS, key=lambda preset: preset.r != DEFAULTS.r)
    return tuple(
        Preset(label=f"{preset.label}, R = {preset.r:g}", note=preset.evidence, values={"r": preset.r})
        for preset in ordered
    )


def control_values(listed: Sequence[Control], parameters: CascadeParameters) -> dict[str, float | str]:
    """Return the value of every control, and of the settings without one, for some parameters.

    Args:
        listed: From `controls`.
        parameters: Validated settings.
    """
    given = parameters.model_dump(mode="json")
    return {name: given[name] for name in (*(control.name for control in listed), *FIXED)}


def address_of(listed: Sequence[Control], parameters: CascadeParameters) -> dict[str, str]:
    """Return the settings that differ from their defaults, as the page's address has them.

    Args:
        listed: From `controls`.
        parameters: Settings that were read from the controls.
    """
    defaults = {name: getattr(DEFAULTS, name) for name in FIXED} | {control.name: control.default for control in listed}
    return {
        name: str(value).removesuffix(".0")
        for name, value in control_values(listed, parameters).items()
        if value != defaults[name]
    }


def read_settings(address: Mapping[str, object]) -> tuple[CascadeParameters, list[str]]:
    """Return the parameters that the page shows for an address, and a sentence for everything that was changed.

    Args:
        address: Settings by name, without the replayed day and the citation.
    """
    return parse_clamped({name: text for name, text in address.items() if name not in OWN_SETTINGS})
