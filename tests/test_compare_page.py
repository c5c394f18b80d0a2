"""Indicators one above the other: what is drawn, what is refused in words, and all of it in the address."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from test_pages import ARTICLE, charts, drawn, open_page, texts

from dashboard.charts.over_time.stacked import Measure, draw_stacked
from dashboard.shell.pages import page_of
from dashboard.snapshots import snapshot_on


def measure(title: str, *values: float, unit: str = "cases") -> Measure:
    """Return a measure of months from January 2023 on."""
    months = pd.date_range("2023-01-01", periods=len(values), freq="MS")
    table = pd.DataFrame(
        {
            "series": title,
            "label": title,
            "claimant": "A",
            "value": values,
            "period_start": months,
            "period_end": months + pd.offsets.MonthEnd(0),
        }
    )
    return Measure(title=title, unit=unit, kind="line", table=table)


def test_each_measure_has_a_stretch_of_the_height_and_its_own_scale() -> None:
    events = pd.DataFrame({"date": ["2023-06-24", "2030-01-01"], "title": ["Mutiny", "Later"]})
    measures = [measure("High", 1.0, 1000.0, 3.0), measure("Low", 0.1, 0.2, 0.3, unit="share")]
    figure = draw_stacked(measures, events, date(2023, 1, 1), date(2023, 12, 31))
    layout = figure["layout"]
    upper, lower = layout["yaxis"], layout["yaxis2"]
    assert lower["domain"][1] <= upper["domain"][0]
    assert upper["range"][1] > 1000.0 > 1.0 > lower["range"][1] > 0.3
    assert lower["tickformat"] == ".0%"
    assert [entry["title"] for entry in layout["meta"]["events"]] == ["Mutiny"]
    assert layout["xaxis"]["range"] == ["2023-01-01", "2023-12-31"]
    assert [note["text"] for note in layout["annotations"]] == [
        "<b>High</b><br>cases",
        "<b>Low</b><br>share in percent",
    ]


def test_the_choice_stands_in_the_address_and_comes_back_from_it() -> None:
    page = open_page("compare", indicators="home_front,named_deaths", events="wagner-mutiny-2023-06-23")
    assert page.multiselect(key="indicators").value == ["home_front", "named_deaths"]
    assert charts(page) == 1
    assert "Polls on the home front and named deaths, Russia" in drawn(page)
    assert "Wagner mutiny" in drawn(page)
    page.multiselect(key="indicators").set_value(["home_front"]).run()
    assert page.query_params["indicators"] == "home_front"
    assert page.query_params["events"] == "wagner-mutiny-2023-06-23"


def test_nothing_asked_for_is_left_out_without_a_word() -> None:
    asked = "named_deaths,milblogger_discontent,weather"
    page = open_page("compare", indicators=asked, **{"from": "2024-01-01", "to": "2024-06-30"})
    words = texts(page)
    assert "'weather', which does not exist here" in words
    assert "Discontent of war bloggers is not drawn: it lists dated reports" in words
    assert "1 Jan 2024 to 30 Jun 2024" in drawn(page)
    early = open_page("compare", indicators="named_deaths,refusal_cases", as_of=ARTICLE)
    assert "Named deaths is not drawn: none of its main figures had been published by the day shown." in texts(early)
    five = "refusal_cases,refusal_sentences,personnel_losses,named_deaths,home_front"
    assert "more than 4 indicators; the first 4 are shown" in texts(open_page("compare", indicators=five))


def test_a_period_that_ends_before_it_begins_is_said() -> None:
    page = open_page("compare", **{"from": "2024-01-01", "to": "2023-01-01"})
    assert charts(page) == 0
    assert "ends before it begins" in texts(page)


@pytest.mark.parametrize("day", [None, date(2023, 8, 30), date(2022, 3, 1)])
def test_the_opening_has_a_sentence_for_each_indicator(day: date | None) -> None:
    said = page_of("compare").opening
    assert said is not None
    found = said(snapshot_on(day), {"indicators": "refusal_cases,home_front"})
    assert found.answer.startswith("Refusal cases reaching courts: ")
    assert "Polls on the home front: " in found.answer
    assert len(found.table) != 1
    nothing = said(snapshot_on(day), {"indicators": ""})
    assert (nothing.answer, nothing.table) == ("Choose one or more indicators.", ())


def test_refusal_its_claimant_its_delay_and_a_past_day_stand_on_one_page() -> None:
    page = open_page("indicator", indicator="refusal_cases")
    assert "up from 85" in page.title[0].value
    assert "by Mediazona" in texts(page)
    assert "Days until known" in drawn(page)  # behind the button "Numbers"
    past = open_page("indicator", indicator="refusal_cases", as_of=ARTICLE)
    assert past.title[0].value.startswith("Refusal cases reaching courts: 98 cases a week")
    assert "Pale: as known today" in drawn(past)
