"""Where each indicator stands: its latest figure, which way it moved and when it was updated, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.charts.over_time.sparkline import Stretch
from dashboard.shell.wording.figure_text import (
    counts_of_unlike_periods,
    entry_day,
    known_day,
    period_of,
    unreadable_text,
)
from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.direction import Direction
from indicators.core.figures.glance import Glance
from indicators.core.ledger.entries import dated_entries
from indicators.core.model import DATED_KINDS, Indicator
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot, kept
from indicators.core.text import QUALIFIER_WORDS, figure_text, percent_text

NO_DIRECTION = "no direction"
UNKNOWN = "No figure had been published by this day."
ARROWS: Mapping[Direction, str] = {Direction.UP: "↑", Direction.DOWN: "↓"}
DAYS_PER_MONTH = 30.44


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One row of the table.

    Args:
        figure: Its latest complete figure with unit, or the day of its latest entry.
        about: What the figure counts and for which period, or what the entry is.
        direction: Which way it moved; "" where nothing can be said.
        known: Day on which it became known; None before the first.
        end: Last day of its period, or of its latest entry; None before the first.
        newer: What is known after it but not complete or too little to read; "" for nothing.
        newer_known: Day on which a newer figure became known that is still incomplete; None for none.
    """

    indicator: Indicator
    figure: str = ""
    about: str = UNKNOWN
    direction: str = ""
    known: date | None = None
    end: date | None = None
    newer: str = ""
    newer_known: date | None = None
    stretches: tuple[Stretch, ...] = ()


@kept(1)
def all_signs(snapshot: Snapshot) -> tuple[Sign, ...]:
    """Return a row for every indicator, in the order of their groups."""
    return tuple(_sign(snapshot, indicator) for indicator in all_indicators())


def direction_text(change: Direction | None, better: int | None) -> str:
    """Say which way a figure moved, and how its indicator reads that.

    Args:
        change: How the newest figure stands to the one before it; None where nothing is like it.
        better: +1 where more is read as better morale, -1 where as worse, None for neither.

    Example:
        >>> direction_text(Direction.UP, -1), direction_text(Direction.DOWN, -1), direction_text(Direction.UP, None)
        ('↑ up, worse', '↓ down, better', '↑ up')
        >>> direction_text(Direction.UNCLEAR, -1), direction_text(Direction.SAME, 1), direction_text(None, 1)
        ('no clear change', 'unchanged', 'no direction')
    """
    if change is None:
        return NO_DIRECTION
    if change not in ARROWS:
        return "unchanged" if change is Direction.SAME else "no clear change"
    moved = f"{ARROWS[change]} {change.value}"
    if better is None:
        return moved
    return f"{moved}, {'better' if (change is Direction.UP) == (better > 0) else 'worse'}"


def updated_text(known: date, today: date) -> str:
    """Say when something was last updated.

    Example:
        >>> [updated_text(date(2025, 6, 26), day) for day in (date(2025, 6, 26), date(2025, 7, 7), date(2026, 11, 28))]
        ['today', '11 days ago', '17 months ago']
        >>> updated_text(date(2022, 9, 21), date(2026, 11, 28)), updated_text(date(2026, 3, 1), date(2026, 3, 2))
        ('4 years ago', 'yesterday')
    """
    days = (today - known).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    if days < 60:
        return f"{days} days ago"
    months = round(days / DAYS_PER_MONTH)
    return f"{months} months ago" if months < 36 else f"{months // 12} years ago"


def _sign(snapshot: Snapshot, indicator: Indicator) -> Sign:
    glance = snapshot.glance(indicator.id)
    known = known_day(glance)
    if known is None:
        return Sign(indicator=indicator)
    if glance.latest is not None:
        row = glance.latest
        return Sign(
            indicator=indicator,
            figure=_figure(row),
            about=f"{row['label']}, {period_of(row)}",
            direction=direction_text(_change(glance), indicator.direction),
            known=known.date(),
            end=row["period_end"].date(),
            newer=unreadable_text(glance),
            newer_known=_growing_known(glance),
            stretches=tuple(
                Stretch(start.date(), end.date(), float(value))
                for start, end, value in zip(
                    glance.history["period_start"], glance.history["period_end"], glance.history["value"], strict=True
                )
            ),
        )
    entry = glance.latest_event
    assert entry is not None
    panel = next(panel for panel in indicator.panels if panel.kind in DATED_KINDS)
    entries = dated_entries(indicator.id, panel, snapshot.evidence)
    return Sign(
        indicator=indicator,
        figure=f"Latest entry {entry_day(entry)}",
        about=f"{entry['title']}, {entry['claimant']}",
        direction=NO_DIRECTION,
        known=known.date(),
        end=entry["end_date"].date(),
        stretches=tuple(
            Stretch(start.date(), end.date()) for start, end in zip(entries["date"], entries["end_date"], strict=True)
        ),
    )


def _figure(row: pd.Series) -> str:
    if row["unit"] == "share":
        return f"{QUALIFIER_WORDS[row['qualifier']]} {percent_text(row['value'])}".strip()
    return figure_text(row["value"], row["unit"], row["qualifier"]).replace(" per ", " a ")


def _change(glance: Glance) -> Direction | None:
    latest, previous = glance.latest, glance.previous
    if latest is None or previous is None or counts_of_unlike_periods(latest, previous):
        return None
    return glance.change


def _growing_known(glance: Glance) -> date | None:
    row = glance.unreadable
    return row["known"].date() if row is not None and row["status"] == Status.INCOMPLETE else None
