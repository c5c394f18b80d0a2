"""Sources in words: who printed what and when, how reliable it is, and what it repeats."""

from collections.abc import Hashable, Mapping
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from dashboard.shell.markdown import Markdown, joined, link, markup
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.marks import RELIABILITY_WORDS
from indicators.core.text import day_text

QUESTION = "Where does every figure come from?"
CARE = (
    "A page that repeats a count is not a second count; “repeats” names whose it is.",
    "A page seen only as a repost, or inferred from a mirror, is marked as such. A title in square brackets is read "
    "from the address, because the page's own was not kept.",
    "Our tables are licensed CC BY 4.0; every source keeps its own terms.",
)
_MONTH = len("2023-08")


def source_table(evidence: Evidence) -> pd.DataFrame:
    """Return all sources with the stance and grade of their publisher, newest first."""
    sources = evidence.sources.merge(evidence.publishers, on="publisher", how="left")
    relays = sources["derived_from"].map(
        lambda cell: "; ".join(sorted({evidence.source_rows[source]["publisher"] for source in split_ids(cell)}))
    )
    figures = evidence.observations["source_id"].value_counts()
    table = pd.DataFrame(
        {
            "Publisher": sources["publisher"],
            "Title": sources["title"],
            "Published": sources["published"],
            "Figures": sources["source_id"].map(figures).fillna(0).astype(int),
            "Stance": sources["stance"].str.replace("_", " "),
            "Reliability": sources["reliability"],
            "Why": sources["reason"],
            "Relays": relays,
            "Page": sources["page"],
            "Language": sources["language"],
            "Licence": sources["licence"],
            "Address": sources["url"],
        }
    )
    return table.sort_values("Published", ascending=False, kind="stable").reset_index(drop=True)


def sources_sentence(rows: pd.DataFrame) -> str:
    """Say how many pages there are, by how many publishers, and how many repeat another."""
    if rows.empty:
        return "No source could be read by this day."
    repeating = int((rows["Relays"] != "").sum())
    return (
        f"{len(rows)} pages by {rows['Publisher'].nunique()} publishers; {repeating} of them repeat what another one "
        "said. Each is linked, dated and graded."
    )


def count_sentence(listed: int, found: int, every: int) -> str:
    """Say how many sources are listed, how many fit the reader's choice and how many there are.

    Example:
        >>> count_sentence(12, 574, 574), count_sentence(12, 31, 574)
        ('The newest 12 of 574 sources.', 'The newest 12 of 31 that fit, of 574 sources.')
        >>> count_sentence(574, 574, 574)
        '574 of 574 sources, newest first.'
    """
    if listed == found:
        return f"{found} of {every} sources, newest first."
    return f"The newest {listed} of {'' if found == every else f'{found} that fit, of '}{every} sources."


def published_text(published: str) -> str:
    """Write the day or month of a page, as far as it is known.

    Example:
        >>> published_text("2023-08-30"), published_text("2023-08"), published_text("2023"), published_text("")
        ('30 Aug 2023', 'Aug 2023', '2023', 'no date printed')
    """
    if len(published) == _MONTH:
        _, month, year = day_text(f"{published}-01").split()
        return f"{month} {year}"
    return day_text(published) if len(published) > _MONTH else published or "no date printed"


def source_line(row: Mapping[Hashable, Any]) -> Markdown:
    """Return a source in two lines: its title as a link, who printed it when, its grade, and what it repeats."""
    title = row["Title"].strip("[]") or urlsplit(row["Address"]).netloc.removeprefix("www.")
    label = f"[{title}]" if row["Title"].startswith("[") else title
    figures = f"{row['Figures']} figure{'' if row['Figures'] == 1 else 's'}" if row["Figures"] else ""
    known = (
        f"{RELIABILITY_WORDS[row['Reliability']]} ({row['Reliability']})" if row["Reliability"] else "",
        row["Stance"],
        figures,
        f"repeats {row['Relays']}" if row["Relays"] else "",
        "" if row["Page"] == "publisher" else f"page: {row['Page'].replace('_', ' ')}",
    )
    heading = markup("**{}**, {}: {}", row["Publisher"], published_text(row["Published"]), link(label, row["Address"]))
    return markup("- {}  \n  {}", heading, joined(" · ", (part for part in known if part)))


def opening_table(rows: pd.DataFrame) -> list[list[str]]:
    """Return sources as rows of publisher, day and title, under a row of headings."""
    listed = [
        [row["Publisher"], published_text(row["Published"]), row["Title"].strip("[]") or row["Address"]]
        for row in rows.to_dict("records")
    ]
    return [["Publisher", "Published", "Title"], *listed] if listed else []
