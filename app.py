"""The server: the dashboard and its JSON API on one port (`streamlit run app.py`)."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from api.server import create_api
from dashboard import cache
from dashboard.assets import asset_routes
from dashboard.embedding import embed_routes
from dashboard.front_page import page_routes
from dashboard.listening import send_at_once
from dashboard.streamlit_files import StreamlitFiles
from dashboard.upload_limit import UploadLimit
from indicators.core.parsing import DataError
from indicators.core.registry import RegistryError

try:
    cache.warm_up()
except (DataError, RegistryError) as error:
    sys.exit(f"The dashboard can't start. {error}")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Let answers leave at once, and set aside all that is loaded: collecting garbage never walks through it again."""
    send_at_once()
    gc.collect()
    gc.freeze()
    yield


api = create_api(cache.evidence_on, cache.derived_on, cache.data_package_file)
app = st.App(
    Path(__file__).parent / "dashboard" / "main.py",
    routes=[Mount("/api", app=api), *asset_routes(), *embed_routes(), *page_routes()],
    middleware=[Middleware(UploadLimit), Middleware(StreamlitFiles), Middleware(GZipMiddleware, minimum_size=1000)],
    lifespan=lifespan,
)
