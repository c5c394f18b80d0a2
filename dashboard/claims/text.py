"""Sentences and tables of the claims page, built from the ledger by statement."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.shell.markdown import Markdown, joined, link, markup
from dashboard.shell.wording.claim_text import grades_text, likelihood_text
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.marks import confidence_mark
from indicators.core.ledger.voices import Statement, Voice
from indicators.core.text import day_text, upper_first

TOPIC_NAMES: Mapping[str, str] = {
    "refusals": "Refusals in court",
    "causes": "Why soldiers refuse",
    "rear strikes": "Strikes on the rear",
    "bloggers": "War bloggers",
    "capital drones": "Drones over Moscow",
    "mutiny": "Wagner mutiny",
    "crash": "Prigozhin's plane crash",
    "officers": "Officers removed",
    "purge": "Arrests and bloggers on trial",
}
"""What a topic of the ledger is called; any other keeps its own name."""

DOES: Mapping[str, str] = {
    "asserts": "Says so",
    "confirms": "Says the same",
    "repeats": "Repeats it",
    "suspects": "Suspects it",
    "corrects": "Corrects it",
    "denies": "Denies it",
}
"""What a claimant does to a statement, in the order in which it is read."""

CLAIMANT_WORDS = {
    "asserts": ("claimant asserts", "claimants assert"),
    "suspects": ("claimant suspects", "claimants suspect"),
    "denies": ("claimant denies", "claimants deny"),
}
QUESTION = "Who says what about morale in the Russian army, and who denies it?"


def topic_name(topic: str) -> str:
    """Return what a topic is called."""
    return TOPIC_NAMES.get(topic, upper_first(topic))


def topic_chips(topics: Mapping[str, Sequence[Statement]]) -> dict[str, str]:
    """Return the name of each topic with the number of its statements."""
    return {topic: f"{topic_name(topic)} ({len(listed)})" for topic, listed in topics.items()}


def claims_sentence(topics: Mapping[str, Sequence[Statement]], topic: str) -> str:
    """Say how many statements there are, how many are denied, and who denies which on the chosen topic."""
    listed = [statement for statements in topics.values() for statement in statements]
    if not listed:
        return "No statement was on record by this day."
    denied = sum(statement.denied for statement in listed)
    here = topics[topic]
    many = f"{_count(len(listed), 'statement')} on {_count(len(topics), 'topic')}"
    parts = [f"{many}; {denied} {'is' if denied == 1 else 'are'} denied by name."]
    for statement in (one for one in here if one.denied):
        who = list(dict.fromkeys(voice.claim["claimant"] for voice in statement.voices if voice.relation == "denies"))
        parts.append(f"Denied: “{statement.claim['statement'].rstrip('.')}” ({' and '.join(who)}).")
    if len(parts) == 1:
        parts.append(f"None of the {_count(len(here), 'statement')} on “{topic_name(topic)}” is denied by name.")
    return " ".join(parts)


def opening_table(statements: Sequence[Statement]) -> list[list[str]]:
    """Return each statement with who says so, suspects and denies it, under a row of headings."""
    head = ["Statement", "Says so", "Suspects", "Denies"]
    groups = (("asserts", "confirms"), ("suspects",), ("denies",))
    rows = [[one.claim["statement"], *(_who(one, group) for group in groups)] for one in statements]
    return [head, *rows] if rows else []


def voice_lines(statement: Statement, urls: Mapping[str, str]) -> list[Markdown]:
    """Return a line for each thing that somebody does to a statement: who, how reliable, when, and in which words."""
    lines = []
    for relation in sorted({voice.relation for voice in statement.voices}, key=list(DOES).index):
        voices = [voice for voice in statement.voices if voice.relation == relation]
        parts = joined("; ", (_voice(voice, statement, urls) for voice in voices))
        lines.append(markup("*{}:* {}", DOES[relation], parts))
    if not any(voice.relation == "asserts" for voice in statement.voices):
        lines.append(markup("Nobody on record states it by name."))
    return lines


def details_lines(statement: Statement, printed: Mapping[str, Markdown]) -> list[Markdown]:
    """Return the grades of everybody who has part in a statement, and where it can be read."""
    lines = []
    for voice in statement.voices:
        claim = voice.claim
        where = joined(", ", (part for part in (printed[claim["source_id"]], claim["locator"]) if part))
        note = markup(" {}", claim["note"]) if claim["note"] else Markdown("")
        about = markup(" About “{}”", voice.about) if voice.about else Markdown("")
        lines.append(markup("**{}**: {} Read at {}.{}{}", claim["claimant"], grades_text(claim), where, about, note))
    return lines


def sources_sentence(count: int) -> str:
    """Say how many independent sources stand behind a statement.

    Example:
        >>> sources_sentence(1), sources_sentence(2), sources_sentence(0)
        ('1 source', '2 independent sources', 'no source that says so')
    """
    return "no source that says so" if not count else "1 source" if count == 1 else f"{count} independent sources"


def ledger_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with column names for people; the marks stand in columns of their own, the id comes last.

    Args:
        rows: Result of `claims.ledger`.
    """
    return pd.DataFrame(
        {
            "Statement (our words)": rows["statement"],
            "Claimant": rows["claimant"].replace("", "disputed statement"),
            "Known": rows["known"].map(day_text),
            "Reliability of claimant": rows["reliability"],
            "Credibility of statement": rows["credibility"],
            "Likelihood": [likelihood_text(row) for _, row in rows.iterrows()],
            "Confidence": rows["confidence"].map(confidence_mark),
            "Kind": rows["kind"].str.replace("_", " "),
            "To other claims": rows["does"],
            "Why this credibility": rows["credibility_reason"],
            "Source": rows["source_id"],
            "Note": rows["note"],
            "Id": rows["claim_id"],
        }
    )


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


def claims_source(evidence: Evidence) -> str:
    """Say whose words the page rests on, and since when."""
    claims = evidence.claims[evidence.claims["claimant"] != ""]
    if claims.empty:
        return ""
    return f"By {claims['claimant'].nunique()} claimants; the latest became known on {day_text(claims['known'].max())}."


def _voice(voice: Voice, statement: Statement, urls: Mapping[str, str]) -> Markdown:
    claim = voice.claim
    when = link(day_text(claim["known"]), urls[claim["source_id"]])
    who = f"{claim['claimant']} ({claim['reliability']})" if claim["reliability"] else claim["claimant"]
    if claim["claim_id"] == statement.claim["claim_id"]:
        return markup("{}, {}", who, when)
    return markup("{}, {}: “{}”", who, when, claim["statement"].rstrip("."))


def _who(statement: Statement, relations: Iterable[str]) -> str:
    voices = (voice.claim for voice in statement.voices if voice.relation in relations)
    return "; ".join(f"{claim['claimant']}, {day_text(claim['known'])}" for claim in voices)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
