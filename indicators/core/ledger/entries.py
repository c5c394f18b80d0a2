"""Dated events and assessments: the entries of a panel that shows no figures."""

from collections.abc import Sequence

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.model import DATED_KINDS, Indicator, Panel

ENTRY_COLUMNS = (
    "entry_id", "kind", "line", "date", "end_date", "title", "summary", "geography", "status", "claimant", "denied_by",
    "known", "known_basis", "source_id",
)  # fmt: skip


def dated_entries(indicator_id: str, panel: Panel, evidence: Evidence) -> pd.DataFrame:
    """Return what a panel of events or mentions shows, in order of date.

    Args:
        indicator_id: The indicator that events must concern.
        panel: A panel of kind "events" (its series are categories) or "mentions" (its series are themes).

    Returns:
        Table with `ENTRY_COLUMNS`: `line` is the category or theme, `status` the event's status or the direction of
        the assessment.

    Raises:
        ValueError: If the panel shows figures.
    """
    if panel.kind not in DATED_KINDS:
        raise ValueError(f"panel {panel.id!r} has the kind {panel.kind!r}; expected one of {', '.join(DATED_KINDS)}")
    if panel.kind == "mentions":
        entries = mention_entries(evidence)
    else:
        entries = event_entries(concerning(evidence.events, indicator_id))
    return in_order(entries[entries["line"].isin(panel.series)])


def entries_of(indicator: Indicator, evidence: Evidence) -> pd.DataFrame:
    """Return every event that concerns an indicator, and the entries of its panels, each once and in order of date."""
    shown = [dated_entries(indicator.id, panel, evidence) for panel in indicator.panels if panel.kind in DATED_KINDS]
    together = pd.concat([event_entries(concerning(evidence.events, indicator.id)), *shown], ignore_index=True)
    return in_order(together.drop_duplicates("entry_id"))


def concerning(table: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    """Return the rows of a table whose ;-joined `indicators` name an indicator."""
    return table[table["indicators"].map(lambda cell: indicator_id in split_ids(cell)).astype(bool)]


def places(entries: pd.DataFrame) -> Sequence[str]:
    """Return the places that entries name, in alphabetical order."""
    return sorted(place for place in entries["geography"].unique() if place)


def event_entries(events: pd.DataFrame) -> pd.DataFrame:
    """Return rows of events as entries, with `ENTRY_COLUMNS`."""
    names = {"event_id": "entry_id", "category": "line", "asserted_by": "claimant"}
    return events.rename(columns=names).assign(kind="event")[list(ENTRY_COLUMNS)]


def mention_entries(evidence: Evidence) -> pd.DataFrame:
    """Return the assessments about military bloggers as entries, with `ENTRY_COLUMNS`."""
    mentions = evidence.mentions
    names = {"mention_id": "entry_id", "theme": "line", "assessor": "claimant", "direction": "status"}
    return mentions.rename(columns=names).assign(
        kind="mention", end_date=mentions["date"], title=mentions["summary"], geography="", denied_by=""
    )[list(ENTRY_COLUMNS)]


def in_order(entries: pd.DataFrame) -> pd.DataFrame:
    """Return entries in order of date, then of the day they were known."""
    return entries.sort_values(["date", "known", "entry_id"], kind="stable").reset_index(drop=True)
