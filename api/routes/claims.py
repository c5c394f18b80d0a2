"""The claim ledger over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.contract import TABLE
from api.dependencies import FromApi, TableOnDay
from api.shapes import Answer, Number, Source
from api.summaries import sources_of
from api.tables import csv_response, records, stamp
from indicators.core.ledger.claims import claim_echoes

routes = APIRouter(tags=["claims"])


class Claim(BaseModel):
    """A statement and who made it; the three marks are apart and never merged."""

    model_config = ConfigDict(extra="ignore")

    claim_id: str
    topic: str
    claimant: str = Field(description="Empty for a proposition, which others assert, suspect or deny.")
    statement: str = Field(description="In our words.")
    kind: str
    observation_id: str
    projection_id: str
    event_id: str
    mention_id: str
    outcome_series: str
    answered_by: str = Field(description="Events and assessments that speak to it, known by the day asked for.")
    credibility: str = Field(description="Admiralty grade 1 to 6 of the statement; 6 means that it can't be judged.")
    credibility_reason: str
    likelihood_low: Number
    likelihood_high: Number
    likelihood_scale: str
    confidence: str
    indicators: str
    pages: str = Field(description="Pages of the dashboard that work with it, besides those of its indicators.")
    source_id: str
    known: str
    known_basis: str
    note: str
    sources: int = Field(description="Pages that print the statement.")
    origins: int = Field(description="Independent origins behind these pages; relays count once.")


class ClaimLink(BaseModel):
    """What one claim does to another; no link changes a number."""

    model_config = ConfigDict(extra="ignore")

    from_claim: str
    to_claim: str
    relation: str = Field(description="asserts, denies, suspects, confirms, repeats or corrects")
    source_id: str
    known: str


class ClaimsAnswer(Answer):
    """The ledger of claims, the links between them, and the pages they were read on."""

    claims: list[Claim]
    links: list[ClaimLink]
    sources: list[Source]


@routes.get("/claims", response_model=ClaimsAnswer, responses=TABLE)
def list_claims(asked: Annotated[TableOnDay, Query()], given: FromApi) -> dict[str, object] | Response:
    """List who asserted, suspected or denied what, and how many origins stand behind it."""
    evidence = given.known_on(asked.as_of).evidence
    graphs = claim_echoes(evidence, evidence.claims)
    claims = evidence.claims.assign(
        sources=[graph.sources for graph in graphs], origins=[graph.origins for graph in graphs]
    )
    if asked.format == "csv":
        return csv_response(claims, "claims.csv", asked, evidence)
    body = {
        "claims": records(claims),
        "links": records(evidence.claim_links),
        "sources": sources_of(evidence, claims, evidence.claim_links),
    }
    return stamp(evidence, body)
