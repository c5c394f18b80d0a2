"""The API application: read-only routes under /v1, with documentation drawn from our own origin."""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline

import api.routes
from api import problems
from api.contract import describe_problems
from api.dependencies import Given, PageLink, ReadableQuery, SnapshotOn, plain_page_link
from api.documentation import add_documentation
from api.revalidation import Revalidation
from indicators import __version__
from indicators.core.citation.code_version import code_version

DOCUMENTATION_FILES = "/static-offline-docs"
DESCRIPTION = """Sourced, dated and qualified figures on military morale, and projections that state their assumptions.

A quoted figure is a claim, not a count. Every row says who asserted it, who printed it, for which period, and
when it was known. Every answer carries the version of the data."""


def create_api(
    snapshot_on: SnapshotOn,
    package: Callable[[], bytes],
    today: Callable[[], date] = date.today,
    ready: Callable[[], bool] = lambda: True,
    page_link: PageLink = plain_page_link,
) -> FastAPI:
    """Build the API; its arguments are those of `Given`."""

    def state() -> str:
        return f"{snapshot_on(None).evidence.data_version} {code_version(__version__)} {today()}"

    app = FastAPIOffline(
        title="Morale indicators",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        static_url=DOCUMENTATION_FILES,
    )
    app.state.given = Given(snapshot_on=snapshot_on, package=package, today=today, ready=ready, page_link=page_link)
    add_documentation(app, DOCUMENTATION_FILES)
    problems.install(app)
    routes = APIRouter(prefix="/v1")
    for module in pkgutil.iter_modules(api.routes.__path__, f"{api.routes.__name__}."):
        routes.include_router(importlib.import_module(module.name).routes)
    app.include_router(routes)
    app.add_middleware(Revalidation, state=state)
    app.add_middleware(ReadableQuery)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["*"],
        expose_headers=["Content-Disposition", "ETag", "Retry-After"],
    )
    describe_problems(app)
    return app
