"""Refreshing the evidence: the same months, new and revised rows, and nothing if a source is not as it should be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner
from upstream_files import TODAY, Files, months_of, serving, upstream_files

from indicators.__main__ import app
from indicators.core.evidence.load import DATA_DIRECTORY, active_directory, load_evidence
from indicators.upstream import economist, general_staff, oryx
from indicators.upstream.fetching import fetcher
from indicators.upstream.monthly import UpstreamError
from indicators.upstream.refreshing import CONNECTORS, Changes, refresh

JULY = date(2026, 7, 1)
LATER = date(2026, 12, 2)


def run(files: Files, folder: Path, today: date = TODAY, **options: object) -> Changes:
    """Refresh from a server on this machine."""
    with serving(files) as (host, _), fetcher(folder / "fetched", host) as opened:
        return refresh(opened, folder, DATA_DIRECTORY, today, **options)  # type: ignore[arg-type]


def rows_of(folder: Path, series: str, month: date) -> pd.DataFrame:
    """Return the rows of one month of the edition in use."""
    evidence = load_evidence(active_directory(folder) or DATA_DIRECTORY, today=LATER)
    rows = evidence.of_series(series)
    return rows[rows["period_start"] == pd.Timestamp(month)].sort_values("known")


@pytest.mark.parametrize("name", list(CONNECTORS))
def test_a_connector_gives_the_months_of_the_evidence_exactly(name: str) -> None:
    figures = CONNECTORS[name](upstream_files().get, TODAY)
    assert len(figures) > 20
    for figure in figures:
        held = months_of(figure.series)[figure.month]
        assert figure.value == held["value"], figure
        if figure.low is not None:
            assert (figure.low, figure.high) == (held["low"], held["high"])


def test_a_second_run_fetches_nothing_anew_and_changes_nothing(tmp_path: Path) -> None:
    with serving(upstream_files()) as (host, asked):
        for _ in range(2):
            with fetcher(tmp_path / "fetched", host) as opened:
                assert not refresh(opened, tmp_path, DATA_DIRECTORY, TODAY)
    assert active_directory(tmp_path) is None
    half = len(asked) // 2
    assert {status for _, status in asked[half:]} <= {304, 404}


def with_later_total(files: Files) -> Files:
    """Return the files as they stand later: the report of 1 September is there, so August is whole."""
    personnel = json.loads(files[general_staff.PERSONNEL])
    personnel.append({"date": "2026-09-01", "personnel": personnel[-1]["personnel"] + 41_000})
    return {**files, general_staff.PERSONNEL: json.dumps(personnel).encode()}


def test_a_row_for_part_of_a_month_is_completed_with_a_correction(tmp_path: Path) -> None:
    changes = run(with_later_total(upstream_files()), tmp_path, LATER, only=[general_staff.NAME])
    assert changes.new == ()
    assert changes.completed == ("claimed_ru_personnel_losses_20260821",)
    (row,) = rows_of(tmp_path, "claimed_ru_personnel_losses", date(2026, 8, 1)).to_dict("records")
    assert (row["value"], row["known"], row["claimant"]) == (
        41_000,
        pd.Timestamp("2026-09-01"),
        "Ukrainian General Staff",
    )
    edition = load_evidence(active_directory(tmp_path) or DATA_DIRECTORY, today=LATER)
    assert "claimed_ru_personnel_losses_20260821" in set(edition.corrections["row_id"])


def test_a_month_that_nobody_held_is_a_new_row(tmp_path: Path) -> None:
    files = with_later_total(upstream_files())
    personnel = json.loads(files[general_staff.PERSONNEL])
    personnel.append({"date": "2026-10-01", "personnel": personnel[-1]["personnel"] + 39_000})
    files[general_staff.PERSONNEL] = json.dumps(personnel).encode()
    changes = run(files, tmp_path, LATER, only=[general_staff.NAME])
    assert changes.new == ("claimed_ru_personnel_losses_20260930",)
    (row,) = rows_of(tmp_path, "claimed_ru_personnel_losses", date(2026, 9, 1)).to_dict("records")
    assert (row["value"], row["known_basis"]) == (39_000, "reported_next_day")


def revised(files: Files, month: date, more: float) -> Files:
    """Return the files after the counters have named more dead of one month."""
    path = f"{economist.FOLDER}/meduza_2026_weekly.csv"
    lines = files[path].decode().splitlines()
    thursday = next(day for day in (month.replace(day=n) for n in range(1, 8)) if day.weekday() == 3)
    year, week, _ = thursday.isocalendar()
    for place, line in enumerate(lines):
        if line.startswith(f"{year},{week},"):
            cells = line.split(",")
            cells[2] = str(float(cells[2]) + more)
            lines[place] = ",".join(cells)
    return {**files, path: "\n".join(lines).encode()}


def test_a_revision_is_a_new_row_beside_the_old_one(tmp_path: Path) -> None:
    changes = run(revised(upstream_files(), date(2025, 5, 1), 25), tmp_path, LATER, only=[economist.NAME])
    assert changes.revised == ("mediazona_ru_named_deaths_20250531_known_20261202",)
    before, after = rows_of(tmp_path, "mediazona_ru_named_deaths", date(2025, 5, 1)).to_dict("records")
    assert after["value"] == before["value"] + 25
    assert after["known"] == pd.Timestamp(LATER) > before["known"]
    assert not run(revised(upstream_files(), date(2025, 5, 1), 25), tmp_path, LATER, only=[economist.NAME])


def test_a_month_that_a_source_drops_stays_and_is_named(tmp_path: Path) -> None:
    files = upstream_files()
    personnel = [row for row in json.loads(files[general_staff.PERSONNEL]) if row["date"] != "2024-05-01"]
    files[general_staff.PERSONNEL] = json.dumps(personnel).encode()
    changes = run(files, tmp_path, only=[general_staff.NAME])
    assert not changes
    assert changes.withdrawn == ("claimed_ru_personnel_losses_20240430", "claimed_ru_personnel_losses_20240531")


PERSONNEL, NEWEST, AREA = general_staff.PERSONNEL, general_staff.NEWEST, economist.AREA
WEEKS = f"{economist.FOLDER}/meduza_2026_weekly.csv"
COPY = oryx.PATH.format(date(2026, 7, 1))


def replaced(path: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    """Return a change that replaces text in a file, wherever it stands first."""

    def change(files: Files) -> None:
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)

    return change


def content(path: str, new: bytes) -> Callable[[Files], None]:
    """Return a change that replaces a file."""
    return lambda files: files.__setitem__(path, new)


BROKEN: dict[str, tuple[Callable[[Files], None], str]] = {
    "a web page for JSON": (content(PERSONNEL, b"<!doctype html><p>Sorry"), "expected JSON, got '<!doctype html>"),
    "JSON cut off": (lambda files: files.update({PERSONNEL: files[PERSONNEL][:-40]}), "expected JSON"),
    "an object for a list": (content(PERSONNEL, b'{"message": "moved"}'), "expected a list of objects"),
    "an empty list": (content(NEWEST, b"[]"), "expected a list of objects"),
    "a missing file": (lambda files: files.pop(NEWEST) and None, "expected a file, got none (404)"),
    "no date": (replaced(PERSONNEL, b'"date"', b'"day"'), "expected a day as YYYY-MM-DD, got 'None'"),
    "a day that is none": (replaced(PERSONNEL, b"2022-03-01", b"2022-02-30"), "got '2022-02-30'"),
    "a day to come": (replaced(PERSONNEL, b"2022-03-01", b"2031-03-01"), "expected a report up to 2026-08-23"),
    "a day twice": (replaced(PERSONNEL, b"2022-04-01", b"2022-03-01"), "expected each day once"),
    "a total that falls": (replaced(PERSONNEL, b'"personnel": 21990', b'"personnel": 9'), "got 9"),
    "a total that leaps": (replaced(PERSONNEL, b'"personnel": 21990', b'"personnel": 990000'), "got 990,000"),
    "text for a total": (replaced(PERSONNEL, b'"personnel": 21990.0', b'"personnel": "many"'), "got 'many'"),
    "a renamed column of weeks": (replaced(WEEKS, b"BmzNow", b"Named"), "expected the columns BmzNow"),
    "a week that is none": (replaced(WEEKS, b"2022,10", b"2022,60"), "expected an ISO week, got 2022, 60"),
    "weeks cut off": (lambda files: files.update({WEEKS: files[WEEKS][:-12]}), "it is cut off"),
    "no file of weeks": (lambda files: files.pop(WEEKS) and None, "got neither"),
    "a renamed column of areas": (replaced(AREA, b"area_assessed", b"area"), "expected the columns"),
    "areas in Latin-1": (content(AREA, "date,fläche\n".encode("latin-1")), "expected a CSV file in UTF-8"),
    "a copy of Oryx whose numbers don't add up": (
        replaced(COPY, b"Tanks,", b"Tanks,7"),
        "expected the statuses to add up",
    ),
    "a copy of Oryx without a type": (replaced(COPY, b"Ukraine,Tanks", b"Ukraine,Tank"), "got 7 of them"),
    "no copy of Oryx for a week": (
        lambda files: files.pop(COPY) and None,
        "expected a copy of this day",
    ),
}


@pytest.fixture(scope="module")
def in_use(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an edition in use."""
    folder = tmp_path_factory.mktemp("editions")
    run(revised(upstream_files(), date(2025, 5, 1), 25), folder, LATER, only=[economist.NAME])
    return folder


@pytest.mark.parametrize("what", list(BROKEN))
def test_a_broken_source_changes_nothing_and_says_why(in_use: Path, what: str) -> None:
    change, sentence = BROKEN[what]
    files = revised(upstream_files(), date(2025, 5, 1), 40)
    before = {path: path.read_bytes() for path in in_use.glob("editions/*/*")}
    change(files)
    with pytest.raises(UpstreamError) as refused:
        run(files, in_use)
    assert sentence in str(refused.value)
    assert {path: path.read_bytes() for path in in_use.glob("editions/*/*")} == before


def test_a_server_that_is_out_of_reach_is_named_after_some_tries(tmp_path: Path) -> None:
    with fetcher(tmp_path / "fetched", "http://127.0.0.1:9") as opened, pytest.raises(UpstreamError, match="3 tries"):
        refresh(opened, tmp_path, DATA_DIRECTORY, TODAY)


def test_the_command_says_what_changed_and_a_fault_is_not_a_success(tmp_path: Path) -> None:
    files = with_later_total(upstream_files())
    command = ["refresh", "--folder", str(tmp_path), "--day", "2026-12-02", "--only", "general-staff"]
    with serving(files) as (host, _):
        tried = CliRunner().invoke(app, [*command, "--base-url", host, "--dry-run"])
        assert (tried.exit_code, active_directory(tmp_path)) == (0, None)
        assert "completed: 1\n  claimed_ru_personnel_losses_20260821" in tried.output
        assert CliRunner().invoke(app, [*command, "--base-url", host]).exit_code == 0
        assert active_directory(tmp_path) is not None
        files[NEWEST] = b"<html>"
        failed = CliRunner().invoke(app, [*command, "--base-url", host])
    assert failed.exit_code == 1
    assert "Nothing was changed." in failed.output
    assert CliRunner().invoke(app, ["refresh", "--only", "courts"]).exit_code == 2


@pytest.mark.parametrize("moments", [2, pytest.param(30, marks=pytest.mark.long)])
def test_a_refresh_that_is_killed_leaves_an_edition_that_loads(tmp_path: Path, moments: int) -> None:
    with serving(with_later_total(upstream_files())) as (host, _):
        command = [sys.executable, "-m", "indicators", "refresh", "--folder", str(tmp_path), "--day", "2026-12-02"]
        command += ["--only", "general-staff", "--base-url", host]
        whole = time.monotonic()
        subprocess.run([*command, "--dry-run"], check=True, capture_output=True)
        whole = time.monotonic() - whole
        for moment in range(1, moments + 1):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=whole * 1.4 * moment / moments)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
            in_use = active_directory(tmp_path) or DATA_DIRECTORY
            assert len(load_evidence(in_use, today=LATER).observations) > 1_000
        assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert len(rows_of(tmp_path, "claimed_ru_personnel_losses", date(2026, 8, 1))) == 1


def test_a_running_server_takes_a_new_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.snapshots import snapshot_on

    monkeypatch.setenv("MORALE_INDICATORS_DATA", str(tmp_path))
    run(revised(upstream_files(), date(2025, 5, 1), 25), tmp_path, LATER, only=[economist.NAME])
    monkeypatch.setattr("dashboard.snapshots.date", type("Clock", (date,), {"today": classmethod(lambda _: LATER)}))
    first = snapshot_on(None).evidence
    run(revised(upstream_files(), date(2025, 5, 1), 40), tmp_path, LATER, only=[economist.NAME])
    second = snapshot_on(None).evidence
    assert first.data_version != second.data_version
    revised_row = "mediazona_ru_named_deaths_20250531_known_20261202"
    values = [
        evidence.observations.set_index("observation_id").at[revised_row, "value"] for evidence in (first, second)
    ]
    assert values[1] == values[0] + 15
