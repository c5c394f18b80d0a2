"""The settings of the cascade page: what can be moved, within which range, and what that rests on."""

from collections.abc import Mapping, Sequence

from dashboard.component.controls import Control, Preset
from dashboard.shell.model_controls import changed_values, with_ranges
from indicators.core.evidence.load import Evidence
from indicators.methods.cascade.assumptions import assumption_rows
from indicators.methods.cascade.parameters import DEFAULTS, PRESETS, CascadeParameters, parse_clamped

TOPOLOGIES = {
    "mixed": "all others",
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

_PLACED = (
    Control("r", "Others that one broken unit breaks"),
    Control("rear_strikes", "Rear strikes multiply that by"),
    Control("cohesion", "Cohesion and command cut it by", display="percent"),
    Control("initial", "Units broken at the start"),
    Control(
        "topology",
        "A broken unit presses on",
        options=TOPOLOGIES,
        note="assumed; a front line is closest to neighbours on a line",
    ),
    Control("units", "Units in all", FORCE_GROUP),
    Control("neighbours", "Neighbours of a unit", FORCE_GROUP),
    Control(
        "tolerance",
        "What units bear is",
        TOLERANCE_GROUP,
        options=TOLERANCES,
        note="assumed; nobody has measured them for units",
    ),
    Control("tolerance_mean", "Broken share that a unit bears, on average", TOLERANCE_GROUP, "percent"),
    Control("tolerance_spread", "How much that differs", TOLERANCE_GROUP, "percent"),
    Control("influence_variance", "How unequal the influence of units is", TOLERANCE_GROUP),
    Control("recovery", "Weeks that a broken unit presses", TIME_GROUP),
    Control("hazard", "Pressure from outside a week", TIME_GROUP),
    Control("ticks", "Weeks shown", TIME_GROUP),
)


def controls(evidence: Evidence) -> tuple[Control, ...]:
    """Return every setting with its range and reason, in the order of the page."""
    rows = {str(name): row for name, row in assumption_rows(evidence).to_dict("index").items()}
    return tuple(with_ranges(_PLACED, rows, DEFAULTS, lambda row: str(row["basis"])))


def presets() -> tuple[Preset, ...]:
    """Return the starting points with their evidence, the one on load first."""
    ordered = sorted(PRESETS, key=lambda preset: preset.r != DEFAULTS.r)
    return tuple(
        Preset(
            label=f"{preset.label}: each breaks {preset.r:g} of the others",
            note=preset.evidence,
            values={"r": preset.r},
        )
        for preset in ordered
    )


def control_values(listed: Sequence[Control], parameters: CascadeParameters) -> dict[str, float | str]:
    """Return the value of every control, and of the settings without one, for some parameters."""
    given = parameters.model_dump(mode="json")
    return {name: given[name] for name in (*(control.name for control in listed), *FIXED)}


def address_of(listed: Sequence[Control], parameters: CascadeParameters) -> dict[str, str]:
    """Return the settings that differ from their defaults, as the page's address has them."""
    fixed = {
        name: str(getattr(parameters, name)) for name in FIXED if getattr(parameters, name) != getattr(DEFAULTS, name)
    }
    return changed_values(listed, control_values(listed, parameters)) | fixed


def read_settings(address: Mapping[str, object]) -> tuple[CascadeParameters, list[str]]:
    """Return the parameters that the page shows for an address, and a sentence for everything that was changed."""
    return parse_clamped({name: text for name, text in address.items() if name not in OWN_SETTINGS})
