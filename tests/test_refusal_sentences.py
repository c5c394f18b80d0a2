"""Sentences: a published pace holds for its whole period and only its unit of time is converted."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of, figure

from indicators.core.evidence.as_of import as_of
from indicators.core.figures.glance import glance
from indicators.core.registry import get_indicator
from indicators.refusal_sentences import (
    ART337_WEEKLY,
    BETWEEN_TOTALS,
    CONVERTED_RATES,
    UKMOD_WEEKLY,
    UKRAINE_WEEKLY,
    compute,
)


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def value_of(series: str, start: str, end: str) -> float:
    """Return the one derived value of a series and period."""
    rows = derived()
    rows = rows[
        (rows["series"] == series)
        & (rows["period_start"] == pd.Timestamp(start))
        & (rows["period_end"] == pd.Timestamp(end))
    ]
    assert rows["value"].nunique() == 1, rows
    return float(rows["value"].iloc[0])


def test_a_hundred_a_week_over_174_days_stays_a_hundred() -> None:
    rows = bundled().of_series(ART337_WEEKLY)
    rows = rows[rows["period_end"] == pd.Timestamp("2023-11-21")]
    assert ((rows["period_end"] - rows["period_start"]).dt.days + 1).tolist() == [174]
    assert rows["value"].tolist() == [100]
    assert set(rows["unit"]) == {"sentences per week"}
    assert not any(rows["observation_id"].iloc[0] in cell.split(";") for cell in derived()["inputs"])


def test_848_a_month() -> None:
    value = value_of("refusal_sentences_weekly_all_from_months", "2025-04-01", "2025-04-30")
    assert value == pytest.approx(848 * 7 / 30)
    assert value == pytest.approx(197.867, abs=0.0005)


def test_684_absence_sentences_a_month() -> None:
    value = value_of("refusal_sentences_weekly_art337_from_months", "2024-03-01", "2024-03-31")
    assert value == pytest.approx(684 * 7 / 31)
    assert value == pytest.approx(154.452, abs=0.0005)


def test_457_in_august_2023() -> None:
    value = value_of("refusal_sentences_weekly_art337_from_months", "2023-08-01", "2023-08-31")
    assert value == pytest.approx(103.194, abs=0.0005)


def test_34_a_court_day() -> None:
    value = value_of("refusal_sentences_weekly_art337_from_court_days", "2024-03-01", "2024-03-31")
    assert value == pytest.approx(34 * 247 / 52)
    assert value == pytest.approx(161.5)


def test_june_2024_to_may_2025_all_refusal_articles() -> None:
    value = value_of(BETWEEN_TOTALS.id, "2024-06-19", "2025-05-31")
    assert value == pytest.approx((17721 - 8594) * 7 / 347)
    assert value == pytest.approx(184.118, abs=0.0005)


def test_a_range_is_converted_with_its_value() -> None:
    rows = derived()[derived()["series"] == "refusal_sentences_weekly_all_from_months"]
    (row,) = rows[rows["period_start"] == pd.Timestamp("2025-01-01")].to_dict("records")
    assert row["value"] == pytest.approx(750 * 12 / 52.1775)
    assert (row["low"], row["high"]) == (pytest.approx(700 * 12 / 52.1775), pytest.approx(800 * 12 / 52.1775))
    assert row["qualifier"] == "about"


@pytest.mark.parametrize(("series", "value", "expected"), [
    ("ru_refusal_sentences_monthly", 500, 500 * 12 / 52.1775),
    ("ru_art337_sentences_monthly", 457, 457 * 12 / 52.1775),
    ("ru_refusal_sentences_per_workday", 38, 38 * 4.75),
    ("ru_art337_sentences_per_workday", 34, 34 * 4.75),
])  # fmt: skip
@pytest.mark.parametrize("end", ["2023-01-15", "2023-02-28", "2023-12-31"])
def test_the_length_of_the_period_does_not_change_a_pace(series: str, value: float, expected: float, end: str) -> None:
    per = "court_day" if "workday" in series else "month"
    definition = {"series": series, "kind": "rate", "per": per, "stage": "sentence"}
    row: Row = {"series": series, "value": value, "period_end": end, "qualifier": "about"}
    (result,) = compute(evidence_of(series=[definition], observations=[row])).to_dict("records")
    assert result["value"] == pytest.approx(expected)
    assert result["qualifier"] == "about"
    assert result["unit"] == "sentences per week"


def test_every_converted_series_is_a_rate_of_the_right_unit_of_time() -> None:
    series = bundled().series.set_index("series")
    for published, _, convert in CONVERTED_RATES:
        assert series.loc[published, "kind"] == "rate"
        expected = {"month": 12 / 52.1775, "court_day": 247 / 52}[series.loc[published, "per"]]
        assert convert(figure(1, "2023-06-30")).value == pytest.approx(expected)


def test_absence_alone_and_all_articles_are_never_one_series() -> None:
    definitions = {"art337": "Absence", "all": "All refusal articles"}
    for published, series, _ in CONVERTED_RATES:
        key = "art337" if "art337" in published else "all"
        assert series.label.startswith(definitions[key])
    notes = bundled().of_series("ru_refusal_sentences_per_workday")["note"]
    assert not notes.str.contains("Absence only").any()


def test_the_update_says_up_to_a_hundred_a_week() -> None:
    rows = bundled().of_series(UKMOD_WEEKLY)
    assert rows["value"].tolist() == [100]
    assert rows["qualifier"].tolist() == ["up_to"]
    assert rows["known"].tolist() == [pd.Timestamp("2023-08-30")]


def test_on_the_day_of_the_article_the_card_says_up_to_a_hundred() -> None:
    then = as_of(bundled(), date(2023, 8, 30))
    latest = glance(get_indicator("refusal_sentences"), then, compute(then)).latest
    assert latest is not None
    assert (latest["value"], latest["qualifier"]) == (100, "up_to")
    assert latest["known"] == pd.Timestamp("2023-08-30")


def test_the_card_of_today_shows_that_a_hundred_did_not_last() -> None:
    at_a_glance = glance(get_indicator("refusal_sentences"), bundled(), derived())
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["value"] == pytest.approx(184.118, abs=0.0005)
    assert at_a_glance.origins == 1


def test_ukrainian_sentences_of_unlike_periods_become_weekly_paces() -> None:
    assert value_of(UKRAINE_WEEKLY.id, "2023-01-01", "2023-12-31") == pytest.approx(2165 * 7 / 365)
    assert value_of(UKRAINE_WEEKLY.id, "2024-01-01", "2024-09-30") == pytest.approx(766 * 7 / 274)
