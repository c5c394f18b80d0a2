"""Named sets of assumptions that a reader keeps: as text for the address bar, and as a file with a version.

Reading never fails: what is wrong is moved to the nearest valid value or left out, and a sentence says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from indicators.methods.parameters import DEFAULTS, ProjectionParameters, parse_clamped, to_query

SCHEMA = "morale-indicators/projection"
VERSION = 2
STILL = {"drift": 0.0, "growth_sd": 0.0}
"""Settings that files of version 1 could not hold, at the values that they were saved under."""
OLDER = (
    "The file has version 1, from before the pace could drift: its settings are read with no drift and no uncertainty "
    "of growth. Growth no longer fades by itself, and court holidays are left out of averages."
)
MAXIMUM_SCENARIOS = 6
LONGEST_NAME = 60
LARGEST_FILE = 100_000
"""Characters of a file beyond which it is not read."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Assumptions with a name.

    Args:
        name: Name for people, unique among the reader's scenarios.
        parameters: All assumptions.
    """

    name: str
    parameters: ProjectionParameters


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """Everything that restores a projection page.

    Args:
        parameters: The assumptions shown.
        scenarios: The reader's scenarios, in the order in which they were saved.
        as_of: The replayed day; None for the latest evidence.
        data_version: Version of the data with which it was saved; empty if unknown.
    """

    parameters: ProjectionParameters = DEFAULTS
    scenarios: tuple[Scenario, ...] = ()
    as_of: date | None = None
    data_version: str = ""


def add_scenario(scenarios: Sequence[Scenario], name: str, parameters: ProjectionParameters) -> tuple[Scenario, ...]:
    """Return the scenarios with one more, under a name that none of them has.

    Args:
        scenarios: Those saved so far; beyond `MAXIMUM_SCENARIOS` the oldest goes.
        name: Wanted name; cut to `LONGEST_NAME` characters, "Scenario n" if empty.
        parameters: All assumptions.

    Example:
        >>> twice = add_scenario(add_scenario((), "Halved", DEFAULTS), "Halved", DEFAULTS)
        >>> [scenario.name for scenario in twice]
        ['Halved', 'Halved (2)']
    """
    wanted = " ".join(name.split())[:LONGEST_NAME] or f"Scenario {len(scenarios) + 1}"
    taken = {scenario.name for scenario in scenarios}
    free, number = wanted, 2
    while free in taken:
        ending = f" ({number})"
        free, number = wanted[: LONGEST_NAME - len(ending)] + ending, number + 1
    return (*scenarios, Scenario(name=free, parameters=parameters))[-MAXIMUM_SCENARIOS:]


def to_address(scenario: Scenario) -> str:
    """Write a scenario as one value of an address: its name and what differs from the default.

    Example:
        >>> to_address(Scenario(name="Half a year", parameters=ProjectionParameters(weeks=26)))
        'name=Half+a+year&weeks=26'
    """
    return urlencode({"name": scenario.name, **to_query(scenario.parameters)})


def from_addresses(values: Sequence[str]) -> tuple[tuple[Scenario, ...], list[str]]:
    """Read the scenarios of an address.

    Args:
        values: As written by `to_address`.

    Returns:
        Valid scenarios and one sentence for everything that was changed or left out.

    Example:
        >>> scenarios, changes = from_addresses(["name=Long&weeks=500"])
        >>> scenarios[0].parameters.weeks, changes
        (156, ['Scenario "Long": weeks was 500; the largest value, 156, is used.'])
    """
    return _scenarios([dict(parse_qsl(value)) for value in values])


def to_file(view: SavedView) -> str:
    """Write a view as the text of a JSON file that holds every value, defaults included.

    Args:
        view: What to keep.
    """
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "data_version": view.data_version,
        "as_of": None if view.as_of is None else view.as_of.isoformat(),
        "parameters": view.parameters.model_dump(mode="json"),
        "scenarios": [
            {"name": scenario.name, **scenario.parameters.model_dump(mode="json")} for scenario in view.scenarios
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def from_file(text: str) -> tuple[SavedView, list[str]]:
    """Read the text of a file, as far as it is understood.

    Args:
        text: As written by `to_file`, or anything else.

    Returns:
        A valid view and one sentence for everything that was changed or left out.

    Example:
        >>> view, changes = from_file("not a file of ours")
        >>> view == SavedView(), changes
        (True, ['The file is not JSON (line 1), so nothing is read from it.'])
    """
    if len(text) > LARGEST_FILE:
        return SavedView(), [f"The file has more than {LARGEST_FILE:,} characters, so nothing is read from it."]
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return SavedView(), [f"The file is not JSON (line {line}), so nothing is read from it."]
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        return SavedView(), [f'The file does not say "schema": "{SCHEMA}", so nothing is read from it.']
    changes: list[str] = []
    earlier: Mapping[str, object] = {}
    if content.get("version") == 1:
        earlier = STILL
        changes.append(OLDER)
    elif content.get("version") != VERSION:
        came = str(content.get("version"))[:20]
        changes.append(f"The file has version {came}; what is known from version {VERSION} is read.")
    parameters, moved = _parameters(content.get("parameters"), earlier)
    scenarios, more = _scenarios(content.get("scenarios"), earlier)
    return (
        SavedView(
            parameters=parameters,
            scenarios=scenarios,
            as_of=_day(content.get("as_of"), changes),
            data_version=str(content.get("data_version") or "")[:12],
        ),
        [*changes, *moved, *more],
    )


def _scenarios(
    rows: object, earlier: Mapping[str, object] = MappingProxyType({})
) -> tuple[tuple[Scenario, ...], list[str]]:
    if rows is None:
        return (), []
    if not isinstance(rows, list):
        return (), ["The scenarios are not a list, so none is read."]
    scenarios: tuple[Scenario, ...] = ()
    changes: list[str] = []
    for row in rows[:MAXIMUM_SCENARIOS]:
        if not isinstance(row, Mapping):
            changes.append("A scenario is not a set of settings and is left out.")
            continue
        parameters, moved = _parameters({name: value for name, value in row.items() if name != "name"}, earlier)
        wanted = str(row.get("name") or "")
        scenarios = add_scenario(scenarios, wanted, parameters)
        name = scenarios[-1].name
        if wanted and name != wanted:
            changes.append(f'A scenario named "{wanted[:LONGEST_NAME]}" is now called "{name}".')
        changes += [f'Scenario "{name}": {sentence}' for sentence in moved]
    if len(rows) > MAXIMUM_SCENARIOS:
        changes.append(f"There are {len(rows)} scenarios; the first {MAXIMUM_SCENARIOS} are read.")
    return scenarios, changes


def _parameters(row: object, earlier: Mapping[str, object]) -> tuple[ProjectionParameters, list[str]]:
    if isinstance(row, Mapping):
        return parse_clamped({**earlier, **row})
    return DEFAULTS, [] if row is None else ["The settings are not a set of names and values; the defaults are used."]


def _day(value: object, changes: list[str]) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        changes.append(f"as_of was {str(value)[:40]!r}, which is not a day as YYYY-MM-DD; the latest is used.")
        return None
