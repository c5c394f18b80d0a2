"""Part addresses: ten thousand random states of the address, and whether any page fails."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.address_states import random_addresses
from benchmarks.pages import OURS, SERVERS
from benchmarks.servers import ROOT, running
from benchmarks.tables import Target, target_table

ADDRESSES, QUICK_ADDRESSES = 10_000, 200
SECONDS = 3600
SEED = 18


def measure_addresses(python: Path, first_port: int, *, quick: bool) -> str:
    """Open the addresses and count the pages that failed."""
    count = QUICK_ADDRESSES if quick else ADDRESSES
    with running([SERVERS[OURS]], python, first_port) as servers:
        done = subprocess.run(
            [python, "-m", "benchmarks.states", servers[OURS].url, "--seconds", str(SECONDS)],
            cwd=ROOT,
            input="\n".join(random_addresses(count, SEED)),
            stdout=subprocess.PIPE,
            text=True,
            timeout=2 * SECONDS,
            check=True,
        )
    found = json.loads(done.stdout)
    targets = [
        Target(what="Addresses opened", value=found["opened"], limit=count, at_least=True),
        Target(what="Pages that failed", value=len(found["failed"]), limit=0),
    ]
    failed = "".join(f"- `{failure[:300]}`\n" for failure in found["failed"][:10])
    return (
        target_table(targets)
        + "\nEach is opened without a browser: its document, and the session that draws its page.\n"
        + failed
    )
