"""What one start computed and the next one reads: the same, or nothing."""

import logging
import os
import pickle
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.kept import files, results
from dashboard.kept.files import OF_ONE_KIND, keep_file, kept_file, kept_or_made
from dashboard.kept.results import keep_snapshot, kept_snapshot
from dashboard.now.signs import all_signs
from dashboard.snapshots import EditionInUse, compute_all
from indicators.core.citation.canonical import digest
from indicators.core.evidence.load import DATA_DIRECTORY
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from tests.factories import bundled


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder of the test's own."""
    monkeypatch.setattr(files, "user_cache_path", lambda _: tmp_path / "cache")
    return tmp_path / "cache"


def replaced(status: os.stat_result) -> os.stat_result:
    """Return what the system would say of the same file if another user owned it."""
    return os.stat_result((*status[:4], status.st_uid + 1, *status[5:]))


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Return a copy of the data."""
    return Path(shutil.copytree(DATA_DIRECTORY, tmp_path / "edition"))


def test_the_next_start_reads_what_this_one_computed() -> None:
    latest = Snapshot(bundled())
    signs = all_signs(latest)
    compute_all(EditionInUse(DATA_DIRECTORY, latest, datetime.now(UTC)))
    read = kept_snapshot(DATA_DIRECTORY)
    assert read is not None
    assert read.latest is read.evidence
    assert (read.evidence.data_version, read.answer) == (latest.evidence.data_version, latest.answer)
    assert all_signs(read) == signs
    assert len(read.answers["glance"]) == len(all_indicators())
    assert len(read.answers["plausible_cascade"]) == 1
    for indicator in all_indicators():
        assert digest(read.derived(indicator.id)) == digest(latest.derived(indicator.id))


def test_what_cannot_be_kept_costs_nothing_but_time(edition: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    latest = Snapshot(bundled())
    latest.answers["sample"] = lambda: 1
    keep_snapshot(edition, latest)
    assert "can't be kept" in caplog.text
    assert kept_snapshot(edition) is None


def test_other_data_are_computed_anew(edition: Path) -> None:
    keep_snapshot(edition, Snapshot(bundled()))
    assert kept_snapshot(edition) is not None
    observations = edition / "observations.csv"
    observations.write_bytes(observations.read_bytes().replace(b",100,", b",101,", 1))
    assert kept_snapshot(edition) is None


@pytest.mark.parametrize("damage", [lambda _: b"no archive", lambda kept: kept[:-3], lambda kept: kept[:-1] + b"x"])
def test_a_damaged_file_is_made_anew(
    edition: Path, folder: Path, damage: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    keep_snapshot(edition, Snapshot(bundled()))
    (kept,) = folder.glob("results-*")
    kept.write_bytes(damage(kept.read_bytes()))
    with caplog.at_level("INFO"):
        assert kept_snapshot(edition) is None
    assert "made anew" in caplog.text
    keep_snapshot(edition, Snapshot(bundled()))
    assert kept_snapshot(edition) is not None


def test_a_whole_file_that_is_no_archive_is_computed_anew(edition: Path, caplog: pytest.LogCaptureFixture) -> None:
    keep_file(results._name(edition), pickle.dumps(Snapshot)[:-3])
    assert kept_snapshot(edition) is None
    assert "is computed anew" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="changes who may write a file")
@pytest.mark.parametrize("which", ["file", "folder"])
@pytest.mark.parametrize("change", ["other's", "writable by all", "writable by the group", "link"])
def test_what_others_could_have_written_is_not_read(
    folder: Path, which: str, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_file("sample-1", b"kept")
    assert kept_file("sample-1") == b"kept"
    path = folder / "sample-1" if which == "file" else folder
    if change == "link":
        path.symlink_to(path.rename(path.with_name("moved")))
    elif change == "other's":
        theirs, look = path.stat(), os.fstat
        monkeypatch.setattr(
            os,
            "fstat",
            lambda opened: replaced(look(opened)) if os.path.samestat(look(opened), theirs) else look(opened),
        )
    else:
        path.chmod(path.stat().st_mode | (stat.S_IWOTH if change == "writable by all" else stat.S_IWGRP))
    assert kept_file("sample-1") is None


def test_it_is_made_once_and_the_oldest_of_a_kind_go(folder: Path) -> None:
    made: list[int] = []
    for number in range(OF_ONE_KIND + 2):
        for _ in range(2):
            kept_or_made(f"sample-{number}", lambda: made.append(1) or b"x")
        os.utime(folder / f"sample-{number}", (number, number))
    keep_file("other-1", b"stays")
    assert len(made) == OF_ONE_KIND + 2
    assert len(list(folder.glob("sample-*"))) == OF_ONE_KIND
    assert kept_file("other-1") == b"stays"


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert kept_or_made("sample-1", lambda: b"made") == b"made"
    assert kept_file("sample-1") is None
