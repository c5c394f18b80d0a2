"""Sentences and tables of the story of "100 a week"."""

from collections.abc import Iterable

from dashboard.shell.markdown import Markdown, joined, link, markup
from indicators.core.figures.rounding import two_digit_ratio
from indicators.core.ledger.claims import Annotation
from indicators.core.text import day_text, figure_text, number_text
from indicators.methods.track_record.answer import Answer
from indicators.methods.track_record.scored_projection import ScoredProjection, ScoreStatus

WAYS = (
    "“Probably about” is the middle of every honest way to read the count between two totals; “at least” always holds. "
    "People imprisoned were not counted: they are computed from the sentences and the known share of suspended ones."
)
WORDED = "Reports of the update write “close to 100” or “up to 100”. As “up to”, 5,200 a year is the most it allows."


def carried_on(answer: Answer) -> str:
    """Say what the weekly figure comes to in a year; "" before it was published."""
    if answer.cited is None or answer.projected is None:
        return ""
    return (
        f"{number_text(answer.cited.value)} a week for 52 weeks comes to {number_text(answer.projected)}. "
        "The figure was “up to”, so this is the most it allows. An average week below it, a change "
        "from month to month or court holidays make it less."
    )


def record_sentence(record: Iterable[ScoredProjection]) -> str:
    """Say how many published projections there are and how many can be held against a count.

    Args:
        record: All projections; another reading of one is not counted again.
    """
    own = [scored for scored in record if not scored.reading_of]
    resolved = sum(scored.status is ScoreStatus.RESOLVED for scored in own)
    return f"Of {len(own)} published projections, {resolved} can be held against a count."


def record_rows(record: Iterable[ScoredProjection]) -> list[list[str]]:
    """Return who projected what, when, and how often the count is of it, under a row of headings.

    Args:
        record: All projections; another reading of one has no row of its own.
    """
    rows = [
        [
            scored.projector,
            day_text(scored.published),
            figure_text(scored.value, scored.unit, scored.qualifier.value),
            "not counted" if (ratio := scored.comparisons[0].ratio) is None else f"{two_digit_ratio(ratio):g}",
        ]
        for scored in record
        if not scored.reading_of
    ]
    return [["Who", "Published", "Projected", "Times projected"], *rows]


def statement_line(annotation: Annotation, address: str, found_later: bool) -> Markdown:
    """Write one statement of the report: what it says, who says so, and whether anything speaks to it."""
    claim = annotation.claim
    then, later = len(annotation.then), len(annotation.later) if found_later else 0
    figures = [f"{then} figure{'' if then == 1 else 's'} known then"] if then else []
    figures += [f"{later} since"] if later else []
    after = f" ({', '.join(figures)})" if figures else ""
    return joined("", (link(claim["statement"], address), markup(" {}{}", claim["claimant"], after)))
