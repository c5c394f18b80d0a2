"""Part soak: whether the server's memory settles while many readers come and go."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.pages import OURS, SERVERS
from benchmarks.servers import ROOT, running
from benchmarks.tables import Target, number, table, target_table

BASE_SESSIONS = 50
SECONDS = 600
GROWTH_LIMIT = 1.10


def measure_soak(python: Path, first_port: int, *, quick: bool) -> str:
    """Let readers open every page and step; compare the memory after all of them with that after 50."""
    count = 70 if quick else 200
    with running([SERVERS[OURS]], python, first_port) as servers:
        command = [python, "-m", "benchmarks.sessions", servers[OURS].url]
        command += ["--pid", str(servers[OURS].pid), "--count", str(count)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=SECONDS, check=True)
    levels = {level["sessions"]: level["memory_mb"] for level in map(json.loads, done.stdout.splitlines())}
    growth = levels[count] / levels[BASE_SESSIONS]
    what = f"Memory after {count} sessions / after {BASE_SESSIONS}"
    shown = [level for level in levels if level % BASE_SESSIONS == 0 or level in (min(levels), count)]
    return "\n".join(
        [
            target_table([Target(what=what, value=growth, limit=GROWTH_LIMIT)]),
            "Each session opens four pages and moves the server-side slider five times; five sessions run at once.\n",
            table(("Sessions so far", "server's memory, MB"), [(str(level), number(levels[level])) for level in shown]),
        ]
    )
