"""How the settings of a model become the controls of its page, and how they stand in the page's address."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from dashboard.component.controls import Control, Values


def with_ranges(
    placed: Sequence[Control],
    rows: Mapping[str, Mapping[Hashable, Any]],
    defaults: BaseModel,
    basis: Callable[[Mapping[Hashable, Any]], str],
) -> Iterator[Control]:
    """Yield the controls of a page with their ranges and defaults; a slider without an assumption is left out.

    Args:
        placed: Where and in which words each stands, in the order of the page; one with options is a choice.
        rows: Rows of `assumptions.csv` by the name of their parameter: range, step, unit and reason of a slider.
        defaults: The model's settings as they stand untouched; what they leave open starts at the row's default.
        basis: Says of a row who published its value, or that it is assumed.
    """
    for control in placed:
        default, row = getattr(defaults, control.name), rows.get(control.name)
        if control.options:
            kind = "choice" if control.kind == "slider" else control.kind
            yield replace(control, kind=kind, default=str(default))
        elif row is not None:
            yield replace(
                control,
                minimum=float(row["minimum"]),
                maximum=float(row["maximum"]),
                step=float(row["step"]),
                default=float(row["default"] if default is None else default),
                unit=row["unit"],
                note=basis(row),
                reason=row["reason"],
            )


def changed_values(listed: Sequence[Control], values: Values) -> dict[str, str]:
    """Return the values that differ from the controls' defaults, as a page's address has them.

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
