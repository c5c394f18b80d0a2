"""The panel: controls, figures and a chart that answer in the browser while the reader's hand moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Control:
    """One setting that a reader can move.

    Args:
        name: Name of the parameter, as in the address and in the API.
        label: What is set, in words.
        kind: A slider with a range, or a choice of options.
        minimum: Lowest plausible value of a slider.
        maximum: Highest plausible value of a slider.
        step: Distance between two values of a slider; above 0.
        default: Value as published or assumed, to which a reset returns.
        unit: Unit of the value, in words.
        note: Who says so, or that it is assumed, and why.
        group: "main" for what always shows, otherwise the heading under which the setting is folded away.
        display: How a value is written: as it is, as a percentage, or as growth a month with its weekly equivalent.
        options: Options of a choice, value to label.
    """

    name: str
    label: str
    kind: Literal["slider", "choice"]
    minimum: float = 0.0
    maximum: float = 1.0
    step: float = 1.0
    default: float | str
    unit: str = ""
    note: str = ""
    group: str = "main"
    display: Literal["plain", "percent", "monthly_growth"] = "plain"
    options: Mapping[str, str] = field(default_factory=dict)
