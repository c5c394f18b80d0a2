"""Names, tables and sentences of the indicator page and of the cards."""

import pandas as pd

from dashboard.charts.over_time.strip import LOOKS
from dashboard.shell.markdown import Markdown, markup
from dashboard.shell.wording.figure_text import LINE_NAMES, entry_day, row_text
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.model import Indicator
from indicators.core.text import count_text, day_text, number_text, period_text
from indicators.methods.comparison.signposts import Signpost


def entries_finding(entries: pd.DataFrame) -> str:
    """Name the newest of several dated entries."""
    if entries.empty:
        return ""
    newest = entries.iloc[-1]
    return f"Newest: {newest['title']} ({entry_day(newest)})."


def entries_alternative(indicator: Indicator, title: str, entries: pd.DataFrame) -> str:
    """Describe a strip of dated entries for readers who can't see it."""
    if entries.empty:
        return f"{title}: nothing was known on this day."
    lines = ", ".join(LINE_NAMES[line].lower() for line in entries["line"].drop_duplicates())
    first, last = day_text(entries["date"].min()), day_text(entries["date"].max())
    count = count_text(len(entries), "mark")
    return f"{title} ({indicator.name}). {count} from {first} to {last}: {lines}. {entries_finding(entries)}"


def entry_table(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the table under a strip, with column names for people."""
    return pd.DataFrame(
        {
            "From": entries["date"],
            "To": entries["end_date"],
            "Type": entries["line"].map(LINE_NAMES),
            "What": entries["title"],
            "In short": entries["summary"],
            "Place": entries["geography"],
            "Status": entries["status"].map(lambda status: LOOKS[status][0]),
            "Asserted by": entries["claimant"],
            "Denied by": entries["denied_by"],
            "Known": entries["known"],
            "Known by": entries["known_basis"].str.replace("_", " "),
            "Source": entries["source_id"],
        }
    )


def lone_figure(evidence: Evidence, row: pd.Series) -> str:
    """Write a figure that stands alone as a sentence."""
    period = period_text(row["period_start"], row["period_end"])
    said = f"{row['label']}: {row_text(row)} ({period}), by {row['claimant']}, known {day_text(row['known'])}."
    return markup("{} Printed by {}.", said, cited_pages(evidence, row["source_id"]))


def single_figures_table(evidence: Evidence, rows: pd.DataFrame) -> pd.DataFrame:
    """Return figures that stand in no chart, newest first."""
    ordered = rows.sort_values(["period_end", "known"], ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "What": ordered["label"],
            "Figure": [row_text(row) for _, row in ordered.iterrows()],
            "Period": [period_text(row["period_start"], row["period_end"]) for _, row in ordered.iterrows()],
            "Claimant": ordered["claimant"],
            "Known": ordered["known"].dt.strftime("%Y-%m-%d"),
            "Printed by": [cited_pages(evidence, source) for source in ordered["source_id"]],
            "Note": ordered["note"],
        }
    )


def revision_table(revised: pd.DataFrame) -> pd.DataFrame:
    """Return how figures changed with the day of publication, for people.

    Args:
        revised: Result of `vintages.revisions`.
    """
    return pd.DataFrame(
        {
            "What": revised["label"],
            "Period": [period_text(row["period_start"], row["period_end"]) for _, row in revised.iterrows()],
            "First figure": [number_text(value) for value in revised["first_value"]],
            "Known": [day_text(day) for day in revised["first_known"]],
            "Newest figure": [number_text(value) for value in revised["last_value"]],
            "Known since": [day_text(day) for day in revised["last_known"]],
            "Change": [f"{100 * change:+.1f} %".replace("-", "−") for change in revised["change"]],
            "Unit": revised["unit"],
            "Claimant": revised["claimant"],
        }
    )


def incomplete_sentence(start: pd.Timestamp, editions: int) -> str:
    """Say from when figures are incomplete, and what would tell how late they come."""
    return (
        f"Figures from {day_text(start)} on are incomplete: they stand in no headline, change or study. How late "
        "figures come would best be learnt from several dated editions of the same periods; here a period is known in "
        f"{editions} edition{'' if editions == 1 else 's'}."
    )


def signpost_sentence(signpost: Signpost) -> Markdown:
    """Write one signpost with its status, what met it or until when it counts, and why it matters."""
    sighting = signpost.sighting
    if sighting is None:
        when = f"counts from {day_text(signpost.window_start)} to {day_text(signpost.due)}"
    else:
        value = "" if sighting.value is None else f"{number_text(sighting.value)} on "
        when = f"{value}{day_text(sighting.day)}, known {day_text(sighting.known)}"
    statement = signpost.statement.removesuffix(".")
    return markup("**{}.** {} ({}). {}", signpost.status.value.capitalize(), statement, when, signpost.reason)
