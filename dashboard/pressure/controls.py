"""The reader's weights: what can be moved, and the starting points."""

from dashboard.component.controls import Control, Preset, Values
from dashboard.shell.model_controls import changed_values
from indicators.core.text import lower_first
from indicators.methods.index.parameters import DEFAULTS, MOST_WEIGHT, IndexParameters
from indicators.methods.index.parts import PILLARS

STEP = 0.5
HEAVY = 3.0
MEANS = {
    "geometric": "make up for each other in part",
    "arithmetic": "make up for each other fully",
    "harmonic": "hardly make up for each other",
}
_WHY = "Nobody measured how much a pillar counts. Equal weights are a choice as well; shares are taken of the sum."


def controls() -> tuple[Control, ...]:
    """Return every setting in the order of the page."""
    weights = [
        Control(
            name=pillar.id,
            label=pillar.name,
            kind="slider",
            minimum=0.0,
            maximum=MOST_WEIGHT,
            step=STEP,
            default=getattr(DEFAULTS, pillar.id),
            unit="parts of the weight",
            note=f"assumed; also measures {pillar.measures}",
            reason=_WHY,
        )
        for pillar in PILLARS
    ]
    mean = Control(
        name="mean",
        label="Calm and pressed pillars",
        kind="choice",
        default=DEFAULTS.mean.value,
        options=MEANS,
        note="assumed; geometric, arithmetic or harmonic mean of the pillars",
    )
    return (*weights, mean)


def presets() -> tuple[Preset, ...]:
    """Return the starting points, the one on load first."""
    return (
        Preset(label="Equal weights", note="Every pillar counts the same.", values={}),
        Preset(
            label="Law-heavy", note="Refusal and law count three times as much as any other.", values={"refusal": HEAVY}
        ),
        Preset(label="Losses-heavy", note="Losses count three times as much as any other.", values={"losses": HEAVY}),
        *(
            Preset(
                label=f"Without {lower_first(pillar.name)}",
                note="One pillar left out, the others equal.",
                values={pillar.id: 0.0},
            )
            for pillar in PILLARS
        ),
    )


def control_values(parameters: IndexParameters) -> Values:
    """Return the value of every control."""
    given = parameters.model_dump(mode="json")
    return {control.name: given[control.name] for control in controls()}


def address_of(parameters: IndexParameters) -> dict[str, str]:
    """Return the settings that differ from their defaults, as the page's address has them."""
    return changed_values(controls(), control_values(parameters))
