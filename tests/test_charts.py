"""Charts are valid figures, and what they draw is what the table says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.bands import outline
from dashboard.charts.hover import hover_text
from dashboard.charts.models.fan import LineEnd, draw_fan, line_ends
from dashboard.charts.models.quantiles import BANDS
from dashboard.charts.models.shares import draw_shares
from dashboard.charts.models.tornado import draw_tornado
from dashboard.charts.over_time.events import add_events
from dashboard.charts.over_time.groups import split
from dashboard.charts.over_time.marks import KINDS
from dashboard.charts.over_time.rows import prepared
from dashboard.charts.over_time.series import draw
from dashboard.charts.palette import resolve
from indicators.core.model import Panel, PanelKind
from indicators.core.text import day_text, figure_text, number_text, period_text

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


def panel(kind: PanelKind, *series: str, unit: str = "sentences per week") -> Panel:
    return Panel(id="weekly", title="Sentences", unit=unit, series=series or ("s",), kind=kind)


def rows(**columns: Any) -> pd.DataFrame:
    """Return a table of monthly rows; any column can be given."""
    count = len(columns.get("value", [1.0]))
    months = pd.date_range("2023-01-01", periods=count, freq="MS")
    base = {
        "series": ["s"] * count,
        "claimant": ["Mediazona"] * count,
        "period_start": months,
        "period_end": months + pd.offsets.MonthEnd(0),
        "value": [1.0] * count,
        "low": [None] * count,
        "high": [None] * count,
        "qualifier": ["exact"] * count,
        "known": [pd.Timestamp("2024-01-01")] * count,
        "status": ["ok"] * count,
    }
    return pd.DataFrame(base | columns)


def events() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "date": ["2023-06-24", "2023-02-10", "2031-01-01"],
            "title": ["Mutiny & march", "First", "Outside"],
            "summary": ["A column drove north.", "", ""],
            "status": ["contested", "confirmed", "confirmed"],
        }
    )


def check(figure: dict[str, Any]) -> None:
    """Fail unless Plotly and a strict JSON reader accept the figure in both themes."""
    json.dumps(figure, allow_nan=False)
    for theme in ("light", "dark"):
        go.Figure(resolve(figure, theme))  # type: ignore[arg-type]


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in figure["data"] if name in (item.get("uid"), item.get("name")))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_draws_every_state(kind: PanelKind) -> None:
    table = rows(
        value=[3.0, 4.0, 5.0, 6.0, 7.0, 8.0],
        low=[2.0, None, 4.0, 5.0, None, 7.0],
        high=[4.0, None, 6.0, 8.0, None, 9.0],
        qualifier=["exact", "up_to", "at_least", "about", "estimate", "projection"],
        status=["ok", "not_informative", "mixed_vintages", "ok", "ok", "ok"],
    )
    figure = draw(table, panel(kind), events=events(), incomplete_from="2023-04-01")
    check(figure)
    assert figure["layout"]["xaxis"]["title"]["text"].endswith("(date)")
    assert figure["layout"]["yaxis"]["title"]["text"] == "sentences per week"
    assert figure["layout"]["yaxis"]["rangemode"] == "tozero"
    names = {item["name"] for item in figure["data"] if item.get("showlegend", True)}
    assert {
        "Mediazona",
        "Mediazona, projected",
        "Still incomplete",
        "Too few cases, or corrections among them",
    } <= names


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_rows_is_a_state_of_its_own(kind: PanelKind) -> None:
    figure = draw(rows().iloc[:0], panel(kind), events=events())
    check(figure)
    assert figure["layout"]["meta"] == {"empty": True}
    assert figure["data"] == []


def test_rows_of_other_series_are_left_out() -> None:
    assert draw(rows(series=["other"]), panel("line"))["layout"]["meta"] == {"empty": True}


def test_unknown_kind_and_missing_column_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="'pie'; expected one of intervals"):
        draw(rows(), panel("pie"))  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="missing: value"):
        draw(rows().drop(columns="value"), panel("line"))


def test_hover_says_qualifier_unit_claimant_and_day_known() -> None:
    table = rows(value=[100.0], qualifier=["up_to"], claimant=["UK MoD"], known=[pd.Timestamp("2023-08-30")])
    text = draw(table, panel("points"))["data"][0]["hovertext"][0]
    assert text == "<b>up to 100 sentences per week</b><br>Jan 2023<br>UK MoD, known 30 Aug 2023"


def test_a_held_value_spans_its_inclusive_period() -> None:
    segment = trace(draw(rows(value=[100.0]), panel("intervals")), "Mediazona")
    assert (segment["x"][0], segment["x"][2]) == ("2023-01-01", "2023-02-01")
    assert segment["y"] == [100.0, 100.0, 100.0, None]


def test_up_to_reaches_down_to_zero_and_is_written_out() -> None:
    figure = draw(rows(value=[100.0], qualifier=["up_to"]), panel("intervals"))
    shade = next(item for item in figure["data"] if item.get("fill") == "toself")
    assert (min(shade["y"]), max(shade["y"])) == (0.0, 100.0)
    assert trace(figure, "labels")["text"] == ["up to 100"]


def test_written_values_do_not_overlap() -> None:
    table = pd.concat([rows(value=[100.0]), rows(value=[101.0], claimant=["UK MoD"], qualifier=["up_to"])])
    assert trace(draw(table, panel("intervals")), "labels")["text"] == ["up to 101"]


def test_gaps_stay_gaps() -> None:
    table = rows(value=[1.0, 2.0, 3.0, 4.0, 5.0]).drop(index=2)
    line = trace(draw(table, panel("line")), "Mediazona")
    assert line["y"] == [1.0, 2.0, None, 4.0, 5.0]


def test_a_lone_point_between_gaps_keeps_a_marker() -> None:
    count = 60
    table = rows(value=[1.0] * count).drop(index=[30, 32])
    line = trace(draw(table, panel("line")), "Mediazona")
    lone = line["x"].index("2025-08-16T12:00:00")
    assert line["marker"]["size"][lone] > 0
    assert line["marker"]["size"][0] == 0


def test_what_cannot_be_read_leaves_the_line_and_is_grey() -> None:
    figure = draw(rows(value=[1.0, 2.0, 3.0], status=["ok", "not_informative", "ok"]), panel("line"))
    line, thin = (item for item in figure["data"] if item["name"] == "Mediazona")
    assert line["y"] == [1.0, None, 3.0]
    assert (thin["y"], thin["marker"]["color"]) == ([2.0], "@contested")
    bars = draw(rows(value=[1.0, 2.0], status=["ok", "not_informative"]), panel("columns"))["data"][0]
    assert bars["marker"]["pattern"]["shape"] == ["", "/"]


def test_whiskers_hold_the_range() -> None:
    point = draw(rows(value=[5.0], low=[3.0], high=[9.0]), panel("points"))["data"][0]
    assert (point["error_y"]["arrayminus"], point["error_y"]["array"]) == ([2.0], [4.0])


def test_bars_of_two_groups_share_the_period_without_overlap() -> None:
    table = pd.concat([rows(value=[1.0]), rows(value=[2.0], claimant=["UK MoD"])])
    first, second = draw(table, panel("columns"))["data"]
    assert first["offset"][0] + first["width"][0] == pytest.approx(second["offset"][0])


def test_of_several_editions_the_newest_is_drawn() -> None:
    newer = rows(value=[7.0], known=[pd.Timestamp("2024-06-01")])
    figure = draw(pd.concat([newer, rows(value=[5.0])]), panel("points"))
    assert figure["data"][0]["y"] == [7.0]


def test_up_to_four_groups_have_a_colour_each_in_the_order_of_the_panel() -> None:
    table = pd.concat(
        [
            rows(series=["b"]),
            rows(series=["a"], claimant=["Mediazona"]),
            rows(series=["a"], claimant=["UK MoD"]),
        ]
    )
    drawn = draw(table, panel("points", "a", "b"))["data"]
    look = {item["name"]: item["marker"]["color"][0] for item in drawn}
    assert look == {"a: Mediazona": "@observed", "a: UK MoD": "@second", "b": "@third"}


@pytest.mark.parametrize("count", [3, 7, 12])
def test_no_two_claimants_look_alike(count: int) -> None:
    table = pd.concat([rows(claimant=[f"Claimant {number}"]) for number in range(count)])
    groups = split(prepared(table), ["s"], "sentences")
    assert len({(group.colour, group.symbol) for group in groups}) == count


def test_projected_rows_are_dashed() -> None:
    table = rows(value=[1.0, 2.0, 3.0, 4.0], qualifier=["exact", "exact", "projection", "projection"])
    figure = draw(table, panel("line"))
    assert trace(figure, "Mediazona")["line"]["dash"] == "solid"
    projected = trace(figure, "Mediazona, projected")["line"]
    assert (projected["dash"], projected["color"]) == ("dash", "@projected")


def test_events_are_numbered_in_order_and_listed() -> None:
    figure = draw(rows(value=[1.0] * 12), panel("line"), events=events())
    assert [(item["number"], item["title"]) for item in figure["layout"]["meta"]["events"]] == [
        (1, "First"),
        (2, "Mutiny & march"),
    ]
    marks = trace(figure, "events")
    assert "<b>2. Mutiny &amp; march</b><br>24 Jun 2023<br>contested" in marks["hovertext"]
    assert (min(y for y in marks["y"] if y is not None), figure["layout"]["yaxis2"]["range"]) == (0.0, [0, 1])


def test_many_events_become_ticks() -> None:
    many = pd.DataFrame({"date": pd.date_range("2023-01-05", periods=30, freq="7D"), "title": "Event"})
    figure = draw(rows(value=[1.0] * 12), panel("line"), events=many)
    assert min(y for y in trace(figure, "events")["y"] if y is not None) > 0.9
    assert len(trace(figure, "event_numbers")["x"]) < 30


def test_events_without_a_date_in_range_add_nothing() -> None:
    figure: dict[str, Any] = {"data": [], "layout": {}}
    assert add_events(figure, events(), "1999-01-01", "1999-12-31") == {"data": [], "layout": {}}


def fan(**changes: Any) -> dict[str, Any]:
    dates = pd.date_range("2023-08-30", periods=3, freq="7D")
    levels = {level: [0.0, 100 * level, 200 * level] for level in LEVELS}
    given: dict[str, Any] = {"headline": [0.0, 100.0, 200.0]}
    return draw_fan(dates, changes.pop("levels", levels), **(given | changes))


def test_fan_has_few_traces_in_a_fixed_order() -> None:
    ends = [LineEnd("counted", "2023-09-13", 300.0, "counted 300"), LineEnd("headline", "2023-09-13", 200.0, "200")]
    figure = fan(counted={"day": ["2023-08-30", "2023-09-13"], "value": [0.0, 300.0]}, ends=ends)
    check(figure)
    assert [item["uid"] for item in figure["data"]] == [
        "band90", "band80", "band50", "counted", "headline", "median", "ends",
    ]  # fmt: skip
    assert trace(figure, "headline")["line"]["dash"] == "dash"
    assert trace(figure, "ends")["textfont"]["color"] == ["@observed", "@projected"]


def test_names_at_line_ends_do_not_cover_each_other() -> None:
    close = [LineEnd(uid, "2024-08-28", value, uid) for uid, value in (("a", 1000.0), ("b", 990.0), ("c", 400.0))]
    assert [end.value for end in line_ends(close, room=0.1)] == [1090.0, 990.0, 400.0]


def test_bands_of_the_fan_do_not_cover_each_other() -> None:
    figure = fan()
    assert [trace(figure, uid)["fillcolor"] for uid, *_ in BANDS] == [
        "@projected/0.22",
        "@projected/0.34",
        "@projected/0.48",
    ]
    outer = trace(figure, "band90")
    upper, lower = outer["y"][: outer["y"].index(None)], outer["y"][outer["y"].index(None) + 1 :]
    assert (max(upper), upper[2]) == (190.0, 180.0)
    assert (max(lower), lower[2]) == (20.0, 10.0)


def test_fan_without_a_distribution_shows_the_arithmetic_alone() -> None:
    figure = fan(levels={})
    check(figure)
    assert [item["uid"] for item in figure["data"]] == ["headline", "ends"]
    assert figure["layout"]["yaxis"]["title"]["text"] == "persons in total"


def test_fan_refuses_missing_levels_and_wrong_lengths() -> None:
    with pytest.raises(ValueError, match=r"missing: \[0\.1, 0\.25"):
        fan(levels={0.05: [0.0] * 3, 0.5: [0.0] * 3, 0.75: [0.0] * 3, 0.9: [0.0] * 3, 0.95: [0.0] * 3})
    with pytest.raises(ValueError, match="2 values for 3 dates"):
        fan(levels={level: [0.0, 1.0] for level in LEVELS})
    with pytest.raises(ValueError, match="headline has 1 values for 3 dates"):
        fan(headline=[1.0])


def test_fan_hover_says_that_it_depends() -> None:
    median = trace(fan(), "median")
    assert median["hovertemplate"].startswith("<b>about %{y:,.0f} persons in total</b><br>by %{x|%-d %b %Y}, if the")
    assert "90 %: %{customdata[4]:,.0f} to %{customdata[5]:,.0f}" in median["hovertemplate"]
    assert (median["y"][2], median["customdata"][2]) == (100.0, [50.0, 150.0, 20.0, 180.0, 10.0, 190.0])


def test_fan_takes_numpy_arrays() -> None:
    levels = {level: np.array([0.0, 1.0, 2.0]) for level in LEVELS}
    drawn = fan(levels=levels, headline=np.array([0.0, 1.0, 2.0]))
    check(drawn)
    assert list(trace(drawn, "median")["y"]) == [0.0, 1.0, 2.0]


def test_tornado_sorts_by_width_and_starts_from_the_present_setting() -> None:
    table = {
        "name": ["Growth", "Reading"],
        "low_result": [3600.0, 2600.0],
        "high_result": [4000.0, 4940.0],
        "low_value": [-0.02, 0.5],
        "high_value": ["two percent", None],
    }
    figure = draw_tornado(table, base=3787.0, unit="convictions")
    check(figure)
    low = trace(figure, "low")
    assert figure["layout"]["yaxis"]["ticktext"] == ["Reading", "Growth"]
    assert [base + x for base, x in zip(low["base"], low["x"], strict=True)] == [2600.0, 3600.0]
    assert "Growth at two percent" in trace(figure, "high")["hovertext"][1]
    # The same rounding as in the figures above the chart.
    assert figure["layout"]["shapes"][0]["label"]["text"] == "about 3,800"
    assert draw_tornado({name: [] for name in table}, base=1.0, unit="x")["layout"]["meta"] == {"empty": True}
    with pytest.raises(KeyError, match="low_result"):
        draw_tornado({"name": ["Growth"], "high_result": [1.0]}, base=1.0, unit="x")


def test_shares_keep_their_order_and_must_be_shares() -> None:
    figure = draw_shares({"reading": 0.914, "future": 0.086})
    check(figure)
    assert figure["data"][0]["text"] == ["91 %", "8.6 %"]
    assert draw_shares({})["layout"]["meta"] == {"empty": True}
    with pytest.raises(ValueError, match="between 0 and 1"):
        draw_shares({"reading": 1.2})


def test_shares_and_percents_are_written_as_percent() -> None:
    assert figure_text(0.125, "share") == "12.5 %"
    assert figure_text(65.0, "percent", "about") == "about 65 %"
    assert draw(rows(value=[0.4]), panel("line", unit="share"))["layout"]["yaxis"]["tickformat"] == ".0%"


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False))
def test_numbers_read_back_to_two_significant_digits(value: float) -> None:
    read = float(number_text(value).replace(",", "").replace("−", "-"))
    assert read == pytest.approx(value, rel=0.005, abs=0.0005)


@given(st.lists(st.text(alphabet=st.characters(blacklist_categories=["Cs"])), max_size=4))
def test_hover_text_never_lets_markup_through(lines: list[str]) -> None:
    text = hover_text(lines)
    for mark in ("<b>", "</b>", "<br>"):
        text = text.replace(mark, "")
    assert "<" not in text
    assert ">" not in text


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=12))
def test_outlines_are_closed_and_as_long_in_x_as_in_y(lows: list[float | None]) -> None:
    points = [(position, low, None if low is None else low + 1) for position, low in enumerate(lows)]
    x, y = outline([points])
    assert len(x) == len(y)
    parts = "".join("|" if value is None else "." for value in y).split("|")
    assert sum(len(part) for part in parts if part) == sum(
        2 * len(run) + 1 for run in "".join("." if low is not None else " " for low in lows).split()
    )


def test_days_of_any_sort_are_understood() -> None:
    days = [date(2023, 8, 30), pd.Timestamp("2023-08-30 23:00"), "2023-08-30", np.datetime64("2023-08-30")]
    assert {day_text(day) for day in days} == {"30 Aug 2023"}
    assert {day_text(day) for day in (None, pd.NaT, "", float("nan"))} == {""}
    with pytest.raises(ValueError, match="a period needs two days"):
        period_text("2023-01-01", None)


def test_totals_that_start_anew_start_a_new_line() -> None:
    table = rows(
        value=[100.0, 450.0, 80.0],
        period_start=["2023-01-01", "2023-01-01", "2024-01-01"],
        period_end=["2023-03-31", "2023-12-31", "2024-02-29"],
        known=[pd.Timestamp("2024-06-01")] * 3,
    )
    (line,) = draw(table, panel("steps"))["data"]
    assert line["x"] == ["2023-03-31", "2023-12-31", None, "2024-02-29"]
    assert line["y"] == [100.0, 450.0, None, 80.0]
    assert len(line["marker"]["symbol"]) == 4


def test_prices_on_single_days_stay_one_line() -> None:
    table = rows(
        value=[195.0, 400.0], period_start=["2022-09-21", "2024-08-01"], period_end=["2022-09-21", "2024-08-01"]
    )
    (line,) = draw(table, panel("steps"))["data"]
    assert line["y"] == [195.0, 400.0]


def test_figures_that_are_still_incomplete_are_hatched_and_open() -> None:
    table = rows(value=[5.0, 3.0], status=["ok", "incomplete"])
    (bars,) = draw(table, panel("columns"))["data"]
    assert bars["marker"]["pattern"]["shape"] == ["", "/"]
    assert "still incomplete" in bars["hovertext"][1]
