"""Two copies behind a real nginx: a killed one loses nobody's view, and new figures reach both."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
from factories import copy_of_data
from find_nginx import NONE_FOUND, find_nginx
from playwright.sync_api import Browser
from test_start import free_port

from benchmarks.replicas import Replica, Site, lose_a_replica, site
from indicators.core.environment import DATA
from indicators.core.evidence.load import CURRENT, EDITIONS

RUNS = 2


@pytest.fixture(scope="module")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return two copies that share a folder of editions, behind nginx."""
    nginx = find_nginx()
    if nginx is None:
        pytest.skip(NONE_FOUND)
    editions = tmp_path_factory.mktemp("editions")
    copied = copy_of_data(tmp_path_factory.mktemp("data"))
    make_current(editions, copied, "first")
    with site(nginx, free_port(), variables={DATA.name: str(editions)}) as started:
        yield started


def make_current(editions: Path, tables: Path, name: str) -> None:
    """Make a copy of tables the edition in use, as a refresh does."""
    shutil.copytree(tables, editions / EDITIONS / name)
    (editions / CURRENT).write_text(name, encoding="utf-8")


def version_at(replica: Replica) -> str:
    """Return the version of the data that a copy answers with."""
    with urllib.request.urlopen(f"http://127.0.0.1:{replica.port}/api/v1/events", timeout=30) as answer:
        return str(json.load(answer)["data_version"])


@pytest.mark.parametrize("run", range(RUNS))
def test_a_killed_copy_loses_nobody_s_view(browser: Browser, running_site: Site, run: int) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        assert lose_a_replica(context.new_page(), running_site) < 20
    assert len(running_site.replicas) == 2


def test_new_figures_reach_both_copies(running_site: Site) -> None:
    (editions,) = {Path(running_site.variables[DATA.name])}
    before = {version_at(replica) for replica in running_site.replicas}
    newer = Path(shutil.copytree(editions / EDITIONS / "first", editions / "newer"))
    events = (newer / "events.csv").read_text(encoding="utf-8")
    (newer / "events.csv").write_text(events.replace(" the ", " The ", 1), encoding="utf-8")
    make_current(editions, newer, "second")
    # Each copy looks for a newer edition every few seconds.
    for attempt in stamina.retry_context(on=AssertionError, attempts=None, timeout=90, wait_initial=1, wait_max=2):
        with attempt:
            after = {version_at(replica) for replica in running_site.replicas}
            assert len(before) == len(after) == 1
            assert before.isdisjoint(after)
