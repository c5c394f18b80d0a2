"""Bars of years that were counted more than once."""

from test_charts import panel, rows

from dashboard.charts.over_time.series import draw


def test_a_whole_year_replaces_its_count_before_the_year_ended() -> None:
    table = rows(
        period_start=["2022-01-01", "2023-01-01", "2023-01-01"],
        period_end=["2022-12-31", "2023-12-29", "2023-12-31"],
        known=["2023-01-31", "2023-12-29", "2024-10-17"],
        value=[1001, 5024, 5096],
    )
    figure = draw(table, panel("columns"))
    assert figure["data"][0]["text"] == ["1,001", "5,096"]
    assert figure["layout"]["xaxis"]["ticktext"] == ["2022", "2023"]
    assert len([y for y in draw(table, panel("intervals"))["data"][0]["y"] if y == 5024]) > 0
