"""Fetching files over HTTP: with limits, repeated where it may help, and without fetching twice what did not change."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import stamina

from indicators.upstream.monthly import UpstreamError

HOST = "https://raw.githubusercontent.com"
MOST_BYTES = 20 * 2**20
SECONDS = 30.0
TRIES = 3


class _TryAgainError(Exception):
    """The server is overloaded or out of reach for now."""


@dataclass(frozen=True, kw_only=True)
class FetchedFile:
    """What was fetched, for the manifest of a refresh.

    Args:
        etag: The server's mark of this edition; "" if it gave none.
    """

    address: str
    etag: str
    sha256: str
    size: int


@dataclass(kw_only=True)
class Fetcher:
    """Fetches files below one server and keeps them, so that an unchanged file is not sent again."""

    client: httpx.Client
    host: str
    kept: Path
    files: dict[str, FetchedFile] = field(default_factory=dict)

    def fetch(self, path: str) -> bytes | None:
        """Return the content of a file by its path; None if there is none.

        Raises:
            UpstreamError: If the server can't be reached, answers with an error or sends too much.
        """
        address = f"{self.host.rstrip('/')}/{path}"
        name = hashlib.sha256(address.encode()).hexdigest()[:32]
        body, mark = self.kept / name, self.kept / f"{name}.json"
        known = json.loads(mark.read_text(encoding="utf-8")) if body.exists() and mark.exists() else {}
        try:
            for attempt in stamina.retry_context(on=_TryAgainError, attempts=TRIES, timeout=SECONDS * TRIES):
                with attempt:
                    answer = self._ask(address, str(known.get("etag", "")))
        except _TryAgainError as error:
            raise UpstreamError(f"{path}: the server could not be reached in {TRIES} tries ({error})") from None
        if answer is None:
            return None
        content, etag = answer
        if content is None:
            content = body.read_bytes()
            if hashlib.sha256(content).hexdigest() != known.get("sha256"):
                mark.unlink()
                return self.fetch(path)
        else:
            self.kept.mkdir(parents=True, exist_ok=True)
            body.write_bytes(content)
            mark.write_text(json.dumps({"etag": etag, "sha256": hashlib.sha256(content).hexdigest()}), encoding="utf-8")
        digest = hashlib.sha256(content).hexdigest()
        self.files[address] = FetchedFile(address=address, etag=etag, sha256=digest, size=len(content))
        return content

    def _ask(self, address: str, etag: str) -> tuple[bytes | None, str] | None:
        """Return content and mark of a file, no content if it is as before, or None if there is none."""
        try:
            with self.client.stream("GET", address, headers={"If-None-Match": etag} if etag else {}) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED and etag:
                    return None, etag
                if response.status_code == httpx.codes.NOT_FOUND:
                    return None
                if response.status_code >= 500 or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    raise _TryAgainError(f"status {response.status_code}")
                if response.status_code != httpx.codes.OK:
                    raise UpstreamError(f"{address}: expected status 200, got {response.status_code}")
                content = b""
                for part in response.iter_bytes():
                    content += part
                    if len(content) > MOST_BYTES:
                        raise UpstreamError(f"{address}: expected at most {MOST_BYTES:,} bytes, got more")
                return content, response.headers.get("ETag", "")
        except httpx.TransportError as error:
            raise _TryAgainError(type(error).__name__) from None
        except httpx.DecodingError as error:
            raise UpstreamError(f"{address}: expected readable content, got {error}") from None


@contextmanager
def fetcher(kept: Path, host: str = HOST) -> Iterator[Fetcher]:
    """Open a fetcher for the length of a refresh."""
    timeout = httpx.Timeout(SECONDS)
    with httpx.Client(timeout=timeout, follow_redirects=False, headers={"User-Agent": "morale-indicators"}) as client:
        yield Fetcher(client=client, host=host, kept=kept)
