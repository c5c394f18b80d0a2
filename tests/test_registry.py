"""One file is one indicator; a broken one is named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indicators.core.model import DERIVED_COLUMNS, GROUPS, Indicator, Panel
from indicators.core.registry import RegistryError, all_indicators, discover, get_indicator

MODULE = """
import pandas as pd
from indicators.core.model import DERIVED_COLUMNS, Indicator

INDICATOR = Indicator(
    id="{id}", name="{name}", group="{group}", question="Which?", unit="cases", direction=-1,
    direction_reason="more is worse", headline=("dummy_series",), formula="x", caveats=("a caveat",),
    references=("a reference",), panels=(),
    compute=lambda evidence: pd.DataFrame(columns=list(DERIVED_COLUMNS)),
)
"""

PANEL = Panel(id="same", title="A panel", unit="cases", series=("dummy_series",), kind="columns")


@pytest.fixture
def package(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable empty package with a name of its own, so that no test sees another's modules."""
    folder = tmp_path / f"registry_{abs(hash(request.node.nodeid))}"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def found_in(package: Path) -> tuple[Indicator, ...]:
    """Return the indicators of a package."""
    return discover([str(package)], package.name)


def add(package: Path, stem: str, **fields: str) -> None:
    """Write an indicator module."""
    values = {"id": stem, "name": stem, "group": GROUPS[0]} | fields
    (package / f"{stem}.py").write_text(MODULE.format(**values))


def test_one_file_is_found_as_an_indicator(package: Path) -> None:
    add(package, "dummy")
    (indicator,) = found_in(package)
    assert (indicator.id, indicator.headline) == ("dummy", ("dummy_series",))
    assert list(indicator.compute(None).columns) == list(DERIVED_COLUMNS)


def test_an_empty_package_has_no_indicator(package: Path) -> None:
    assert found_in(package) == ()


def test_private_modules_and_packages_are_left_alone(package: Path) -> None:
    (package / "_private.py").write_text("raise RuntimeError('never imported')")
    (package / "__main__.py").write_text("raise RuntimeError('never imported')")
    (package / "inner").mkdir()
    (package / "inner" / "__init__.py").write_text("raise RuntimeError('never imported')")
    assert found_in(package) == ()


def test_indicators_come_by_group_and_then_by_name(package: Path) -> None:
    add(package, "first", name="Zebra", group=GROUPS[2])
    add(package, "second", name="Bear", group=GROUPS[0])
    add(package, "third", name="Ant", group=GROUPS[2])
    assert [indicator.id for indicator in found_in(package)] == ["second", "third", "first"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("raise RuntimeError('out of ink')", "out of ink"),
        ("import no_such_module_anywhere", "no_such_module_anywhere"),
        ("INDICATOR = (", "can't be imported"),
        ("x = 1", "has no INDICATOR"),
        ("INDICATOR = 'refusal_cases'", "has no INDICATOR"),
        (MODULE.format(id="other", name="n", group=GROUPS[0]), "'other'"),
        (MODULE.format(id="broken", name="n", group="Weather"), "group 'Weather'"),
        (MODULE.format(id="broken", name=" ", group=GROUPS[0]), "name is empty"),
    ],
)
def test_a_broken_module_is_named_with_the_reason(package: Path, content: str, reason: str) -> None:
    add(package, "fine")
    (package / "broken.py").write_text(content)
    with pytest.raises(RegistryError) as caught:
        found_in(package)
    assert f"{package.name}.broken" in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"name": " "},
        {"question": ""},
        {"unit": ""},
        {"formula": ""},
        {"direction_reason": ""},
        {"direction": 2},
        {"direction": 0},
        {"group": "Weather"},
        {"headline": ()},
        {"panels": (PANEL, PANEL)},
    ],
)
def test_an_indicator_without_what_a_reader_needs_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^indicator "):
        replace(get_indicator("refusal_cases"), **change)


def test_the_thirteen_indicators_are_there() -> None:
    ids = {indicator.id for indicator in all_indicators()}
    assert {
        "refusal_cases",
        "refusal_sentences",
        "flight_and_surrender",
        "personnel_losses",
        "named_deaths",
        "equipment_abandonment",
        "morale_drivers",
        "rear_area_strikes",
        "capital_drone_strikes",
        "milblogger_discontent",
        "leadership_shocks",
        "home_front",
        "recruitment_price",
    } <= ids
    assert {indicator.group for indicator in all_indicators()} == set(GROUPS)


def test_an_unknown_indicator_is_answered_with_those_that_exist() -> None:
    with pytest.raises(KeyError, match=r"refusal_cases.*'weather'"):
        get_indicator("weather")
    assert get_indicator("refusal_cases").id == "refusal_cases"


@pytest.mark.parametrize("missing", ["caveats", "references"])
def test_a_module_without_caveats_or_references_is_refused(package: Path, missing: str) -> None:
    add(package, "bare")
    module = package / "bare.py"
    module.write_text(re.sub(rf"{missing}=\([^)]*\)", f"{missing}=()", module.read_text()))
    with pytest.raises(RegistryError, match="give at least one caveat and one reference"):
        found_in(package)
