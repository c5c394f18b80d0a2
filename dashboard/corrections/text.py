"""Corrections in words: what was changed for one reason, in which entries, and from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.shell.markdown import Markdown, joined, markup
from indicators.core.ledger.corrections import (
    DAY,
    FIGURE,
    SOURCE,
    WORDS,
    EntryNames,
    cell_text,
    change_text,
    entry_name,
    field_name,
    kind_of,
)
from indicators.core.text import day_text, number_text

QUESTION = "Which figures and entries were corrected, and why?"
CARE = (
    "A correction mends our own entry. A figure that its counter revised is a new edition beside the old one.",
    "The record begins on the day of the first correction; the old values stay in it.",
)
NAMED = 3
"""Entries that are named with their old and new value; where there are more, the table has them."""

KINDS: Mapping[str, str] = {
    FIGURE: "A figure or what it means",
    DAY: "The day it became known",
    SOURCE: "Its source",
    WORDS: "Words and marks",
}


@dataclass(frozen=True, kw_only=True)
class Mended:
    """All that was corrected on one day for one reason."""

    day: str
    cause: str
    rows: pd.DataFrame


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


def mended_line(group: Mended, names: EntryNames) -> Markdown:
    """Say what was corrected for one reason: the reason, which entries, and each old and new value if they are few."""
    rows = group.rows.to_dict("records")
    subjects = list(dict.fromkeys(entry_name(names, row) for row in rows))
    fields = list(dict.fromkeys(field_name(row["field"]) for row in rows))
    heading = markup("- **{}: {}**  \n  ", group.day, group.cause)
    if len(rows) <= NAMED:
        return joined("", (heading, joined("  \n  ", (markup("{}", change_text(names, row)) for row in rows))))
    named = "; ".join(subjects[:NAMED]) + (f"; and {len(subjects) - NAMED} more" if len(subjects) > NAMED else "")
    return joined("", (heading, markup("{} corrections of {}: {}.", len(rows), _listed(fields), named)))


def correction_table(corrections: pd.DataFrame, names: EntryNames) -> pd.DataFrame:
    """Return corrections for people, newest first."""
    rows = corrections.sort_values("date", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Corrected": [day_text(day) for day in rows["date"]],
            "What": [entry_name(names, row) for row in rows.to_dict("records")],
            "Which part": rows["field"].map(field_name),
            "Was": [cell_text(names, row["field"], row["old"]) for row in rows.to_dict("records")],
            "Is now": [cell_text(names, row["field"], row["new"]) for row in rows.to_dict("records")],
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


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
