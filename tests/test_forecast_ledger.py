"""The ledger of forecasts: written once, sealed, scored later, voids counted; and the outlook it is written from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from factories import bundled
from typer.testing import CliRunner

from indicators.__main__ import app
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.forecast_files import ledger_files, read_ledger, write_ledger
from indicators.core.evidence.load import DATA_DIRECTORY, FORECASTS
from indicators.core.registry import all_indicators, get_indicator
from indicators.methods.forecast.evaluation.ledger import (
    LEDGER_COLUMNS,
    EntryStatus,
    counts_of_entries,
    is_sealed,
    ledger_entries,
    ledger_of,
)
from indicators.methods.forecast.evaluation.scores import weighted_interval_score
from indicators.methods.forecast.history import History, history_of
from indicators.methods.forecast.outlook import forecast_series, outlook

SERIES = "claimed_ru_armour_losses"
WRITTEN = date(2025, 6, 30)


def derived(indicator: str) -> pd.DataFrame | None:
    known = {one.id for one in all_indicators()}
    return get_indicator(indicator).compute(bundled()) if indicator in known else None


def today(series: str) -> History | None:
    return history_of(bundled(), series) if series == SERIES else None


def written_then() -> pd.DataFrame:
    evidence = as_of(bundled(), WRITTEN)
    return ledger_of([outlook(evidence, SERIES, lambda _: None)], evidence, WRITTEN, "0.1.0-test")


def test_a_file_holds_six_periods_that_were_not_over_in_the_columns_of_the_hubs() -> None:
    table = written_then()
    assert tuple(table.columns) == LEDGER_COLUMNS
    ours = table[table["model_id"] == "ensemble"]
    # May 2025 is the newest whole month known on 30 June 2025, which is not over before that day is.
    assert ours["target_end_date"].drop_duplicates().tolist() == [
        "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30",
    ]  # fmt: skip
    assert {*ours["output_type"]} == {"quantile"}
    assert len(ours) == 6 * 23
    assert set(table["data_version"]) == {bundled().data_version}


def test_a_file_is_sealed_and_written_once(tmp_path: Path) -> None:
    table = written_then()
    path, new = write_ledger(tmp_path, WRITTEN, table)
    assert new
    assert is_sealed(read_ledger(path))
    assert write_ledger(tmp_path, WRITTEN, table.iloc[:3]) == (path, False)
    assert [file.name for file in tmp_path.iterdir()] == ["2025-06-30.csv"]
    (tmp_path / "notes.csv").write_text("x\n", encoding="utf-8")
    assert ledger_files([tmp_path, tmp_path / "none"]) == {WRITTEN: path}


def test_later_figures_resolve_forecasts() -> None:
    entries = ledger_entries({WRITTEN: written_then()}, bundled(), today)
    ours = [entry for entry in entries if entry.model == "ensemble"]
    assert [entry.status for entry in ours] == [EntryStatus.RESOLVED] * 6
    july = next(entry for entry in ours if entry.target_end == date(2025, 7, 31))
    row = bundled().of_series(SERIES).set_index("period_end").loc["2025-07-31"]
    assert july.observed == row["value"]
    assert july.known == row["known"].date()
    assert july.wis == pytest.approx(weighted_interval_score(np.array([july.quantiles]), np.array([july.observed]))[0])
    assert july.naive_wis is not None


def test_on_the_day_itself_nothing_is_resolved_and_nothing_later_is_shown() -> None:
    then = as_of(bundled(), WRITTEN)
    entries = ledger_entries({WRITTEN: written_then()}, then, lambda series: history_of(then, series))
    assert {entry.status for entry in entries if entry.model == "ensemble"} == {EntryStatus.OPEN}
    assert ledger_entries({WRITTEN: written_then()}, as_of(bundled(), date(2025, 6, 29)), today) == ()


def test_the_projection_stands_in_the_ledger_with_its_stated_range() -> None:
    entry = next(
        one for one in ledger_entries({WRITTEN: written_then()}, bundled(), today) if one.model == "projection"
    )
    assert entry.levels == (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
    assert entry.series == "uk-mod-2023-08-30"
    assert entry.target_end == date(2024, 8, 27)
    # Its outcome was counted in June 2024 and November 2024, before it was written down here.
    assert (entry.status, entry.reason) == (EntryStatus.VOID, "The outcome was known when it was written down.")
    assert entry.observed is not None
    assert entry.wis is not None


def test_voids_are_counted() -> None:
    changed = written_then().assign(value="1")
    entries = ledger_entries({WRITTEN: changed}, bundled(), today)
    assert [entry.reason for entry in entries] == ["The file was changed after it was written."]
    gone = ledger_entries({WRITTEN: written_then()}, bundled(), lambda _: None)
    assert counts_of_entries(gone) == {EntryStatus.RESOLVED: 0, EntryStatus.OPEN: 0, EntryStatus.VOID: 7}


def test_a_broken_file_is_one_void(tmp_path: Path) -> None:
    path = tmp_path / "2025-06-30.csv"
    path.write_bytes(b"\xff\xfe\x00")
    entries = ledger_entries({WRITTEN: read_ledger(path)}, bundled(), today)
    assert [entry.status for entry in entries] == [EntryStatus.VOID]


def test_an_outlook_says_why_there_is_none() -> None:
    assert outlook(bundled(), SERIES, derived).refusal == ""
    assert "is a cumulative" in outlook(bundled(), "mediazona_confirmed_deaths_total", derived).refusal
    old = outlook(bundled(), "mediazona_ru_named_deaths", derived)
    assert "too long ago to go on from" in old.refusal
    assert old.history is not None
    # Months whose names still come in are left out.
    assert old.history.left_out > 12
    assert len(forecast_series(bundled())) >= 13
    with pytest.raises(ValueError, match="expected the id of a series"):
        outlook(bundled(), "nothing", derived)


def test_an_outlook_knows_nothing_later_than_its_day() -> None:
    then = outlook(as_of(bundled(), WRITTEN), SERIES, lambda _: None)
    assert then.history is not None
    assert then.history.ends[-1] == date(2025, 5, 31)
    assert then.ends[0] == date(2025, 6, 30)


@pytest.mark.thorough
def test_the_command_writes_a_day_once_and_counts(tmp_path: Path) -> None:
    given = ["forecast", "--day", "2026-11-28", "--folder", str(tmp_path)]
    first = CliRunner().invoke(app, given)
    assert first.exit_code == 0, first.output
    assert "series forecast, hash" in first.stdout
    content = (tmp_path / "2026-11-28.csv").read_bytes()
    second = CliRunner().invoke(app, given)
    assert "stays as it is" in second.stdout
    assert (tmp_path / "2026-11-28.csv").read_bytes() == content
    assert "Forecasts written down: 0 resolved" in second.stdout


def test_the_first_edition_is_as_it_was_written() -> None:
    files = ledger_files([DATA_DIRECTORY / FORECASTS])
    assert files
    assert all(is_sealed(read_ledger(path)) for path in files.values())
