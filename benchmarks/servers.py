"""Starts the servers to be measured and the environment the peers need; ends only what it started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = Path(__file__).parent / "requirements-peers.txt"
# Peers start in a folder of their own, so that our settings of Streamlit are not theirs.
PEERS_DIRECTORY = Path(__file__).parent / "peers"
DEFAULT_PEERS = ROOT / ".bench-venv"
START_SECONDS = 90
STOP_SECONDS = 10


@dataclass(frozen=True, kw_only=True)
class Server:
    """How to start a server.

    Args:
        name: Short name.
        command: Arguments for Python; `{port}` stands for the port.
        peer: Whether it runs in the peers' environment.
        ready: Address that answers once the server is up.
        folder: Where it starts; None for the repository, or for the folder of the peers.
    """

    name: str
    command: tuple[str, ...]
    peer: bool = True
    ready: str = "/"
    folder: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Running:
    """A server that was started here."""

    name: str
    url: str
    pid: int


def peers_python(environment: Path) -> Path:
    """Return the Python of the peers' environment; make the environment first if it is missing or out of date."""
    python = environment / "bin" / "python"
    stamp = environment / ".requirements"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    print(f"Installing the peers into {environment}; this happens once.", flush=True)
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
    subprocess.run(install, check=True)
    stamp.write_text(wanted, encoding="utf-8")
    return python


def find_chromium() -> str:
    """Return the path of a Chromium: the one named by CHROMIUM, or one of the usual names.

    Raises:
        SystemExit: If there is none.
    """
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("No Chromium was found. Install one or set CHROMIUM to its path.")
    return found


@contextmanager
def running(
    servers: Sequence[Server], python: Path, first_port: int, *, variables: Mapping[str, str] | None = None
) -> Iterator[dict[str, Running]]:
    """Run servers side by side on 127.0.0.1, one port each, until the block ends.

    Args:
        servers: What to start.
        python: Python of the peers' environment.
        first_port: Port of the first server; the others follow.
        variables: Environment variables on top of the present ones.
    """
    with ExitStack() as stack:
        started = {}
        for port, server in enumerate(servers, first_port):
            started[server.name] = stack.enter_context(_run(server, python, port, variables or {}))
        yield started


@contextmanager
def _run(server: Server, python: Path, port: int, variables: Mapping[str, str]) -> Iterator[Running]:
    command = [str(python if server.peer else sys.executable)]
    command += [part.format(port=port) for part in server.command]
    environment = {**os.environ, "PYTHONPATH": str(server.folder or ROOT), **variables}
    url = f"http://127.0.0.1:{port}"
    folder = server.folder or (PEERS_DIRECTORY if server.peer else ROOT)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(process, url + server.ready, log)
            yield Running(name=server.name, url=url, pid=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_up(process: subprocess.Popen[bytes], url: str, log: IO[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    log.seek(0)
    said = log.read()[-800:].decode(errors="replace")
    raise RuntimeError(f"expected an answer from {url} within {START_SECONDS} s, got none; the server said: {said}")


def process_tree(pid: int) -> list[int]:
    """Return a process and all its children, from /proc (Linux)."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    tree = [pid]
    for member in tree:
        tree += parents.get(member, [])
    return tree


def memory(pid: int) -> float:
    """Return the resident memory of a process and its children, in MB."""
    pages = 0
    for member in process_tree(pid):
        try:
            pages += int(Path(f"/proc/{member}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds(pid: int) -> float:
    """Return the processor time a process and its children have used so far."""
    ticks = 0
    for member in process_tree(pid):
        try:
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
