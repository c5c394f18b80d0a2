"""Words for what is missing: below a chart, and as a table of what is overdue, withheld or not found."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.evidence.vocabulary import GapKind
from indicators.core.figures.freshness import Freshness
from indicators.core.figures.gaps import Gap
from indicators.core.text import day_text, period_text

KIND_WORDS: Mapping[GapKind, str] = {
    GapKind.UNKNOWN: "Not found",
    GapKind.NOT_YET: "Not yet out",
    GapKind.WITHHELD: "Withheld",
    GapKind.NOT_APPLICABLE: "Nothing to count",
}
STRETCHES = 3
"""Stretches of a series that a note below a chart names."""


def gap_note(gaps: Iterable[Gap], series: Sequence[str]) -> str:
    """Say below a chart for which stretches its series have no figure; "" where none is missing.

    What is only awaited is left out: the newest figure's day says it.
    """
    drawn = [gap for gap in gaps if gap.series in series and (gap.end or gap.source_id)]
    groups: dict[tuple[str, GapKind, str], list[Gap]] = {}
    for gap in drawn:
        groups.setdefault((gap.label, gap.kind, gap.reason if gap.source_id else ""), []).append(gap)
    return " ".join(_sentence(group, named=len(series) > 1) for group in groups.values())


def _sentence(gaps: Sequence[Gap], *, named: bool) -> str:
    first = gaps[0]
    rest = f"; and {len(gaps) - STRETCHES} more" if len(gaps) > STRETCHES else ""
    when = "; ".join(stretch_text(gap) for gap in gaps[:STRETCHES]) + rest
    reason = f". {first.reason.rstrip('.')}" if first.source_id else ""
    return f"{KIND_WORDS[first.kind]}{f' ({first.label})' if named else ''}: {when}{reason}."


def stretch_text(gap: Gap) -> str:
    """Write the days of a gap."""
    return f"from {day_text(gap.start)} on" if gap.end is None else period_text(gap.start, gap.end)


def gap_table(evidence: Evidence, gaps: Sequence[Gap]) -> pd.DataFrame:
    """Return gaps for people."""
    return pd.DataFrame(
        {
            "What": [gap.label for gap in gaps],
            "For": [stretch_text(gap) for gap in gaps],
            "State": [KIND_WORDS[gap.kind] for gap in gaps],
            "Why": [gap.reason for gap in gaps],
            "Source": [cited_pages(evidence, gap.source_id) if gap.source_id else "" for gap in gaps],
        }
    )


def freshness_table(series: Sequence[Freshness]) -> pd.DataFrame:
    """Return how fresh each series is, for people."""
    return pd.DataFrame(
        {
            "What": [one.label for one in series],
            "How often": [one.cadence or "not stated" for one in series],
            "Newest until": [day_text(one.period_end) for one in series],
            "Published": [day_text(one.known) for one in series],
            "Next expected by": [day_text(one.due) or "no fixed rhythm" for one in series],
            "State": ["overdue" if one.overdue else "" for one in series],
        }
    )
