"""`python -m indicators backtest`: what it prints and writes, what it refuses, and the same on a cluster."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from distributed import Client
from typer.testing import CliRunner

from indicators.__main__ import app

LOOPBACK = "127.0.0.1"
COMMANDS = CliRunner()


def write_series(file: Path, number: int = 1, length: int = 40) -> Path:
    rng, ends = np.random.default_rng(7), pd.date_range("2019-01-31", periods=length, freq="ME").strftime("%Y-%m-%d")
    tables = [
        pd.DataFrame({"series": f"s{one}", "period_end": ends, "value": rng.negative_binomial(5, 0.1, length)})
        for one in range(number)
    ]
    table = pd.concat(tables) if number > 1 else tables[0].drop(columns="series")
    table.to_csv(file, index=False)
    return file


def run(*given: str | Path, within: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "indicators", "backtest", *map(str, given), "--output", str(within / "out")]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_the_scores_as_json_are_all_that_is_printed(tmp_path: Path) -> None:
    done = run(write_series(tmp_path / "cases.csv"), "--json", within=tmp_path)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert {*printed} == {"series", "n_origins", "relative_wis", "wis", "coverage", "by_horizon"}
    assert (printed["series"], printed["n_origins"]) == ("cases", 16)
    assert {*printed["coverage"]} == {"0.5", "0.8", "0.95"}
    assert [row["horizon"] for row in printed["by_horizon"]] == [1, 2, 3, 4, 5, 6]
    assert 0 < printed["relative_wis"] < 1
    scores = pd.read_csv(tmp_path / "out" / "scores.csv")
    assert scores.loc[0, "wis"] == printed["wis"]
    forecasts = pd.read_csv(tmp_path / "out" / "forecasts.csv")
    assert {"model_id", "reference_date", "target_end_date", "output_type", "output_type_id", "value"} <= {*forecasts}
    assert {*forecasts["model_id"]} == {"ensemble", "naive"}
    assert forecasts.groupby(["model_id", "reference_date", "horizon"]).size().unique().tolist() == [23]


def test_a_series_of_the_evidence_is_named_by_its_id(tmp_path: Path) -> None:
    done = COMMANDS.invoke(app, ["backtest", "claimed_ru_armour_losses", "--output", str(tmp_path)])
    assert done.exit_code == 0, done.stderr
    assert "claimed_ru_armour_losses: Over 21 past forecasts the error was" in done.stdout
    assert "Written to" in done.stderr


def test_few_origins_are_said_to_be_insufficient(tmp_path: Path) -> None:
    file = write_series(tmp_path / "short.csv", length=20)
    done = COMMANDS.invoke(app, ["backtest", str(file), "--output", str(tmp_path)])
    assert "Insufficient backtest: 8 past forecasts; 10 are needed" in done.stdout
    as_json = COMMANDS.invoke(app, ["backtest", str(file), "--json", "--output", str(tmp_path)])
    assert json.loads(as_json.stdout)["relative_wis"] is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "period_end,value\n" + "".join(f"2024-{month:02}-28,4\n" for month in range(1, 13)),
            "all figures are the same",
        ),
        ("period_end,value\n2024-01-31,4\n", "1 period has a figure"),
        ("period_end,value\n", "No forecast: no period has a figure"),
        ("day,number\n2024-01-31,4\n", "expected the columns period_end and value, got day, number"),
        ("period_end,value\n2024-01-31,many\n", "row 2, value: expected a number"),
        ("period_end;value\n2024-01-31;4\n", "expected cells apart by commas, got semicolons"),
        ("\ufeffperiod_end,value\r\n2024-01-31,4\r\n,\r\n,\r\n", "1 period has a figure"),
        ("", "expected a CSV file with the columns period_end and value"),
    ],
)
def test_what_can_not_be_tested_is_refused_in_a_sentence(content: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(content, encoding="utf-8")
    done = COMMANDS.invoke(app, ["backtest", str(file), "--json", "--output", str(tmp_path / "out")])
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("series", ["no_such_series", "missing.csv"])
def test_what_does_not_exist_is_said(series: str) -> None:
    done = COMMANDS.invoke(app, ["backtest", series])
    assert (done.exit_code, done.stdout) == (1, "")
    assert series in done.stderr


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and workers, each a process of its own."""
    address, started = f"tcp://{LOOPBACK}:{free_port()}", []

    def start(*words: str) -> subprocess.Popen[bytes]:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        where = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        started.append(subprocess.Popen([sys.executable, "-m", *words, "--no-dashboard"], env=where, **quiet))
        return started[-1]

    try:
        start("distributed.cli.dask_scheduler", "--host", LOOPBACK, "--port", address.rpartition(":")[2])
        given = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny")
        running = [start(*given) for _ in range(workers)]
        with Client(address, timeout="120s") as client:
            client.wait_for_workers(workers, timeout=120)
        yield address, running
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.mark.long
def test_two_workers_give_the_same_scores_also_if_one_is_killed(tmp_path: Path) -> None:
    file = write_series(tmp_path / "many.csv", number=24, length=30)
    alone = run(file, "--json", "--jobs", "1", within=tmp_path)
    assert alone.returncode == 0, alone.stderr
    with cluster(2) as (address, workers):
        both = run(file, "--json", "--scheduler", address, within=tmp_path)
        assert both.stdout == alone.stdout
        words = [sys.executable, "-m", "indicators", "backtest", str(file), "--json", "--scheduler", address]
        with subprocess.Popen(
            [*words, "--output", str(tmp_path / "third")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as running:
            with Client(address, timeout="60s") as client:
                while not any(client.processing().values()) and running.poll() is None:
                    client.sync(client.scheduler.identity)
            assert running.poll() is None  # it was killed with work in hand
            workers[0].kill()
            printed, _ = running.communicate(timeout=300)
    assert printed == alone.stdout
    assert len(json.loads(printed)) == 24


@pytest.mark.thorough
def test_a_scheduler_that_does_not_answer_is_said(tmp_path: Path) -> None:
    file = write_series(tmp_path / "many.csv")
    done = run(file, "--json", "--scheduler", f"tcp://{LOOPBACK}:{free_port()}", within=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "expected a Dask scheduler at" in done.stderr
