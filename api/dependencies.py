"""What routes take: what was known on a day, the day asked for and the form of an answer.

Every route takes its parameters as one object that knows no others: a misspelt name is refused, never ignored.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends, HTTPException, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import PROBLEMS_NAMED, QUOTED_LETTERS, problem_response
from indicators.core.plain_text import quoted
from indicators.core.snapshot import Snapshot
from indicators.core.tracking_marks import is_tracking_mark

Format = Literal["json", "csv"]

Model = TypeVar("Model", bound=BaseModel)

SnapshotOn = Callable[[date | None], Snapshot]
"""Returns what was known on a day, and all that follows from it; None for the latest."""


class PageLink(Protocol):
    """Returns the address of a page from the server's root, for its stem, a day and its settings by name."""

    def __call__(self, stem: str, day: date | None, /, **settings: str) -> str:
        """Return the address."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an API is built of, for its routes.

    Args:
        package: Returns the whole data package as a ZIP file.
        today: Returns the present day; no later one can be asked for.
        ready: Returns whether readers can be sent to the server.
        page_link: Returns the address of a page, to which entries of feeds lead.
    """

    snapshot_on: SnapshotOn
    package: Callable[[], bytes]
    today: Callable[[], date]
    ready: Callable[[], bool]
    page_link: PageLink

    def known_on(self, day: date | None) -> Snapshot:
        """Return what was known on a day; one to come is refused."""
        self.refuse_to_come("as_of", day)
        return self.snapshot_on(day)

    def refuse_to_come(self, name: str, day: date | None) -> None:
        """Refuse a day to come."""
        if day is not None and day > (present := self.today()):
            raise HTTPException(
                422, f"{name}: expected a day not after today, {present} (got '{day}'). Leave it out for the latest."
            )


def given_to(request: Request) -> Given:
    """Return what the API that was asked is built of."""
    given: Given = request.app.state.given
    return given


FromApi = Annotated[Given, Depends(given_to)]


AS_OF = "Use only what the public could read by this day (YYYY-MM-DD), which is not later than today."


def _written_out(value: object) -> object:
    """Refuse a number, which would otherwise be read as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("day", "expected a day as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]


class NoParameters(BaseModel):
    """What a route takes that takes nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OnDay(NoParameters):
    """The day whose knowledge counts."""

    as_of: Annotated[Day | None, Field(description=AS_OF)] = None


class TableOnDay(OnDay):
    """The day whose knowledge counts and the form of the answer."""

    format: Annotated[Format, Field(description="json, or csv for a download.")] = "json"
    byte_order_mark: Annotated[
        bool, Field(description="Whether a CSV file begins with the mark by which spreadsheets know UTF-8.")
    ] = False


def settings_of(asked: BaseModel, kind: type[Model]) -> Model:
    """Return a model's settings alone, without what else was asked."""
    return kind.model_validate(asked.model_dump(include=set(kind.model_fields)))


def page_address(request: Request, stem: str, **settings: str) -> str:
    """Return the whole address of a page under the name by which the server was asked."""
    return f"{request.url.scheme}://{request.url.netloc}{given_to(request).page_link(stem, None, **settings)}"


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
