"""How the settings of a model become the controls of its page, and how they stand in the page's address."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from dashboard.component.controls import Control, Display, Shortcut, Values

MAIN = "main"
"""Group of the settings that always show."""


@dataclass(frozen=True)
class Place:
    """Where and in which words one setting stands on its page.

    Args:
        label: What is set, in words.
        group: `MAIN`, otherwise the heading under which the setting is folded away.
        options: Options of a choice, value to label; a place without any is a slider.
        switch: Whether the two options are off and on.
        joined: Heading that this setting shares with its neighbours.
    """

    name: str
    label: str
    group: str = MAIN
    display: Display = "plain"
    options: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    switch: bool = False
    joined: str = ""
    shortcuts: tuple[Shortcut, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)


def place_controls(
    places: Sequence[Place],
    rows: Mapping[str, Mapping[Hashable, Any]],
    defaults: BaseModel,
    basis: Callable[[Mapping[Hashable, Any]], str],
) -> tuple[Control, ...]:
    """Return the controls of a page in the order of their places; a slider without an assumption is left out.

    Args:
        rows: Rows of `assumptions.csv` by the name of their parameter: range, step, unit and reason of a slider.
        defaults: The model's settings as they stand untouched; what they leave open starts at the row's default.
        basis: Says of a row who published its value, or that it is assumed.
    """
    return tuple(
        _choice(place, defaults) if place.options else _slider(place, rows[place.name], defaults, basis)
        for place in places
        if place.options or place.name in rows
    )


def changed_values(listed: Sequence[Control], values: Values) -> dict[str, str]:
    """Return the values that differ from the controls' defaults, as a page's address has them.

    Args:
        values: Value of every control.

    Example:
        >>> listed = [Control(name=name, label=name, kind="slider", default=1.0) for name in ("a", "b")]
        >>> changed_values(listed, {"a": 2.0, "b": 1.0})
        {'a': '2'}
    """
    return {
        control.name: str(values[control.name]).removesuffix(".0")
        for control in listed
        if values[control.name] != control.default
    }


def _slider(
    place: Place, row: Mapping[Hashable, Any], defaults: BaseModel, basis: Callable[[Mapping[Hashable, Any]], str]
) -> Control:
    default = getattr(defaults, place.name)
    return Control(
        name=place.name,
        label=place.label,
        kind="slider",
        minimum=float(row["minimum"]),
        maximum=float(row["maximum"]),
        step=float(row["step"]),
        default=float(row["default"] if default is None else default),
        unit=row["unit"],
        note=basis(row),
        reason=row["reason"],
        group=place.group,
        display=place.display,
        joined=place.joined,
        shortcuts=place.shortcuts,
        only=place.only,
    )


def _choice(place: Place, defaults: BaseModel) -> Control:
    return Control(
        name=place.name,
        label=place.label,
        kind="switch" if place.switch else "choice",
        default=str(getattr(defaults, place.name)),
        options=place.options,
        note=place.note,
        group=place.group,
        only=place.only,
    )
