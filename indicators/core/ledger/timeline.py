"""All dated events and assessments in one list, and the part of it that a reader asks for."""

from datetime import date

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.entries import ENTRY_COLUMNS, event_entries, in_order, mention_entries

TIMELINE_COLUMNS = (*ENTRY_COLUMNS, "indicators")
ASSESSMENT = "assessment"
"""The line of the assessments about military bloggers, beside the categories of events."""


def timeline(evidence: Evidence) -> pd.DataFrame:
    """Return every event and assessment, in order of date.

    Returns:
        Table with `TIMELINE_COLUMNS`; `line` is an event's category or `ASSESSMENT`, `status` an event's status or an
        assessment's direction.
    """
    events = event_entries(evidence.events).assign(indicators=evidence.events["indicators"])
    mentions = mention_entries(evidence).assign(line=ASSESSMENT, indicators="milblogger_discontent")
    return in_order(pd.concat([events, mentions], ignore_index=True))


def select(
    entries: pd.DataFrame,
    *,
    line: str | None = None,
    status: str | None = None,
    indicator: str | None = None,
    first: date | None = None,
    last: date | None = None,
    words: str = "",
) -> pd.DataFrame:
    """Keep the entries that fit every given condition.

    Args:
        entries: Table with `TIMELINE_COLUMNS`.
        line: Category of an event, or `ASSESSMENT`.
        first: Entries that ended before this day are left out.
        last: Entries that began after this day are left out.
        words: Text that the title, the summary, the claimant or whoever denies it holds, in letters of any size.
    """
    keep = pd.Series(True, index=entries.index)
    if line is not None:
        keep &= entries["line"] == line
    if status is not None:
        keep &= entries["status"] == status
    if indicator is not None:
        keep &= entries["indicators"].map(lambda cell: indicator in split_ids(cell)).astype(bool)
    if first is not None:
        keep &= entries["end_date"] >= pd.Timestamp(first)
    if last is not None:
        keep &= entries["date"] <= pd.Timestamp(last)
    if words.strip():
        text = entries[["title", "summary", "claimant", "denied_by"]].agg(" ".join, axis=1)
        keep &= text.str.contains(words.strip(), case=False, regex=False)
    return entries[keep].reset_index(drop=True)
