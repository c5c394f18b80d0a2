"""Refreshing the evidence: the same months, new and revised rows, and nothing if a source is not as it should be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pandas as pd
import pytest
from typer.testing import CliRunner
from upstream_files import TODAY, Files, months_of, serving, upstream_files

from dashboard import snapshots
from dashboard.server.operation import editions
from indicators.__main__ import app
from indicators.core.environment import SettingError
from indicators.core.evidence.contacts import note_contacts, read_contacts
from indicators.core.evidence.load import DATA_DIRECTORY, active_directory, load_evidence
from indicators.core.evidence.parsing import DataError
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


@pytest.mark.thorough
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


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of editions that this process serves, and no edition in use yet."""
    monkeypatch.setenv("MORALE_INDICATORS_DATA", str(tmp_path))
    monkeypatch.setattr(snapshots, "_editions", deque(maxlen=2))
    monkeypatch.setattr("dashboard.snapshots.date", type("Clock", (date,), {"today": classmethod(lambda _: LATER)}))
    run(revised(upstream_files(), date(2025, 5, 1), 25), tmp_path, LATER, only=[economist.NAME])
    return tmp_path


REVISED = "mediazona_ru_named_deaths_20250531_known_20261202"


def revised_value() -> float:
    """Return the revised figure that readers see."""
    return float(snapshots.snapshot_on(None).evidence.observations.set_index("observation_id").at[REVISED, "value"])


def test_a_running_server_takes_a_new_edition(served: Path) -> None:
    first, before, package = snapshots.all_evidence(), revised_value(), snapshots.data_package_file()
    run(revised(upstream_files(), date(2025, 5, 1), 40), served, LATER, only=[economist.NAME])
    assert revised_value() == before, "readers keep the edition in use until the newer one is computed"
    assert snapshots.take_newest_edition()
    assert revised_value() == before + 15
    assert snapshots.all_evidence().data_version != first.data_version
    assert snapshots.data_package_file() != package
    assert not snapshots.take_newest_edition()


def test_a_reader_in_the_middle_of_a_page_ends_it_with_the_edition_it_began_with(served: Path) -> None:
    first = snapshots.all_evidence().data_version
    run(revised(upstream_files(), date(2025, 5, 1), 40), served, LATER, only=[economist.NAME])
    snapshots.take_newest_edition()
    assert snapshots._snapshot(date(2024, 1, 1), first).evidence.data_version == first


def test_an_edition_that_cannot_be_used_leaves_the_one_in_use(served: Path) -> None:
    before = revised_value()
    run(revised(upstream_files(), date(2025, 5, 1), 40), served, LATER, only=[economist.NAME])
    newest = active_directory(served)
    assert newest is not None
    (newest / "observations.csv").write_text("observation_id\n", encoding="utf-8")
    looks: list[float | None] = []

    class Looking(Event):
        def wait(self, timeout: float | None = None) -> bool:
            looks.append(timeout)
            return len(looks) > 2

    editions.follow(Looking(), every=1.0)
    assert looks == [1.0, 1.0, 1.0]
    assert revised_value() == before
    with pytest.raises(DataError):
        snapshots.take_newest_edition()


def test_readers_see_one_edition_or_the_other_while_it_is_switched(served: Path) -> None:
    old = revised_value()
    seen: set[float] = set()
    stop = Event()
    faults: list[Exception] = []

    def read() -> None:
        try:
            while not stop.is_set():
                seen.add(revised_value())
                snapshots.snapshot_on(date(2024, 1, 1)).glance("refusal_cases")
        except Exception as error:
            faults.append(error)

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for more in (40, 55):
        run(revised(upstream_files(), date(2025, 5, 1), more), served, LATER, only=[economist.NAME])
        assert snapshots.take_newest_edition()
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert {old, revised_value()} <= seen | {revised_value()}
    assert seen <= {old, old + 15, old + 30}


def test_the_record_says_when_a_source_was_asked_and_when_it_was_reached(tmp_path: Path) -> None:
    run(upstream_files(), tmp_path, only=[economist.NAME, oryx.NAME])
    first = read_contacts(tmp_path)
    assert {name: one.fault for name, one in first.items()} == {economist.NAME: "", oryx.NAME: ""}
    assert first[oryx.NAME].reached == first[oryx.NAME].asked
    files = upstream_files()
    files[AREA] = b"<html>"
    with pytest.raises(UpstreamError):
        run(files, tmp_path, only=[economist.NAME])
    second = read_contacts(tmp_path)
    assert second[economist.NAME].asked > first[economist.NAME].asked == second[economist.NAME].reached
    assert "expected" in second[economist.NAME].fault
    assert second[oryx.NAME] == first[oryx.NAME]
    run(upstream_files(), tmp_path, only=[economist.NAME], dry_run=True)
    assert read_contacts(tmp_path) == second


@pytest.mark.parametrize("content", ["", "[]", "{", '{"oryx": 1}', '{"oryx": {"asked": "soon"}}'])
def test_a_record_that_makes_no_sense_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "contacts.json").write_text(content, encoding="utf-8")
    assert read_contacts(tmp_path) == {}


def test_a_server_refreshes_as_often_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MORALE_INDICATORS_DATA", str(tmp_path))
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert editions.seconds_until_due(timedelta(hours=24), noon) == 0
    note_contacts(tmp_path, ["oryx"], noon - timedelta(hours=30))
    note_contacts(tmp_path, ["economist"], noon - timedelta(hours=20), "expected JSON")
    assert editions.seconds_until_due(timedelta(hours=24), noon) == 4 * 3600
    assert editions.seconds_until_due(timedelta(hours=12), noon) == 0
    waits: list[float | None] = []
    runs: list[None] = []

    class Waiting(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            return len(waits) > 1

    note_contacts(tmp_path, ["oryx"], datetime.now(UTC))
    editions.refresh_regularly(timedelta(hours=24), Waiting(), lambda: runs.append(None))
    assert (len(waits), len(runs)) == (2, 1)
    assert 23 * 3600 < (waits[0] or 0) <= 24 * 3600


@pytest.mark.parametrize(("text", "hours"), [("", None), ("24", 24.0), ("1.5", 1.5)])
def test_the_environment_sets_the_schedule(monkeypatch: pytest.MonkeyPatch, text: str, hours: float | None) -> None:
    monkeypatch.setenv("MORALE_INDICATORS_REFRESH", text)
    assert editions.hours_between_refreshes() == hours


@pytest.mark.parametrize("text", ["daily", "0", "-1", "nan", "9000"])
def test_a_schedule_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("MORALE_INDICATORS_REFRESH", text)
    with pytest.raises(SettingError, match="expected a number of hours from 1 to 8760"):
        editions.hours_between_refreshes()
