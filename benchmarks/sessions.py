"""Many short sessions, some at a time: a program of its own, run in the peers' environment.

`python -m benchmarks.sessions URL --pid PID --count 2000` opens Now in each session, goes to the projection, lets go of
its slider three times, goes to another page and leaves. Prints the server's memory now and then as a line of JSON, and
stops by itself when its time is over.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time

import aiohttp

from benchmarks.clients import StreamlitClient
from benchmarks.servers import memory

FIRST, STEPPED = "/", "/projection"
OTHERS = ("/indicator", "/claims", "/timeline", "/sources", "/track_record", "/answer")
AT_ONCE = 10
RELEASES = 3
REPORTS = 20


async def session(http: aiohttp.ClientSession, url: str, number: int) -> None:
    """Do what one reader does."""
    client = StreamlitClient(http, url + FIRST)
    try:
        await client.start()
        await client.go(STEPPED)
        for release in range(RELEASES):
            await client.step(50 + (number * RELEASES + release) % 400)
        await client.go(OTHERS[number % len(OTHERS)])
    finally:
        await client.close()


async def run(url: str, pid: int, count: int, seconds: float) -> None:
    """Run the sessions, some at a time, and report the memory once nobody is connected."""
    end = time.monotonic() + seconds
    step = max(AT_ONCE, count // REPORTS // AT_ONCE * AT_ONCE)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        for first in range(0, count, AT_ONCE):
            await asyncio.gather(*(session(http, url, first + place) for place in range(AT_ONCE)))
            done, late = first + AT_ONCE, time.monotonic() > end
            if done % step == 0 or late:
                await asyncio.sleep(1)
                print(json.dumps({"sessions": done, "memory_mb": memory(pid)}), flush=True)
            if late:
                return


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=3600, help="no new session begins after this time")
    arguments = parser.parse_args()
    asyncio.run(run(arguments.url, arguments.pid, arguments.count, arguments.seconds))


if __name__ == "__main__":
    main()
