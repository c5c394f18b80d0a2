"""Many short sessions, one after the other: a program of its own, run in the peers' environment.

`python -m benchmarks.sessions URL --pid PID --count 200` opens every page in each session, steps the server-side
slider and leaves. Prints the server's memory after every ten sessions as a line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json

import aiohttp

from benchmarks.clients import StreamlitClient
from benchmarks.servers import memory

PAGES = ("/", "/indicator", "/sources")
STEPPED = "/projection"
AT_ONCE = 5
STEPS = 5
REPORT_EVERY = 10


async def session(http: aiohttp.ClientSession, url: str, number: int) -> None:
    """Open the pages and move the slider as one reader."""
    for path in PAGES:
        client = StreamlitClient(http, url + path)
        await client.start()
        await client.close()
    client = StreamlitClient(http, url + STEPPED)
    await client.start()
    for step in range(STEPS):
        await client.step(50 + (number * STEPS + step) % 400)
    await client.close()


async def run(url: str, pid: int, count: int) -> None:
    """Run the sessions, some at a time, and report the memory."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        for first in range(0, count, AT_ONCE):
            await asyncio.gather(*(session(http, url, first + place) for place in range(AT_ONCE)))
            if (first + AT_ONCE) % REPORT_EVERY == 0:
                await asyncio.sleep(1)
                print(json.dumps({"sessions": first + AT_ONCE, "memory_mb": memory(pid)}), flush=True)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    asyncio.run(run(arguments.url, arguments.pid, arguments.count))


if __name__ == "__main__":
    main()
