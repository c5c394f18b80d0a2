"""Errors as problem details (RFC 9457): one plain sentence that says what was expected and what came."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

from indicators.core.plain_text import quoted, visible

MEDIA_TYPE = "application/problem+json"
QUOTED_LETTERS = 100
PROBLEMS_NAMED = 10
_TITLES = {404: "Not found", 422: "The request can't be answered as asked"}


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="One or more sentences: what was expected, what came, what to do.")


def not_found(what: str, given: str, hint: str) -> HTTPException:
    """Return the error for an unknown id."""
    return HTTPException(404, f"There is no {what} {quoted(given, QUOTED_LETTERS)}. {hint}")


def install(app: FastAPI) -> None:
    """Answer every error of an application as problem details."""

    @app.exception_handler(StarletteHTTPException)
    async def _http(_: Request, error: StarletteHTTPException) -> JSONResponse:
        # HEAD is answered wherever GET is.
        allowed = {"Allow": "GET, HEAD"} if error.status_code == 405 else {}
        return problem_response(error.status_code, str(error.detail), {**(error.headers or {}), **allowed})

    @app.exception_handler(RequestValidationError)
    async def _validation(_: Request, error: RequestValidationError) -> JSONResponse:
        sentences = []
        found = error.errors()
        for item in found[:PROBLEMS_NAMED]:
            where = ".".join(visible(str(part), QUOTED_LETTERS) for part in item["loc"] if part != "query")
            came = (
                ""
                if item["type"] in ("missing", "value_error")
                else f" (got {quoted(item.get('input'), QUOTED_LETTERS)})"
            )
            sentences.append(f"{where + ': ' if where else ''}{_expected(item['type'], item['msg'])}{came}.")
        if len(found) > PROBLEMS_NAMED:
            sentences.append(f"{len(found) - PROBLEMS_NAMED} more are wrong.")
        return problem_response(422, " ".join(sentences))

    @app.exception_handler(Exception)
    async def _unforeseen(_: Request, __: Exception) -> JSONResponse:
        return problem_response(500, "The server failed to answer; its log says why.")


def _expected(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "This route has no such parameter; check the spelling"
    return message.removeprefix("Value error, ").removesuffix(".")


def problem_response(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a problem as an answer."""
    problem = Problem(title=_TITLES.get(status, HTTPStatus(status).phrase), status=status, detail=detail)
    return JSONResponse(problem.model_dump(), status, headers, MEDIA_TYPE)
