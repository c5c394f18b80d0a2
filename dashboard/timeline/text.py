"""Names, sentences and tables of the timeline page."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.shell.addresses import page_link
from dashboard.shell.markdown import Markdown, joined, link, markup, source_link
from dashboard.shell.wording.figure_text import LINE_NAMES
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import source_note
from indicators.core.evidence.vocabulary import EventCategory
from indicators.core.ledger.timeline import ASSESSMENT
from indicators.core.model import Dated
from indicators.core.registry import all_indicators
from indicators.core.text import day_text, lower_first, period_text

LINES = {str(line): name for line, name in LINE_NAMES.items() if line in {*EventCategory, ASSESSMENT}}
"""Display name by category of event, from top to bottom."""

STATUSES = {
    "confirmed": "Confirmed",
    "assessed": "Judgement of an institute",
    "claimed": "Claimed",
    "contested": "Contested",
    "denied": "Denied",
    "discontent": "Discontent (assessments)",
    "mixed": "Mixed (assessments)",
    "support": "Support (assessments)",
}
"""Display name by status of an event or direction of an assessment."""


QUESTION = "What happened when, and who says so?"
CARE = (
    Dated(
        "These are entries we found, most from summer 2023. Their number does not measure how much happened.",
        date(2023, 9, 1),
        before="These are entries we found. Their number does not measure how much happened.",
    ),
    "Contested means that parties disagree; no verdict is given. A denial stands beside what it denies.",
    "Assessments about military bloggers were mostly found by looking for complaints.",
)


def newest_sentence(entries: pd.DataFrame) -> str:
    """Say what the newest entry is, and how many there are."""
    if entries.empty:
        return "No event was on record by this day."
    newest = entries.iloc[-1]
    many = f"{len(entries)} events and assessments since {day_text(entries['date'].min())}."
    return f"Latest: {newest['title']} ({_when(newest['date'], newest['end_date'])}). {many}"


def newest_source(evidence: Evidence, entries: pd.DataFrame) -> str:
    """Say who states the newest entry, and where it was printed."""
    if entries.empty:
        return ""
    newest = entries.iloc[-1]
    return f"Latest entry: {newest['claimant']}, reported by {source_note(evidence, newest['source_id'])}."


def opening_table(newest: pd.DataFrame) -> list[list[str]]:
    """Return entries as rows of day, title, who says so and who denies, under a row of headings."""
    rows = [
        [_when(row["date"], row["end_date"]), row["title"], row["claimant"], row["denied_by"]]
        for row in newest.to_dict("records")
    ]
    return [["When", "What", "Says so", "Denies"], *rows] if rows else []


def count_sentence(shown: pd.DataFrame, entries: pd.DataFrame) -> str:
    """Say how many of the known entries are shown, and over which period.

    Args:
        shown: Entries after filtering.
    """
    if shown.empty:
        return f"None of {len(entries)} entries fits."
    period = period_text(shown["date"].min(), shown["end_date"].max())
    return f"{len(shown)} of {len(entries)} entries, {period}."


def entry_list(evidence: Evidence, shown: pd.DataFrame) -> Markdown:
    """Return the list under the chart, newest first, with links to sources and charts, as Markdown."""
    links = {
        indicator.id: link(indicator.name, page_link("indicator", evidence.as_of, indicator=indicator.id))
        for indicator in all_indicators()
    }
    newest_first = shown.iloc[::-1].to_dict("records")
    return joined("\n", (_item(row, source_link(evidence, row["source_id"]), links) for row in newest_first))


def _item(row: Mapping[Hashable, Any], source: Markdown, links: Mapping[str, Markdown]) -> Markdown:
    when = _when(row["date"], row["end_date"])
    heading = markup("**{}: {}** ({})", when, row["title"], lower_first(STATUSES[row["status"]]))
    summary = "" if row["summary"] == row["title"] else markup("  \n  {}", row["summary"])
    concerned = split_ids(row["indicators"])
    charts = joined(", ", (link for indicator, link in links.items() if indicator in concerned))
    said = markup("{}, {}", row["claimant"], source) if row["claimant"] else source
    words = (
        markup("Source: {}.", said),
        markup("Against it: {}.", row["denied_by"]) if row["denied_by"] else "",
        markup("Charts: {}.", charts) if charts else "",
    )
    return markup("- {}{}  \n  {}", heading, summary, joined(" ", (word for word in words if word)))


def number_table(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the entries as a table to read and save, with column names for people."""
    return pd.DataFrame(
        {
            "From": shown["date"],
            "To": shown["end_date"],
            "Kind": shown["line"].map(LINES),
            "Title": shown["title"],
            "Summary": shown["summary"],
            "Status": shown["status"].map(STATUSES),
            "Asserted by": shown["claimant"],
            "Denied by": shown["denied_by"],
            "Known": shown["known"],
            "Known by": shown["known_basis"].str.replace("_", " "),
            "Source": shown["source_id"],
        }
    )


def _when(first: pd.Timestamp, last: pd.Timestamp) -> str:
    return day_text(first) if first == last else period_text(first, last)
