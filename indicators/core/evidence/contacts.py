"""When each live source was asked for newer figures, and what came: how fresh the transport is, whatever its content.

The record lies beside the editions, so that every server that shares them tells the same.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

CONTACTS = "contacts.json"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The last time that a live source was asked.

    Args:
        reached: When it last sent files that were as they have to be; None if never.
        fault: What was wrong when it was asked last; "" if nothing was.
    """

    source: str
    asked: datetime
    reached: datetime | None
    fault: str


def read_contacts(folder: Path) -> dict[str, Contact]:
    """Return the last contact with each source, by its name; none if there is no record that can be read."""
    try:
        rows: Mapping[str, Mapping[str, Any]] = json.loads((folder / CONTACTS).read_text(encoding="utf-8"))
        return {name: _contact(name, row) for name, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def note_contacts(folder: Path, sources: Iterable[str], asked: datetime, fault: str = "") -> None:
    """Write into the record that some sources were asked, in one step.

    Args:
        fault: What was wrong; "" if nothing was.
    """
    known = read_contacts(folder)
    for name in sources:
        before = known.get(name, Contact(source=name, asked=asked, reached=None, fault=""))
        reached = before.reached if fault else asked
        known[name] = replace(before, asked=asked, reached=reached, fault=fault)
    rows = {
        name: {"asked": one.asked.isoformat(), "reached": one.reached and one.reached.isoformat(), "fault": one.fault}
        for name, one in known.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{CONTACTS}-{os.getpid()}"
    unfinished.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, folder / CONTACTS)


def _contact(name: str, row: Mapping[str, Any]) -> Contact:
    reached = row["reached"]
    return Contact(
        source=name,
        asked=datetime.fromisoformat(row["asked"]),
        reached=None if reached is None else datetime.fromisoformat(reached),
        fault=str(row["fault"]),
    )
