"""What an indicator's page says first: made from the figures, rounded by rule, and never beyond what they carry."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.indicator.charts import FEWEST, can_be_charted, panel_content, titled
from dashboard.shell.pages import page_of
from dashboard.shell.wording.finding import finding_title, movement, opening, panel_finding, sentence_figure
from dashboard.snapshots import snapshot_on
from indicators.core.figures.direction import change_between
from indicators.core.figures.glance import Glance
from indicators.core.model import Indicator, as_known
from indicators.core.registry import all_indicators, get_indicator

DAYS = (date(2022, 3, 1), date(2023, 8, 30), None)


def weekly(*values: float, qualifier: str = "exact") -> pd.DataFrame:
    """Return a history of sentences in weeks that follow each other."""
    starts = pd.date_range("2023-01-02", periods=len(values), freq="7D")
    return pd.DataFrame(
        {
            "series": "s",
            "label": "Sentences",
            "claimant": "A",
            "status": "ok",
            "period_start": starts,
            "period_end": starts + pd.Timedelta(days=6),
            "value": values,
            "low": None,
            "high": None,
            "qualifier": qualifier,
            "unit": "sentences per week",
            "stage": "sentence",
            "known": pd.Timestamp("2024-01-01"),
        }
    )


def glance_of(history: pd.DataFrame) -> Glance:
    """Return a history as an indicator at a glance."""
    previous = history.iloc[-2] if len(history) > 1 else None
    return Glance(latest=history.iloc[-1], previous=previous, history=history, origins=1, evenly_spaced=False)


@pytest.mark.parametrize("indicator", all_indicators(), ids=lambda indicator: indicator.id)
def test_every_title_is_a_sentence_with_a_figure(indicator: Indicator) -> None:
    title = finding_title(indicator, snapshot_on(None))
    said = title.removeprefix(f"{indicator.name}: ")
    assert said != title
    assert re.search(r"\d", said)


def test_the_findings_of_the_two_main_indicators() -> None:
    latest = snapshot_on(None)
    assert finding_title(get_indicator("refusal_cases"), latest) == (
        "Refusal cases reaching courts: about 184 cases a week, up from 85 (22 Mar to 3 Apr 2023)"
    )
    assert finding_title(get_indicator("refusal_sentences"), snapshot_on(date(2023, 8, 30))) == (
        "Sentences for refusing to serve: up to 100 convictions a week"
    )


def test_before_the_main_figure_was_known_another_one_speaks() -> None:
    snapshot = snapshot_on(date(2024, 6, 1))
    assert snapshot.glance("named_deaths").latest is None
    assert finding_title(get_indicator("named_deaths"), snapshot) == "Named deaths: at least 50,000 persons"


@pytest.mark.parametrize(
    ("value", "qualifier", "text"),
    [
        (1985.0, "at_least", "at least 1,900"),
        (1985.0, "up_to", "up to 1,990"),
        (1383.2, "about", "about 1,400"),
        (184.2, "about", "about 184"),
        (99.9, "at_least", "at least 99"),
        (0.3812, "estimate", "estimated 0.4"),
        (5096.0, "exact", "5,096"),
        (85.1, "exact", "85"),
    ],
)
def test_sentences_round_to_what_is_known_and_limits_stay_limits(value: float, qualifier: str, text: str) -> None:
    row = pd.Series({"value": value, "qualifier": qualifier, "unit": "cases per week"})
    assert sentence_figure(row, unit=False) == text


def test_a_direction_is_said_only_where_the_figures_part() -> None:
    clear, unclear = glance_of(weekly(100.0, 400.0)), glance_of(weekly(100.0, 104.0))
    assert movement(clear) == "up from 100 (2 to 8 Jan 2023)"
    assert movement(unclear) == "no clear change from 100 (2 to 8 Jan 2023)"
    assert movement(glance_of(weekly(100.0, 100.0))) == "unchanged since 2 to 8 Jan 2023"
    assert movement(glance_of(weekly(100.0))) == ""


def test_a_step_that_cannot_be_told_is_held_against_the_first_figure() -> None:
    history = weekly(30.0, 390.0, 400.0)
    assert change_between(history.iloc[0], history.iloc[-1], history) == "up"
    assert movement(glance_of(history)) == "up from 30 (2 to 8 Jan 2023)"


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("indicator", all_indicators(), ids=lambda indicator: indicator.id)
def test_the_opening_says_nothing_that_was_not_known(indicator: Indicator, day: date | None) -> None:
    said = page_of("indicator").opening
    assert said is not None
    found = said(snapshot_on(day), {"indicator": indicator.id})
    assert found == opening(as_known(indicator, day), snapshot_on(day))
    assert found.question == as_known(indicator, day).question
    assert found.answer.endswith(".")
    known = re.findall(r"known (\d+ \w+ \d{4})", found.source)
    assert len(known) == bool(found.source)
    assert all(pd.to_datetime(text) <= pd.Timestamp(day or date.max) for text in known)
    assert len(found.table) != 1


@pytest.mark.parametrize("day", DAYS)
def test_what_is_offered_as_a_chart_has_enough_to_show(day: date | None) -> None:
    offered = 0
    for indicator in all_indicators():
        for panel in as_known(indicator, day).panels:
            if not can_be_charted(indicator, panel, snapshot_on(day), with_later=False):
                continue
            offered += 1
            content: Any = panel_content(indicator, panel, snapshot_on(day))
            assert "empty" not in content["figure"]["layout"].get("meta", {})
            assert len(content["table"]) >= FEWEST
            assert "Russia" in content["title"] or panel.kind in ("events", "mentions")
            assert len(content["figure"]["layout"].get("meta", {}).get("ends", ())) <= 4
    assert bool(offered) == (day != date(2022, 3, 1))


def test_a_title_names_the_country_once() -> None:
    indicator = get_indicator("refusal_cases")
    assert titled(indicator.panels[0], ["RU"]) == "Cases reaching courts, per week, Russia"
    abandoned = get_indicator("equipment_abandonment").panels[0]
    assert titled(abandoned, ["RU", "UA"]).endswith(", Russia and Ukraine")


def test_a_chart_says_the_newest_readable_figure_and_the_first() -> None:
    rows = weekly(85.1, 98.0, 184.2, 3.0)
    rows["status"] = ["ok", "ok", "ok", "incomplete"]
    assert panel_finding(rows) == "184 sentences a week (16 to 22 Jan 2023); first 85 (2 to 8 Jan 2023)."
    assert panel_finding(rows.iloc[3:]) == ""
