"""What every test can use: the repository's root, and property tests without a stop-watch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A slow machine is no failure. Continuous integration tries the same examples on every run.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root folder of the repository."""
    return ROOT
