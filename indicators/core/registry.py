"""Finds the indicators: one sibling module is one indicator."""

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache

import indicators
from indicators.core.model import GROUPS, Indicator


class RegistryError(RuntimeError):
    """An indicator module can't be used; names the module and the reason."""


def discover(package_path: Iterable[str], package_name: str) -> tuple[Indicator, ...]:
    """Import every plain module of a package and collect its `INDICATOR`.

    Args:
        package_path: Where the package's modules lie, as in `package.__path__`.

    Returns:
        The indicators in the order of `GROUPS`, then by name.

    Raises:
        RegistryError: If a module fails to import, has no `INDICATOR`, its id differs from its file name, or it has no
            caveat or no reference.
    """
    found: list[Indicator] = []
    for module in pkgutil.iter_modules(package_path):
        if module.ispkg or module.name.startswith("_"):
            continue
        name = f"{package_name}.{module.name}"
        try:
            loaded = importlib.import_module(name)
        except Exception as error:
            raise RegistryError(f"indicator module {name} can't be imported: {error}; mend or remove it") from error
        indicator = getattr(loaded, "INDICATOR", None)
        if not isinstance(indicator, Indicator):
            raise RegistryError(f"indicator module {name} has no INDICATOR; add one or move the module")
        if indicator.id != module.name:
            raise RegistryError(f"indicator module {name} has the id {indicator.id!r}; expected {module.name!r}")
        if not indicator.caveats or not indicator.references:
            raise RegistryError(f"indicator module {name}: give at least one caveat and one reference")
        found.append(indicator)
    return tuple(sorted(found, key=lambda indicator: (GROUPS.index(indicator.group), indicator.name)))


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """Return every indicator of this package."""
    return discover(indicators.__path__, indicators.__name__)


def get_indicator(indicator_id: str) -> Indicator:
    """Return one indicator.

    Raises:
        KeyError: If no indicator has this id; the message lists those that exist.
    """
    for indicator in all_indicators():
        if indicator.id == indicator_id:
            return indicator
    known = ", ".join(indicator.id for indicator in all_indicators())
    raise KeyError(f"expected one of the indicators {known}; got {indicator_id!r}")
