"""Sentences of the index: the finding, the figures above the chart, its numbers, and what it says first."""

from collections.abc import Mapping

import pandas as pd

from dashboard.component.controls import Tile
from dashboard.shell.wording.index_wording import (
    FINDING,
    NOTHING,
    REFUSAL,
    REFUSED,
    STOOD,
    month_name,
    newest,
    newest_parts,
    refusal_text,
)
from indicators.core.text import chance_text, day_text
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.robustness import Robustness

QUESTION = "Is pressure on morale rising?"
TITLE = "Pressure on the morale of Russian forces, by month (higher means worse)"
ABOUT = (
    "The index describes published counts and claims. Besides morale it measures enforcement, counting, fighting, "
    "opinion and price; it is no forecast."
)
PHRASES: Mapping[str, str] = {
    "pressure": "Pressure, {month}",
    "pressure_none": "Pressure",
    "of_100": "{value} of 100",
    "band": "{low} to {high} in 90 % of draws",
    "band_later": "the range follows at rest",
    "chance": "Chance of a rise",
    "chance_note": "on the month before; 50 % is even",
    "months": "Months published",
    "of_months": "{published} of {all}",
    "newest_refused": "the newest one is refused",
    "newest_published": "the newest one among them",
    "refusal": REFUSAL,
    "none": NOTHING,
    "finding": FINDING,
    "finding_moving": "Pressure stood at {value} of 100 in {month}, the newest month with enough figures, "
    "with these weights.",
}
"""Sentences of the figures; the panel fills the same ones in the browser."""


def chance_of_newest(index: MoraleIndex, drawn: Robustness) -> str:
    """Return the chance that the newest published month stands above the one before; a dash where that is refused."""
    state = newest(index)
    chance = None if state is None else drawn.chance_of_rise(state.month)
    return "–" if chance is None else chance_text(chance)


def tiles(index: MoraleIndex, drawn: Robustness) -> tuple[Tile, ...]:
    """Return the figures above the chart."""
    published = PHRASES["of_months"].format(published=len(index.published), all=len(index.states))
    months = Tile(
        label=PHRASES["months"],
        value=published,
        note=PHRASES["newest_refused"] if refusal_text(index) else PHRASES["newest_published"],
    )
    if not index.published:
        nothing = Tile(label=PHRASES["pressure_none"], value="–", note="")
        return nothing, Tile(label=PHRASES["chance"], value="–", note=""), months
    parts = newest_parts(index, drawn)
    return (
        Tile(
            label=PHRASES["pressure"].format(**parts),
            value=PHRASES["of_100"].format(**parts),
            note=PHRASES["band"].format(**parts),
        ),
        Tile(label=PHRASES["chance"], value=chance_of_newest(index, drawn), note=PHRASES["chance_note"]),
        months,
    )


def answer(index: MoraleIndex, drawn: Robustness) -> str:
    """Answer the page's question in plain text."""
    state = newest(index)
    if state is None:
        return f"{PHRASES['none']} {refusal_text(index)}".rstrip()
    chance = drawn.chance_of_rise(state.month)
    rose = "" if chance is None else f"; the chance that it had risen on the month before is {chance_text(chance)}"
    last = index.states[-1]
    refused = "" if last.published else REFUSED.format(month=month_name(last.month), reason=last.reason.split("; ")[0])
    which = ", the newest month with enough figures," if refused else ""
    return refused + STOOD.format(**newest_parts(index, drawn), which=which, rose=rose)


def month_table(index: MoraleIndex, drawn: Robustness) -> pd.DataFrame:
    """Return every month with its value, its range, its weight with a figure, and why it is refused."""
    places = {month: place for place, month in enumerate(drawn.months)}
    rises = {month: drawn.chance_of_rise(month) for month in drawn.months}

    def level(of: float) -> list[float | None]:
        return [drawn.levels[of][places[state.month]] if state.published else None for state in index.states]

    return pd.DataFrame(
        {
            "Month": [month_name(state.month) for state in index.states],
            "Index": [index.value_of.get(state.month) for state in index.states],
            "5 % level": level(0.05),
            "Median": level(0.5),
            "95 % level": level(0.95),
            "Chance of a rise": [rises.get(state.month) for state in index.states],
            "Weight with a figure": [state.coverage for state in index.states],
            "Refused because": [state.reason for state in index.states],
        }
    )


def opening_table(index: MoraleIndex, drawn: Robustness) -> list[list[str]]:
    """Return the newest twelve months for the document that is sent before any script runs."""
    rows = month_table(index, drawn).tail(16).to_dict("records")
    return [
        ["Month", "Index", "90 % of draws", "Refused because"],
        *(
            [
                row["Month"],
                "" if pd.isna(row["Index"]) else f"{row['Index']:.0f}",
                "" if pd.isna(row["Index"]) else f"{row['5 % level']:.0f} to {row['95 % level']:.0f}",
                row["Refused because"],
            ]
            for row in rows
        ),
    ]


def source_text(index: MoraleIndex) -> str:
    """Say whose figures the index rests on, and up to which day they were published."""
    cells = [cell for held in index.grid.cells.values() for cell in held.values()]
    if not cells:
        return "No source: nothing was known yet."
    claimants = ", ".join(dict.fromkeys(part.origin for part in index.grid.parts if index.grid.cells[part.id]))
    return (
        f"{claimants} (latest published {day_text(max(cell.known for cell in cells))}); own index with assumed weights"
    )
