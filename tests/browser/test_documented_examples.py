"""The examples in docs/ work against a running server."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "use-from-programs.md"
PLACEHOLDER = "http://127.0.0.1:8501"
TEXT = GUIDE.read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
FIELDS = {"period_start", "period_end", "value", "qualifier", "claimant", "known", "method"}


@pytest.mark.parametrize(("example", "printed"), list(zip(PYTHON, ("claimant", "304"), strict=True)))
def test_a_python_example_runs(server: str, example: str, printed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", example.replace(PLACEHOLDER, server)], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    assert printed in run.stdout


def test_every_address_in_the_guide_answers(server: str) -> None:
    paths = set(re.findall(r"(/api/v1/[\w./?&=-]*\w|/api/docs|/api/openapi\.json)", TEXT))
    assert len(paths) == 7
    for path in paths:
        assert httpx.get(server + path, timeout=60).status_code == 200, path


def test_the_columns_that_the_examples_name_are_in_the_table(server: str) -> None:
    answer = httpx.get(f"{server}/api/v1/indicators/refusal_cases?format=csv&as_of=2023-08-30", timeout=60)
    assert set(answer.text.splitlines()[0].split(",")) >= FIELDS
    figures = httpx.get(f"{server}/api/v1/answer", timeout=60).json()["figures"]
    assert {"name", "projected", "ratio"} <= set(figures[0])
