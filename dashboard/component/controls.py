"""What a panel shows that a reader can set, and the figures above its chart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MAIN = "main"
"""Group of the settings that always show."""

Values = Mapping[str, float | str]
Display = Literal["plain", "percent", "points", "monthly_growth"]


@dataclass(frozen=True)
class Shortcut:
    """A button beside a setting that sets one or several at once; it looks pressed while they stand so."""

    label: str
    values: Values


@dataclass(frozen=True)
class Control:
    """One setting that a reader can move.

    Args:
        name: Name of the parameter, as in the address and in the API.
        label: What is set, in words.
        kind: A slider with a range, a choice of options, or a switch between two; the second is on.
        step: Distance between two values of a slider; above 0.
        default: Value as published or assumed, to which a reset returns.
        unit: Unit of the value, in words.
        note: Who says so, or that it is assumed.
        group: `MAIN` for what always shows, otherwise the heading under which the setting is folded away.
        display: How a value is written: as it is, as a percentage, as points of percent either way, or as growth a
            month with its weekly equivalent.
        options: Options of a choice or a switch, value to label.
        joined: Heading that this setting shares with its neighbours; empty if it stands alone.
        shortcuts: Buttons below the setting, or below the last one of its heading.
        only: Settings under which this one plays a part; it is hidden under others.
    """

    name: str
    label: str
    group: str = MAIN
    display: Display = "plain"
    kind: Literal["slider", "choice", "switch"] = "slider"
    minimum: float = 0.0
    maximum: float = 1.0
    step: float = 1.0
    default: float | str = 0.0
    unit: str = ""
    note: str = ""
    reason: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    joined: str = ""
    shortcuts: tuple[Shortcut, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A starting point: some settings that differ from the defaults.

    Args:
        note: What it means, in a sentence.
        values: Settings by name; all others have their default.
    """

    label: str
    note: str
    values: Values


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure above the chart.

    Args:
        note: What it rests on, or its range.
    """

    label: str
    value: str
    note: str
