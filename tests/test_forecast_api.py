"""Forecasts and their ledger over HTTP."""

from __future__ import annotations

import csv
import io

from test_api import client, get

from indicators.methods.forecast.levels import HUB_LEVELS

SERIES = "claimed_ru_armour_losses"


def test_a_forecast_has_the_documented_shape() -> None:
    answer = get(f"/v1/forecasts/{SERIES}")
    assert answer["refusal"] is None
    assert [row["horizon"] for row in answer["forecasts"]] == list(range(1, 13))
    assert answer["forecasts"][0]["target_end_date"] > answer["reference_date"]
    assert [*answer["forecasts"][0]["quantiles"]] == [f"{level:g}" for level in HUB_LEVELS]
    tested = answer["backtest"]
    assert {*tested} == {"series", "n_origins", "relative_wis", "wis", "coverage", "by_horizon"}
    assert tested["n_origins"] >= 10
    assert answer["sources"]


def test_a_refused_forecast_says_why() -> None:
    answer = get("/v1/forecasts/mediazona_confirmed_deaths_total")
    assert "is a cumulative" in answer["refusal"]
    assert (answer["forecasts"], answer["backtest"], answer["reference_date"]) == ([], None, None)
    assert client().get("/v1/forecasts/nothing").status_code == 404


def test_a_replayed_forecast_knows_nothing_later() -> None:
    answer = get(f"/v1/forecasts/{SERIES}", as_of="2023-08-30")
    assert answer["reference_date"] == "2023-07-31"
    assert answer["backtest"]["relative_wis"] is None  # too few past forecasts by then


def test_a_forecast_as_csv_is_in_the_columns_of_the_hubs() -> None:
    text = client().get(f"/v1/forecasts/{SERIES}", params={"format": "csv"}).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12 * 23
    assert {*rows[0]} >= {"model_id", "target_end_date", "output_type", "output_type_id", "value", "as_of"}


def test_the_ledger_counts_voids_and_shows_nothing_before_it_was_written() -> None:
    answer = get("/v1/forecast-ledger")
    assert sum(answer["counts"].values()) == len(answer["entries"])
    assert answer["counts"]["void"] >= 1
    projected = [entry for entry in answer["entries"] if entry["model_id"] == "projection"]
    assert projected[0]["reason"] == "The outcome was known when it was written down."
    assert get("/v1/forecast-ledger", as_of="2023-08-30")["entries"] == []
