"""What is measured: our pages and the peers' pages, with the selectors of slider, tile and chart."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from benchmarks.servers import Server

OURS = "ours"
STREAMLIT_START = "streamlit-start"
STREAMLIT, DASH, DASH_TUNED, DASH_GZIP = "streamlit", "dash", "dash-tuned", "dash-gzip"
PANEL, SHINY, MARIMO, PLAIN = "panel", "shiny", "marimo", "plain"
_STREAMLIT_RUN = ("-m", "streamlit", "run")
_HEADLESS = ("--server.port", "{port}", "--server.address", "127.0.0.1", "--server.headless", "true")
_QUIET = ("--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false")
_ADDRESS = ("--port", "{port}", "--host", "127.0.0.1")

_LISTED = (
    Server(name=OURS, command=(*_STREAMLIT_RUN, "app.py", *_HEADLESS), peer=False, ready="/_stcore/health"),
    Server(name=STREAMLIT, command=(*_STREAMLIT_RUN, "streamlit_idiomatic.py", *_HEADLESS, *_QUIET)),
    Server(name=STREAMLIT_START, command=(*_STREAMLIT_RUN, "streamlit_start.py", *_HEADLESS, *_QUIET)),
    Server(name=DASH, command=("-m", "benchmarks.peers.dash_idiomatic", "--port", "{port}")),
    Server(name=DASH_TUNED, command=("-m", "benchmarks.peers.dash_tuned", "--port", "{port}")),
    Server(name=DASH_GZIP, command=("-m", "benchmarks.peers.dash_idiomatic", "--port", "{port}", "--gzip")),
    Server(
        name=PANEL,
        command=("-m", "panel", "serve", "panel_app.py", "--port", "{port}", "--allow-websocket-origin", "*"),
        ready="/panel_app",
    ),
    Server(name=SHINY, command=("-m", "shiny", "run", "shiny_app.py", *_ADDRESS)),
    Server(name=MARIMO, command=("-m", "marimo", "run", "marimo_app.py", *_ADDRESS, "--headless", "--no-token")),
    Server(name=PLAIN, command=("-m", "benchmarks.peers.plain_page", "--port", "{port}")),
)
SERVERS = {server.name: server for server in _LISTED}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page and where its parts are.

    Args:
        name: Row label in the results.
        server: Name of its server.
        path: Address on the server.
        charts: Number of charts that are drawn once the page is loaded.
        parts: Further things that have to be there, however many; "" for none.
        slider: What takes the key presses; "" for a page without a slider to be timed.
        slider_index: Which of those it is.
        tile: Text that differs at every step.
        tile_index: Which of those it is.
        traces: The chart that follows the slider is the first with at least as many traces.
        handle: What the pointer drags, if not the slider itself.
    """

    name: str
    server: str
    path: str = "/"
    charts: int = 2
    parts: str = ""
    slider: str = ""
    slider_index: int = 0
    tile: str = ""
    tile_index: int = 0
    traces: int = 0
    handle: str = ""

    def named(self, name: str) -> Page:
        """Return the same page under another name."""
        return replace(self, name=name)

    def for_probe(self) -> dict[str, object]:
        """Return what the probe in the page needs."""
        needed = ("charts", "parts", "tile", "tile_index", "traces")
        return {key: value for key, value in asdict(self).items() if key in needed}


_PEER_TILE = {"tile": ".tile", "tile_index": 2, "traces": 7}

PEER_PAGES = (
    Page(
        name="Streamlit, fragment",
        server=STREAMLIT,
        slider="[data-testid=stSlider] input[type=range]",
        handle="[data-testid=stSliderThumbValue]",
        tile="[data-testid=stMetricValue]",
        tile_index=2,
        traces=7,
    ),
    Page(name="Dash", server=DASH, slider="[role=slider]", **_PEER_TILE),
    Page(name="Dash, tuned", server=DASH_TUNED, slider="[role=slider]", **_PEER_TILE),
    Page(name="Panel", server=PANEL, path="/panel_app", slider=".noUi-handle", **_PEER_TILE),
    Page(
        name="Shiny", server=SHINY, slider=".irs-line", handle=".irs-handle", tile="[id^=tile]", tile_index=2, traces=7
    ),
    Page(name="marimo", server=MARIMO, slider="[role=slider]", **_PEER_TILE),
    Page(name="Plain page, lookup table", server=PLAIN, slider="input[type=range]", **_PEER_TILE),
)
START_PAGE = Page(name="Plain Streamlit, one chart", server=STREAMLIT_START, charts=1)
DASH_GZIP_PAGE = Page(name="Dash behind gzip", server=DASH_GZIP, slider="[role=slider]", **_PEER_TILE)

PROJECTION = Page(
    name="Projection (ours)",
    server=OURS,
    path="/projection",
    charts=1,
    slider=".mi-panel input[type=range]",
    tile=".mi-panel .mi-tile-value",
    traces=4,
)
OVERVIEW = Page(name="Now (ours)", server=OURS, charts=1)
