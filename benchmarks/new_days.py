"""Pages on days that nobody asked for before: a program of its own, run in the peers' environment.

`python -m benchmarks.new_days URL --pid PID --days 5 / /claims` prints the processor seconds of the server by address
as JSON: for each day those of the page's document and of a reader's session on it.
"""

import argparse
import asyncio
import json
from datetime import date, timedelta
from itertools import count

import aiohttp

from benchmarks.clients import StreamlitClient
from benchmarks.servers import processor_seconds

_weeks = count(1)


async def measure(url: str, pid: int, days: int, addresses: list[str]) -> dict[str, list[float]]:
    """Open each page as it is, so that all of its code is loaded, then on days of its own."""
    costs: dict[str, list[float]] = {}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        for address in addresses:
            await _opened(http, url, address)
            for _ in range(days):
                day = date(2023, 9, 2) + timedelta(days=7 * next(_weeks))
                before = processor_seconds(pid)
                await _opened(http, url, f"{address}?as_of={day.isoformat()}")
                costs.setdefault(address, []).append(processor_seconds(pid) - before)
    return costs


async def _opened(http: aiohttp.ClientSession, url: str, address: str) -> None:
    client = StreamlitClient(http, url + address)
    try:
        await client.start()
    finally:
        await client.close()


def main() -> None:
    """Read the arguments and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--days", type=int, default=5)
    arguments = parser.parse_args()
    print(json.dumps(asyncio.run(measure(arguments.url, arguments.pid, arguments.days, arguments.addresses))))


if __name__ == "__main__":
    main()
