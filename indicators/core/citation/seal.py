"""Verifiable citation: a link that says by itself whether the view it leads to is still the one that was cited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from indicators.core.citation.canonical import digest
from indicators.core.citation.row_sums import (
    GroupSums,
    RowCode,
    RowId,
    difference,
    group_sums,
    read_sums,
    row_code,
    write_sums,
)
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import with_ancestors
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.plain_text import quoted
from indicators.core.text import count_text

FORM = "1"
SEPARATOR = "~"
NAMED_AT_MOST = 5


class Standing(StrEnum):
    """How a view stands to its citation."""

    SAME = "same"
    CHANGED = "changed"
    OTHER_VIEW = "other_view"


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What a frozen link carries besides the address of its view.

    Args:
        settings: Digest of the page and its settings.
        result: Digest of what the view shows.
    """

    data_version: str
    code_version: str
    settings: str
    result: str
    rows: int
    sums: tuple[GroupSums, ...]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a view is still the one that was cited, and if not, why.

    Args:
        standing: Same, changed, or a view with other settings.
        reasons: Sentences without their full stop.
        rows: The rows that changed, as far as they can be named.
    """

    standing: Standing
    reasons: tuple[str, ...] = ()
    rows: tuple[RowId, ...] = ()


def row_codes(evidence: Evidence) -> dict[RowId, RowCode]:
    """Return the code of every row of the evidence.

    Args:
        evidence: Evidence, unrestricted.
    """
    codes = {}
    for table, columns in TABLES.items():
        rows: pd.DataFrame = getattr(evidence, table)
        for cells in rows[list(columns)].to_dict("records"):
            row = RowId(table, str(cells[KEYS[table]]))
            codes[row] = row_code(row, {str(name): cell for name, cell in cells.items()})
    return codes


def with_background(evidence: Evidence, tables: Iterable[pd.DataFrame]) -> set[RowId]:
    """Return the rows of tables and what they lean on: sources down to the origins, publishers and definitions."""
    found: set[RowId] = set()
    sources: set[str] = set()
    series: set[str] = set()
    for rows in tables:
        table = next(name for name, columns in TABLES.items() if set(columns) <= set(rows.columns))
        found |= {RowId(table, str(row)) for row in rows[KEYS[table]]}
        if "source_id" in rows:
            sources = sources.union(*map(split_ids, rows["source_id"]))
        if "series" in rows:
            series |= set(rows["series"])
    used = evidence.sources[evidence.sources["source_id"].isin(with_ancestors(evidence.sources, sources))]
    found |= {RowId("sources", source) for source in used["source_id"]}
    found |= {RowId("publishers", publisher) for publisher in used["publisher"]}
    # A series that is not defined in the data is computed by an indicator, or is none at all.
    return found | {RowId("series", name) for name in series & set(evidence.series["series"])}


def seal_view(
    *, data_version: str, code_version: str, settings: object, result: object, codes: Mapping[RowId, RowCode]
) -> Seal:
    """Seal a view.

    Args:
        settings: The page and its settings; plain data.
        result: What the view shows; plain data.
    """
    return Seal(
        data_version=data_version,
        code_version=code_version,
        settings=digest(settings, 8),
        result=digest(result),
        rows=len(codes),
        sums=group_sums(codes.values()),
    )


def write_seal(seal: Seal) -> str:
    """Write a seal for use in an address; `read_seal` reads it."""
    parts = (FORM, seal.data_version, seal.code_version, seal.settings, seal.result, str(seal.rows))
    return SEPARATOR.join((*parts, write_sums(seal.sums)))


def read_seal(text: str) -> Seal:
    """Read the seal of a frozen link.

    Raises:
        ValueError: If the text is none; says what was expected.
    """
    parts = text.split(SEPARATOR)
    if len(parts) != 7 or parts[0] != FORM or not parts[5].isascii() or not parts[5].isdigit():
        raise ValueError(
            f"expected a citation of seven parts joined by {SEPARATOR!r} that begins with {FORM}; got {quoted(text)}. "
            "The link is cut off or damaged: copy it again"
        )
    _, data_version, code_version, settings, result, rows, sums = parts
    return Seal(
        data_version=data_version,
        code_version=code_version,
        settings=settings,
        result=result,
        rows=int(rows),
        sums=read_sums(sums),
    )


def compare(cited: Seal, now: Seal, codes: Mapping[RowId, RowCode], all_codes: Mapping[RowId, RowCode]) -> Verdict:
    """Say whether a view is the one that was cited, and if not, why.

    Returns:
        "Same" if result and rows are the same, whatever else changed in data or code.
    """
    if cited.settings != now.settings:
        return Verdict(standing=Standing.OTHER_VIEW, reasons=("the settings are not those of the citation",))
    found = difference(cited.sums, codes, all_codes)
    if cited.result == now.result and not found.named and not found.unnamed:
        return Verdict(standing=Standing.SAME)
    reasons = []
    if found.named:
        shown = ", ".join(map(str, found.named[:NAMED_AT_MOST]))
        more = len(found.named) - NAMED_AT_MOST
        reasons.append(f"these rows are not as they were: {shown}" + (f" and {more} more" if more > 0 else ""))
    if found.unnamed:
        count = f"at least {count_text(found.unnamed, 'row')}"
        reasons.append(f"{count} changed, were added or taken away without a trace of which")
    if cited.rows != now.rows:
        reasons.append(f"the view rests on {now.rows} rows instead of {cited.rows}")
    if cited.code_version != now.code_version:
        reasons.append(f"the code went from version {quoted(cited.code_version)} to {now.code_version}")
    if not reasons:
        reasons.append("the computation gives another result from the same rows")
    return Verdict(standing=Standing.CHANGED, reasons=tuple(reasons), rows=found.named)
