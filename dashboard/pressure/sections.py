"""Tables and sentences below the index: its figures, how robust it is, two readings, and what was declared."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.shell.addresses import page_link
from dashboard.shell.markdown import Markdown, link
from dashboard.shell.wording.index_wording import month_name
from indicators.core.evidence.provenance import cited_pages
from indicators.core.snapshot import Snapshot
from indicators.core.text import figure_text, number_text, percent_text, period_text
from indicators.methods.index.cells import Basis, Cell
from indicators.methods.index.coverage import MonthState
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.parts import PARTS, PILLARS, Part
from indicators.methods.index.readings import Effect, ReadIndex, Reading
from indicators.methods.index.robustness import ChoiceShares

CHOICE_NAMES: Mapping[str, str] = {
    "scale": "How figures are scaled",
    "mean": "How pillars are put together",
    "weights": "Weights of the pillars",
    "left_out": "Which part is left out",
    "inputs": "Where figures lie in their range",
}
READINGS: Mapping[Reading, str] = {"cautious": "Cautious", "worst": "Worst case"}
BASES: Mapping[Basis, str] = {
    Basis.OWN: "of the month",
    Basis.AVERAGE: "average over a longer period",
    Basis.CARRIED: "carried from an earlier month",
}
PILLAR_NAMES = {pillar.id: pillar.name for pillar in PILLARS}


def figure_rows(index: MoraleIndex, state: MonthState, snapshot: Snapshot) -> pd.DataFrame:
    """Return the figures behind one month: pillar, part, figure, pressure and the pages that print it."""
    down = index.grid.months.index(state.month)
    rows = []
    for number, pillar in enumerate(PILLARS):
        for across, part in enumerate(index.grid.parts):
            if part.pillar != pillar.id:
                continue
            cell = index.grid.cell(state.month, part)
            rows.append(
                {
                    "Pillar": f"{pillar.name}: {_score(index.pillar_scores[down, number])}",
                    "Part": _part_link(part, snapshot),
                    "Figure": "none" if cell is None else figure_text(cell.value, part.unit),
                    "Pressure, 1 to 100": _score(index.part_scores[down, across]),
                    "What the figure is": "" if cell is None else f"{BASES[cell.basis]}, {_periods(cell)}",
                    "Also measures": part.measures,
                    "Source": "" if cell is None else cited_pages(snapshot.evidence, cell.source_ids),
                }
            )
    return pd.DataFrame(rows)


def state_text(index: MoraleIndex, state: MonthState) -> str:
    """Say in words whether a month is published, on how much weight, and which origins decide."""
    if not state.published:
        needed = f" It lacks {state.needed}." if state.needed else ""
        return f"{month_name(state.month)} is refused: {state.reason}.{needed}"
    value, weight = index.value_of[state.month], percent_text(state.coverage)
    text = f"{month_name(state.month)}: {value:.0f} of 100, on {weight} of the weight."
    if state.month in index.linked:
        text += " Another set of parts than the month before, so it is linked to it over the parts that both have."
    if state.decisive:
        *others, last = state.decisive
        text += f" Without {', '.join(others)}{' or ' if others else ''}{last} alone it would be refused."
    return text


def part_left_out(index: MoraleIndex, without: Mapping[str, MoraleIndex]) -> pd.DataFrame:
    """Return what the newest published month becomes without each part."""
    last = index.published[-1].month
    names = {part.id: part.name for part in index.grid.parts}
    return pd.DataFrame(
        {
            "Without": [names[part] for part in without],
            month_name(last): [
                f"{each.value_of[last]:.0f}" if last in each.value_of else "refused" for each in without.values()
            ],
            "Change": [
                _signed(each.value_of[last] - index.value_of[last]) if last in each.value_of else ""
                for each in without.values()
            ],
            "Months published": [len(each.published) for each in without.values()],
            "Newest": [month_name(each.published[-1].month) if each.published else "none" for each in without.values()],
        }
    )


def importance(level: ChoiceShares, change: ChoiceShares | None) -> dict[str, dict[str, float]]:
    """Return the first-order shares of every choice, by what they are shares of.

    Args:
        change: Shares of its change, if any.
    """
    found = {"Newest month": _named(level)}
    return found if change is None else {**found, "Its change on the month before": _named(change)}


def importance_finding(level: ChoiceShares) -> str:
    """Say which choice decides most about the newest month."""
    name, share = max(level.first.items(), key=lambda item: item[1])
    return (
        f"{CHOICE_NAMES[name]} alone brings {percent_text(share)} of the spread of the newest month; "
        f"{percent_text(level.together)} come from choices together."
    )


def importance_table(level: ChoiceShares, change: ChoiceShares | None) -> pd.DataFrame:
    """Return shares alone and with interactions, choice by choice."""
    columns: dict[str, list[Any]] = {"Choice": list(CHOICE_NAMES.values())}
    for title, shares in (("Newest month", level), ("Change", change)):
        if shares is not None:
            columns[f"{title}, alone"] = [shares.first[choice] for choice in CHOICE_NAMES]
            columns[f"{title}, with others"] = [shares.total[choice] for choice in CHOICE_NAMES]
    return pd.DataFrame(columns)


def pillar_table(index: MoraleIndex) -> pd.DataFrame:
    """Return weight, squared correlation with the index and other meanings of every pillar."""
    places = index.plan.published
    rows = []
    for number, pillar in enumerate(PILLARS):
        scores = index.pillar_scores[places, number]
        held = ~np.isnan(scores)
        squared = None
        if held.sum() > 2 and np.ptp(scores[held]) > 0 and np.ptp(index.values[held]) > 0:
            squared = float(np.corrcoef(scores[held], index.values[held])[0, 1] ** 2)
        rows.append(
            {
                "Pillar": pillar.name,
                "Weight": percent_text(index.parameters.shares[pillar.id]),
                "Months with a figure": f"{held.sum()} of {len(places)}",
                "Squared correlation with the index": "" if squared is None else f"{squared:.2f}",
                "Also measures": pillar.measures,
            }
        )
    return pd.DataFrame(rows)


def reading_text(index: MoraleIndex, reads: Mapping[Reading, ReadIndex], month: pd.Period) -> str:
    """Say what both readings come to in a month."""
    values = {name: read.index.value_of.get(month) for name, read in reads.items()}
    plain = index.value_of.get(month)
    words = [
        f"{READINGS[name].lower()} {'refused' if value is None else f'{value:.0f}'}" for name, value in values.items()
    ]
    start = "refused" if plain is None else f"{plain:.0f}"
    text = f"{month_name(month)}: as published {start}; {', '.join(words)}."
    return f"{text} Readings follow rules, and need not lie on either side."


def reading_table(reads: Mapping[Reading, ReadIndex], month: pd.Period) -> pd.DataFrame:
    """Return what each rule does to a month, and the figures it changes."""
    return pd.DataFrame(
        [
            {
                "Reading": READINGS[name],
                "Rule": effect.rule.name,
                "Points": _effect_text(effect),
                "Figures that it changes": _changes(effect, read),
                "Why one may read so": effect.rule.reason,
            }
            for name, read in reads.items()
            for effect in read.effects(month)
        ]
    )


def declared_table(snapshot: Snapshot) -> pd.DataFrame:
    """Return every declared part with its goalposts and reason."""
    return pd.DataFrame(
        [
            {
                "Part": _part_link(part, snapshot),
                "Pillar": PILLAR_NAMES[part.pillar],
                "More of it": "better" if part.polarity > 0 else "worse",
                "Least to most pressure": " to ".join(_ends(part)),
                "Scale": "logarithmic" if part.treatment == "log" else "even",
                "Counted by": part.origin,
                "Why it enters": part.reason,
            }
            for part in PARTS
        ]
    )


def _ends(part: Part) -> tuple[str, str]:
    posts = part.goalposts
    least, most = (posts.low, posts.high) if part.polarity < 0 else (posts.high, posts.low)
    return figure_text(least, part.unit).removesuffix(f" {part.unit}"), figure_text(most, part.unit)


def _part_link(part: Part, snapshot: Snapshot) -> Markdown:
    return link(part.name, page_link("indicator", snapshot.day, indicator=part.indicator))


def _periods(cell: Cell) -> str:
    return "; ".join(period_text(*row.split(" ")[1:]) for row in cell.rows)


def _score(score: float) -> str:
    return "–" if np.isnan(score) else f"{score:.0f}"


def _named(shares: ChoiceShares) -> dict[str, float]:
    return {CHOICE_NAMES[choice]: shares.first[choice] for choice in CHOICE_NAMES}


def _signed(points: float) -> str:
    rounded = round(points)
    return f"+{rounded}" if rounded > 0 else number_text(rounded)


def _effect_text(effect: Effect) -> str:
    if effect.change is not None:
        return _signed(effect.change)
    return "makes it publishable" if effect.published else "refused"


def _changes(effect: Effect, read: ReadIndex) -> str:
    parts = {part.id: part for part in read.index.grid.parts}
    before = {part.id: part for part in read.steps[0].grid.parts}
    words = []
    for id_ in {**effect.before, **effect.after}:
        old, new = effect.before.get(id_), effect.after.get(id_)
        was = "none" if old is None else figure_text(old.value, (before if effect.rule.part else parts)[id_].unit)
        now = "none" if new is None else figure_text(new.value, parts[id_].unit)
        if was != now:
            words.append(f"{parts[id_].name}: {was}, now {now}")
    return "; ".join(words)
