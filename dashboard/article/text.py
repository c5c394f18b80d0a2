"""Sentences of the article's page: each statement beside what was known then and what became known since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from dashboard.shell.markdown import Markdown, escaped, markup
from dashboard.shell.wording.figure_text import entry_day
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import ClaimKind
from indicators.core.ledger.claims import AnnotatedArticle, Annotation
from indicators.core.text import day_text, figure_text, lower_first, month_text, period_text
from indicators.methods.track_record.answer import PROJECTION, Answer

JUDGEMENTS = (ClaimKind.ASSESSMENT, ClaimKind.CONDITIONAL)
UNMEASURED = "Nothing public measures this."
QUESTION = "What became of the news report of 31 Aug 2023, line by line?"
CARE = (
    "Statements are in our words: read the source before you quote. No verdict is given.",
    "“Then” is what the public could read on the day of the report, “since” what became known later. Of several "
    "figures, the one closest to the statement is named in its line; the others stand with the evidence.",
)
TWO_DIGITS = 10
"""From here on a whole number has at least two digits."""

DID: Mapping[str, str] = {
    "asserts": "stated",
    "confirms": "also said",
    "repeats": "repeated",
    "suspects": "suspected",
    "corrects": "corrected",
    "denies": "denied",
}


def unmeasured(claim: pd.Series) -> bool:
    """Return whether a statement is a judgement that no published series can be held against."""
    return claim["kind"] in JUDGEMENTS and not claim["outcome_series"]


def claim_figure(evidence: Evidence, claim: pd.Series) -> str:
    """Return the figure of a claim as its row in the ledger has it, or an empty text."""
    tables = (
        ("observation_id", evidence.observations, "period_start", "period_end"),
        ("projection_id", evidence.published_projections, "window_start", "window_end"),
    )
    for column, table, start, end in tables:
        rows = table[table[column] == claim[column]]
        if not rows.empty:
            row = rows.iloc[0]
            period = period_text(row[start], row[end])
            return f"{figure_text(row['value'], row['unit'], row['qualifier'], row['low'], row['high'])} ({period})"
    return ""


def annotation_lines(
    rows: pd.DataFrame, links: pd.DataFrame, entries: pd.DataFrame, printed: Mapping[str, Markdown]
) -> list[Markdown]:
    """Say what answers a statement: newest figures, what other claims do to it, then events and assessments.

    Args:
        rows: Figures as in `Annotation.then` or `Annotation.later`.
        links: Links that became known in the same stretch of time.
    """
    lines = []
    for _, row in rows.iterrows():
        figure = figure_text(row["value"], row["unit"], row["qualifier"], row["low"], row["high"])
        period = period_text(row["period_start"], row["period_end"])
        said = f"{row['label']}: {figure} ({period}), by {row['claimant']}."
        lines.append(_with_source(said, row, printed))
    for _, row in links.iterrows():
        about = f"“{row['about']}”" if row["about"] else "this"
        said = f"{row['claimant']} {row['relation']} {about} and says “{row['statement']}”"
        lines.append(_with_source(said, row, printed))
    for _, row in entries.iterrows():
        denied = f", denied by {row['denied_by']}" if row["denied_by"] else ""
        stated = f"{row['title']} ({row['status']}, stated by {row['claimant']}{denied})"
        lines.append(_with_source(f"{entry_day(row)}: {stated}.", row, printed))
    return lines


def answer_lines(answer: Answer, claim: pd.Series) -> list[Markdown]:
    """Say what became of the weekly figure or of its projection, where a claim states one of them."""
    if claim["projection_id"] == PROJECTION:
        lines = [answer.sentence, answer.suspended]
    elif _is_weekly_figure(answer, claim):
        lines = [answer.counted, answer.pace, answer.suspended]
    else:
        lines = []
    return [escaped(line) for line in lines if line]


def then_and_later(
    annotation: Annotation, day: pd.Timestamp, printed: Mapping[str, Markdown]
) -> tuple[list[Markdown], list[Markdown]]:
    """Return what was known on a day and what became known later, as lines of text."""
    (then_links, then_entries), (later_links, later_entries) = _parted(annotation, day)
    return (
        annotation_lines(annotation.then, then_links, then_entries, printed),
        annotation_lines(annotation.later, later_links, later_entries, printed),
    )


def in_brief(annotation: Annotation, day: pd.Timestamp, answer: Answer) -> tuple[str, str]:
    """Return in a few words what was known on a day, and what became known later.

    A figure stands before the word of others, and that before the number of events. What became of the projection is
    said in the words of its answer.
    """
    (then_links, then_entries), (later_links, later_entries) = _parted(annotation, day)
    then = _brief(annotation.claim, annotation.then, then_links, then_entries)
    later = _brief(annotation.claim, annotation.later, later_links, later_entries)
    since = later.after(then)
    if annotation.claim["projection_id"] == PROJECTION and answer.verdict:
        since = lower_first(answer.verdict)
    return then.text, since


def brief_text(then: str, since: str | None) -> str:
    """Write what was known then and since behind a statement.

    Args:
        since: What became known since; None where that is not told.

    Example:
        >>> brief_text("4 events", "1"), brief_text("73 %", ""), brief_text("", None)
        ('then: 4 events; since: 1', 'then: 73 %; since: nothing', 'then: nothing')
        >>> brief_text("denied by X", "denied by X"), brief_text("about 5 days, Jun 2022", "about 6, Jun 2025")
        ('then and since: denied by X', 'about 5 days, Jun 2022; since: about 6, Jun 2025')
    """
    if then and then == since:
        return f"then and since: {then}"
    dated = then[-4:].isdecimal() or then.endswith(")")  # its months say when
    known = [then if dated else f"then: {then or 'nothing'}"] + (
        [] if since is None else [f"since: {since or 'nothing'}"]
    )
    return "; ".join(known)


def brief_rows(article: AnnotatedArticle, answer: Answer, *, later_counts: bool) -> list[tuple[str, str, str]]:
    """Return each statement with what was known then and since, in a few words."""
    rows = []
    for annotation in article.statements:
        then, later = in_brief(annotation, pd.Timestamp(article.day), answer)
        rows.append((annotation.claim["statement"], then, later if later_counts else ""))
    return rows


def article_sentence(
    rows: list[tuple[str, str, str]], article: AnnotatedArticle, answer: Answer, *, later_counts: bool
) -> str:
    """Say how many statements there are and to how many of them anything known since speaks.

    Args:
        rows: Result of `brief_rows`.
    """
    if not rows:
        return "None of its statements could be read by this day."
    judged = sum(unmeasured(annotation.claim) for annotation in article.statements)
    told = f"Of {len(rows)} statements, {judged} are judgements that nothing public measures"
    since = f"; on {sum(bool(later) for _, _, later in rows)} something became known since" if later_counts else ""
    verdict = f"“100 a week, 5,200 a year” was {lower_first(answer.verdict)}." if answer.verdict else ""
    return f"{verdict} {told}{since}.".strip()


def statement_sentence(claim: pd.Series, then: str, since: str, day: date, *, later_counts: bool) -> str:
    """Say one statement, what was known about it on the report's day, and what became known since.

    Args:
        since: What became known since, in a few words.
    """
    said = f"“{claim['statement'].rstrip('.')}” ({claim['claimant']}, {day_text(claim['known'])})."
    known = f"Known on {day_text(day)}: {then or 'nothing'}."
    return f"{said} {known} Known since: {since or 'nothing'}." if later_counts else f"{said} {known}"


def unread_sentence(shown: int, every: int) -> str:
    """Say how many statements of the report could not be read yet; "" for none.

    Example:
        >>> unread_sentence(17, 24), unread_sentence(24, 24)
        ('7 of 24 statements could not be read yet on this day.', '')
    """
    if shown == every:
        return ""
    return f"{every - shown} of {every} statements could not be read yet on this day."


def _parted(
    annotation: Annotation, day: pd.Timestamp
) -> tuple[tuple[pd.DataFrame, pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]:
    links, entries = annotation.links, annotation.entries
    early, then = links["known"] <= day, entries["known"] <= day
    return (links[early], entries[then]), (links[~early], entries[~then])


class _Brief(NamedTuple):
    """What is known, in a few words: how much, of what, when, and of what a percentage is."""

    amount: str = ""
    unit: str = ""
    months: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        return self.after(_Brief())

    def after(self, said: _Brief) -> str:
        """Return the words; unit and label are left out where they were said just before."""
        unit = f" {self.unit}" if self.unit.removesuffix("s") != said.unit.removesuffix("s") else ""
        months = f", {self.months}" if self.months else ""
        return f"{self.amount}{unit}{months}{self.label if self.label != said.label else ''}"


def _brief(claim: pd.Series, rows: pd.DataFrame, links: pd.DataFrame, entries: pd.DataFrame) -> _Brief:
    if len(rows):
        # The series that the ledger names first speaks most directly to the statement.
        named = [series for series in claim["outcome_series"].split(";") if series in set(rows["series"])]
        row = rows[rows["series"] == named[0]].iloc[-1]
        value = round(row["value"]) if row["value"] >= TWO_DIGITS else row["value"]
        # The unit says of what a figure is; a percentage has none that does.
        if row["unit"] in ("share", "percent"):
            amount = figure_text(value, row["unit"], row["qualifier"])
            return _Brief(amount, "", _months(row), f" ({lower_first(row['label'])})")
        return _Brief(figure_text(value, "", row["qualifier"]), row["unit"].replace(" per ", " a "), _months(row))
    if len(links):
        row = links.iloc[-1]
        return _Brief(f"{DID[row['relation']]} by {row['claimant']}")
    return _Brief(str(len(entries)), f"event{'' if len(entries) == 1 else 's'}") if len(entries) else _Brief()


def _months(row: pd.Series) -> str:
    last = month_text(row["period_end"])
    return last if month_text(row["period_start"]) == last else f"to {last}"


def _is_weekly_figure(answer: Answer, claim: pd.Series) -> bool:
    return answer.cited is not None and claim["observation_id"] in answer.cited.inputs


def _with_source(said: str, row: pd.Series, printed: Mapping[str, Markdown]) -> Markdown:
    return markup("{} Known {}, {}", said, day_text(row["known"]), printed[row["source_id"]])
