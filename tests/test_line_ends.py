"""At most four series, named at their ends; bars with their figures; totals that promise nothing in between."""

from __future__ import annotations

import pandas as pd
from test_charts import panel, rows

from dashboard.charts.over_time.series import draw


def test_a_chart_shows_four_groups_and_names_them_at_their_ends() -> None:
    table = pd.concat([rows(claimant=[f"Claimant {number}"], value=[float(number)]) for number in range(6)])
    figure = draw(table, panel("points"))
    names = [f"Claimant {number}" for number in range(4)]
    assert [item["name"] for item in figure["data"]] == names
    ends = figure["layout"]["meta"]["ends"]
    assert [(end["text"], end["value"]) for end in ends] == list(zip(names, [0.0, 1.0, 2.0, 3.0], strict=True))
    assert [end["colour"] for end in ends] == [item["marker"]["color"][0] for item in figure["data"]]
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= 0.0 < 3.0 < high


def test_of_many_groups_each_series_comes_first_with_its_fullest_claimant() -> None:
    few = [rows(series=["a"], claimant=["Once"]), rows(series=["b"])]
    table = pd.concat([*few, rows(series=["a", "a"], value=[1.0, 2.0]), rows(series=["c"]), rows(series=["d"])])
    figure = draw(table, panel("points", "a", "b", "c", "d"))
    assert [len(item["x"]) for item in figure["data"]] == [2, 1, 1, 1]


def test_a_share_begins_at_zero_whatever_corrections_make_of_it() -> None:
    table = rows(value=[0.2, -0.05], status=["ok", "not_informative"])
    figure = draw(table, panel("line", unit="share"))
    assert figure["layout"]["yaxis"]["range"][0] == 0.0
    assert figure["layout"]["meta"]["ends"][0]["value"] == 0.2
    assert draw(table, panel("line"))["layout"]["yaxis"]["range"][0] < -0.05


def test_names_at_ends_are_safe_as_markup() -> None:
    figure = draw(rows(claimant=["<b>R&D</b>"]), panel("line"))
    assert figure["layout"]["meta"]["ends"][0]["text"] == "&lt;b&gt;R&amp;D&lt;/b&gt;"


def test_years_stand_on_an_axis_of_years_with_their_figures_above() -> None:
    table = rows(
        value=[100.0, 450.0], period_start=["2022-01-01", "2023-01-01"], period_end=["2022-12-31", "2023-12-31"]
    )
    figure = draw(table, panel("columns"))
    assert figure["data"][0]["text"] == ["100", "450"]
    assert figure["layout"]["xaxis"]["ticktext"] == ["2022", "2023"]
    assert "ticktext" not in draw(rows(value=[1.0, 2.0]), panel("columns"))["layout"]["xaxis"]


def test_totals_are_joined_by_a_straight_light_line_and_prices_hold_until_the_next() -> None:
    lines = {kind: draw(rows(value=[1.0, 2.0]), panel(kind))["data"][0]["line"] for kind in ("steps", "totals")}
    assert (lines["totals"]["shape"], lines["totals"]["color"]) == ("linear", "@observed/0.45")
    assert lines["steps"]["shape"] == "hv"
