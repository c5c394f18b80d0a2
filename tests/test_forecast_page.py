"""Forecasts on pages: what they say, and that they are told apart from projections."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factories import bundled
from test_api import get, table
from test_pages import charts, drawn, texts, with_parts
from typer.testing import CliRunner

from dashboard.charts.over_time.forecast import draw_calibration, draw_forecast, draw_past_forecasts
from dashboard.server.embedding.asked import asked_for, place_of
from dashboard.shell.wording import forecast_text
from indicators.__main__ import app
from indicators.core.snapshot import Snapshot
from indicators.core.text import rounded_text
from indicators.methods.forecast.evaluation.scores import Comparison, expected_hits
from indicators.methods.forecast.evaluation.tables import summary, verdict
from indicators.methods.forecast.levels import MEDIAN

SERIES = "claimed_ru_armour_losses"


def snapshot() -> Snapshot:
    return Snapshot(bundled())


def test_the_sentence_names_period_median_and_interval() -> None:
    sentence = forecast_text.forecast_sentence(snapshot().outlook(SERIES))
    assert sentence.startswith("Forecast for Aug 2026, the first period without a complete figure: about ")
    assert "in 8 of 10 cases" in sentence
    assert "The newest month is left out as incomplete." in sentence
    refused = forecast_text.forecast_sentence(snapshot().outlook("mediazona_ru_named_deaths"))
    assert refused.startswith("No forecast:")


def test_the_verdict_has_its_number_of_forecasts() -> None:
    sentence = forecast_text.tested_sentence(snapshot().backtest(SERIES))
    assert "Over 21 past forecasts" in sentence
    assert "Each knew only what had been published by its day." in sentence
    assert forecast_text.tested_sentence(None).startswith("No backtest:")


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (0.5, "The intervals were too narrow."),
        (0.75, "The intervals held about as many outcomes as they should."),
        (1.0, "The intervals were too wide."),
    ],
)
def test_whether_intervals_were_right_is_said_in_words(share: float, sentence: str) -> None:
    # Of 40 outcomes a right interval of 80 % holds 27 to 37 in 95 % of cases.
    tested = snapshot().backtest(SERIES)
    assert tested is not None
    assert expected_hits(40, 0.8) == (27, 37)
    score = replace(tested.overall, number=40, coverage={0.8: share, 0.95: 0.95}, expected_hits={0.8: (27, 37)})
    said = forecast_text.score_sentence(replace(tested, overall=score))
    assert f"{sentence} The 80 % interval held {100 * share:g} % of outcomes, the 95 % interval 95 % (n = 40)." in said


def test_tables_for_people() -> None:
    tested = snapshot().backtest(SERIES)
    assert tested is not None
    rows = forecast_text.score_rows(tested)
    assert rows["Ahead"].tolist() == ["1 month", "2 months", "3 months", "4 months", "5 months", "6 months", "all"]
    sure = replace(tested.by_horizon[1], comparison=Comparison(statistic=-9.0, probability=1e-9, number=21))
    said = forecast_text.score_rows(replace(tested, by_horizon={1: sure}))
    assert said["p if equal"].tolist() == ["below 0.001", ""]
    assert len(forecast_text.quantile_table(snapshot().outlook(SERIES))) == 12
    past = forecast_text.past_rows(tested)
    assert len(past) == 21
    assert (past["Lower 95 %"] <= past["Upper 95 %"]).all()


def test_without_entries_the_ledger_says_so() -> None:
    assert forecast_text.ledger_sentence(()) == "No forecast had been written down by this day."


def test_a_forecast_is_not_drawn_as_a_projection_is() -> None:
    levels = {level: [4.0] for level in (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)}
    figure = draw_forecast([(date(2024, 1, 31), 4.0)], [date(2024, 2, 29)], levels, unit="cases")
    assert "@projected" not in str(figure)
    assert draw_forecast([(date(2024, 1, 31), 4.0)], [], {}, unit="cases")["data"][0]["name"] == "Observed"
    figure = draw_calibration({0.5: 0.4, 0.95: 1.0}, {0.5: (0.3, 0.7), 0.95: (0.9, 1.0)})
    assert figure["data"][2]["y"] == [40.0, 100.0]


def test_a_revised_figure_stands_as_first_known_too() -> None:
    day, earlier = date(2024, 2, 29), date(2024, 1, 31)
    figure = draw_past_forecasts(
        [(earlier, 5.0), (day, 6.0)], [(earlier, 4.0), (day, 6.0)], [day], [(1.0, 2.0, 3.0)], unit="cases"
    )
    revised = next(trace for trace in figure["data"] if trace["name"] == "As first known")
    assert (revised["x"], revised["y"]) == (["2024-01-31"], [4.0])


def test_the_indicator_page_shows_forecast_verdict_and_scores() -> None:
    page = with_parts("indicator", "personnel_losses_forecast_section", indicator="personnel_losses")
    assert not page.exception
    said = texts(page)
    assert "Forecast for Aug 2026" in said
    assert "a projection says only what follows" in said
    assert "past forecasts the error was" in said
    assert charts(page) >= 4


def test_a_forecast_is_one_number_on_pages_in_files_and_over_http(tmp_path: Path) -> None:
    made = snapshot().outlook(SERIES).forecast
    assert made is not None
    median = float(made.quantiles[0, MEDIAN])
    answered = get(f"/v1/forecasts/{SERIES}")
    assert answered["forecasts"][0]["quantiles"]["0.5"] == median
    rows = [row for row in table(f"/v1/forecasts/{SERIES}") if (row["horizon"], row["output_type_id"]) == ("1", "0.5")]
    assert [float(row["value"]) for row in rows] == [median]
    tested = snapshot().backtest(SERIES)
    assert tested is not None
    assert answered["backtest"] == summary(tested)
    printed = CliRunner().invoke(app, ["backtest", SERIES, "--json", "--output", str(tmp_path)]).stdout
    assert json.loads(printed) == answered["backtest"]
    sentence = f"about {rounded_text(median)} "
    for page in (
        with_parts("indicator", "personnel_losses_forecast_section", indicator="personnel_losses", forecast=SERIES),
        with_parts("track_record", "forecasts_section", forecast=SERIES),
    ):
        said = texts(page)
        assert sentence in said
        assert verdict(tested) in said
        assert f"{median:g}" in drawn(page)
    frame = asked_for(place_of(f"forecast/{SERIES}"), []).content
    assert sentence in str(frame)


def test_the_track_record_shows_the_ledger_beside_the_projections() -> None:
    page = with_parts("track_record", "forecasts_section")
    assert not page.exception
    assert "forecasts written down" in texts(page)
    rows = next(table.value for table in page.table if "Written" in table.value)
    assert rows["What"].is_unique  # of open ones the next period alone
    assert "Projection uk-mod-2023-08-30" in set(rows["What"])
