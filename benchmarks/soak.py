"""Part soak: whether the server's memory stays flat while many readers come and go."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.pages import OURS, SERVERS
from benchmarks.servers import ROOT, running
from benchmarks.tables import Target, number, table, target_table

SESSIONS, QUICK_SESSIONS = 2000, 200
SECONDS = 3600
GROWTH_LIMIT = 1.05


def measure_soak(python: Path, first_port: int, *, quick: bool) -> str:
    """Let readers come and go; compare the memory after all of them with that after the first tenth."""
    count = QUICK_SESSIONS if quick else SESSIONS
    with running([SERVERS[OURS]], python, first_port) as servers:
        command = [python, "-m", "benchmarks.sessions", servers[OURS].url, "--pid", str(servers[OURS].pid)]
        command += ["--count", str(count), "--seconds", str(SECONDS)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=2 * SECONDS, check=True)
    levels = {level["sessions"]: level["memory_mb"] for level in map(json.loads, done.stdout.splitlines())}
    base, last = next(level for level in levels if level >= count / 10), max(levels)
    what = f"Memory after {last:,} sessions / after {base:,}"
    return "\n".join(
        [
            target_table(
                [
                    Target(what="Sessions opened and closed", value=last, limit=count, at_least=True),
                    Target(what=what, value=levels[last] / levels[base], limit=GROWTH_LIMIT),
                ]
            ),
            "Each session opens Now, goes to the projection, lets go of its slider three times, and goes to another "
            "page; ten sessions run at once.\n",
            table(("Sessions so far", "server's memory, MB"), [(f"{at:,}", number(levels[at])) for at in levels]),
        ]
    )
