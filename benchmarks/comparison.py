"""Part browser: our pages and the peers' pages in a real browser, in one interleaved run."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from playwright.async_api import Error

from benchmarks.browser import SETTLE, Visits, chromium, fresh_context, load, move, visit_all
from benchmarks.pages import DASH, DASH_GZIP_PAGE, OURS, OVERVIEW, PEER_PAGES, PROJECTION, SERVERS, STREAMLIT
from benchmarks.samples import median, percentile, ratio
from benchmarks.servers import running
from benchmarks.tables import Target, number, table, target_table

LINK = "[data-testid=stTopNavLink]"
DISTINCT_UPDATES = 60
STEP_LIMITS = (
    ("Streamlit, fragment", 0.15),
    ("Dash", 0.25),
    ("Dash, tuned", 0.70),
    ("Plain page, lookup table", 1.5),
)


def compare_pages(python: Path, first_port: int, *, quick: bool) -> str:
    """Measure steps, drags, loads, moves, bytes and starts of all pages; return tables and targets."""
    rounds, steps = (1, 8) if quick else (3, 14)
    starts = start_times(python, first_port, rounds)
    with running(list(SERVERS.values()), python, first_port) as servers:
        pages = [(page, servers[page.server].url) for page in (PROJECTION, OVERVIEW, *PEER_PAGES, DASH_GZIP_PAGE)]
        seen = asyncio.run(visit_all(pages, rounds, steps))
        asyncio.run(_move_between_pages(servers[OURS].url, 2 * rounds, seen))
    failures = [f"- {name}: {failure}" for name, visits in seen.items() for failure in visits.failures]
    parts = [
        f"{rounds} rounds of {steps} steps a page, visited in turn.",
        target_table(_targets(seen)),
        "### A slider step: from the key press until tile and chart have changed\n",
        _step_table(seen),
        "### Loading: until everything is drawn\n",
        _load_table(seen),
        "### From starting the server to a drawn page\n",
        table(("Page", "p50 ms"), [(name, number(median(times))) for name, times in starts.items()]),
        *(["### Failures\n", "\n".join(failures)] if failures else []),
    ]
    return "\n".join(parts)


def start_times(python: Path, first_port: int, rounds: int) -> dict[str, list[float]]:
    """Time the way from starting a server to its drawn page, in an open browser with an empty cache."""
    pages = [page for page in (OVERVIEW, PROJECTION, *PEER_PAGES) if page.server in (OURS, STREAMLIT, DASH)]

    async def measure() -> dict[str, list[float]]:
        times: dict[str, list[float]] = {page.name: [] for page in pages}
        async with chromium() as browser:
            for _ in range(rounds):
                for page in pages:
                    print(f"  start: {page.name}", flush=True)
                    start = time.perf_counter()
                    with running([SERVERS[page.server]], python, first_port) as servers:
                        async with fresh_context(browser, page) as context:
                            await load(context, servers[page.server].url + page.path)
                            times[page.name].append((time.perf_counter() - start) * 1000)
        return times

    return asyncio.run(measure())


async def _move_between_pages(url: str, times: int, seen: dict[str, Visits]) -> None:
    """Click from the overview to the projection and back."""
    async with chromium() as browser, fresh_context(browser, OVERVIEW) as context:
        tab, _ = await load(context, url + OVERVIEW.path)
        for _ in range(times):
            for page, link in ((PROJECTION, f"{LINK}[href$='{PROJECTION.path}']"), (OVERVIEW, f"{LINK} >> nth=0")):
                await asyncio.sleep(SETTLE)
                try:
                    seen[page.name].moves.append(await move(tab, link, page))
                except Error as error:
                    seen[page.name].failures.append(f"move: {str(error).splitlines()[0]}")
                    return


def _targets(seen: dict[str, Visits]) -> list[Target]:
    ours, overview, dash = seen[PROJECTION.name], seen[OVERVIEW.name], seen["Dash"]
    spread = percentile(ours.steps, 0.95) / median(ours.steps)
    targets = [
        Target(what=f"Step, p50: ours / {name}", value=ratio(ours.steps, seen[name].steps), limit=limit)
        for name, limit in STEP_LIMITS
    ]
    targets += [
        Target(what="Step: p95 / p50 of ours", value=spread, limit=2),
        Target(
            what="Different tile texts in a drag of 1.2 s",
            value=median(ours.drag_texts),
            limit=DISTINCT_UPDATES,
            at_least=True,
        ),
        Target(
            what="Different drawings in a drag of 1.2 s",
            value=median(ours.drag_drawings),
            limit=DISTINCT_UPDATES,
            at_least=True,
        ),
        Target(what="Charts replaced during our steps", value=ours.mounts, limit=0),
        Target(what="Bytes from the server in one of our steps", value=median(ours.step_bytes), limit=0),
    ]
    for name, visits in (("Projection", ours), ("Overview", overview)):
        targets += [
            Target(what=f"Cold load: {name} / Dash", value=ratio(visits.cold, dash.cold), limit=0.95),
            Target(
                what=f"First-load bytes: {name} / Dash",
                value=ratio(visits.first_load_bytes, dash.first_load_bytes),
                limit=0.75,
            ),
            Target(what=f"Move to {name} / its cold load", value=ratio(visits.moves, visits.cold), limit=0.5),
            Target(what=f"Reload of {name} / its cold load", value=ratio(visits.reload, visits.cold), limit=0.65),
        ]
    return targets


def _step_table(seen: dict[str, Visits]) -> str:
    ours = seen[PROJECTION.name].steps
    rows = [
        (
            name,
            number(median(visits.steps)),
            number(percentile(visits.steps, 0.95)),
            number(ratio(ours, visits.steps)),
            f"{visits.mounts} of {len(visits.steps)}",
            str(visits.missed_steps),
            f"{number(median(visits.drag_texts))} of {number(median(visits.drag_moves))}",
            number(median(visits.step_bytes) / 1000),
        )
        for name, visits in seen.items()
        if visits.steps
    ]
    measures = (
        "p50 ms",
        "p95 ms",
        "ours / it",
        "chart replaced",
        "no answer",
        "updates of moves in a drag",
        "kB a step",
    )
    return table(("Page", *measures), rows)


def _load_table(seen: dict[str, Visits]) -> str:
    ours = seen[PROJECTION.name].first_load_bytes
    rows = [
        (
            name,
            *(number(median(times)) for times in (visits.cold, visits.warm, visits.reload, visits.moves)),
            number(median(visits.first_load_bytes) / 1000),
            number(ratio(ours, visits.first_load_bytes)),
        )
        for name, visits in seen.items()
    ]
    header = ("Page", "cold ms", "warm ms", "reload ms", "move to it ms", "first load kB", "Projection's kB / its")
    return table(header, rows)
