"""Part replicas: two copies behind nginx; a reader's copy is killed, and the view comes back on the other one."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.pages import OURS, SERVERS
from benchmarks.samples import median
from benchmarks.servers import ROOT, find_chromium, running
from benchmarks.tables import Target, number, target_table
from indicators.core.environment import METRICS

CONFIGURATION = ROOT / "deploy" / "nginx" / "dashboard.conf"
WHOLE = """pid {place}/nginx.pid;
error_log {place}/error.log;
{user}
events {{ }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    include {place}/dashboard.conf;
}}
"""
PATIENCE, SETTLE_SECONDS = 60_000, 10
POLL_SECONDS = 0.1
RUNS, QUICK_RUNS = 20, 2
VIEW = "/projection?weekly=50&weeks=40&growth_monthly=0.02"
PANEL = ".mi-panel"


@dataclass
class Replica:
    """A copy of the dashboard that was started here."""

    port: int
    pid: int
    stack: ExitStack

    def readers(self) -> int:
        """Return how many readers are connected to it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port + 10}/", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return round(float(next(line for line in lines if line.startswith("morale_indicators_sessions ")).split()[1]))

    def kill(self) -> None:
        """End it without warning."""
        os.kill(self.pid, signal.SIGKILL)


@dataclass
class Site:
    """Two copies behind nginx."""

    url: str
    replicas: list[Replica]
    variables: Mapping[str, str]

    def of_the_reader(self) -> Replica:
        """Return the copy to which the one reader is connected."""
        connected = [replica for replica in self.replicas if replica.readers()]
        if len(connected) != 1:
            raise RuntimeError(f"expected the reader on one of {len(self.replicas)} copies, found {len(connected)}")
        return connected[0]

    def start_again(self, replica: Replica) -> None:
        """Start a copy that was killed."""
        replica.stack.close()
        self.replicas[self.replicas.index(replica)] = started(replica.port, self.variables)


def started(port: int, variables: Mapping[str, str]) -> Replica:
    """Start a copy on a port, with its counters ten ports higher."""
    stack = ExitStack()
    server = replace(SERVERS[OURS], ready="/api/v1/ready")
    settings = {**variables, METRICS.name: f"127.0.0.1:{port + 10}"}
    run = stack.enter_context(running([server], Path("python"), port, variables=settings))
    return Replica(port, run[OURS].pid, stack)


def write_configuration(place: Path, first_port: int) -> str:
    """Write the configuration of `deploy/` for loopback ports into a folder, and return the path of the whole.

    Args:
        place: An empty folder, in which nginx keeps everything.
        first_port: Port of the first copy; the second one and nginx follow.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")
    for written, wanted in (
        ("127.0.0.1:8501", f"127.0.0.1:{first_port}"),
        ("127.0.0.1:8502", f"127.0.0.1:{first_port + 1}"),
        ("listen 8080;", f"listen 127.0.0.1:{first_port + 2};"),
        # All readers of a test share one network address.
        ("rate=100r/s", "rate=100000r/s"),
        ("rate=10r/s", "rate=100000r/s"),
        ("/dev/stdout", f"{place}/access.log"),
        ("/var/cache/nginx/dashboard", f"{place}/cache"),
    ):
        if written not in text:
            raise RuntimeError(f"expected {written!r} in {CONFIGURATION.name}")
        text = text.replace(written, wanted)
    (place / "dashboard.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    whole = place / "nginx.conf"
    whole.write_text(WHOLE.format(place=place, user=user), encoding="utf-8")
    return str(whole)


@contextmanager
def site(nginx: str, first_port: int, *, variables: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Run two copies behind nginx, with the configuration of `deploy/`, until the block ends.

    Args:
        nginx: Path of the program.
        first_port: The first of three ports, and of two more that are ten higher.
        variables: Settings of the copies.
    """
    with TemporaryDirectory() as folder, ExitStack() as stack:
        configuration = write_configuration(Path(folder), first_port)
        running_site = Site(f"http://127.0.0.1:{first_port + 2}", [], variables or {})
        stack.callback(lambda: [replica.stack.close() for replica in running_site.replicas])
        running_site.replicas += [started(port, running_site.variables) for port in (first_port, first_port + 1)]
        command = [nginx, "-e", f"{folder}/error.log", "-c", configuration, "-g", "daemon off;"]
        server = subprocess.Popen(command)
        stack.callback(server.wait, 10)
        stack.callback(server.terminate)
        wait_for(f"{running_site.url}/api/v1/ready")
        yield running_site


def wait_for(url: str) -> None:
    """Wait until an address answers."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(POLL_SECONDS)
    raise RuntimeError(f"expected an answer from {url}, got none")


def opened(page: Page, url: str) -> None:
    """Open a view of the projection and wait until it is drawn."""
    page.goto(url)
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until the panel and all below it are there and nothing runs."""
    expect(page.locator(f"{PANEL} .js-plotly-plot .scatterlayer path.js-line").first).to_be_attached(timeout=PATIENCE)
    expect(page.locator(PANEL)).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
    expect(page.get_by_role("link", name="API documentation")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-test-script-state]").first).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)


def shown(page: Page) -> dict[str, object]:
    """Return what a reader sees of a view: its words, the sliders and the figures that are drawn.

    What was read out last is left out: a view that nobody has moved yet has said nothing.
    """
    seen: dict[str, object] = page.evaluate(
        """() => {
          const said = document.querySelector(".mi-panel > .mi-spoken");
          said.style.display = "none";
          const words = document.querySelector("[data-testid=stMain]").innerText;
          said.style.display = "";
          const plot = document.querySelector(".mi-panel .js-plotly-plot");
          return {
            words: words.replace(/\\s+/g, " "),
            sliders: [...document.querySelectorAll(".mi-panel input")].map((input) => input.value),
            figures: plot.data.map((trace) => Array.from(trace.y ?? [], (y) => Number(y).toPrecision(6))),
          };
        }"""
    )
    return seen


def same(page: Page, wanted: dict[str, object]) -> str:
    """Return what of a view differs from another one, once both had time to settle; nothing if they are the same."""
    end = time.monotonic() + SETTLE_SECONDS
    while True:
        seen = shown(page)
        different = [f"{name}: {seen[name]} instead of {wanted[name]}" for name in wanted if seen[name] != wanted[name]]
        if not different or time.monotonic() > end:
            return "; ".join(different)
        page.wait_for_timeout(POLL_SECONDS * 1000)


def lose_a_replica(page: Page, running_site: Site) -> float:
    """Kill the reader's copy while the reader drags a slider, and check that the view comes back whole.

    Args:
        page: An empty page in a browser.
        running_site: Two copies, both running; afterwards too.

    Returns:
        Seconds from the kill until the reader is connected to the other copy.

    Raises:
        AssertionError: If the view is another one, or a box with an error was shown.
    """
    boxes: list[str] = []
    page.expose_function("noteErrorBox", lambda text: boxes.append(text))
    page.add_init_script(
        """new MutationObserver(() => document
          .querySelectorAll("[data-testid=stException], [data-testid=stAlertContentError], [role=dialog]")
          .forEach((box) => noteErrorBox(box.textContent)))
          .observe(document, { childList: true, subtree: true });"""
    )
    opened(page, running_site.url + VIEW)
    lost = running_site.of_the_reader()
    (left,) = [replica for replica in running_site.replicas if replica is not lost]
    slider = page.locator(f"{PANEL} input[type=range]").first
    place = slider.bounding_box()
    assert place is not None
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] * 0.1, middle)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.3, middle, steps=10)
    began = time.monotonic()
    lost.kill()
    step = 0
    while not left.readers():
        step += 1
        page.mouse.move(place["x"] + place["width"] * (0.3 + 0.01 * (step % 20)), middle)
        page.wait_for_timeout(POLL_SECONDS * 1000)
        if time.monotonic() - began > PATIENCE / 1000:
            raise AssertionError("expected the reader on the other copy; the browser did not come back")
    seconds = time.monotonic() - began
    page.mouse.move(place["x"] + place["width"] * 0.6, middle, steps=10)
    held = slider.input_value()
    page.mouse.up()
    expect(page).to_have_url(re.compile(rf"[?&]weekly={held}(&|$)"), timeout=PATIENCE)
    drawn(page)
    with page.context.new_page() as fresh:
        opened(fresh, page.url)
        different = same(page, shown(fresh))
    assert slider.input_value() == held, f"expected the slider where the hand left it, {held}"
    assert not different, f"expected the view that its address opens; {different}"
    assert not boxes, f"expected no box with an error, got {boxes}"
    running_site.start_again(lost)
    return seconds


def measure_replicas(python: Path, first_port: int, *, quick: bool) -> str:
    """Kill the reader's copy a number of times in a row."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        raise RuntimeError("nginx was not found; install it (Debian: apt-get install nginx-light)")
    runs, waits = QUICK_RUNS if quick else RUNS, []
    with sync_playwright() as playwright, site(nginx, first_port) as running_site:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for _ in range(runs):
            with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
                try:
                    waits.append(lose_a_replica(context.new_page(), running_site))
                except AssertionError as error:
                    print(f"  {error}", flush=True)
                    break
        browser.close()
    return "\n".join(
        [
            target_table([Target(what="Views that survived in a row", value=len(waits), limit=runs, at_least=True)]),
            "Two copies behind nginx, configured as in `deploy/`. The one that serves the reader is killed while "
            "the reader drags. The view afterwards has the same words, sliders and figures as its address opened "
            "anew, and no box with an error was shown.\n",
            f"Until the browser was on the other copy: median {number(median(waits))} s, most {number(max(waits))} s."
            if waits
            else "",
        ]
    )
