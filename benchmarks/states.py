"""Opens many addresses and looks for pages that fail: a program of its own, run in the peers' environment.

`python -m benchmarks.states URL` reads addresses from its input, one a line, and prints one line of JSON. It stops by
itself when its time is over.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time

import aiohttp

from benchmarks.clients import StreamlitClient

AT_ONCE = 4


async def run(url: str, addresses: list[str], seconds: float) -> dict[str, object]:
    """Open every address in a session of its own, document and page, and say which failed."""
    failed: list[str] = []
    waiting = iter(addresses)
    end = time.monotonic() + seconds
    opened = 0

    async def reader(http: aiohttp.ClientSession) -> None:
        nonlocal opened
        for address in waiting:
            if time.monotonic() > end:
                return
            async with http.get(url + address) as answer:
                await answer.read()
            if answer.status != 200:
                failed.append(f"{address}: {answer.status}")
            client = StreamlitClient(http, url + address)
            try:
                await client.start()
            except (RuntimeError, ConnectionError) as error:
                failed.append(f"{address}: {error}")
            finally:
                await client.close()
            opened += 1

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        await asyncio.gather(*(reader(http) for _ in range(AT_ONCE)))
    return {"opened": opened, "failed": failed}


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=3600)
    arguments = parser.parse_args()
    print(json.dumps(asyncio.run(run(arguments.url, sys.stdin.read().splitlines(), arguments.seconds))))


if __name__ == "__main__":
    main()
