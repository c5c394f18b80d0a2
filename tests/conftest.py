"""What every test can use: the repository's root, and property tests without a stop-watch."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from dashboard import snapshots
from indicators.core.evidence.load import DATA_DIRECTORY, Evidence
from indicators.core.snapshot import Snapshot

ROOT = Path(__file__).resolve().parent.parent

# A slow machine is no failure. Continuous integration tries the same examples on every run.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root folder of the repository."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """Let Streamlit's test runner look for installed components once; it would read every package before every run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Evidence], None]]:
    """Return a function that lets pages show other evidence; the test leaves no trace of it."""
    kept = [value for value in vars(snapshots).values() if hasattr(value, "cache_clear")]

    def clear() -> None:
        for function in kept:
            function.cache_clear()

    def show(evidence: Evidence) -> None:
        edition = snapshots.EditionInUse(DATA_DIRECTORY, Snapshot(evidence), datetime.now(UTC))
        monkeypatch.setattr(snapshots, "_editions", deque([edition], maxlen=2))
        clear()

    yield show
    monkeypatch.undo()
    clear()
