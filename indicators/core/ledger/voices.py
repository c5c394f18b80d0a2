"""Claims by statement: each statement with those who say so, suspect, deny, repeat, confirm or correct it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.ledger.claims import claim_echoes, ledger

DENIES, REPEATS = "denies", "repeats"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One claimant's part in a statement.

    Args:
        relation: What the claimant does: "asserts" for one who states it, else the relation of its link.
        claim: The claimant's own row of the ledger, with the columns of `claims.ledger`.
        about: What the link leads to, where that is another claim below the same statement; else empty.
    """

    relation: str
    claim: pd.Series
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement that does nothing to another one, and everybody who has part in it.

    Args:
        claim: Its row of the ledger; a proposition has no claimant.
        voices: Who says so first, then the others in the order in which they became known.
    """

    claim: pd.Series
    voices: tuple[Voice, ...]

    @property
    def denied(self) -> bool:
        """Whether anybody denies it."""
        return any(voice.relation == DENIES for voice in self.voices)


def statements_by_topic(evidence: Evidence) -> dict[str, tuple[Statement, ...]]:
    """Return the statements of every topic, in the ledger's order of topics; those that somebody denies come first.

    A claim that is linked to others stands below the statement where its links end; one without links is a statement.
    """
    claims = {row["claim_id"]: row for _, row in ledger(evidence).iterrows()}
    aims: dict[str, dict[str, str]] = {}
    for link in evidence.claim_links.to_dict("records"):
        aims.setdefault(link["from_claim"], {})[link["to_claim"]] = link["relation"]
    below: dict[str, list[Voice]] = {claim_id: [] for claim_id in claims if claim_id not in aims}
    for claim_id, relations in sorted(aims.items(), key=lambda item: (claims[item[0]]["known"], item[0])):
        ends = {end for aim in relations for end in _ends(aim, aims)}
        for end in sorted(ends & below.keys()):
            to, relation = (end, relations[end]) if end in relations else next(iter(relations.items()))
            about = "" if to == end else str(claims[to]["statement"])
            below[end].append(Voice(relation=relation, claim=claims[claim_id], about=about))
    found: dict[str, list[Statement]] = {topic: [] for topic in evidence.claims["topic"].unique()}
    for claim_id, voices in below.items():
        claim = claims[claim_id]
        own = [Voice(relation="asserts", claim=claim)] if claim["claimant"] else []
        found[claim["topic"]].append(Statement(claim=claim, voices=(*own, *voices)))
    return {topic: tuple(sorted(listed, key=lambda one: not one.denied)) for topic, listed in found.items()}


def independent_sources(evidence: Evidence, statement: Statement) -> int:
    """Return how many independent sources stand behind those who state, confirm, suspect or correct a statement.

    Who repeats it adds no source, and who denies it is none.
    """
    rows = pd.DataFrame([voice.claim for voice in statement.voices if voice.relation not in (DENIES, REPEATS)])
    graphs = [] if rows.empty else claim_echoes(evidence, rows)
    return len(frozenset().union(*(graph.originators for graph in graphs)))


def _ends(claim_id: str, aims: Mapping[str, Mapping[str, str]], seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the claims at which the links from a claim end."""
    if claim_id in seen or claim_id not in aims:
        return set() if claim_id in seen else {claim_id}
    return {end for aim in aims[claim_id] for end in _ends(aim, aims, seen | {claim_id})}
