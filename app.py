"""The server: the dashboard and its JSON API on one port (`streamlit run app.py`)."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from api.app import create_api
from dashboard.component.assets import ASSETS, asset_routes
from dashboard.server.embedding.routes import embed_routes
from dashboard.server.front_page import page_routes
from dashboard.server.listening import set_no_delay
from dashboard.server.plain_pages import or_plain_pages
from dashboard.server.request_checks import RequestChecks
from dashboard.server.security_headers import SecurityHeaders
from dashboard.server.streamlit_files import StreamlitFiles
from dashboard.server.unknown_addresses import UnknownAddresses
from dashboard.server.upload_limit import UploadLimit
from dashboard.server.work_limits import Line, WorkLimits
from dashboard.shell.addresses import API, API_ROOT, EMBED, OEMBED, PREVIEW
from dashboard.snapshots import all_evidence, data_package_file, snapshot_on, warm_up
from indicators.core.evidence.parsing import DataError
from indicators.core.registry import RegistryError

LINES = (
    Line(below=f"{API}/cascade", at_once=2, waiting=16),
    Line(below=f"{API}/", at_once=4, waiting=64),
    Line(below=f"{EMBED}/", at_once=2, waiting=64),
    Line(below=OEMBED, at_once=1, waiting=16),
    Line(below=f"{PREVIEW}/", at_once=1, waiting=16),
)

try:
    all_evidence()
except (DataError, RegistryError) as error:
    sys.exit(f"The dashboard can't start. {error}")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Let answers leave at once, and compute what every reader asks for beside what the first one does."""
    set_no_delay()
    Thread(target=get_ready, name="get-ready", daemon=True).start()
    yield


def get_ready() -> None:
    """Compute every indicator, and set aside all that is loaded: collecting garbage never walks through it again."""
    warm_up()
    gc.collect()
    gc.freeze()


api = create_api(
    lambda day: snapshot_on(day).evidence, lambda name, day: snapshot_on(day).derived(name), data_package_file
)
app = st.App(
    Path(__file__).parent / "dashboard" / "main.py",
    routes=[
        Mount(API_ROOT, app=api),
        *asset_routes(),
        *embed_routes(),
        *or_plain_pages(page_routes),
        UnknownAddresses(),
    ],
    middleware=[
        Middleware(SecurityHeaders, shared=(API_ROOT, EMBED, ASSETS, OEMBED), framed=EMBED),
        Middleware(RequestChecks),
        Middleware(WorkLimits, lines=LINES, free=(f"{API}/health",)),
        Middleware(UploadLimit),
        Middleware(StreamlitFiles),
        Middleware(GZipMiddleware, minimum_size=1000),
    ],
    lifespan=lifespan,
)
