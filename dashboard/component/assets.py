"""Files the browser loads from our own origin: the drawing library and the chart component.

Every address carries a version or a content hash, so a browser may keep the file for a year and an
update is a new address. The files are compressed once, in a background thread while the server starts,
instead of on every request.
"""

import asyncio
import gzip
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import plotly
import pyarrow
import streamlit
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.kept.files import kept_or_made

LOGGER = logging.getLogger(__name__)
ASSETS = "/assets"
FRAME_SCRIPT = "/embed/frame.js"
"""Address, the same for every edition, of the script that other pages put beside frames of ours."""
WORKBOOK = "/downloads/table.xlsx"
"""Where a chart's numbers become a workbook: the browser sends them, since it alone knows what its reader has set."""
COMPONENT_DIRECTORY = Path(__file__).parent / "browser"
CUTTER = Path(__file__).with_name("drawing_library.py")
PLOTLY_FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
MEDIA_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
# Quality 9 packs the drawing library to 0.36 MB in a tenth of a second; 11 takes two seconds for 8 % less.
BROTLI_QUALITY = 9
PREFERENCE = ("br", "gzip")

Encodings = Mapping[str, bytes]
"""A file as it is and compressed, by the name of its encoding."""

_packer = ThreadPoolExecutor(max_workers=2, thread_name_prefix="compress-assets")


def server_path(path: str) -> str:
    """Return an address of this server as a browser asks for it: below the server's base path if it has one.

    Args:
        path: Address from the server's root, such as ``/api/v1/projection``.

    Example:
        >>> server_path("/api/v1/health")
        '/api/v1/health'
    """
    base = str(streamlit.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def plotly_path() -> str:
    """Return the address of the drawing library on this server; it changes with the version and with how it is packed.

    Returns:
        A path such as ``/assets/plotly-7.1.0-1f2e3d4c.min.js``, below the server's base path if it has one.
    """
    return server_path(f"{ASSETS}/{_library_name()}")


def component_path(name: str) -> str:
    """Return the address of one of the component's own files.

    All files share one folder named after the hash of their joint content: a module imports its
    neighbour by a relative address, and none of them can be a stale copy of another edition.

    Args:
        name: File name, without its folder inside ``dashboard/component/browser``, such as ``chart.js``.

    Returns:
        A path such as ``/assets/chart-1f2e3d4c5b6a/chart/chart.js``.

    Raises:
        FileNotFoundError: If the component has no script or stylesheet of that name.
    """
    file = _component_files().get(name)
    if file is None:
        raise FileNotFoundError(
            f"expected a .js or .css file of {COMPONENT_DIRECTORY}, got {name!r}; check the spelling"
        )
    inside = file.relative_to(COMPONENT_DIRECTORY).as_posix()
    return server_path(f"{ASSETS}/chart-{_component_hash()}/{inside}")


def frame_script() -> bytes:
    """Return the script that gives frames on other pages their height."""
    return _component_files()["frame.js"].read_bytes()


def asset_routes() -> list[Route]:
    """Return a route for each file the charts need and start compressing those files.

    Returns:
        Starlette routes below ``/assets/``, for ``streamlit.App(routes=[...])``.

    Example:
        >>> [route.path for route in asset_routes()][0] == plotly_path()
        True
    """
    contents: dict[str, Callable[[], bytes]] = {plotly_path(): library}
    contents |= {component_path(name): file.read_bytes for name, file in _component_files().items()}
    return [
        Route(path, _endpoint(pack_soon(content), MEDIA_TYPES[Path(path).suffix]), methods=["GET"])
        for path, content in contents.items()
    ]


def library() -> bytes:
    """Return the drawing library without the kinds of chart that no page draws; the whole one if that can't be done."""
    try:
        return kept_or_made(_library_name(), _cut_library)
    except (ImportError, ValueError) as error:
        LOGGER.warning("Pages will open more slowly: the drawing library can't be made lighter. %s", error)
        return PLOTLY_FILE.read_bytes()


def _cut_library() -> bytes:
    # The cutter's parsers are large and most starts do without them.
    from dashboard.component.drawing_library import lighter_library

    return lighter_library(PLOTLY_FILE.read_bytes())


def _library_name() -> str:
    packing = hashlib.sha256(CUTTER.read_bytes()).hexdigest()[:8]
    return f"plotly-{plotly.__version__}-{packing}.min.js"


def pack_soon(content: Callable[[], bytes]) -> Future[Encodings]:
    """Read and compress a file in the background.

    Args:
        content: Returns what is in the file.
    """
    return _packer.submit(lambda: _encodings(content()))


def _endpoint(encodings: Future[Encodings], media_type: str) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return packed_response(request, await asyncio.wrap_future(encodings), media_type)

    return serve


def packed_response(request: Request, bodies: Encodings, media_type: str) -> Response:
    """Answer with a file that a browser may keep for a year."""
    encoding = _accepted_encoding(request.headers.get("accept-encoding", ""), bodies)
    body = bodies[encoding]
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        "Vary": "Accept-Encoding",
    }
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if headers["ETag"] in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _accepted_encoding(header: str, bodies: Encodings) -> str:
    """Return the smallest stored encoding that an Accept-Encoding header allows."""
    allowed = set()
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            allowed.add(name.strip())
    return next((name for name in PREFERENCE if name in bodies and (name in allowed or "*" in allowed)), "identity")


def _encodings(body: bytes) -> Encodings:
    # A fixed time stamp keeps the compressed bytes, and so the entity tag, the same after a restart.
    bodies = {"identity": body, "gzip": gzip.compress(body, compresslevel=9, mtime=0)}
    # The codec comes with pyarrow, which Streamlit needs anyway; some builds of pyarrow leave it out.
    if pyarrow.Codec.is_available("brotli"):
        codec = pyarrow.Codec("brotli", compression_level=BROTLI_QUALITY)
        name = f"{hashlib.sha256(body).hexdigest()[:32]}-{BROTLI_QUALITY}.br"
        bodies["br"] = kept_or_made(name, lambda: bytes(codec.compress(body, asbytes=True)))
    return bodies


@lru_cache(maxsize=1)
def _component_files() -> Mapping[str, Path]:
    return {file.name: file for file in sorted(COMPONENT_DIRECTORY.rglob("*")) if file.suffix in MEDIA_TYPES}


@lru_cache(maxsize=1)
def _component_hash() -> str:
    digest = hashlib.sha256()
    for name, file in _component_files().items():
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
