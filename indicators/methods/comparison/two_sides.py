"""Whether a Russian and a Ukrainian series may stand side by side, and why not.

Two counts compare only where stage, legal definition, coverage, openness and population at risk are alike enough.
Each aspect is judged "yes", "partly" or "no", with a reason, in `comparison_guards.csv`; one "no" refuses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.core.evidence.load import Evidence

ASPECTS = ("stage", "legal_definition", "coverage", "openness", "population_at_risk")
"""What a comparison is judged by, in the order of the guard table."""


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One aspect of a comparison.

    Args:
        aspect: One of `ASPECTS`.
        alike: "yes", "partly" or "no".
        reason: Why, in one sentence.
    """

    aspect: str
    russia: str
    ukraine: str
    alike: str
    reason: str
    source_id: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A pair of series with the guard that decides whether they may stand side by side.

    Args:
        name: What is compared, in sentence case.
        ua_series: The same for the Ukrainian side.
        guards: One per aspect, in the order of `ASPECTS`.
    """

    id: str
    name: str
    indicator: str
    ru_series: str
    ua_series: str
    guards: tuple[Guard, ...]

    @property
    def fair(self) -> bool:
        """Whether every aspect has been judged and none is unlike."""
        return len(self.guards) == len(ASPECTS) and all(guard.alike != "no" for guard in self.guards)


def comparisons(evidence: Evidence) -> tuple[Comparison, ...]:
    """Return every comparison of the evidence with its guards, those that may be read side by side first."""
    guards = evidence.comparison_guards
    found = [
        Comparison(
            id=row["comparison_id"],
            name=row["name"],
            indicator=row["indicator"],
            ru_series=row["ru_series"],
            ua_series=row["ua_series"],
            guards=_guards(guards[guards["comparison_id"] == row["comparison_id"]]),
        )
        for row in evidence.comparisons.to_dict("records")
    ]
    return tuple(sorted(found, key=lambda comparison: not comparison.fair))


def verdict(guards: Sequence[Guard]) -> str:
    """Say in words whether two series may stand side by side.

    Args:
        guards: The judged aspects; an aspect of `ASPECTS` that is missing refuses the comparison.

    Example:
        >>> unlike = Guard(aspect="coverage", russia="a", ukraine="b", alike="no", reason="Unlike.", source_id="s")
        >>> verdict([unlike])
        'The two sides are not compared. Unlike.'
        >>> alike = [Guard(aspect=aspect, russia="a", ukraine="b", alike="yes", reason="Same.", source_id="s")
        ...     for aspect in ASPECTS]
        >>> verdict(alike)
        'The two sides can be read side by side.'
        >>> verdict(alike[1:])
        'The two sides are not compared: nothing was known yet about stage.'
    """
    unlike = [guard.reason for guard in guards if guard.alike == "no"]
    if unlike:
        return " ".join(["The two sides are not compared.", *unlike])
    judged = {guard.aspect for guard in guards}
    if missing := [aspect.replace("_", " ") for aspect in ASPECTS if aspect not in judged]:
        return f"The two sides are not compared: nothing was known yet about {', '.join(missing)}."
    partly = [guard.reason for guard in guards if guard.alike == "partly"]
    if partly:
        return " ".join(["The two sides can be read side by side with care.", *partly])
    return "The two sides can be read side by side."


def _guards(rows: pd.DataFrame) -> tuple[Guard, ...]:
    by_aspect = {row["aspect"]: row for row in rows.to_dict("records")}
    return tuple(
        Guard(**{name: by_aspect[aspect][name] for name in Guard.__dataclass_fields__})
        for aspect in ASPECTS
        if aspect in by_aspect
    )
