"""Reading settings from an address, a file or a widget: moved to the nearest valid value, with a sentence."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from indicators.core.plain_text import LONGEST_QUOTED, quoted, visible

Bounds = Mapping[str, tuple[float, float]]
"""Smallest and largest value by name of a setting, both allowed."""


def within(bounds: Bounds, name: str, description: str) -> Any:
    """Describe a number of a parameter object that has to lie within its bounds.

    Args:
        description: What it means, as the API's documentation prints it.
    """
    smallest, largest = bounds[name]
    return Field(ge=smallest, le=largest, description=description)


def read_clamped(
    model: type[BaseModel], given: Mapping[str, object], bounds: Bounds, subject: str
) -> tuple[dict[str, Any], list[str]]:
    """Read the settings of a parameter object one by one and move each into its bounds.

    What several settings have to obey together is left to the caller.

    Args:
        model: Class of the parameter object; its fields say which numbers are whole and which words are allowed.
        given: Names and values; values may be text. None and empty text stand for "not given".

    Returns:
        Values of the settings that could be read, and one sentence for everything that was changed or ignored.
    """
    values: dict[str, Any] = {}
    changes: list[str] = []
    for name, raw in given.items():
        if name not in model.model_fields:
            changes.append(f"{visible(str(name), LONGEST_QUOTED)} is not a setting of the {subject} and is ignored.")
            continue
        if raw is None or raw == "":
            continue
        kind, default = model.model_fields[name].annotation, model.model_fields[name].default
        value: object
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            value, sentences = read_choice(name, raw, [member.value for member in kind], default)
        else:
            otherwise = "nothing" if default is None else f"the default, {default:g},"
            value, sentences = read_number(name, raw, bounds[name], whole=kind is int, otherwise=otherwise)
        changes += sentences
        if value is not None:
            values[name] = value
    return values, changes


def read_number(
    name: str, raw: object, bounds: tuple[float, float], *, whole: bool, otherwise: str
) -> tuple[float | int | None, list[str]]:
    """Read a number and move it into its bounds.

    Args:
        raw: What was given; text or a number.
        bounds: Smallest and largest value, both allowed.
        whole: Whether only whole numbers make sense.
        otherwise: What is used where nothing can be read, in words.

    Returns:
        The value, or None if there is no number in it, and one sentence for everything that was changed.

    Example:
        >>> read_number("weeks", "500", (4, 156), whole=True, otherwise="the default, 52,")
        (156, ['weeks was 500; the largest value, 156, is used.'])
        >>> read_number("weeks", "soon", (4, 156), whole=True, otherwise="the default, 52,")
        (None, ["weeks was 'soon', which is not a number; the default, 52, is used."])
    """
    changes: list[str] = []
    try:
        number = math.nan if isinstance(raw, bool) else float(str(raw))
    except ValueError:
        number = math.nan
    if math.isnan(number):
        return None, [f"{name} was {quoted(raw)}, which is not a number; {otherwise} is used."]
    smallest, largest = bounds
    if number < smallest:
        changes.append(f"{name} was {number:g}; the smallest value, {smallest:g}, is used.")
        number = smallest
    elif number > largest:
        changes.append(f"{name} was {number:g}; the largest value, {largest:g}, is used.")
        number = largest
    if not whole:
        return number, changes
    if number != round(number):
        changes.append(f"{name} was {number:g}; a whole number is needed, so {round(number)} is used.")
    return round(number), changes


def read_choice(name: str, raw: object, allowed: Sequence[str], default: str) -> tuple[str | None, list[str]]:
    """Read one of several words.

    Args:
        allowed: The words that can be chosen, in lower case.
        default: The word used where another one came.

    Returns:
        The word, or None if it is none of those allowed, and a sentence if so.

    Example:
        >>> read_choice("topology", "Ring", ("mixed", "ring"), "mixed")
        ('ring', [])
        >>> read_choice("topology", "star", ("mixed", "ring"), "mixed")
        (None, ["topology was 'star'; expected one of mixed, ring, so mixed is used."])
    """
    text = str(raw).strip().lower()
    if text in allowed:
        return text, []
    return None, [f"{name} was {quoted(raw)}; expected one of {', '.join(allowed)}, so {default} is used."]


def changed_settings(parameters: BaseModel, defaults: BaseModel) -> dict[str, str]:
    """Return the settings that differ from the default, as text that reads back to the same values.

    Args:
        defaults: Settings of the same kind, as they stand untouched.
    """
    chosen: dict[str, str] = {}
    for name in type(parameters).model_fields:
        value = getattr(parameters, name)
        if value != getattr(defaults, name):
            chosen[name] = repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
    return chosen
