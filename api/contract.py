"""The description of the API says what comes: problems on every route, and the form of downloads."""

from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE, Problem

UNCHANGED = "What you have still holds: If-None-Match named its ETag."
_PROBLEMS = {
    404: "There is no such id.",
    422: "A parameter is unknown, or its value can't be used.",
    503: "Too many others wait for an answer; Retry-After says in how many seconds to ask again.",
}
_UNUSED = ("HTTPValidationError", "ValidationError")


def download(media_type: str, *, binary: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the description of an answer in another form than JSON."""
    schema = {"type": "string", **({"format": "binary"} if binary else {})}
    return {200: {"content": {media_type: {"schema": schema}}}}


TABLE = download("text/csv")
"""What a route with `format` answers besides JSON."""


def describe_problems(app: FastAPI) -> None:
    """Let the description of an API name the problems that its routes answer with, instead of the framework's own."""

    @lru_cache(maxsize=1)
    def document() -> dict[str, Any]:
        written = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = written["components"]["schemas"]
        for name in _UNUSED:
            schemas.pop(name, None)
        schemas[Problem.__name__] = Problem.model_json_schema()
        content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
        for path, methods in written["paths"].items():
            methods["get"]["responses"]["304"] = {"description": UNCHANGED}
            for status, description in _PROBLEMS.items():
                if status != 404 or "{" in path:
                    methods["get"]["responses"][str(status)] = {"description": description, "content": content}
        return written

    app.openapi = document  # type: ignore[method-assign]
