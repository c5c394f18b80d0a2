"""Sentences and tables of the track record."""

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.component.source_line import SourceLine
from dashboard.shell.markdown import Markdown, joined, link, markup
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages, source_note
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.rounding import lower_limit, two_digit_ratio, upper_limit
from indicators.core.text import (
    QUALIFIER_WORDS,
    day_text,
    figure_text,
    lower_first,
    number_text,
    percent_text,
    period_text,
    rounded_text,
    upper_first,
)
from indicators.methods.track_record.answer import Answer
from indicators.methods.track_record.outcomes import Outcome
from indicators.methods.track_record.scored_projection import (
    Comparison,
    ScoredProjection,
    ScoreStatus,
    counts_by_status,
)

STATUS_WORDS: Mapping[ScoreStatus, str] = {
    ScoreStatus.RESOLVED: "Scored",
    ScoreStatus.OPEN: "Still open",
    ScoreStatus.UNSCORABLE: "Can't be scored",
}
OWN_FORECASTS = (
    "Sentences are counted too rarely to forecast. Series that come every month are, and the forecasts scored below."
)
QUESTION = "Were published projections right?"
CARE = (
    "A projection holds only if its assumptions hold; a miss says that they did not, not who was wrong.",
    "Cases, sentences and people in prison are counted at different points; the ratio changes with that.",
    "Limits hold however the count grew between its totals: they say where it must lie, not where it likely is.",
    "Refused comparisons stay in the list with their reason; open ones are scored once a later count is known.",
)
_ASSUMED = "assumed: "


def projection_name(scored: ScoredProjection) -> str:
    """Name a projection by figure, window and projector."""
    figure = figure_text(scored.value, scored.unit, scored.qualifier.value)
    return f"{upper_first(figure)}, {period_text(scored.window_start, scored.window_end)} ({scored.projector})"


def counts_sentence(record: Sequence[ScoredProjection]) -> str:
    """Say how many projections could be scored, are open, or can't be; another reading of one is no other one."""
    counts = counts_by_status(record)
    states = ", ".join(f"{counts[status]} {words.lower()}" for status, words in STATUS_WORDS.items())
    own = sum(counts.values())
    return f"{own} published projection{'' if own == 1 else 's'}: {states}."


def window_sentence(scored: ScoredProjection) -> str:
    """Say how the window is known and how much of it had passed when the projection was published."""
    basis = scored.window_basis
    words = f"We take {basis.removeprefix(_ASSUMED)}" if basis.startswith(_ASSUMED) else f"The window: {basis}"
    gone = f" {percent_text(scored.window_gone)} of it had passed at publication." if scored.window_gone else ""
    return f"{words}.{gone}"


def score_finding(scored: ScoredProjection) -> str:
    """Say what became of a projection, by the definition that is most like its own."""
    first = scored.comparisons[0]
    if first.status is not ScoreStatus.RESOLVED or first.outcome is None or first.ratio is None:
        return f"{STATUS_WORDS[first.status]}: {first.reason}"
    return (
        f"{first.definition}, by {' and '.join(first.outcome.claimants)}: {likely_text(first.outcome)}, "
        f"{_times(first.ratio)} times what was projected ({_projected(scored)})."
    )


def _projected(scored: ScoredProjection) -> str:
    exact = scored.qualifier is Qualifier.PROJECTION
    return number_text(scored.value) if exact else figure_text(scored.value, "", scored.qualifier.value)


def counted_text(outcome: Outcome) -> str:
    """Write an observed figure; one that was read between totals has no more than two digits."""
    figure = outcome.figure
    if outcome.interpolated:
        return f"about {rounded_text(figure.value)}"
    return figure_text(figure.value, "", figure.qualifier.value)


def likely_text(outcome: Outcome) -> str:
    """Write an observed figure with its lower limit, if it was read between totals."""
    low = outcome.figure.low
    if not outcome.interpolated or not low:
        return counted_text(outcome)
    return f"at least {number_text(lower_limit(low))} and probably {counted_text(outcome)}"


def comparison_name(comparison: Comparison) -> str:
    """Name a comparison by definition and counter."""
    by = "" if comparison.outcome is None else f", by {' and '.join(comparison.outcome.claimants)}"
    return f"{comparison.definition}{by}"


def comparison_id(comparison: Comparison) -> str:
    """Return a comparison's id, as in an address."""
    claimants = "" if comparison.outcome is None else "-".join(comparison.outcome.claimants)
    return f"{comparison.series}-{comparison.stage}-{claimants}".lower().replace(" ", "-").replace("/", "-")


def definition_rows(comparisons: Iterable[Comparison]) -> pd.DataFrame:
    """Return the scored comparisons as the chart by definition wants them."""
    scored = [item for item in comparisons if item.status is ScoreStatus.RESOLVED]
    figures = [item.outcome.figure for item in scored if item.outcome is not None]
    return pd.DataFrame(
        {
            "name": [item.definition for item in scored],
            "by": [" and ".join(item.outcome.claimants) for item in scored if item.outcome is not None],
            "value": [figure.value for figure in figures],
            "low": pd.Series([figure.low for figure in figures], dtype="float64"),
            "high": pd.Series([figure.high for figure in figures], dtype="float64"),
            "own": [item.own_definition for item in scored],
            "note": [f"known {day_text(figure.known)}" for figure in figures],
        }
    )


def comparison_table(comparisons: Iterable[Comparison]) -> pd.DataFrame:
    """Return all comparisons of a projection for people, with what they use or why there is no score."""
    rows = []
    for item in comparisons:
        figure = None if item.outcome is None else item.outcome.figure
        rows.append(
            {
                "Definition": item.definition,
                "Compared": "as projected" if item.own_definition else "another definition",
                "State": STATUS_WORDS[item.status],
                "Counted": math.nan if figure is None else figure.value,
                "Lowest estimate": math.nan if item.outcome is None else item.outcome.span[0],
                "Highest estimate": math.nan if item.outcome is None else item.outcome.span[1],
                "At least": math.nan if figure is None or figure.low is None else figure.low,
                "At most": math.nan if figure is None or figure.high is None else figure.high,
                "Counted is": "" if figure is None else QUALIFIER_WORDS[figure.qualifier.value] or "exact",
                "Times projected": math.nan if item.ratio is None else item.ratio,
                "By": "" if item.outcome is None else " and ".join(item.outcome.claimants),
                "Known": "" if figure is None else day_text(figure.known),
                "How, or why not": item.reason,
            }
        )
    return pd.DataFrame(rows)


def comparison_lines(comparisons: Iterable[Comparison]) -> list[Markdown]:
    """Return one line of Markdown for each comparison: what was counted, how often the projection, and how."""
    lines = []
    for item in comparisons:
        parts: list[str] = [markup("**{}**", comparison_name(item))]
        if not item.own_definition:
            parts.append("another definition")
        if item.outcome is not None:
            parts.append(_with_range(item.outcome))
        if item.ratio is not None:
            parts.append(markup("**{} times projected**", _times(item.ratio)))
        lines.append(markup("{}. {}", joined("; ", parts), _reason(item)))
    return lines


def record_table(record: Iterable[ScoredProjection]) -> pd.DataFrame:
    """Return one row for each projection: who said what and when, what was counted, and how often the projected figure.

    Args:
        record: Projections; another reading of one in the list is left out.
    """
    rows = []
    for scored in (one for one in record if not one.reading_of):
        first = scored.comparisons[0]
        resolved = first.ratio is not None and first.outcome is not None
        rows.append(
            {
                "Who": scored.projector,
                "What": scored.statement,
                "When": day_text(scored.published),
                "Came to": likely_text(first.outcome) if resolved and first.outcome else _open_text(first),
                "Times projected": "" if first.ratio is None else _times(first.ratio),
            }
        )
    return pd.DataFrame(rows)


def shown_record(evidence: Evidence, record: Iterable[ScoredProjection]) -> pd.DataFrame:
    """Return `record_table` in three columns, which fit a phone, with each projection's day as a link to its source."""
    own = [one for one in record if not one.reading_of]
    days = [link(day_text(one.published), evidence.source_rows[one.source_id]["url"]) for one in own]
    rows = record_table(own)
    said = zip(rows["Who"], days, rows["What"], strict=True)
    return pd.DataFrame(
        {
            "Who said what": [markup("**{}**, {}: {}", who, day, what) for who, day, what in said],
            "It came to": rows["Came to"],
            "Times projected": rows["Times projected"],
        }
    )


def answer_source(evidence: Evidence, answer: Answer) -> str:
    """Say on whose pages the answer rests."""
    known = f" Latest figure published {day_text(answer.known)}." if answer.known else ""
    return f"Source: {source_note(evidence, answer.source_ids)}.{known}" if answer.source_ids else ""


def _open_text(comparison: Comparison) -> str:
    """Say why there is no score, in the first sentence of the reason."""
    first, _, _ = comparison.reason.partition(". ")
    return f"{STATUS_WORDS[comparison.status]}: {lower_first(first.rstrip('.'))}."


def _reason(comparison: Comparison) -> str:
    state = "" if comparison.status is ScoreStatus.RESOLVED else f"{STATUS_WORDS[comparison.status]}. "
    return f"{state}{comparison.reason}"


def _with_range(outcome: Outcome) -> str:
    figure = outcome.figure
    text = counted_text(outcome)
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return text
    span = outcome.span
    likely = "" if span[0] == span[1] else f"; estimates {rounded_text(span[0])} to {rounded_text(span[1])}"
    limits = f"at least {number_text(lower_limit(figure.low))}, at most {number_text(upper_limit(figure.high))}"
    return f"{text} ({limits}{likely})"


def _times(ratio: float) -> str:
    return number_text(two_digit_ratio(ratio))


def record_source(evidence: Evidence, scored: ScoredProjection) -> SourceLine:
    """Return the source line: who projected, and who counted."""
    used = {id_ for item in scored.comparisons if item.outcome for id_ in item.outcome.figure.source_ids}
    counted = (" Counts: ", cited_pages(evidence, used), ".") if used else ()
    return (f"Projection: {scored.projector}, reported by ", cited_pages(evidence, scored.source_id), ".", *counted)
