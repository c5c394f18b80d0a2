"""Sentences of the page that sets indicators one above the other."""

from collections.abc import Sequence
from datetime import date

from dashboard.shell.pages import Opening
from dashboard.shell.wording.figure_text import period_of, row_text
from dashboard.shell.wording.finding import finding_title, source_sentence
from indicators.core.model import Indicator, as_known
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text, lower_first

QUESTION = "How do these signs move beside each other, and around which events?"
CAVEATS = (
    "Each row has its own scale: compare when lines turn, not how high they stand.",
    "Moving at the same time is no proof of a cause.",
    "Counts are dated by the period they cover, not by the day they became known.",
)


def opening(indicators: Sequence[Indicator], snapshot: Snapshot) -> Opening:
    """Return what the page says first: one sentence for each indicator."""
    known = [as_known(indicator, snapshot.day) for indicator in indicators]
    newest = [(indicator, snapshot.glance(indicator.id).latest) for indicator in known]
    rows = [
        (indicator.name, row_text(row), period_of(row), row["claimant"]) for indicator, row in newest if row is not None
    ]
    sources = [source_sentence(snapshot.evidence, row) for _, row in newest if row is not None]
    return Opening(
        question=QUESTION,
        answer=" ".join(f"{finding_title(indicator, snapshot)}." for indicator in known[:3])
        or "Choose one or more indicators.",
        source=" ".join(dict.fromkeys(sources)),
        table=(("Indicator", "Newest figure", "Period", "By"), *rows) if rows else (),
    )


def joined_names(names: Sequence[str]) -> str:
    """Name what is compared, at least one thing.

    Example:
        >>> joined_names(["Refusal cases", "Named deaths", "Polls"])
        'Refusal cases, named deaths and polls'
    """
    lowered = [names[0], *map(lower_first, names[1:])]
    return lowered[0] if len(lowered) == 1 else f"{', '.join(lowered[:-1])} and {lowered[-1]}"


def not_drawn(indicator: Indicator, snapshot: Snapshot, start: date, end: date) -> str:
    """Say why an indicator that was asked for has no row in the chart."""
    if not indicator.headline:
        return f"{indicator.name} is not drawn: it lists dated reports, and their number measures nothing."
    if snapshot.glance(indicator.id).history.empty:
        return f"{indicator.name} is not drawn: none of its main figures had been published by the day shown."
    return f"{indicator.name} is not drawn: it has no figure between {day_text(start)} and {day_text(end)}."
