"""Two readings of the same evidence, cautious and worst case, by named rules, and what each rule does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from indicators.methods.index.cells import Cell, monthly_cells
from indicators.methods.index.grid import Grid, grid_of
from indicators.methods.index.index import MoraleIndex, index_of_grid
from indicators.methods.index.parameters import IndexParameters
from indicators.methods.index.parts import Goalposts, Part

Reading = Literal["cautious", "worst"]
READINGS: tuple[Reading, ...] = ("cautious", "worst")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of a reading.

    Args:
        name: What the rule does, in a phrase.
        part: Id of the part whose series it replaces; empty for the rule about bounds.
        goalposts: Its goalposts, where the unit differs; None keeps those of the part.
        longest: Days of the longest period; 0 keeps that of the part.
    """

    id: str
    name: str
    reading: Reading
    reason: str
    part: str = ""
    series: str = ""
    unit: str = ""
    goalposts: Goalposts | None = None
    longest: int = 0


RULES: tuple[Rule, ...] = (
    Rule(
        id="calm_ends",
        name="Every figure at the end of its range that means less pressure",
        reading="cautious",
        reason="Published bounds, rounding and the size of polls leave room.",
    ),
    Rule(
        id="per_force",
        name="Absence cases per 1,000 troops instead of cases",
        reading="cautious",
        reason="More troops bring more cases; estimates of the force come from Ukraine and differ.",
        part="cases",
        series="refusal_cases_art337_per_1000_a_year",
        unit="cases per 1,000 troops a year",
        goalposts=Goalposts(12.3, 15.3, 16.7, 17.8, 19.2),
    ),
    Rule(
        id="names_only",
        name="Deaths by name alone, in complete months",
        reading="cautious",
        reason="A name is documented; an estimate adds those nobody named.",
        part="deaths",
        series="named_deaths_weekly",
        unit="persons per week",
    ),
    Rule(
        id="bad_ends",
        name="Every figure at the end of its range that means more pressure",
        reading="worst",
        reason="Published bounds, rounding and the size of polls leave room.",
    ),
    Rule(
        id="all_articles",
        name="Cases under all three refusal articles instead of absence alone",
        reading="worst",
        reason="Desertion and refusal of an order are refusals too.",
        part="cases",
        series="refusal_cases_weekly_all",
        unit="cases per week",
        longest=420,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What one rule does to one month.

    Args:
        change: Points of the index that it adds, all rules before it applied; None where it makes or ends a refusal.
        published: Whether the month is published once it is applied.
        before: Cells that it changes, as they were, by part.
        after: The same cells afterwards; a part without a figure is absent.
    """

    rule: Rule
    change: float | None
    published: bool
    before: Mapping[str, Cell]
    after: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadIndex:
    """The index under one reading.

    Args:
        index: The index with all its rules applied.
        steps: The index after each rule, the index itself first.
        rules: Its rules in order.
    """

    reading: Reading
    index: MoraleIndex
    steps: tuple[MoraleIndex, ...]
    rules: tuple[Rule, ...]

    def effects(self, month: pd.Period) -> tuple[Effect, ...]:
        """Return what each rule does to a month; the changes sum to the difference between the readings."""
        return tuple(
            _effect(rule, month, before, after)
            for rule, before, after in zip(self.rules, self.steps, self.steps[1:], strict=False)
        )


def read_index(figures: pd.DataFrame, grid: Grid, parameters: IndexParameters, reading: Reading) -> ReadIndex:
    """Work out the index under one reading, rule by rule.

    Rules about definitions come first, the rule about bounds last, since it takes the bounds of what the others chose.

    Args:
        figures: Rows as `monthly_cells` takes them.
        grid: What they come to before any rule.
    """
    rules = tuple(sorted((rule for rule in RULES if rule.reading == reading), key=lambda rule: not rule.part))
    chosen, cells = grid.parts, grid.cells
    steps = [index_of_grid(grid, parameters)]
    for rule in rules:
        if rule.part:
            chosen = tuple(_replaced(part, rule) if part.id == rule.part else part for part in chosen)
            changed = [part for part in chosen if part.id == rule.part]
            cells = {**cells, **monthly_cells(figures, changed)}
        else:
            cells = {part.id: _at_end(cells[part.id], part, reading) for part in chosen}
        steps.append(index_of_grid(grid_of(chosen, cells), parameters))
    return ReadIndex(reading=reading, index=steps[-1], steps=tuple(steps), rules=rules)


def _replaced(part: Part, rule: Rule) -> Part:
    return replace(
        part,
        series=rule.series,
        unit=rule.unit,
        goalposts=rule.goalposts or part.goalposts,
        longest=rule.longest or part.longest,
    )


def _at_end(cells: Mapping[pd.Period, Cell], part: Part, reading: Reading) -> dict[pd.Period, Cell]:
    """Return cells at the end of their range that the reading takes."""
    lowest = (part.polarity < 0) == (reading == "cautious")
    return {month: replace(cell, value=cell.low if lowest else cell.high) for month, cell in cells.items()}


def _effect(rule: Rule, month: pd.Period, before: MoraleIndex, after: MoraleIndex) -> Effect:
    earlier, later = before.value_of.get(month), after.value_of.get(month)
    olds, news = (
        {key: held[month] for key, held in index.grid.cells.items() if month in held} for index in (before, after)
    )
    changed = [key for key in {**olds, **news} if olds.get(key) != news.get(key)]
    return Effect(
        rule=rule,
        change=None if earlier is None or later is None else later - earlier,
        published=later is not None,
        before={key: olds[key] for key in changed if key in olds},
        after={key: news[key] for key in changed if key in news},
    )
