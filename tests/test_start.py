"""The start of the server on evidence that breaks a rule."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from factories import copy_of_data

from indicators.core.evidence.load import DATA_VARIABLE

START_SECONDS = 120


def test_a_wrong_row_stops_the_start_and_nothing_is_written(tmp_path: Path, repository: Path) -> None:
    data = copy_of_data(tmp_path)
    events = data / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace(",confirmed,", ",rumoured,", 1), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"],
        cwd=repository,
        env={**os.environ, DATA_VARIABLE: str(data)},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    assert run.returncode != 0
    assert "The dashboard can't start." in run.stderr
    assert "events.csv, row " in run.stderr
    assert "column status: expected one of confirmed" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
