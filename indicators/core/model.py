"""The vocabulary of the evidence and the shape of an indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    import pandas as pd

    from indicators.core.evidence.load import Evidence


PanelKind = Literal["intervals", "columns", "line", "points", "steps", "totals", "lollipop", "events", "mentions"]

DATED_KINDS: tuple[PanelKind, ...] = ("events", "mentions")
"""Kinds of panel that show dated events or assessments, one line each, instead of figures."""

GROUPS: tuple[str, ...] = (
    "Refusal and law",
    "Flight and surrender",
    "Losses and cohesion",
    "Pressure on the rear",
    "Discourse and leadership",
    "Home front and price",
)

DERIVED_COLUMNS: tuple[str, ...] = (
    "series",
    "label",
    "stage",
    "period_start",
    "period_end",
    "value",
    "low",
    "high",
    "n",
    "unit",
    "qualifier",
    "side",
    "claimant",
    "known",
    "known_basis",
    "source_id",
    "method",
    "inputs",
    "status",
    "note",
)


class Dated(str):
    """A sentence that nobody could have written before a day, since it names something of that day.

    It is text like any other; in a replay of an earlier day `text_known` puts in its place what could be written then.

    Example:
        >>> sentence = Dated("Strict refusal of an order was 421 cases in 2023.", date(2023, 12, 29))
        >>> sentence.known.isoformat(), sentence.startswith("Strict")
        ('2023-12-29', True)
    """

    __slots__ = ("before", "known")
    before: str
    known: date

    def __new__(cls, text: str, known: date, before: str = "") -> Self:
        """Keep the text, its day, and what stands in its place before that day, if anything."""
        created = super().__new__(cls, text)
        created.known, created.before = known, before
        return created

    def __reduce__(self) -> tuple[type[Dated], tuple[str, date, str]]:
        return Dated, (str(self), self.known, self.before)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One chart of an indicator's page: which series it shows, in which unit and form.

    Args:
        id: Stable id, unique within the indicator.
        title: What is shown, in sentence case, without the unit.
        tab: The same in at most three words, for the row of buttons from which a page's charts are chosen.
        unit: Unit of the value axis; of dated events, what a mark stands for.
        series: Observation or derived series, in colour order. All share `unit`. Of dated events, the categories, and
            of mentions, the themes: one line each, from top to bottom.
        kind: Form of drawing; see `PanelKind`.
    """

    id: str
    title: str
    unit: str
    series: tuple[str, ...]
    kind: PanelKind
    note: str = ""
    tab: str = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A defined, computable measure with unit and direction.

    Args:
        id: Equals the module's name; used in URLs and in `series.csv`.
        group: One of `GROUPS`.
        unit: Unit of the headline figure.
        direction: +1 if a higher value means better morale, -1 if worse, None with a reason.
        direction_reason: Why the direction is set, or why there is none.
        headline: Series (observation or derived) whose newest row stands on the card; on one day the first wins.
            Empty if the newest entry of the first panel stands there, which must then show events or mentions.
        formula: The computation in words and symbols with units.
        caveats: What a reader must know; at least one, though a replay may show none.
        references: Where definition or method come from; at least one, though a replay may show none.
        panels: Charts in reading order; the first is the main one.
        compute: Evidence to a table with `DERIVED_COLUMNS`.
        counts: Observation series of whole counts in periods that do not overlap, in which a change of rate may be
            sought; empty for none.

    Raises:
        ValueError: If a required text is empty, the group is unknown, the direction is not +1, -1 or None,
            or two panels share an id.

    Example:
        >>> import pandas as pd
        >>> Indicator(
        ...     id="x", name="X", group="Refusal and law", question="Q?", unit="cases", direction=None,
        ...     direction_reason="context", headline=("x",), formula="f", caveats=("c",), references=("r",),
        ...     panels=(), compute=lambda evidence: pd.DataFrame(columns=list(DERIVED_COLUMNS)),
        ... ).id
        'x'
    """

    id: str
    name: str
    group: str
    question: str
    unit: str
    direction: Literal[1, -1] | None
    direction_reason: str
    headline: tuple[str, ...]
    formula: str
    caveats: tuple[str, ...]
    references: tuple[str, ...]
    panels: tuple[Panel, ...]
    compute: Callable[[Evidence], pd.DataFrame] = field(repr=False)
    counts: str = ""

    def __post_init__(self) -> None:
        """Check the definition once, when the module is imported."""
        for name in ("id", "name", "question", "unit", "direction_reason", "formula"):
            if not getattr(self, name).strip():
                raise ValueError(f"indicator {self.id!r}: {name} is empty; give it a text")
        if self.group not in GROUPS:
            raise ValueError(f"indicator {self.id!r}: group {self.group!r} is none of {', '.join(GROUPS)}")
        if self.direction not in (1, -1, None):
            raise ValueError(f"indicator {self.id!r}: direction {self.direction!r} is none of 1, -1, None")
        if not self.headline and not (self.panels and self.panels[0].kind in DATED_KINDS):
            raise ValueError(f"indicator {self.id!r}: give a headline series, or a first panel of events or mentions")
        ids = [panel.id for panel in self.panels]
        if len(ids) != len(set(ids)):
            raise ValueError(f"indicator {self.id!r}: two panels share an id ({', '.join(ids)})")


def as_known(indicator: Indicator, day: date | None) -> Indicator:
    """Return an indicator with the words and panels that could have been written by a day.

    Args:
        day: The replayed day; None returns the indicator as it is.

    Returns:
        The same indicator without later `Dated` texts, and without panels whose title is later.
    """
    if day is None:
        return indicator
    panels = [replace(panel, **_texts(panel, ("title", "note"), day)) for panel in indicator.panels]
    return replace(
        indicator,
        **_texts(indicator, ("question", "direction_reason", "formula"), day),
        caveats=texts_known(indicator.caveats, day),
        references=texts_known(indicator.references, day),
        panels=tuple(panel for panel in panels if panel.title),
    )


def _texts(of: Panel | Indicator, names: Iterable[str], day: date) -> dict[str, Any]:
    return {name: text_known(getattr(of, name), day) for name in names}


def texts_known(texts: Iterable[str], day: date | None) -> tuple[str, ...]:
    """Return the sentences that could have been written by a day.

    Args:
        texts: Sentences, `Dated` or not.
        day: The replayed day; None keeps them all.

    Example:
        >>> texts_known(("Always so.", Dated("So since May.", date(2023, 5, 1))), date(2023, 4, 30))
        ('Always so.',)
    """
    return tuple(known for text in texts if (known := text_known(text, day)))


def text_known(text: str, day: date | None) -> str:
    """Return a text as it could have been written by a day: itself, what stood in its place before, or nothing.

    Args:
        text: A text, `Dated` or not.
        day: The replayed day; None keeps the text.

    Example:
        >>> question = Dated("Did 100 a week last?", date(2023, 8, 30), before="How many are sentenced a week?")
        >>> text_known(question, date(2023, 8, 29)), text_known(question, None)
        ('How many are sentenced a week?', 'Did 100 a week last?')
    """
    if day is None or not isinstance(text, Dated) or text.known <= day:
        return text
    return text.before
