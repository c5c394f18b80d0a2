"""Errors as problem details (RFC 9457): one plain sentence that says what was expected and what came."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

MEDIA_TYPE = "application/problem+json"
_TITLES = {404: "Not found", 422: "The request can't be answered as asked"}


def not_found(what: str, given: str, hint: str) -> HTTPException:
    """Return the error for an unknown id.

    Args:
        what: Kind of thing looked for.
        given: The id that came.
        hint: Where the known ids are listed.
    """
    return HTTPException(404, f"There is no {what} {given!r}. {hint}")


def install(app: FastAPI) -> None:
    """Answer every error of an application as problem details."""

    @app.exception_handler(StarletteHTTPException)
    async def _http(_: Request, error: StarletteHTTPException) -> JSONResponse:
        return _problem(error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def _validation(_: Request, error: RequestValidationError) -> JSONResponse:
        sentences = []
        for item in error.errors():
            where = ".".join(str(part) for part in item["loc"] if part != "query")
            came = "" if item["type"] in ("missing", "value_error") else f" (got {item.get('input')!r})"
            sentences.append(f"{where + ': ' if where else ''}{item['msg']}{came}.")
        return _problem(422, " ".join(sentences))


def _problem(status: int, detail: str) -> JSONResponse:
    body = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)
