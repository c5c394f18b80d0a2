"""A chart on somebody else's page: the code below it leads to a chart that draws by itself, at its full height."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Frame, Page, TimeoutError, expect
from test_dashboard import PATIENCE, visit

CHARTS = [
    *("answer", "index", "index/choices", "compare", "timeline", "both_sides", "claims", "claims/bounds"),
    *("claims/echoes?claim=A23", "track_record", "track_record/over_time", "track_record/miss"),
    *("track_record/forecast", "track_record/past_forecasts", "track_record/calibration", "indicator/echoes"),
    *("cascade", "cascade/outcomes", "cascade/networks", "cascade/importance", "projection", "projection/shares"),
    *("projection/tornado", "projection/afterwards", "projection/scenarios?scenario=name%3DHalved%26weekly%3D50"),
]
CHART = "/embed/indicator/refusal_cases/weekly"
PHONE = {"width": 390, "height": 844}


def code_below_the_chart(page: Page) -> str:
    """Open the code below the first chart and return it."""
    page.get_by_role("button", name="Embed").first.click()
    return page.get_by_role("textbox", name="Code for the other page").input_value()


@pytest.mark.everyday
def test_the_code_below_a_chart_shows_it_with_its_source_on_another_page(page: Page) -> None:
    visit(page, "/indicator?indicator=refusal_cases&as_of=2023-08-30")
    code = code_below_the_chart(page)
    source = page.locator(".mi-source").first.inner_text()
    address = re.search(r'src="([^"]+)"', code)
    assert address is not None
    shown = page.get_by_role("combobox", name="Show")
    assert shown.locator("option").all_inner_texts() == ["Frozen: as known on 30 Aug 2023", "Answer alone, frozen"]
    page.goto(address[1])
    expect(page.locator(".js-plotly-plot .scatterlayer path.js-line").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator(".mi-source")).to_have_text(source, use_inner_text=True)
    expect(page.get_by_role("button", name="Embed")).to_have_count(0)
    expect(page.get_by_text("as known on 30 Aug 2023")).to_be_visible()
    expect(page.get_by_role("link", name="Russian army morale")).to_have_attribute(
        "href", "/indicator?indicator=refusal_cases&chart=weekly&as_of=2023-08-30"
    )


def test_the_code_has_the_settings_the_theme_and_the_width_and_can_be_seen_before(page: Page) -> None:
    visit(page, "/projection?weekly=50")
    code = page.get_by_role("textbox", name="Code for the other page")
    assert "/embed/projection?weekly=50" in code_below_the_chart(page)
    page.get_by_role("combobox", name="Theme").select_option("Dark")
    page.get_by_role("combobox", name="Width").select_option("390 pixels")
    expect(code).to_have_value(re.compile(r"/embed/projection\?weekly=50&amp;.*theme=dark.*width=\"390\".*frame\.js"))
    page.get_by_role("button", name="Preview").click()
    preview = page.frame_locator(".mi-embed iframe")
    expect(preview.locator(".mi-source")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("combobox", name="Show").select_option("Answer alone, live")
    expect(preview.get_by_role("heading")).to_have_text(re.compile("week"), timeout=PATIENCE)
    expect(code).to_have_value(re.compile(r"/embed/sentence/projection\?weekly=50"))


class HostPage(BaseHTTPRequestHandler):
    """A page of another origin that holds the code which its address has, in a column of a width."""

    def do_GET(self) -> None:
        """Send the page."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        body = (
            f"<!doctype html><body style='margin:0'><div style='width:{asked.get('width')}px'>{asked.get('code')}</div>"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Return the address of another origin."""
    other = ThreadingHTTPServer(("127.0.0.1", 0), HostPage)
    Thread(target=other.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{other.server_port}"
    other.shutdown()
    other.server_close()


def code_of(server: str, address: str, sandbox: str = "") -> str:
    """Return the code that oEmbed gives for an address."""
    described = httpx.get(f"{server}/oembed", params={"url": server + address}, timeout=30).json()
    return str(described["html"]).replace("<iframe ", f"<iframe {sandbox} ", 1)


def framed(page: Page, host: str, code: str, width: int) -> Frame:
    """Open a page of another origin that holds some code, and return its frame once all is drawn."""
    page.set_viewport_size({"width": max(width, 320), "height": 800})
    page.goto(f"{host}/?width={width}&code={quote(code)}")
    frame = page.frames[1]
    if "sentence" not in frame.url:
        expect(frame.locator(".js-plotly-plot .main-svg").first).to_be_attached(timeout=PATIENCE)
    return frame


def is_whole(frame: Frame) -> bool:
    """Return whether a frame gets as tall as what is in it, down to its last line, and is not wider than its column."""
    with suppress(TimeoutError):
        frame.wait_for_function(
            """() => {
                const page = document.documentElement;
                const height = Math.ceil(page.getBoundingClientRect().height);
                return Math.abs(innerHeight - height) <= 1 && page.scrollWidth <= innerWidth &&
                    document.querySelector("footer").getBoundingClientRect().bottom <= innerHeight;
            }""",
            timeout=PATIENCE,
        )
        return True
    return False


@pytest.mark.parametrize("width", [320, 390, 720])
@pytest.mark.parametrize("sandbox", ["", "sandbox='allow-scripts'"])
def test_a_frame_on_another_origin_has_the_height_of_its_content(
    new_page: Callable[..., Page], faults: list[str], server: str, host: str, width: int, sandbox: str
) -> None:
    page = new_page()
    for address in ("/answer", CHART, "/embed/projection?weekly=50&as_of=2024-02-01", "/embed/sentence/answer"):
        frame = framed(page, host, code_of(server, address, sandbox), width)
        assert is_whole(frame)
    faults.clear()  # the host page is of another origin, which the watch over our own pages notes


def test_every_chart_is_whole_in_a_sealed_narrow_frame_and_offers_only_what_works_there(
    new_page: Callable[..., Page], faults: list[str], server: str, host: str
) -> None:
    page = new_page()
    for path in CHARTS:
        frame = framed(page, host, code_of(server, f"/embed/{path}", "sandbox='allow-scripts'"), 320)
        assert is_whole(frame), path
        assert frame.get_by_role("group", name="Chart tools").get_by_role("button").all_inner_texts() == ["Numbers"]
    faults.clear()


def test_a_frame_follows_what_its_reader_opens(
    new_page: Callable[..., Page], faults: list[str], server: str, host: str
) -> None:
    page = new_page()
    frame = framed(page, host, code_of(server, CHART), 390)
    assert is_whole(frame)
    before = frame.evaluate("innerHeight")
    frame.get_by_role("button", name="Numbers").click()
    expect(frame.locator(".mi-numbers")).to_be_visible()
    assert is_whole(frame)
    assert frame.evaluate("innerHeight") > before + 100
    faults.clear()


@pytest.mark.parametrize("sandbox", ["sandbox", "sandbox='allow-same-origin'"])
def test_where_no_script_runs_a_frame_says_what_it_would_show(
    new_page: Callable[..., Page], faults: list[str], server: str, host: str, sandbox: str
) -> None:
    page = new_page()
    page.goto(f"{host}/?width=390&code={quote(code_of(server, CHART, sandbox))}")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading")).to_be_visible()
    expect(frame.get_by_text(re.compile("^Source: "))).to_be_visible()
    faults.clear()


def test_a_refused_setting_is_said_inside_the_frame(
    new_page: Callable[..., Page], faults: list[str], server: str, host: str
) -> None:
    page = new_page()
    code = f'<iframe src="{server}/embed/projection?weekly=9999"></iframe>'
    page.goto(f"{host}/?width=390&code={quote(code)}")
    expect(
        page.frame_locator("iframe").get_by_text("weekly is '9999'; expected a number from 0 to 500")
    ).to_be_visible()
    faults.clear()
