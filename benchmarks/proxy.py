"""A proxy on 127.0.0.1 that counts the bytes between a browser and a server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

CHUNK = 65536


@dataclass
class Counter:
    """Address of the proxy and the bytes that went to the browser and to the server."""

    url: str
    down: int = 0
    up: int = 0


@asynccontextmanager
async def counting_proxy(url: str) -> AsyncIterator[Counter]:
    """Stand between a browser and the server of an address until the block ends."""
    target = urlsplit(url)
    counter = Counter("")

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, direction: str) -> None:
        try:
            while data := await reader.read(CHUNK):
                setattr(counter, direction, getattr(counter, direction) + len(data))
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(target.hostname, target.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pump(reader, far_writer, "up"), pump(far_reader, writer, "down"))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    counter.url = urlunsplit(target._replace(netloc=f"127.0.0.1:{port}"))
    try:
        yield counter
    finally:
        server.close()
