"""Corrections in words: what was changed for one reason, in which entries, and from what to what."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.shell.markdown import Markdown, joined, markup
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.schema import KEYS
from indicators.core.text import day_text, number_text, period_text

QUESTION = "Which figures and entries were corrected, and why?"
CARE = (
    "A correction mends our own entry. A figure that its counter revised is a new edition beside the old one.",
    "The record begins on the day of the first correction; the old values stay in it.",
)
NAMED = 3
"""Entries that are named with their old and new value; where there are more, the table has them."""

FIGURE, DAY, SOURCE, WORDS = "figure", "day", "source", "words"
KINDS: Mapping[str, str] = {
    FIGURE: "A figure or what it means",
    DAY: "The day it became known",
    SOURCE: "Its source",
    WORDS: "Words and marks",
}
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


NAMING_COLUMNS: Mapping[str, str] = {
    "claims": "statement",
    "events": "title",
    "mentions": "summary",
    "series": "name",
    "sources": "publisher",
}
"""The column by which readers know an entry of a table."""

EntryNames = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Mended:
    """All that was corrected on one day for one reason.

    Args:
        day: The day, in words.
    """

    day: str
    cause: str
    rows: pd.DataFrame


def field_name(field: str) -> str:
    """Return what a column is called in words."""
    return FIELDS.get(field, (WORDS, field.replace("_", " ")))[1]


def kind_of(field: str) -> str:
    """Return which kind of correction a column stands for."""
    return FIELDS.get(field, (WORDS, ""))[0]


def mended(corrections: pd.DataFrame) -> tuple[Mended, ...]:
    """Return the corrections by day and reason, the newest day first, and what changed a figure before the rest."""
    groups = corrections.groupby(["date", "cause"], sort=False)
    found = [Mended(day=day_text(day), cause=str(cause), rows=rows) for (day, cause), rows in groups]
    order = {id(one): (-one.rows["date"].iloc[0].toordinal(), _rank(one.rows), -len(one.rows)) for one in found}
    return tuple(sorted(found, key=lambda one: order[id(one)]))


def corrections_sentence(corrections: pd.DataFrame) -> str:
    """Say how much was corrected, since when, and how much of it changed a figure."""
    if corrections.empty:
        return "No correction was on record by this day."
    kinds = corrections["field"].map(kind_of)
    values = int((corrections["field"] == "value").sum())
    return (
        f"{number_text(len(corrections))} entries were corrected since {day_text(corrections['date'].min())}: "
        f"{values} changed a figure itself, {int((kinds == FIGURE).sum()) - values} what it means or covers, "
        f"{int((kinds == DAY).sum())} the day it became known, and the rest its source or words."
    )


def entry_names(evidence: Evidence) -> EntryNames:
    """Return what each entry that has words of its own is called, by table and id; any other keeps its id."""
    series = dict(zip(evidence.series["series"], evidence.series["name"], strict=True))
    named: dict[str, dict[str, str]] = {
        table: dict(zip(rows[KEYS[table]], rows[column], strict=True))
        for table, column in NAMING_COLUMNS.items()
        for rows in (getattr(evidence, table),)
    }
    observed = evidence.observations
    return named | {"observations": dict(zip(observed["observation_id"], _observed(observed, series), strict=True))}


def mended_line(group: Mended, names: EntryNames) -> Markdown:
    """Say what was corrected for one reason: the reason, which entries, and each old and new value if they are few.

    Args:
        names: From `entry_names`.
    """
    rows = group.rows.to_dict("records")
    subjects = list(dict.fromkeys(_subject(names, row) for row in rows))
    fields = list(dict.fromkeys(field_name(row["field"]) for row in rows))
    heading = markup("- **{}: {}**  \n  ", group.day, group.cause)
    if len(rows) <= NAMED:
        return joined("", (heading, joined("  \n  ", (_change(names, row) for row in rows))))
    named = "; ".join(subjects[:NAMED]) + (f"; and {len(subjects) - NAMED} more" if len(subjects) > NAMED else "")
    return joined("", (heading, markup("{} corrections of {}: {}.", len(rows), _listed(fields), named)))


def correction_table(corrections: pd.DataFrame, names: EntryNames) -> pd.DataFrame:
    """Return corrections for people, newest first.

    Args:
        names: From `entry_names`.
    """
    rows = corrections.sort_values("date", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Corrected": [day_text(day) for day in rows["date"]],
            "What": [_subject(names, row) for row in rows.to_dict("records")],
            "Which part": rows["field"].map(field_name),
            "Was": [_value(row["field"], row["old"]) for row in rows.to_dict("records")],
            "Is now": [_value(row["field"], row["new"]) for row in rows.to_dict("records")],
            "Why": rows["cause"],
            "File": rows["file"],
            "Row": rows["row_id"],
        }
    )


def _rank(rows: pd.DataFrame) -> int:
    if (rows["field"] == "value").any():
        return 0
    kinds = list(KINDS)
    return 1 + min(kinds.index(kind_of(field)) for field in rows["field"])


def _change(names: EntryNames, row: Mapping[Hashable, Any]) -> Markdown:
    was, now = (_value(row["field"], row[name]) or "empty" for name in ("old", "new"))
    return markup("{}: {} was “{}”, is now “{}”.", _subject(names, row), field_name(row["field"]), was, now)


def _value(field: str, text: str) -> str:
    dated = field in {"known", "published", "period_start", "period_end", "window_start"}
    return day_text(text) if dated and len(text) == len("2023-08-30") else text.replace("_", " ") if dated else text


def _subject(names: EntryNames, row: Mapping[Hashable, Any]) -> str:
    return names.get(str(row["file"]).removesuffix(".csv"), {}).get(row["row_id"]) or str(row["row_id"])


def _observed(rows: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    for series, start, end in zip(rows["series"], rows["period_start"], rows["period_end"], strict=True):
        yield f"{names.get(series, series)}, {period_text(start, end)}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
