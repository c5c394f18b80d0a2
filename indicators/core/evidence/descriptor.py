"""The descriptor of the data package, generated from the schema: `datapackage.json`, in the Frictionless form.

Beside columns, types and references it says which edition of the tables it belongs to: a day, and of each table the
number of rows and the SHA-256 of the file.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from indicators.core.evidence.schema import KEYS, LONGEST, TABLES, YEARS, Column

DESCRIPTOR = "datapackage.json"
CODEBOOK = "README.md"
COMMAND = "python -m indicators datapackage"
CREATED = "T00:00:00Z"

TITLES: Mapping[str, tuple[str, str]] = {
    "publishers": ("Publishers", "Organisations that printed or asserted a figure, with stance and reliability."),
    "sources": ("Sources", "Pages and documents, one row each; derived_from names the pages a relay goes back to."),
    "series": ("Series", "Definitions of the series of observations."),
    "observations": ("Observations", "Published figures: one figure, one period, one vintage, one source a row."),
    "events": ("Events", "Dated events with who asserted and who denied them."),
    "mentions": ("Mentions", "Dated published assessments about military bloggers, by theme: a convenience sample."),
    "published_projections": (
        "Published projections",
        "Projections that others published, with the rule and window by which they can be scored.",
    ),
    "assumptions": ("Assumptions", "Defaults, ranges and reasons of every slider."),
    "comparisons": ("Comparisons", "Pairs of a Russian and a Ukrainian series."),
    "comparison_guards": ("Comparison guards", "Why a pair may or may not stand side by side, aspect by aspect."),
    "claims": (
        "Claims",
        "Who asserted, suspected or denied what, and when the public could read it; three marks kept apart.",
    ),
    "claim_links": (
        "Links between claims",
        "Which claim asserts, denies, suspects, confirms, repeats or corrects which other claim.",
    ),
    "gaps": ("Gaps", "Stretches for which a series has no figure, and why: withheld, not applicable, unknown."),
    "signposts": ("Signposts", "What to look for by a day; whether it was seen is computed."),
    "corrections": ("Corrections", "Figures and dates that were changed, with the cause; only ever extended."),
}
"""Title and description of every table."""


@dataclass(frozen=True)
class Edition:
    """What one edition of the tables holds.

    Args:
        day: Day of the edition; nothing in it is later.
        hashes: SHA-256 of each table's file as hexadecimal digits.
        changed: Tables that were changed since, where a folder holds another edition than its descriptor says.
    """

    day: date
    version: str
    rows: Mapping[str, int] = field(repr=False)
    hashes: Mapping[str, str] = field(repr=False)
    changed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say which edition this is, in one sentence."""
        if not self.changed:
            return f"This is the edition of {self.day}."
        files = ", ".join(f"{table}.csv" for table in self.changed)
        return (
            f"This is not the edition of {self.day} that {DESCRIPTOR} describes: {files} changed since; "
            f"if that is wanted, run `{COMMAND}` to describe the new edition."
        )


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_descriptor(edition: Edition) -> bytes:
    """Return the descriptor of an edition as JSON; the same edition always gives the same bytes."""
    package = {
        "name": "morale-indicators",
        "title": "Morale indicators: published figures on military morale",
        "description": "Sourced, dated and qualified figures, events and assessments. "
        "A quoted figure is a claim, not a count.",
        "version": edition.version,
        "created": f"{edition.day}{CREATED}",
        "readme": CODEBOOK,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [_resource(table, edition) for table in TABLES],
    }
    return json.dumps(package, indent=2, ensure_ascii=False).encode() + b"\n"


def read_descriptor(content: bytes) -> Edition:
    """Return the edition that a descriptor describes.

    Raises:
        ValueError: If it is not, byte for byte, what `write_descriptor` writes for some edition.
    """
    try:
        package = json.loads(content)
        resources = dict(zip(TABLES, package["resources"], strict=True))
        edition = Edition(
            day=date.fromisoformat(package["created"].removesuffix(CREATED)),
            version=str(package["version"]),
            rows={table: int(resource["rows"]) for table, resource in resources.items()},
            hashes={table: resource["hash"].removeprefix("sha256:") for table, resource in resources.items()},
        )
        if write_descriptor(edition) == content:
            return edition
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise ValueError(f"expected what `{COMMAND}` writes, got something else; run it again")


def _resource(table: str, edition: Edition) -> dict[str, Any]:
    title, description = TITLES[table]
    return {
        "name": _resource_name(table),
        "path": f"{table}.csv",
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{edition.hashes[table]}",
        "rows": edition.rows[table],
        "schema": _table_schema(table),
    }


def _table_schema(table: str) -> dict[str, Any]:
    columns = TABLES[table]
    keys = [
        {"fields": name, "reference": _reference(table, column)}
        for name, column in columns.items()
        if _refers_to_key(column)
    ]
    fields = [_field(name, column) for name, column in columns.items()]
    schema = {"fields": fields, "primaryKey": KEYS[table], "missingValues": [""]}
    return schema | ({"foreignKeys": keys} if keys else {})


def _refers_to_key(column: Column) -> bool:
    """Tell whether a reference can be said in the descriptor's terms: one value, which is a key of one table."""
    named = [reference.split(".") for reference in column.refers]
    return not column.several and len(named) == 1 and KEYS[named[0][0]] == named[0][1]


def _reference(table: str, column: Column) -> dict[str, str]:
    other, key = column.refers[0].split(".")
    return {"resource": "" if other == table else _resource_name(other), "fields": key}


def _resource_name(table: str) -> str:
    return table.replace("_", "-")


def _field(name: str, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.empty:
        constraints["required"] = True
    if column.type == "number":
        constraints |= {"minimum": column.least, "maximum": column.most}
    elif column.type == "date":
        constraints |= {"minimum": f"{YEARS[0]}-01-01", "maximum": f"{YEARS[1]}-12-31"}
    elif column.type == "partial_date":
        constraints["pattern"] = r"\d{4}(-\d{2}(-\d{2})?)?"
    elif column.allowed and column.several:
        constraints["pattern"] = "(({0})(;({0}))*)?".format("|".join(column.allowed))
    elif column.allowed:
        constraints["enum"] = list(column.allowed)
    elif column.pattern:
        constraints["pattern"] = column.pattern
    else:
        constraints["maxLength"] = LONGEST
    kind = "string" if column.type in ("text", "partial_date") else column.type
    return {"name": name, "type": kind} | ({"constraints": constraints} if constraints else {})
