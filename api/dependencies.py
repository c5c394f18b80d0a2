"""What routes take: the evidence they read, the day whose knowledge counts and the form of an answer.

Every route takes its parameters as one object that knows no others: a misspelt name is refused, never ignored.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Annotated, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from fastapi import HTTPException, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import PROBLEMS_NAMED, QUOTED_LETTERS, problem_response
from api.tables import Format
from indicators.core.evidence.load import Evidence
from indicators.core.plain_text import quoted
from indicators.core.tracking_marks import is_tracking_mark

Known = TypeVar("Known")

EvidenceOn = Callable[[date | None], Evidence]
"""Returns the evidence as known on a day; None for the latest."""

DerivedOn = Callable[[str, date | None], pd.DataFrame]
"""Returns an indicator's derived table as computed from that evidence."""

AS_OF = "Use only what the public could read by this day (YYYY-MM-DD), which is not later than today."


def _written_out(value: object) -> object:
    """Refuse a number, which would otherwise be read as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("day", "expected a day as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]

ByteOrderMark = Annotated[
    bool, Field(description="Whether a CSV file begins with the mark by which spreadsheets know UTF-8.")
]


class NoParameters(BaseModel):
    """What a route takes that takes nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OnDay(NoParameters):
    """The day whose knowledge counts."""

    as_of: Annotated[Day | None, Field(description=AS_OF)] = None


class TableOnDay(OnDay):
    """The day whose knowledge counts and the form of the answer."""

    format: Annotated[Format, Field(description="json, or csv for a download.")] = "json"
    byte_order_mark: ByteOrderMark = False


def not_after(today: Callable[[], date], known_on: Callable[[date | None], Known]) -> Callable[[date | None], Known]:
    """Return the same knowledge for every day but those to come, which are refused.

    Args:
        today: Returns the present day.
        known_on: Returns what was known on a day.
    """

    def known(day: date | None) -> Known:
        if day is not None and day > (present := today()):
            raise HTTPException(
                422, f"as_of: expected a day not after today, {present} (got '{day}'). Leave it out for the latest."
            )
        return known_on(day)

    return known


class PageLink(Protocol):
    """Returns the address of a page from the server's root, for its stem, a day and its settings by name."""

    def __call__(self, stem: str, day: date | None, /, **settings: str) -> str:
        """Return the address."""


def page_address(request: Request, stem: str, **settings: str) -> str:
    """Return the whole address of a page under the name by which the server was asked."""
    link: PageLink = request.app.state.page_link
    return f"{request.url.scheme}://{request.url.netloc}{link(stem, None, **settings)}"


def plain_page_link(stem: str, _: date | None, /, **settings: str) -> str:
    """Return the address of a page for a server at the root.

    Example:
        >>> plain_page_link("indicator", None, indicator="refusal_cases")
        '/indicator?indicator=refusal_cases'
    """
    return f"/{stem}?{urlencode(settings)}" if settings else f"/{stem}"


class ReadableQuery:
    """Middleware that drops what others append to links, and refuses a parameter that comes twice."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            kept = [(name, text) for name, text in given if not is_tracking_mark(name)]
            counts = Counter(name for name, _ in kept)
            twice = [quoted(name, QUOTED_LETTERS) for name, count in counts.items() if count > 1]
            if twice:
                sentence = f"Expected each parameter once, got {', '.join(twice[:PROBLEMS_NAMED])} more than once."
                await problem_response(422, sentence)(scope, receive, send)
                return
            if len(kept) < len(given):
                scope = {**scope, "query_string": urlencode(kept).encode()}
        await self._app(scope, receive, send)
