"""What an indicator's page says first: a sentence with its newest figure and which way it went, made from the data."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard.shell.pages import Opening
from dashboard.shell.wording.figure_text import (
    counts_of_unlike_periods,
    entry_day,
    period_of,
    row_text,
    unreadable_text,
)
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import source_note
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.direction import Direction, change_between
from indicators.core.figures.glance import UNREADABLE, Glance
from indicators.core.figures.rounding import lower_limit, two_digits, upper_limit
from indicators.core.ledger.entries import dated_entries
from indicators.core.model import DATED_KINDS, Indicator
from indicators.core.snapshot import Snapshot
from indicators.core.text import QUALIFIER_WORDS, day_text, lower_first, number_text, period_text, upper_first

PLACES = {"RU": "Russia", "UA": "Ukraine"}
WHOLE_BELOW, TENTHS_BELOW = 1000, 10  # smaller figures are written to units and to tenths
KEY_FIGURES = 4
SHARES = ("share", "percent")
Rounding = tuple[Callable[[float], float], Callable[[float], float]]
LIMITS: Mapping[str, Rounding] = {
    Qualifier.AT_LEAST.value: (lower_limit, math.floor),
    Qualifier.MORE_THAN.value: (lower_limit, math.floor),
    Qualifier.UP_TO.value: (upper_limit, math.ceil),
}
"""How limits are rounded, large and small ones, so that they stay limits."""


def opening(indicator: Indicator, snapshot: Snapshot) -> Opening:
    """Return what the page of an indicator says first.

    Args:
        indicator: The indicator, as its definition read on the snapshot's day.
    """
    at_a_glance = snapshot.glance(indicator.id)
    parts = [f"{finding_title(indicator, snapshot)}.", *measure_lines(indicator, snapshot)]
    figure = newest_figure(indicator, snapshot)
    newest = at_a_glance.latest_event if figure is None else figure
    if newest is None:
        return Opening(question=indicator.question, answer=parts[0])
    return Opening(
        question=indicator.question,
        answer=" ".join(parts),
        source=source_sentence(snapshot.evidence, newest),
        table=key_table(at_a_glance.history),
    )


def finding_title(indicator: Indicator, snapshot: Snapshot) -> str:
    """Say an indicator's newest figure and which way it went, or how many entries are known; without a full stop."""
    at_a_glance = snapshot.glance(indicator.id)
    newest = newest_figure(indicator, snapshot)
    if newest is not None:
        figure = f"{sentence_figure(newest)}{_of_what(newest)}"
        way = movement(at_a_glance)
        return f"{indicator.name}: {figure}{f', {way}' if way else ''}"
    entries = main_entries(indicator, snapshot.evidence)
    if entries.empty:
        known = "" if snapshot.day is None else f" by {day_text(snapshot.day)}"
        return f"{indicator.name}: nothing was known{known}"
    count = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    return f"{indicator.name}: {count} since {day_text(entries['date'].min())}, the newest of {newest_day(entries)}"


def measure_lines(indicator: Indicator, snapshot: Snapshot) -> list[str]:
    """Say what the title's figure measures, where, over which period and by whose count, and what it leaves open."""
    at_a_glance = snapshot.glance(indicator.id)
    latest, entry = newest_figure(indicator, snapshot), at_a_glance.latest_event
    if latest is not None:
        place = place_of([latest["side"]])
        what = latest["label"] if place in latest["label"] else f"{latest['label']}, {place}"
        lines = [f"{what}, {period_of(latest)}, by {latest['claimant']}."]
        if latest["unit"] == "share" and latest["note"]:
            lines.append(f"{latest['note'].rstrip('.')}.")
        if newer := unreadable_text(at_a_glance):
            lines.append(f"Newer: {newer}.")
        return lines
    if entry is None:
        return []
    denied = f", denied by {entry['denied_by']}" if entry["denied_by"] else ""
    return [f"Newest: {entry['title'].rstrip('.')} ({entry_day(entry)}, by {entry['claimant']}{denied})."]


def newest_figure(indicator: Indicator, snapshot: Snapshot) -> pd.Series | None:
    """Return the figure that an indicator's title says, or None where none is known or dated entries say more.

    Returns:
        The newest figure of its headline; before there was one, the newest readable figure of its first chart that has
        any, or of what stands in no chart.
    """
    at_a_glance = snapshot.glance(indicator.id)
    if at_a_glance.latest is not None or at_a_glance.latest_event is not None:
        return at_a_glance.latest
    figures = snapshot.figures(indicator.id)
    readable = figures[~figures["status"].isin(UNREADABLE)].sort_values(["period_end", "known"], kind="stable")
    parts = [readable[readable["series"].isin(panel.series)] for panel in indicator.panels]
    return next((part.iloc[-1] for part in [*parts, readable] if not part.empty), None)


def movement(at_a_glance: Glance) -> str:
    """Say how the newest figure stands to the one before it; where that can't be told, to the first of its series.

    Two figures differ in direction only as `indicators.core.figures.direction` finds them to.

    Args:
        at_a_glance: The indicator at a glance; its newest figure is known.

    Returns:
        A clause such as "up from 130 (4 Apr 2023 to 18 Jun 2024)"; empty without an earlier figure.
    """
    latest, previous, history = at_a_glance.latest, at_a_glance.previous, at_a_glance.history
    if latest is None or previous is None:
        return ""
    if counts_of_unlike_periods(latest, previous):
        return f"after {_earlier(previous)}, a period of another length"
    change = at_a_glance.change
    if change is Direction.UNCLEAR and len(history) > 2:
        first = history.iloc[0]
        since_first = change_between(first, latest, history)
        if since_first in (Direction.UP, Direction.DOWN) and not counts_of_unlike_periods(latest, first):
            return f"{since_first.value} from {_earlier(first)}"
    if change in (Direction.UP, Direction.DOWN):
        return f"{change.value} from {_earlier(previous)}"
    if change is Direction.SAME:
        return f"unchanged since {period_of(previous)}"
    return f"no clear change from {_earlier(previous)}"


def sentence_figure(row: pd.Series, *, unit: bool = True) -> str:
    """Write a figure as a sentence has it: to two digits or to units, limits outwards, with its qualifier.

    Example:
        >>> row = {"value": 1985.0, "unit": "persons per week", "qualifier": "at_least"}
        >>> sentence_figure(pd.Series(row)), sentence_figure(pd.Series(row | {"value": 85.1}), unit=False)
        ('at least 1,900 persons a week', 'at least 85')
    """
    value = float(row["value"]) * (100 if row["unit"] == "share" else 1)
    if row["qualifier"] != Qualifier.EXACT.value or not value.is_integer():
        value = _rounded(value, row["qualifier"])
    words = QUALIFIER_WORDS.get(row["qualifier"], "")
    number = f"{words} {number_text(value)}".strip()
    if row["unit"] in SHARES:
        return f"{number} %"
    return f"{number} {row['unit'].replace(' per ', ' a ', 1)}" if unit else number


def source_sentence(evidence: Evidence, row: pd.Series) -> str:
    """Say who states a figure or an entry, who prints it and since when it is known."""
    printed = source_note(evidence, set(row["source_id"].split(";")))
    return f"{row['claimant']}; printed by {printed}; known {day_text(row['known'])}."


def key_table(history: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    """Return the newest figures of a series, newest first, under a row of headings; empty for none."""
    if history.empty:
        return ()
    rows = history.iloc[::-1].head(KEY_FIGURES)
    cells = ((period_of(row), row_text(row), row["claimant"], day_text(row["known"])) for _, row in rows.iterrows())
    return (("Period", "Figure", "By", "Known"), *cells)


def place_of(sides: Sequence[str]) -> str:
    """Name the country or countries that figures are of.

    Example:
        >>> place_of(["UA", "RU", "RU"])
        'Russia and Ukraine'
    """
    return " and ".join(PLACES[side] for side in PLACES if side in set(sides)) or PLACES["RU"]


def main_entries(indicator: Indicator, evidence: Evidence) -> pd.DataFrame:
    """Return the entries of an indicator's first panel of dated events; empty where it has none."""
    strip = next((panel for panel in indicator.panels if panel.kind in DATED_KINDS), None)
    return pd.DataFrame() if strip is None else dated_entries(indicator.id, strip, evidence)


def newest_day(entries: pd.DataFrame) -> str:
    """Write the day of the newest entry."""
    return entry_day(entries.iloc[-1])


def panel_finding(rows: pd.DataFrame) -> str:
    """Say the newest readable figure of a chart's first series, and the first of its claimant.

    Args:
        rows: The chart's rows, the first series first.
    """
    readable = rows[~rows["status"].isin(UNREADABLE)]
    if readable.empty:
        return ""
    own = readable[readable["series"] == readable["series"].iloc[0]].sort_values(["period_end", "known"])
    newest = own.iloc[-1]
    oldest = own[own["claimant"] == newest["claimant"]].iloc[0]
    label = f"{newest['label']}: " if rows["series"].nunique() > 1 else ""
    sentence = f"{label}{sentence_figure(newest)} ({period_of(newest)})"
    if oldest["period_end"] < newest["period_end"]:
        sentence += f"; first {sentence_figure(oldest, unit=False)} ({period_of(oldest)})"
    return f"{upper_first(sentence)}."


def span_text(rows: pd.DataFrame, first: str = "period_start", last: str = "period_end") -> str:
    """Write the stretch of time that rows cover."""
    return period_text(rows[first].min(), rows[last].max())


def refusal(indicator: Indicator, day: date | None) -> str:
    """Say in one sentence why an indicator shows no figure."""
    known = "yet" if day is None else f"by {day_text(day)}"
    return f"Nothing that {lower_first(indicator.name)} rests on had been published {known}."


def _earlier(row: pd.Series) -> str:
    return f"{sentence_figure(row, unit=False)} ({period_of(row)})"


def _of_what(latest: pd.Series) -> str:
    if latest["unit"] not in SHARES:
        return ""
    return f" {lower_first(latest['label'])}" if latest["unit"] == "percent" else ""


def _rounded(value: float, qualifier: str) -> float:
    coarse, whole = LIMITS.get(qualifier, (two_digits, round))
    if abs(value) >= WHOLE_BELOW:
        return coarse(value)
    scale = 10 if abs(value) < TENTHS_BELOW else 1
    return float(whole(value * scale)) / scale
