"""Readers who all open the first page at once: a program of its own, run in the peers' environment.

`python -m benchmarks.burst URL --readers 200` asks for the document and opens a session for each, and prints a line of
JSON: how many had their page in time, after how long, and how often something else came than a page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time

import aiohttp

from benchmarks.clients import StreamlitClient

BUSY = "One moment, please"


async def reader(http: aiohttp.ClientSession, url: str, end: float, failed: list[str]) -> float:
    """Open the page as one reader and return the seconds until it was complete; infinite if it was not in time."""
    began = time.monotonic()
    while time.monotonic() < end:
        async with http.get(url + "/") as answer:
            text = await answer.text()
        if answer.status == 200:
            break
        if answer.status != 503 or BUSY not in text:
            failed.append(f"{answer.status}: {text[:100]}")
        await asyncio.sleep(5)  # as the page that asks to wait does
    client = StreamlitClient(http, url + "/")
    try:
        await asyncio.wait_for(client.start(), max(0.0, end - time.monotonic()))
    except (TimeoutError, ConnectionError, RuntimeError, aiohttp.ClientError) as error:
        failed.append(repr(error))
        return float("inf")
    finally:
        await client.close()
    return time.monotonic() - began


async def run(url: str, readers: int, seconds: float) -> dict[str, object]:
    """Let all readers open the page and say how they fared."""
    failed: list[str] = []
    end = time.monotonic() + seconds
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=seconds)) as http:
        times = sorted(await asyncio.gather(*(reader(http, url, end, failed) for _ in range(readers))))
    served = [at for at in times if at < float("inf")]
    return {
        "readers": readers,
        "served": len(served),
        "failed": len(failed),
        "failures": sorted(set(failed))[:3],
        "half": served[len(served) // 2] if served else None,
        "last": served[-1] if served else None,
    }


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120, help="whoever has no page by then was not served")
    arguments = parser.parse_args()
    print(json.dumps(asyncio.run(run(arguments.url, arguments.readers, arguments.seconds))))


if __name__ == "__main__":
    main()
