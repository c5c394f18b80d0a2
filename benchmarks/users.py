"""How many readers a server holds who do what readers do: open a page, let go of a slider, go to another page.

A program of its own, run in the peers' environment: `python -m benchmarks.users streamlit URL --pid PID`. Prints one
line of JSON for each number of readers, and stops at the first number the server does not hold. Each reader does one
thing every three seconds. Its time counts from when it was due, so a server that falls behind shows it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import math
import random
import time

import aiohttp

from benchmarks.clients import CLIENTS, Client
from benchmarks.samples import percentile
from benchmarks.servers import memory, processor_seconds

HELD_MILLISECONDS = 1000
PAUSE_SECONDS = 3.0
OVERTIME_SECONDS = 8
SMALLEST, LARGEST = 60, 300  # slider values, within the range of every page


async def _open(client: Client) -> None:
    await client.close()
    await client.start()


async def _read(client: Client, end: float, times: list[float]) -> None:
    """Let go of a slider, go to another page, open the page anew, and so on."""
    chance = random.Random(id(client))
    due = time.perf_counter() + PAUSE_SECONDS * chance.random()
    # Readers differ, so that no server answers one with what it worked out for another.
    values = itertools.count(chance.randrange(LARGEST - SMALLEST))
    actions = itertools.cycle(
        (
            lambda: client.step(SMALLEST + next(values) % (LARGEST - SMALLEST)),
            client.move,
            lambda: _open(client),
        )
    )
    while due < end and time.perf_counter() < end + OVERTIME_SECONDS:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await next(actions)()
        times.append((time.perf_counter() - due) * 1000)
        due += PAUSE_SECONDS


async def hold(kind: str, url: str, users: int, seconds: float, pid: int) -> dict[str, object]:
    """Let a number of readers read for some seconds; return percentiles and what an action costs the server."""
    connector = aiohttp.TCPConnector(limit=0)
    limits = aiohttp.ClientTimeout(total=120)
    times: list[float] = []
    async with aiohttp.ClientSession(connector=connector, timeout=limits) as http:
        clients: list[Client] = [CLIENTS[kind](http, url) for _ in range(users)]
        for client in clients:
            await client.start()
        await asyncio.sleep(0.5)
        used = processor_seconds(pid)
        end = time.perf_counter() + seconds
        ends = await asyncio.gather(*(_read(client, end, times) for client in clients), return_exceptions=True)
        used = processor_seconds(pid) - used
        resident = memory(pid)
        for client in clients:
            await client.close()
    failures = [repr(error) for error in ends if error is not None]
    p95 = percentile(times, 0.95) if times else math.inf
    return {
        "users": users,
        "p50": percentile(times, 0.5) if times else None,
        "p95": p95 if times else None,
        "cpu_ms": used * 1000 / max(1, len(times)),
        "memory_mb": resident,
        "held": p95 < HELD_MILLISECONDS and not failures,
        "failure": failures[0][:200] if failures else "",
    }


def main() -> None:
    """Measure growing numbers of readers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=CLIENTS)
    parser.add_argument("url")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--levels", default="1,20,40,80,160,320")
    parser.add_argument("--seconds", type=float, default=18)
    arguments = parser.parse_args()
    for users in map(int, arguments.levels.split(",")):
        result = asyncio.run(hold(arguments.kind, arguments.url, users, arguments.seconds, arguments.pid))
        print(json.dumps(result), flush=True)
        if not result["held"]:
            break


if __name__ == "__main__":
    main()
