"""Part requests: what the dearest request of each route and a new day of each page cost, and if fifty at once harm."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import httpx

from benchmarks.pages import OURS, SERVERS
from benchmarks.samples import median
from benchmarks.servers import ROOT, Running, memory, processor_seconds, running
from benchmarks.tables import Target, number, table, target_table
from dashboard.shell.pages import all_pages
from indicators.methods.cascade.parameters import MOST_COST, CascadeParameters, Topology, cascade_cost
from indicators.methods.projection.parameters import BOUNDS

SECONDS_ALLOWED, PAGE_SECONDS_ALLOWED, GROWTH_ALLOWED = 1.0, 1.0, 150.0
NEW_DAY_ALLOWED = 0.4
NEW_DAYS = 5
AT_ONCE = 50
LONGEST = {"units": 200, "neighbours": 20, "ticks": 156, "recovery": 52, "tolerance": "normal", "r": 1.35}
ON_A_DAY = (
    *("indicators", "indicators/refusal_cases", "series/ru_art337_cases_received_annual", "sources", "events"),
    *("corrections", "claims", "corrections.atom", "track-record"),
)
EMBEDS = ("projection", "indicator/refusal_cases/annual")

_seeds, _days = count(1), count(1)


def fresh_day() -> str:
    """Return a day that was not asked for before."""
    return (date(2023, 9, 1) + timedelta(days=7 * next(_days))).isoformat()


def dear_cascade(topology: str) -> dict[str, object]:
    """Return settings of a cascade as dear as is allowed, with a seed that nobody asked for before."""
    asked = CascadeParameters.model_validate(LONGEST | {"topology": topology, "replicates": 4_000})
    fitting = min(asked.replicates, asked.replicates * MOST_COST // cascade_cost(asked))
    return LONGEST | {"topology": topology, "replicates": fitting, "seed": next(_seeds)}


def dearest() -> Iterator[tuple[str, str]]:
    """Yield the name of each route and its dearest allowed address."""
    for path in ON_A_DAY:
        yield path, f"/api/v1/{path}?as_of={fresh_day()}"
    for path in EMBEDS:
        yield f"embed/{path}", f"/embed/{path}?as_of={fresh_day()}"
    for topology in Topology:
        for path in ("cascade", "cascade/break-even", "cascade/curve", "cascade/point"):
            yield f"{path}, {topology}", f"/api/v1/{path}?{urlencode(dear_cascade(topology))}"
    projection = {name: BOUNDS[name][1] for name in ("weeks", "observed_weeks", "growth_weekly")}
    projection |= {"reading": "maximum", "dispersion": BOUNDS["dispersion"][0]}
    for path, more in (("projection", {}), ("projection/table", {}), ("projection/growth", {})):
        yield path, f"/api/v1/{path}?{urlencode({} if path.endswith('growth') else projection | more)}"
    solved = urlencode({**projection, "target": 10_000, "solve_for": "weekly"})
    yield "projection/break-even", f"/api/v1/projection/break-even?{solved}"
    yield "health", "/api/v1/health"
    yield "package.zip", "/api/v1/package.zip"


def measure_requests(python: Path, first_port: int, *, quick: bool) -> str:
    """Measure each route alone, then fifty dear requests at once beside a page."""
    with running([SERVERS[OURS]], python, first_port) as servers:
        server = servers[OURS]
        costs = {name: _cost(server, address) for name, address in dearest()}
        days = _new_days(python, server)
        slowest, grown, statuses = _at_once(server)
    targets = [
        Target(what="Processor seconds of the dearest request", value=max(costs.values()), limit=SECONDS_ALLOWED),
        Target(
            what="Processor seconds of the dearest page on a new day", value=max(days.values()), limit=NEW_DAY_ALLOWED
        ),
        Target(what=f"Seconds to / beside {AT_ONCE} dear requests", value=slowest, limit=PAGE_SECONDS_ALLOWED),
        Target(what=f"Memory grown by {AT_ONCE} dear requests, MB", value=grown, limit=GROWTH_ALLOWED),
    ]
    answered = ", ".join(f"{statuses.count(status)} times {status}" for status in sorted(set(statuses)))
    rows = [(name, number(seconds)) for name, seconds in sorted(costs.items(), key=lambda item: -item[1])]
    pages = [(name, number(seconds)) for name, seconds in sorted(days.items(), key=lambda item: -item[1])]
    note = f"Of {AT_ONCE} curves at once, each with a seed of its own: {answered}.\n"
    drawn = table((f"Page, document and app, median of {NEW_DAYS} new days", "processor seconds"), pages)
    return "\n".join([target_table(targets), note, table(("Route", "processor seconds"), rows), drawn])


def _cost(server: Running, address: str) -> float:
    before = processor_seconds(server.pid)
    httpx.get(server.url + address, timeout=120).raise_for_status()
    return processor_seconds(server.pid) - before


def _new_days(python: Path, server: Running) -> dict[str, float]:
    """Return what each page costs on a day that was not asked for before, the replay of a page that was drawn."""
    command = [python, "-m", "benchmarks.new_days", server.url, "--pid", str(server.pid), "--days", str(NEW_DAYS)]
    command += [page.address for page in all_pages()]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=900, check=True)
    return {address: median(seconds) for address, seconds in json.loads(done.stdout).items()}


def _at_once(server: Running) -> tuple[float, float, list[int]]:
    """Ask for fifty dear curves at once; return the slowest answer of the page, memory grown, and statuses."""
    before = memory(server.pid)
    addresses = [f"{server.url}/api/v1/cascade/curve?{urlencode(dear_cascade('random'))}" for _ in range(AT_ONCE)]
    slowest = 0.0
    with ThreadPoolExecutor(AT_ONCE) as readers:
        asked = [readers.submit(httpx.get, address, timeout=300) for address in addresses]
        while not all(answer.done() for answer in asked):
            start = time.perf_counter()
            for address in ("/", "/api/v1/health", "/_stcore/health"):
                httpx.get(server.url + address, timeout=60).raise_for_status()
            slowest = max(slowest, time.perf_counter() - start)
            time.sleep(0.2)
    return slowest, memory(server.pid) - before, [answer.result().status_code for answer in asked]
