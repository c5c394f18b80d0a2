"""Named sets of assumptions that a reader keeps: as text for the address bar, and as a file with a version.

What is wrong is moved to the nearest valid value or left out, and a sentence says so. A file that is none of ours is
refused as a whole.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.plain_text import quoted, read_day, visible
from indicators.methods.projection.parameters import DEFAULTS, ProjectionParameters, parse_clamped, to_query

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
BETWEEN = "|"
"""Between scenarios in an address; within one it is always written as a code."""
LARGEST_FILE = 100_000
"""Bytes of a file beyond which it is not read."""
DEEPEST = 4
"""Lists and sets of names within one another; a file of ours has three."""
LONGEST_VERSION = 12
PARTS = {"schema", "version", "data_version", "as_of", "parameters", "scenarios"}
_TOO_DEEP = "The file is nested too deeply"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Assumptions with a name."""

    name: str
    parameters: ProjectionParameters


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """Everything that restores a projection page.

    Args:
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

    Example:
        >>> twice = add_scenario(add_scenario((), "Halved", DEFAULTS), "Halved", DEFAULTS)
        >>> [scenario.name for scenario in twice]
        ['Halved', 'Halved (2)']
    """
    wanted = " ".join(visible(name, LONGEST_NAME).split())[:LONGEST_NAME] or f"Scenario {len(scenarios) + 1}"
    taken = {scenario.name for scenario in scenarios}
    free, number = wanted, 2
    while free in taken:
        ending = f" ({number})"
        free, number = wanted[: LONGEST_NAME - len(ending)] + ending, number + 1
    return (*scenarios, Scenario(name=free, parameters=parameters))[-MAXIMUM_SCENARIOS:]


def to_address(scenarios: Iterable[Scenario]) -> str:
    """Write scenarios as one value of an address: of each its name and what differs from the default.

    Example:
        >>> half = Scenario(name="Half a year", parameters=ProjectionParameters(weeks=26))
        >>> to_address([half, Scenario(name="As is", parameters=ProjectionParameters())])
        'name=Half+a+year&weeks=26|name=As+is'
    """
    return BETWEEN.join(urlencode({"name": each.name, **to_query(each.parameters)}) for each in scenarios)


def from_addresses(values: Sequence[str]) -> tuple[tuple[Scenario, ...], list[str]]:
    """Read the scenarios of an address.

    Args:
        values: As written by `to_address`; earlier links have a value for each.

    Returns:
        Valid scenarios and one sentence for everything that was changed or left out.

    Example:
        >>> scenarios, changes = from_addresses(["name=Long&weeks=500"])
        >>> scenarios[0].parameters.weeks, changes
        (156, ['Scenario "Long": weeks was 500; the largest value, 156, is used.'])
    """
    return _scenarios([dict(parse_qsl(part)) for value in values for part in value.split(BETWEEN) if part])


def to_file(view: SavedView) -> str:
    """Write a view as the text of a JSON file that holds every value, defaults included."""
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


def from_file(data: bytes, latest: date) -> tuple[SavedView | None, list[str]]:
    """Read a file, as far as it is understood.

    Args:
        data: As written by `to_file` in UTF-8, with or without a mark at its beginning, or anything else.

    Returns:
        A valid view, or None if nothing is read; and one sentence for everything that was changed or left out.

    Example:
        >>> from_file(b"not a file of ours", date(2026, 1, 1))
        (None, ['The file is not JSON (line 1), so nothing is read from it.'])
    """
    try:
        content = _content(data)
    except ValueError as error:
        return None, [f"{error}, so nothing is read from it."]
    foreign = [quoted(name) for name in content if name not in PARTS]
    changes = [f"{', '.join(foreign[:5])} is no part of a saved view and is ignored."] if foreign else []
    earlier: Mapping[str, object] = {}
    if content["version"] == 1:
        earlier = STILL
        changes.append(OLDER)
    parameters, moved = _parameters(content.get("parameters"), earlier)
    scenarios, more = _scenarios(content.get("scenarios"), earlier)
    day = _day(content.get("as_of"), latest, changes)
    version = visible(str(content.get("data_version") or ""), LONGEST_VERSION)
    view = SavedView(parameters=parameters, scenarios=scenarios, as_of=day, data_version=version)
    return view, [*changes, *moved, *more]


def _content(data: bytes) -> dict[str, object]:
    """Return what a file holds.

    Raises:
        ValueError: If it is none of ours; says why, as the beginning of a sentence.
    """
    if len(data) > LARGEST_FILE:
        raise ValueError(f"The file has more than {LARGEST_FILE:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is no text in UTF-8") from None
    try:
        content = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    except json.JSONDecodeError as error:
        raise ValueError(f"The file is not JSON (line {error.lineno})") from None
    except _FaultError:
        raise
    except ValueError:
        raise ValueError("The file holds a number with too many digits") from None
    if _deeper_than(content, DEEPEST):
        raise ValueError(_TOO_DEEP)
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise ValueError(f'The file does not say "schema": "{SCHEMA}"')
    if content.get("version") not in range(1, VERSION + 1):
        raise ValueError(
            f"The file has version {quoted(content.get('version'))} and only versions up to {VERSION} are known here"
        )
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("The file holds half of a character") from None
    return content


class _FaultError(ValueError):
    """A fault found while JSON is read."""


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        twice = next(name for place, (name, _) in enumerate(pairs) if name in dict(pairs[:place]))
        raise _FaultError(f"The file gives {quoted(twice)} twice")
    return content


def _no_number(text: str) -> object:
    raise _FaultError(f"The file holds {text}, which is no number")


def _deeper_than(value: object, levels: int) -> bool:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return bool(inside) and (levels == 0 or any(_deeper_than(item, levels - 1) for item in inside))


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
            changes.append(f'A scenario named "{visible(wanted, LONGEST_NAME)}" is now called "{name}".')
        changes += [f'Scenario "{name}": {sentence}' for sentence in moved]
    if len(rows) > MAXIMUM_SCENARIOS:
        changes.append(f"There are {len(rows)} scenarios; the first {MAXIMUM_SCENARIOS} are read.")
    return scenarios, changes


def _parameters(row: object, earlier: Mapping[str, object]) -> tuple[ProjectionParameters, list[str]]:
    if isinstance(row, Mapping):
        return parse_clamped({**earlier, **row})
    return DEFAULTS, [] if row is None else ["The settings are not a set of names and values; the defaults are used."]


def _day(value: object, latest: date, changes: list[str]) -> date | None:
    if value in (None, ""):
        return None
    try:
        day = read_day(str(value))
    except ValueError:
        changes.append(f"as_of was {quoted(value)}, which is not a day as YYYY-MM-DD; the latest is used.")
        return None
    if FULL_SCALE_INVASION <= day <= latest:
        return day
    changes.append(f"as_of was {day}; expected a day from {FULL_SCALE_INVASION} to {latest}, so the latest is used.")
    return None
