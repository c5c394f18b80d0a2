"""The start of the server on evidence that breaks a rule, and on a Streamlit that is built in another way."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from factories import copy_of_data

from dashboard.server import streamlit_files
from indicators.core.evidence.load import DATA_VARIABLE

START_SECONDS = 120
# Streamlit's folder is not ours to change, so the server is told to look at a doctored copy.
START_ON_A_COPY = """
import sys
from pathlib import Path
from dashboard.server import streamlit_files as files
files.DIRECTORY = Path(sys.argv.pop(1))
files.DOCUMENT = files.DIRECTORY / "index.html"
files.SCRIPTS = files.DIRECTORY / "static" / "js"
from streamlit.web.cli import main
main(prog_name="streamlit")
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.mark.thorough
def test_a_wrong_row_stops_the_start_and_nothing_is_written(tmp_path: Path, repository: Path) -> None:
    data = copy_of_data(tmp_path)
    events = data / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace(",confirmed,", ",rumoured,", 1), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    port = free_port()
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


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("doctor", "warning"),
    [
        (lambda copy: change(copy / "index.html", "<head>", "<head data-build>"), "expected '<head>'"),
        (lambda copy: rename_one(copy / "static" / "js", "Button"), "Expected one Button.*.js"),
    ],
    ids=["another document", "a renamed script"],
)
def test_a_streamlit_of_another_build_starts_with_one_warning(
    tmp_path: Path, repository: Path, doctor: Callable[[Path], object], warning: str
) -> None:
    copy = Path(shutil.copytree(streamlit_files.DIRECTORY, tmp_path / "static"))
    doctor(copy)
    port = free_port()
    options = ["--server.headless=true", f"--server.port={port}"]
    with (tmp_path / "log.txt").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", START_ON_A_COPY, str(copy), "run", "app.py", *options],
            cwd=repository,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(server, f"http://127.0.0.1:{port}/api/v1/health")
            for path in ("/", "/projection", "/_stcore/health"):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=START_SECONDS) as answer:
                    assert answer.status == 200
        finally:
            server.terminate()
            server.wait(START_SECONDS)
        log.seek(0)
        said = log.read()
    assert said.count("Pages will open more slowly") == 1, said
    assert warning in said
    assert "Traceback" not in said


def change(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def rename_one(folder: Path, part: str) -> None:
    (script,) = folder.glob(f"{part}.*.js")
    script.rename(folder / f"Renamed{script.name}")


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(10 * START_SECONDS):
        with suppress(OSError), urllib.request.urlopen(address, timeout=START_SECONDS):
            return
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"the server stopped with {server.wait(0.1)}")
    pytest.fail(f"no answer from {address}")
