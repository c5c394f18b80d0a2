"""The claim ledger: who says what on a topic, and the annotated news report of August 2023."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.echoes import Chain, EchoGraph, echo_graph, printed_by
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.timeline import timeline

_ARTICLE_ID = r"A\d\d"
MONTHLY = "monthly"
"""Cadence of a series that has a figure for every month; one that ends within a month was counted in part."""


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """One statement of the report beside what was known on its day and what became known later.

    Args:
        then: Newest figure of each series that answers the claim, among those known on the report's day.
        later: Of what became known afterwards, each monthly series' figure for the month of the report, then the newest
            figure of each of these series; a month that was counted in part is neither.
        links: What other claims do to this one and to what it is about, with `claimant`, `statement`, `known` and
            `source_id` of the other claim, and `about`: the statement it is done to, empty if that is this one.
        entries: Events and assessments that speak to the claim, with the columns of `timeline.TIMELINE_COLUMNS`.
    """

    claim: pd.Series
    then: pd.DataFrame
    later: pd.DataFrame
    links: pd.DataFrame
    entries: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class AnnotatedArticle:
    """The report, statement by statement.

    Args:
        statements: The statements that the evidence holds, in the report's order.
    """

    day: date
    statements: tuple[Annotation, ...]


def ledger(evidence: Evidence) -> pd.DataFrame:
    """Return the claims with the reliability and stance of their claimant and what they do to other claims.

    Returns:
        The columns of `claims.csv`, `reliability`, `stance` and `does` ("denies A24"; empty where nothing is linked).
    """
    claims = evidence.claims.merge(
        evidence.publishers[["publisher", "reliability", "stance"]],
        left_on="claimant",
        right_on="publisher",
        how="left",
    ).drop(columns="publisher")
    links, done = evidence.claim_links, dict[str, list[str]]()
    for actor, relation, to in zip(links["from_claim"], links["relation"], links["to_claim"], strict=True):
        done.setdefault(actor, []).append(f"{relation} {to}")
    does = pd.Series(["; ".join(done.get(claim, ())) for claim in claims["claim_id"]], index=claims.index, dtype=str)
    filled = claims[["reliability", "stance"]].fillna("")
    return claims.assign(does=does, reliability=filled["reliability"], stance=filled["stance"])


def who_says_what(evidence: Evidence, topic: str) -> pd.DataFrame:
    """Return what each claimant did on a topic, in order of the day it became known.

    A claim that is linked to another stands once for each link, with the link's relation; one that is not linked
    asserts itself. A proposition is nobody's, so it has no row of its own.

    Returns:
        Rows with `claim_id`, `claimant`, `relation`, `about` (the other claim's statement, or empty), `statement`,
        `known` and `source_id`.
    """
    claims = evidence.claims[(evidence.claims["topic"] == topic) & (evidence.claims["claimant"] != "")]
    statements = evidence.claims.set_index("claim_id")["statement"].to_dict()
    links = evidence.claim_links[["from_claim", "relation", "to_claim"]]
    rows = claims.merge(links, left_on="claim_id", right_on="from_claim", how="left")
    return (
        rows.assign(relation=rows["relation"].fillna("asserts"), about=rows["to_claim"].map(statements).fillna(""))
        .sort_values(["known", "claim_id"], kind="stable")
        .reset_index(drop=True)[["claim_id", "claimant", "relation", "about", "statement", "known", "source_id"]]
    )


def article_day(evidence: Evidence) -> date:
    """Return the first day on which all statements of the report could be read."""
    known: date = _article(evidence.claims)["known"].max().date()
    return known


def statements_on(evidence: Evidence, indicator_id: str) -> pd.DataFrame:
    """Return the statements of the report that concern an indicator, in the report's order.

    Returns:
        Rows of `claims.csv`.
    """
    statements = _article(evidence.claims)
    return statements[statements["indicators"].map(lambda cell: indicator_id in split_ids(cell)).astype(bool)]


def annotated_article(evidence: Evidence, day: date) -> AnnotatedArticle:
    """Put what was known on a day and what became known later beside each statement of the report.

    Args:
        evidence: Evidence; what it lacks is neither then nor later.
    """
    entries, links = timeline(evidence), _told_links(evidence)
    claims = _article(ledger(evidence))
    noted = (_annotation(evidence, entries, links, claim, pd.Timestamp(day)) for _, claim in claims.iterrows())
    return AnnotatedArticle(day=day, statements=tuple(noted))


def claim_echoes(evidence: Evidence, claims: pd.DataFrame) -> list[EchoGraph]:
    """Return for each claim the pages that print it, down to its origins.

    What a claimant says on a page of its own begins there, whatever else that page repeats.
    """
    chain = evidence.chain
    return [_echoes(chain, *pair) for pair in zip(claims["source_id"], claims["claimant"], strict=True)]


def _echoes(chain: Chain, source_id: str, claimant: str) -> EchoGraph:
    if chain[source_id].publisher == claimant:
        chain = {**chain, source_id: chain[source_id]._replace(repeats=frozenset())}
    return echo_graph(chain, ((page, claimant) for page in printed_by(chain, source_id, claimant)))


def _article(claims: pd.DataFrame) -> pd.DataFrame:
    return claims[claims["claim_id"].str.fullmatch(_ARTICLE_ID)].sort_values("claim_id", kind="stable")


def _told_links(evidence: Evidence) -> pd.DataFrame:
    """Return every link between claims with the claim it comes from and, as `about`, the statement it goes to."""
    claims = evidence.claims.set_index("claim_id")[["claimant", "statement", "known", "source_id"]]
    links = evidence.claim_links[["from_claim", "relation", "to_claim"]]
    return links.join(claims, on="from_claim").assign(about=links["to_claim"].map(claims["statement"]))


def _annotation(
    evidence: Evidence, entries: pd.DataFrame, links: pd.DataFrame, claim: pd.Series, day: pd.Timestamp
) -> Annotation:
    rows = evidence.of_series(*split_ids(claim["outcome_series"]))
    monthly = rows["series"].isin(evidence.series.loc[evidence.series["cadence"] == MONTHLY, "series"])
    whole = rows[~monthly | rows["period_end"].dt.is_month_end]
    after = whole[whole["known"] > day]
    within = (after["period_start"] <= day) & (after["period_end"] >= day)
    of_the_month = after[monthly[after.index] & within]
    # What others do to the claim itself, and to what it asserts, suspects or denies.
    own = claim["claim_id"]
    about = {own, *links.loc[links["from_claim"] == own, "to_claim"]}
    links = links[links["to_claim"].isin(about) & (links["from_claim"] != own)]
    return Annotation(
        claim=claim,
        then=_newest(whole[whole["known"] <= day]),
        later=pd.concat([_newest(of_the_month), _newest(after)], ignore_index=True).drop_duplicates("observation_id"),
        links=links.assign(about=links["about"].where(links["to_claim"] != own, "")),
        entries=entries[entries["entry_id"].isin(split_ids(claim["answered_by"]))],
    )


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row of each series with the latest period, in the newest edition by whoever stated it first."""
    # Row by row in Python: these are a few rows at a time, and a page asks for some fifty such tables.
    series, ends, claimants = (rows[name].tolist() for name in ("series", "period_end", "claimant"))
    last: dict[str, pd.Timestamp] = {}
    for name, end in zip(series, ends, strict=True):
        last[name] = max(end, last.get(name, end))
    published = list(zip(rows["known"], rows["observation_id"], strict=True))
    ordered = sorted(
        (place for place in range(len(rows)) if ends[place] == last[series[place]]), key=published.__getitem__
    )
    first: dict[str, str] = {}
    stated: dict[str, int] = {}
    for place in ordered:
        if claimants[place] == first.setdefault(series[place], claimants[place]):
            stated.pop(series[place], None)  # so that the newest edition decides where the series stands
            stated[series[place]] = place
    return rows.iloc[list(stated.values())].reset_index(drop=True)
