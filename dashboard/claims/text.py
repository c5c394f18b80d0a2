"""Tables and sentences of the claims page, built from the ledger."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.labels import day_text, figure_text, period_text
from dashboard.shell.markdown import Markdown, escaped, markup
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import ClaimKind
from indicators.core.ledger.claims import Annotation
from indicators.core.ledger.marks import confidence_mark, grade_mark, likelihood_mark
from indicators.methods.track_record.answer import PROJECTION, Answer

CLAIMANT_WORDS = {
    "asserts": ("claimant asserts", "claimants assert"),
    "suspects": ("claimant suspects", "claimants suspect"),
    "denies": ("claimant denies", "claimants deny"),
}

JUDGEMENTS = (ClaimKind.ASSESSMENT, ClaimKind.CONDITIONAL)
UNMEASURED = "Nothing public measures this."


def ledger_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with column names for people; the three marks stand in columns of their own.

    Args:
        rows: Result of `claims.ledger`.
    """
    return pd.DataFrame(
        {
            "Id": rows["claim_id"],
            "Claimant": rows["claimant"].replace("", "nobody: in dispute"),
            "Statement (our words)": rows["statement"],
            "Known": rows["known"],
            "Reliability of claimant": rows["reliability"],
            "Credibility of statement": rows["credibility"],
            "Likelihood": [_likelihood(row) for _, row in rows.iterrows()],
            "Confidence": rows["confidence"].map(confidence_mark),
            "Kind": rows["kind"].str.replace("_", " "),
            "To other claims": rows["does"],
            "Why this credibility": rows["credibility_reason"],
            "Source": rows["source_id"],
            "Note": rows["note"],
        }
    )


def marks(claim: pd.Series) -> dict[str, str]:
    """Return the marks of a claim by name, each in words of its own.

    Args:
        claim: A row of `claims.ledger`.
    """
    reliability, credibility = grade_mark(claim["reliability"], claim["credibility"])
    return {
        "Reliability of the claimant": reliability,
        "Credibility of the statement": credibility,
        "Likelihood in the source's words": _likelihood(claim),
        "Confidence stated by the source": confidence_mark(claim["confidence"]),
    }


def grade_sentence(claim: pd.Series) -> str:
    """Say both grades of a statement, apart from each other, and why.

    Args:
        claim: A row of `claims.ledger`.
    """
    reliability, credibility = grade_mark(claim["reliability"], claim["credibility"])
    return f"Reliability {reliability}. Credibility {credibility}. {claim['credibility_reason']}"


def unmeasured(claim: pd.Series) -> bool:
    """Return whether a statement is a judgement that no published series can be held against."""
    return claim["kind"] in JUDGEMENTS and not claim["outcome_series"]


def _likelihood(claim: pd.Series) -> str:
    return likelihood_mark(claim["likelihood_low"], claim["likelihood_high"], claim["likelihood_scale"])


def strip_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who says what with column names for people."""
    return pd.DataFrame(
        {
            "Known": rows["known"],
            "Claimant": rows["claimant"],
            "Does": rows["relation"],
            "Statement (our words)": rows["statement"],
            "About": rows["about"],
            "Source": rows["source_id"],
        }
    )


def strip_finding(rows: pd.DataFrame) -> str:
    """Say how many claimants assert, suspect and deny; never who is right."""
    counts = rows.groupby("relation", sort=False)["claimant"].nunique()
    parts = [
        f"{counts[relation]} {one if counts[relation] == 1 else several}"
        for relation, (one, several) in CLAIMANT_WORDS.items()
        if relation in counts
    ]
    return f"{'; '.join(parts)}." if parts else ""


def claim_figure(evidence: Evidence, claim: pd.Series) -> str:
    """Return the figure of a claim as its row in the ledger has it, or an empty text.

    Args:
        evidence: Evidence that holds the claim.
        claim: A row of the ledger.
    """
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
        entries: Events and assessments that became known in it.
        printed: Link to every source, from `markdown.source_links`.
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
        lines.append(_with_source(f"{day_text(row['date'])}: {stated}.", row, printed))
    return lines


def _with_source(said: str, row: pd.Series, printed: Mapping[str, Markdown]) -> Markdown:
    return markup("{} Known {}, {}", said, day_text(row["known"]), printed[row["source_id"]])


def answer_lines(answer: Answer, claim: pd.Series) -> list[Markdown]:
    """Say what became of the weekly figure or of its projection, where a claim states one of them.

    Args:
        answer: The answer as known on a day.
        claim: A row of the ledger.
    """
    if claim["projection_id"] == PROJECTION:
        lines = [answer.sentence, answer.suspended]
    elif answer.cited is not None and claim["observation_id"] in answer.cited.inputs:
        lines = [answer.counted, answer.pace, answer.suspended]
    else:
        lines = []
    return [escaped(line) for line in lines if line]


def unread_sentence(shown: int, every: int) -> str:
    """Say how many statements of the report could not be read yet.

    Args:
        shown: Number of statements known on the replayed day.
        every: Number of all statements.

    Example:
        >>> unread_sentence(17, 24), unread_sentence(24, 24)
        ('7 of 24 statements could not be read yet on this day.', 'All 24 statements are shown.')
    """
    if shown == every:
        return f"All {every} statements are shown."
    return f"{every - shown} of {every} statements could not be read yet on this day."


def then_and_later(
    annotation: Annotation, day: pd.Timestamp, printed: Mapping[str, Markdown]
) -> tuple[list[Markdown], list[Markdown]]:
    """Return what was known on a day and what became known later, as lines of text.

    Args:
        annotation: A statement with its figures and links.
        day: Last day that counts as "then".
        printed: Link to every source, from `markdown.source_links`.
    """
    links, entries = annotation.links, annotation.entries
    early, then = links["known"] <= day, entries["known"] <= day
    return (
        annotation_lines(annotation.then, links[early], entries[then], printed),
        annotation_lines(annotation.later, links[~early], entries[~then], printed),
    )
