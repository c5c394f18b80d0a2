"""The server: the dashboard and its JSON API on one port (`streamlit run app.py`)."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp

from dashboard.component.assets import ASSETS, asset_routes, server_path
from dashboard.downloads.routes import download_routes
from dashboard.server.built_when_asked import BuiltWhenAsked
from dashboard.server.embedding.routes import embed_routes
from dashboard.server.front_page import page_routes
from dashboard.server.listening import set_no_delay
from dashboard.server.operation.editions import begin_to_follow, hours_between_refreshes
from dashboard.server.operation.metrics import offer_metrics
from dashboard.server.operation.readiness import begin_to_get_ready, is_ready
from dashboard.server.operation.request_log import RequestLog, write_lines_of_json
from dashboard.server.operation.stopping import bound_the_end
from dashboard.server.plain_pages import or_plain_pages
from dashboard.server.protection.request_checks import RequestChecks
from dashboard.server.protection.security_headers import SecurityHeaders
from dashboard.server.protection.upload_limit import UploadLimit
from dashboard.server.protection.work_limits import Line, WorkLimits
from dashboard.server.site_files import site_file_routes
from dashboard.server.streamlit_files import StreamlitFiles
from dashboard.server.unknown_addresses import UnknownAddresses
from dashboard.shell.addresses import API, API_ROOT, ARCHIVE, BRIEFING, EMBED, OEMBED, PREVIEW, page_link
from dashboard.shell.pages import all_pages
from dashboard.snapshots import all_evidence, data_package_file, snapshot_on
from indicators.core.environment import SettingError
from indicators.core.evidence.parsing import DataError
from indicators.core.registry import RegistryError

LINES = (
    Line(below=f"{API}/cascade", at_once=2, waiting=16),
    Line(below=f"{API}/", at_once=4, waiting=64),
    Line(below=f"{EMBED}/", at_once=2, waiting=64),
    Line(below=OEMBED, at_once=1, waiting=16),
    Line(below=f"{PREVIEW}/", at_once=1, waiting=16),
    Line(below=f"{BRIEFING}/", at_once=2, waiting=16),
    Line(below=f"{ARCHIVE}/", at_once=2, waiting=16),
)

PARTS = (
    *(
        (f"{API}/", True),
        (f"{API_ROOT}/", False),
        (f"{EMBED}/", True),
        (f"{PREVIEW}/", False),
        (f"{BRIEFING}/", True),
        (f"{ARCHIVE}/", True),
        (f"{ASSETS}/", False),
        (OEMBED, False),
    ),
    *(("/static/", False), ("/media/", False), ("/_stcore/upload_file/", False), ("/_stcore/", True)),
)
"""Parts of the server as the log and the counters name them, besides the pages."""

try:
    write_lines_of_json()
    all_evidence()
    hours_between_refreshes()
    offer_metrics()
except (DataError, RegistryError, SettingError) as error:
    sys.exit(f"The dashboard can't start. {error}")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Let answers leave at once, and compute what every reader asks for beside what the first one does."""
    set_no_delay()
    write_lines_of_json()  # again, because the server has set up its own log meanwhile
    bound_the_end()
    begin_to_get_ready(api.built)
    stop = Event()
    begin_to_follow(stop)
    yield
    stop.set()


def build_api() -> ASGIApp:
    """Build the API; its framework takes a while to load, and no page needs it to be drawn."""
    from api.app import create_api

    return create_api(snapshot_on, data_package_file, ready=is_ready, page_link=page_link)


api = BuiltWhenAsked(build_api)
app = st.App(
    Path(__file__).parent / "dashboard" / "main.py",
    routes=[
        Mount(server_path(API_ROOT), app=api),
        *asset_routes(),
        *embed_routes(),
        *download_routes(),
        *site_file_routes(),
        *or_plain_pages(page_routes),
        UnknownAddresses(),
    ],
    middleware=[
        Middleware(RequestLog, pages=[page.address for page in all_pages()], parts=PARTS),
        Middleware(SecurityHeaders, shared=(API_ROOT, EMBED, ASSETS, OEMBED), framed=EMBED),
        Middleware(RequestChecks),
        Middleware(WorkLimits, lines=LINES, free=(f"{API}/health", f"{API}/ready")),
        Middleware(UploadLimit),
        Middleware(StreamlitFiles),
        Middleware(GZipMiddleware, minimum_size=1000),
    ],
    lifespan=lifespan,
)
