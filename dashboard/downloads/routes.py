"""The addresses of what a reader takes along. Nothing that comes with a request is kept."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from http import HTTPStatus
from typing import Self, TypeVar, TypeVarTuple

from anyio import CapacityLimiter, fail_after, to_thread
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.component.assets import WORKBOOK, server_path
from dashboard.downloads.archive import file_name, view_archive
from dashboard.downloads.briefing import briefing
from dashboard.downloads.charts import LARGEST, MOST_CELLS, MOST_CHARTS, Chart, check_sizes
from dashboard.downloads.standing import charts_of, contents_of
from dashboard.downloads.view import View, view_of
from dashboard.server.front_page import asked_exactly
from dashboard.server.protection.security_headers import POLICY
from dashboard.server.protection.work_limits import RETRY_SECONDS
from dashboard.shell.addresses import ARCHIVE, BRIEFING
from dashboard.shell.exact_settings import RefusedError
from dashboard.shell.pages import Page, all_pages

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BRIEFING_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "frame-ancestors 'none'"
)
NO_CHARTS = f"Expected charts as JSON, as a page of this server sends them, of at most 2.2 MB and {MOST_CELLS:,} cells."
NO_VIEW = "This view can't be taken along: its address has settings that make no sense. Open its page to see which."
_LOGGER = logging.getLogger(__name__)
MOST_WAITING = 16
_FULL = "Too many others wait for a file. Please ask again in some seconds."
SECONDS_TO_SEND = 30.0
NOT_SENT = "Expected all of the charts within half a minute. Please ask again."
_at_once, _sending = CapacityLimiter(2), CapacityLimiter(MOST_WAITING)
Given = TypeVarTuple("Given")
Made = TypeVar("Made")
Form = TypeVar("Form", bound=BaseModel)


class _OneChart(Chart):
    @model_validator(mode="after")
    def _check_size(self) -> Self:
        check_sizes([self])
        return self


class _Charts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    charts: tuple[Chart, ...] = Field(max_length=MOST_CHARTS)

    @model_validator(mode="after")
    def _check_size(self) -> Self:
        check_sizes(self.charts)
        return self


def download_routes() -> list[Route]:
    """Return the routes of workbooks, and of every page's archive and briefing."""
    return [
        Route(server_path(WORKBOOK), _workbook, methods=["POST"]),
        *(
            Route(server_path(f"{ARCHIVE}/{page.stem}.zip"), _archive_of(page), methods=["GET", "POST"])
            for page in all_pages()
        ),
        *(
            Route(server_path(f"{BRIEFING}/{page.stem}"), _briefing_of(page), methods=["GET", "POST"])
            for page in all_pages()
        ),
    ]


async def _workbook(request: Request) -> Response:
    try:
        chart = await _given(request, _OneChart)
        content = await _made(_workbook_of, chart)
    except RefusedError as error:
        return _refusal(error)
    return _file(content, XLSX, f"{chart.stem}.xlsx")


def _workbook_of(chart: Chart) -> bytes:
    # The writer is large, and most readers ask for no workbook.
    from dashboard.downloads.workbook import workbook

    return workbook(chart)


def _archive_of(page: Page) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        try:
            given = (await _given(request, _Charts)).charts if request.method == "POST" else None
            name, content = await _made(_archive, page, request, given)
        except RefusedError as error:
            return _refusal(error)
        return _file(content, "application/zip", name)

    return endpoint


def _archive(page: Page, request: Request, given: Sequence[Chart] | None) -> tuple[str, bytes]:
    view = _view(page, request)
    return file_name(view), view_archive(view, charts_of(view) if given is None else given)


def _briefing_of(page: Page) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        try:
            written = await _made(lambda: briefing(_view(page, request)))
        except RefusedError as error:
            return _refusal(error)
        return HTMLResponse(written, headers={POLICY: BRIEFING_POLICY, "Cache-Control": "no-cache"})

    return endpoint


def _view(page: Page, request: Request) -> View:
    """Return the view of an address, with its charts where its page does not send them."""
    asked = asked_exactly(page, request)
    try:
        contents = contents_of(page, asked.day, asked.settings) if request.method != "POST" else ()
        return view_of(page, asked.settings, asked.day, asked.origin, date.today(), contents)
    except RefusedError:
        raise
    except Exception:
        _LOGGER.exception("%s can't be taken along for %s and %s", page.stem, asked.day, asked.settings)
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, NO_VIEW) from None


async def _made(make: Callable[[*Given], Made], *given: *Given) -> Made:
    """Return what takes a while to make, two things at once."""
    if _at_once.statistics().tasks_waiting >= MOST_WAITING:
        raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, _FULL)
    return await to_thread.run_sync(make, *given, limiter=_at_once)


async def _given(request: Request, form: type[Form]) -> Form:
    """Return what came with a request."""
    if _sending.available_tokens < 1:
        raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, _FULL)
    body = bytearray()
    try:
        async with _sending:
            with fail_after(SECONDS_TO_SEND):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST:
                        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, NO_CHARTS)
    except (TimeoutError, ClientDisconnect):
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, NOT_SENT) from None
    try:
        return await _made(form.model_validate_json, bytes(body))
    except ValidationError:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, NO_CHARTS) from None


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _refusal(error: RefusedError) -> Response:
    later = {"Retry-After": str(RETRY_SECONDS)} if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return PlainTextResponse(str(error), error.status, later)
