"""Corrections of our own entries in words: which entry, which part of it, and from what to what."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import page_of_source
from indicators.core.evidence.schema import KEYS
from indicators.core.text import day_text, period_text

FIGURE, DAY, SOURCE, WORDS = "figure", "day", "source", "words"
FIELDS: Mapping[str, tuple[str, str]] = {
    "value": (FIGURE, "figure"),
    "qualifier": (FIGURE, "qualifier"),
    "unit": (FIGURE, "unit"),
    "series": (FIGURE, "series"),
    "stage": (FIGURE, "stage"),
    "definition": (FIGURE, "definition"),
    "period_start": (FIGURE, "first day of the period"),
    "period_end": (FIGURE, "last day of the period"),
    "window_start": (FIGURE, "first day of the window"),
    "known": (DAY, "day of first publication"),
    "known_basis": (DAY, "how that day is known"),
    "published": (DAY, "day of the page"),
    "source_id": (SOURCE, "source"),
    "locator": (SOURCE, "place on the page"),
    "publisher": (SOURCE, "publisher"),
    "page": (SOURCE, "kind of page"),
    "derived_from": (SOURCE, "what the page repeats"),
    "claimant": (WORDS, "claimant"),
    "statement": (WORDS, "statement"),
    "likelihood_low": (WORDS, "lower end of the likelihood"),
    "likelihood_high": (WORDS, "upper end of the likelihood"),
    "likelihood_scale": (WORDS, "scale of the likelihood"),
    "denied_by": (WORDS, "who denies it"),
    "from_claim": (WORDS, "whose statement it is"),
    "event_id": (WORDS, "event it rests on"),
}
"""Kind and name of a column; any other one is words under its own name."""
NAMING_COLUMNS: Mapping[str, str] = {"claims": "statement", "events": "title", "mentions": "summary", "series": "name"}
"""The column by which readers know an entry of a table."""
DATED = frozenset({"known", "known_basis", "published", "period_start", "period_end", "window_start"})

Row = Mapping[Hashable, Any]
EntryNames = Mapping[str, Mapping[str, str]]


def field_name(field: str) -> str:
    """Return what a column is called in words.

    Example:
        >>> field_name("known"), field_name("likelihood_scale"), field_name("note_known")
        ('day of first publication', 'scale of the likelihood', 'note known')
    """
    return FIELDS.get(field, (WORDS, field.replace("_", " ")))[1]


def kind_of(field: str) -> str:
    """Return which kind of correction a column stands for."""
    return FIELDS.get(field, (WORDS, ""))[0]


def entry_names(evidence: Evidence) -> EntryNames:
    """Return what each entry that has words of its own is called, by table and id; any other keeps its id."""
    series = dict(zip(evidence.series["series"], evidence.series["name"], strict=True))
    named: dict[str, dict[str, str]] = {
        table: dict(zip(rows[KEYS[table]], rows[column], strict=True))
        for table, column in NAMING_COLUMNS.items()
        for rows in (getattr(evidence, table),)
    }
    observed = evidence.observations
    return named | {
        "observations": dict(zip(observed["observation_id"], _observed(observed, series), strict=True)),
        "sources": {row["source_id"]: page_of_source(row).name for row in evidence.sources.to_dict("records")},
    }


def entry_name(names: EntryNames, row: Row) -> str:
    """Return what a corrected entry is called."""
    return names.get(str(row["file"]).removesuffix(".csv"), {}).get(row["row_id"]) or str(row["row_id"])


def cell_text(names: EntryNames, field: str, text: str) -> str:
    """Return the old or new value of a cell as people write it: days in words, pages by their names.

    Example:
        >>> cell_text({}, "known", "2023-08-30"), cell_text({"sources": {"a": "ISW (2023)"}}, "source_id", "a;b")
        ('30 Aug 2023', 'ISW (2023); b')
    """
    if field == "source_id":
        return "; ".join(names.get("sources", {}).get(id_, id_) for id_ in sorted(split_ids(text)))
    if field not in DATED:
        return text
    return day_text(text) if len(text) == len("2023-08-30") else text.replace("_", " ")


def change_text(names: EntryNames, row: Row) -> str:
    """Say what was changed in one entry."""
    was, now = (cell_text(names, row["field"], row[name]) or "empty" for name in ("old", "new"))
    return f"{entry_name(names, row).rstrip('.')}: {field_name(row['field'])} was “{was}”, is now “{now}”"


def _observed(rows: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    for series, start, end in zip(rows["series"], rows["period_start"], rows["period_end"], strict=True):
        yield f"{names.get(series, series)}, {period_text(start, end)}"
