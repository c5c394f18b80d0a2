"""Sentences about figures, dated entries and indicators that several pages build."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.shell.markdown import Markdown, code, joined, markup
from indicators.core.evidence.vocabulary import EventCategory, Theme
from indicators.core.figures.glance import UNREADABLE, Glance
from indicators.core.ledger.timeline import ASSESSMENT
from indicators.core.model import Indicator
from indicators.core.text import STATUS_WORDS, count_text, day_text, figure_text, period_text, upper_first

LIKE_LENGTHS = 1.2  # months differ by up to 11 percent


def row_text(row: pd.Series) -> str:
    """Write a row's figure with qualifier, unit and range."""
    low, high = (row["low"], row["high"]) if row["qualifier"] in ("estimate", "about", "exact") else (None, None)
    return figure_text(row["value"], row["unit"], row["qualifier"], low, high)


def unreadable_text(at_a_glance: Glance) -> str:
    """Say what is known after the newest readable figure and why it does not stand in its place; "" for nothing."""
    row = at_a_glance.unreadable
    if row is None:
        return ""
    if row["unit"] == "share":  # a percentage of so few would say more than the count does
        return f"{_period(row)}: {row['note']}"
    return f"{_period(row)}: {row_text(row)}, {STATUS_WORDS[row['status']]}"


def origins_text(count: int) -> str:
    """Say how many independent sources stand behind a figure."""
    return count_text(count, "independent source")


def period_of(row: pd.Series) -> str:
    """Write a row's period."""
    return _period(row)


def finding(rows: pd.DataFrame) -> str:
    """Say what a chart's first series shows: its newest figure and the one furthest from it in time.

    Args:
        rows: The chart's rows, the first series first; of its claimants the one with the newest figure speaks.
    """
    readable = rows[~rows["status"].isin(UNREADABLE)]
    if readable.empty:
        return ""
    first = readable[readable["series"] == readable["series"].iloc[0]].sort_values(["period_end", "known"])
    newest = first.iloc[-1]
    oldest = first[first["claimant"] == newest["claimant"]].iloc[0]
    sentence = f"{row_text(newest)} ({_period(newest)}), by {newest['claimant']}"
    if oldest["period_end"] < newest["period_end"]:
        sentence += f"; {row_text(oldest)} ({_period(oldest)}) at the start"
    return f"{upper_first(sentence)}."


def in_order(figures: pd.DataFrame, series: Sequence[str]) -> pd.DataFrame:
    """Return the rows of the named series, in the order of the names, then by date."""
    rows = figures[figures["series"].isin(series)]
    place = rows["series"].map({name: number for number, name in enumerate(series)})
    return rows.assign(place=place).sort_values(["place", "period_end", "known"], kind="stable").drop(columns="place")


def alternative_text(indicator: Indicator, title: str, rows: pd.DataFrame) -> str:
    """Describe a chart for readers who can't see it."""
    if rows.empty:
        return f"{title}: no figures were known on this day."
    return f"{title} ({indicator.name}). {count_text(len(rows), 'figure')}, {_span(rows)}. {finding(rows)}"


def number_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the table under a chart, with column names for people."""
    return pd.DataFrame(
        {
            "Series": rows["label"],
            "From": rows["period_start"],
            "To": rows["period_end"],
            "Value": rows["value"],
            "Low": rows["low"],
            "High": rows["high"],
            "Unit": rows["unit"],
            "Qualifier": rows["qualifier"].str.replace("_", " "),
            "Claimant": rows["claimant"],
            "Side": rows["side"],
            "Known": rows["known"],
            "Days until known": (rows["known"] - rows["period_end"]).dt.days,
            "Known by": rows["known_basis"].str.replace("_", " "),
            "Note": rows["note"],
            "Source": rows["source_id"],
        }
    )


def counts_of_unlike_periods(latest: pd.Series, previous: pd.Series) -> bool:
    """Tell whether two figures count over periods too unlike in length to say which way they went."""
    # Half a month has half the count of a whole one at the same pace, so "down" would mislead.
    if " per " in latest["unit"] or latest["unit"] in ("share", "percent"):
        return False
    lengths = [(row["period_end"] - row["period_start"]).days + 1 for row in (latest, previous)]
    return bool(max(lengths) > LIKE_LENGTHS * min(lengths))


def _span(rows: pd.DataFrame) -> str:
    return f"from {day_text(rows['period_start'].min())} to {day_text(rows['period_end'].max())}"


def _period(row: pd.Series) -> str:
    return period_text(row["period_start"], row["period_end"])


LINE_NAMES: Mapping[str, str] = {
    EventCategory.MUTINY: "Mutiny",
    EventCategory.LEADERSHIP: "Leadership",
    EventCategory.MOSCOW_DRONE: "Moscow drones",
    EventCategory.REAR_STRIKE: "Rear strikes",
    EventCategory.MILBLOGGER: "War bloggers",
    ASSESSMENT: "Assessments",
    EventCategory.PROSECUTION: "Courts",
    EventCategory.LAW: "Law",
    EventCategory.MOBILISATION: "Mobilisation",
    EventCategory.OTHER: "Other reports",
    Theme.COMMAND: "Command",
    Theme.LOSSES: "Losses",
    Theme.CENSORSHIP: "Censorship",
    Theme.REAR_STRIKES: "Rear strikes",
    Theme.RETALIATION: "Retaliation",
    Theme.CAPITAL_STRIKES: "Moscow strikes",
    Theme.BORDER_DEFENCE: "Border regions",
    Theme.SUPPLY: "Supply",
    Theme.PRISONER_SWAP: "Prisoner swaps",
    Theme.NARRATIVE: "Official line",
}
"""Short names of event categories and themes, for the lines of a strip from top to bottom; long ones leave no room on a
phone."""


DIRECTIONS: Mapping[int | None, str] = {
    1: "Higher is read as better morale, if nothing else changed.",
    -1: "Higher is read as worse morale, if nothing else changed.",
    None: "No direction.",
}


def definition_text(indicator: Indicator) -> Markdown:
    """Write how an indicator is computed, which way it points and where it comes from, as Markdown."""
    references = joined("\n", (markup("- {}", reference) for reference in indicator.references))
    direction = f"{DIRECTIONS[indicator.direction]} {indicator.direction_reason}"
    return markup("{}\n\n{}\n\nIt rests on:\n\n{}", code(indicator.formula), direction, references)


def entry_day(entry: Mapping[str, object] | pd.Series) -> str:
    """Write the day or days of a dated entry."""
    return period_text(entry["date"], entry["end_date"])


def known_day(at_a_glance: Glance) -> pd.Timestamp | None:
    """Return the day on which what a card shows became known, or None if it shows nothing."""
    newest = at_a_glance.latest if at_a_glance.latest is not None else at_a_glance.latest_event
    return None if newest is None else newest["known"]
