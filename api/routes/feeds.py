"""What became known and what was corrected, as feeds: for a feed reader, or for "what is new since my last visit"."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from api.contract import download
from api.dependencies import Day, FromApi, Given, OnDay, page_address
from api.feed_formats import ATOM_TYPE, JSON_FEED_TYPE, Entry, Feed, atom, json_feed
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.updates import Update, UpdateKind, updates
from indicators.core.registry import all_indicators

FEED_ID = "urn:morale-indicators:updates"
CORRECTIONS_ID = "urn:morale-indicators:corrections"
MOST_ENTRIES = 100
JSON_FEED_FORM: dict[int | str, dict[str, Any]] = {200: {"content": {JSON_FEED_TYPE: {"schema": {"type": "object"}}}}}

routes = APIRouter(tags=["feeds"])


class UpdatesRequest(OnDay):
    """The day whose knowledge counts, and which entries."""

    since: Annotated[
        Day | None,
        Field(description="First day that counts (YYYY-MM-DD), such as that of your last visit; all its entries come."),
    ] = None
    kind: Annotated[UpdateKind | None, Field(description="figures, revisions or corrections alone.")] = None


@routes.get("/feed.atom", response_class=Response, responses=download(ATOM_TYPE))
def atom_of_updates(request: Request, asked: Annotated[UpdatesRequest, Query()], given: FromApi) -> Response:
    """List new figures, revised figures and corrections as an Atom feed, newest first."""
    return Response(atom(_feed(request, given, asked)), media_type=ATOM_TYPE)


@routes.get("/feed.json", response_class=Response, responses=JSON_FEED_FORM)
def json_of_updates(request: Request, asked: Annotated[UpdatesRequest, Query()], given: FromApi) -> Response:
    """List new figures, revised figures and corrections as a JSON Feed, newest first."""
    return JSONResponse(json_feed(_feed(request, given, asked)), media_type=JSON_FEED_TYPE)


@routes.get("/corrections.atom", response_class=Response, responses=download(ATOM_TYPE))
def corrections_feed(request: Request, asked: Annotated[OnDay, Query()], given: FromApi) -> Response:
    """List figures that were changed as an Atom feed, newest first."""
    evidence = given.known_on(asked.as_of).evidence
    feed = Feed(
        id=CORRECTIONS_ID,
        title="Figures that changed: morale indicators",
        address=str(request.url),
        page=page_address(request, "corrections"),
        entries=_entries(request, evidence, updates(evidence, {}), [UpdateKind.CORRECTIONS]),
    )
    return Response(atom(feed), media_type=ATOM_TYPE)


def _feed(request: Request, given: Given, asked: UpdatesRequest) -> Feed:
    given.refuse_to_come("since", asked.since)
    evidence = given.known_on(asked.as_of).evidence
    names = {indicator.id: indicator.name for indicator in all_indicators()}
    kinds = UpdateKind if asked.kind is None else [asked.kind]
    found = _entries(request, evidence, updates(evidence, names, asked.since or date.min), kinds)
    return Feed(
        id=FEED_ID,
        title="What is new: morale indicators",
        address=str(request.url),
        page=page_address(request, "updates"),
        entries=found if asked.since else found[:MOST_ENTRIES],
    )


def _entries(request: Request, evidence: Evidence, found: Iterable[Update], kinds: Iterable[UpdateKind]) -> list[Entry]:
    wanted = set(kinds)
    return [
        Entry(
            id=one.id,
            title=one.title,
            day=one.day,
            address=page_address(request, "indicator", indicator=one.indicator)
            if one.indicator
            else page_address(request, "corrections"),
            lines=one.lines,
            links=[(page.name, page.url) for id_ in one.source_ids if (page := evidence.pages.get(id_))],
            kind=one.kind.value,
        )
        for one in found
        if one.kind in wanted
    ]
