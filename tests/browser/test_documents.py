"""Each document tried as a new reader would: its commands run, its links lead somewhere, its addresses answer."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/README.md"))
    if path.name != "CHANGELOG.md"
)
LOCAL = "http://127.0.0.1:8501"
ELSEWHERE = {
    "pip": "installs packages",
    "venv": "makes an environment",
    "playwright": "installs a browser",
    "openapi-python-client": "is a program of others",
    "streamlit": "starts the server, as the fixture does",
    "pytest": "is what runs this",
    "benchmarks": "takes minutes",
    "benchmarks.forecast": "takes minutes",
}
"""Commands that are not run here, by a word in them, and why."""
ADDRESS = re.compile(r"`(/(?!opt|etc|var|tmp|path|proc|_stcore)[a-z_][\w/.-]*(?:\?[^`\s]*)?|/)`")
SECONDS = 120


def blocks(document: str) -> list[str]:
    """Return the blocks of code in a document, but those in another language than Python."""
    tokens = MarkdownIt().parse((ROOT / document).read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type in ("fence", "code_block") if token.info in ("", "python")]


def is_python(block: str) -> bool:
    """Return whether a block is a program in Python."""
    return bool(re.match(r"(import|from) \w+", block))


def commands(document: str) -> list[str]:
    """Return the commands in a document's blocks."""
    lines = [line.strip() for block in blocks(document) if not is_python(block) for line in block.splitlines()]
    return [line for line in lines if re.match(r"(make|curl|python3?|\.venv/bin/python|pip|docker|kubectl) ", line)]


def answered(address: str) -> int:
    """Return the status of an address."""
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_of_a_document_runs(document: str, server: str, tmp_path: Path) -> None:
    failed = []
    for command in commands(document):
        words = shlex.split(command.split(" #")[0].replace(LOCAL, server))
        if set(words) & set(ELSEWHERE):
            continue
        if words[0] == "make":
            # What it would do is said and not done: the targets themselves are what continuous integration runs.
            words[1:1] = ["--dry-run", "--directory", str(ROOT)]
        elif words[0].endswith(("python", "python3")):
            words[0] = sys.executable
        elif words[0] == "curl":
            words[1:1] = ["--fail", "--silent", "--show-error"]
        place = tmp_path if words[0] == "curl" else ROOT
        # What a command keeps for its user, such as the forecasts of the day, is kept out of the way.
        run = subprocess.run(
            words,
            cwd=place,
            env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if run.returncode:
            failed.append(f"{command}: {run.stderr[-300:]}")
    assert failed == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_program_in_a_document_runs(document: str, server: str) -> None:
    failed = []
    for program in filter(is_python, blocks(document)):
        command = [sys.executable, "-c", program.replace(LOCAL, server)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
        if run.returncode:
            failed.append(run.stderr[-500:])
    assert failed == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_address_that_a_document_names_answers(document: str, server: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = {address for address in ADDRESS.findall(text) if not (ROOT / address[1:]).is_dir() or address == "/"}
    # The roots of many addresses, and one that is cut short, are no addresses themselves.
    asked = {address for address in named if address not in ("/api/v1", "/embed") and "..." not in address}
    assert {address: status for address in asked if (status := answered(server + address)) != 200} == {}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_in_a_document_leads_to_a_file(document: str) -> None:
    tokens = MarkdownIt().parse((ROOT / document).read_text(encoding="utf-8"))
    links = [
        str(part.attrs.get("href", part.attrs.get("src", "")))
        for token in tokens
        for part in token.children or ()
        if part.type in ("link_open", "image")
    ]
    local = [link for link in links if not urlsplit(link).scheme]
    assert [link for link in local if not (ROOT / document).parent.joinpath(urlsplit(link).path).exists()] == []
    assert all(urlsplit(link).scheme in ("", "https", "mailto") for link in links)


def test_the_quick_start_names_what_the_server_answers(server: str) -> None:
    with urllib.request.urlopen(f"{server}/api/v1/projection?weekly=100&qualifier=up_to&weeks=52") as answer:
        assert json.load(answer)["headline"]["value"] == 5200
