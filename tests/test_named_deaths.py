"""Named deaths by week of death, the incomplete newest months, and the break of February 2026."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of, figure

from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.statuses import settled_counts
from indicators.core.figures.direction import Direction
from indicators.core.figures.glance import figure_table, glance, incomplete_from
from indicators.named_deaths import (
    ADDED_WEEKLY,
    COMPLETED_WEEKLY,
    ESTIMATED_WEEKLY,
    INDICATOR,
    NAMED,
    NAMED_WEEKLY,
    TOTAL,
    compute,
    weeks_of_month,
)


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def of(series: str) -> pd.DataFrame:
    return derived()[derived()["series"] == series]


def test_october_2024_by_the_edition_of_may_2026() -> None:
    rows = bundled().of_series(NAMED)
    (row,) = rows[rows["period_start"] == pd.Timestamp("2024-10-01")].to_dict("records")
    assert (row["value"], row["qualifier"], row["known_basis"]) == (10_183, "at_least", "edition")
    assert row["known"] == pd.Timestamp("2026-05-11")


@pytest.mark.parametrize(
    ("start", "end", "weeks"),
    [("2024-10-01", "2024-10-31", 5), ("2024-11-01", "2024-11-30", 4), ("2024-02-01", "2024-02-29", 5)],
)
def test_a_month_has_as_many_weeks_as_thursdays(start: str, end: str, weeks: int) -> None:
    assert weeks_of_month(figure(1, end, start=start)) == weeks


def test_november_2024_was_deadlier_a_week_than_october() -> None:
    rows = of(NAMED_WEEKLY.id).set_index("period_start")["value"]
    assert rows[pd.Timestamp("2024-10-01")] == pytest.approx(10_183 / 5)
    assert rows[pd.Timestamp("2024-11-01")] == pytest.approx(9_037 / 4)


EDITION = date(2026, 5, 11)


def of_edition(series: str) -> pd.DataFrame:
    """Return derived rows as they were known with the edition of May 2026, by first day."""
    rows = compute(as_of(bundled(), EDITION))
    return rows[rows["series"] == series].set_index("period_start").sort_index()


def test_months_are_complete_from_twenty_months_before_the_edition() -> None:
    # Named over estimated: Jul 2024 and Jun 2024 pooled (7,087 + 6,044) / (9,727.07 + 8,391.31) = 0.72473 at 22 months;
    # Aug 2024 9,925 / 14,079.41 = 0.70493, so c = 0.973; Sep 2024 7,811 / 12,005.63 = 0.65061, so c = 0.898.
    named = of_edition(NAMED_WEEKLY.id)
    incomplete = named.index[named["status"] == "incomplete"]
    assert incomplete.min() == pd.Timestamp("2024-09-01")
    assert len(incomplete) == 16


def test_the_card_shows_the_newest_complete_month_and_says_what_is_newer() -> None:
    then = as_of(bundled(), EDITION)
    at_a_glance = glance(INDICATOR, then, compute(then))
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["period_end"] == pd.Timestamp("2024-08-31")
    assert at_a_glance.latest["value"] == pytest.approx(9925 / 5)
    assert at_a_glance.change is Direction.UNCLEAR  # two minimums never part
    assert at_a_glance.unreadable is not None
    assert at_a_glance.unreadable["period_end"] == pd.Timestamp("2025-12-31")


def test_an_incomplete_month_is_completed_beside_what_is_named() -> None:
    completed = of_edition(COMPLETED_WEEKLY.id)
    named = of_edition(NAMED_WEEKLY.id)
    assert set(completed["status"]) == {"incomplete"}
    assert set(completed["qualifier"]) == {"estimate"}
    assert (completed.index == named.index[named["status"] == "incomplete"]).all()
    assert (completed["low"] >= named.loc[completed.index, "value"]).all()
    # 7,811 names, c = 0.65061 / 0.72473 = 0.89773, four weeks.
    assert completed.loc["2024-09-01", "value"] == pytest.approx(2175.2, abs=0.1)


def test_without_an_estimate_of_one_edition_no_month_is_complete() -> None:
    series: list[Row] = [{"series": NAMED, "kind": "flow", "stage": "death", "cadence": "monthly"}]
    rows = compute(evidence_of(series=series, observations=[{"series": NAMED, "known": "2026-01-01"}]))
    assert rows["status"].tolist() == ["incomplete"]
    assert set(rows["series"]) == {NAMED_WEEKLY.id}


def test_no_study_reads_an_incomplete_month() -> None:
    counts = settled_counts(INDICATOR, as_of(bundled(), EDITION))
    assert counts["period_end"].max() == pd.Timestamp("2024-08-31")
    assert len(counts) == 30


def test_the_chart_is_hatched_from_the_first_incomplete_month() -> None:
    then = as_of(bundled(), EDITION)
    rows = figure_table(INDICATOR, then, compute(then))
    for series in (NAMED, NAMED_WEEKLY.id, COMPLETED_WEEKLY.id):
        assert incomplete_from(rows[rows["series"] == series]) == pd.Timestamp("2024-09-01")
    assert incomplete_from(rows[rows["series"] == ESTIMATED_WEEKLY.id]) is None


def test_more_were_named_than_estimated_in_the_first_months() -> None:
    months = pd.date_range("2022-03-01", "2022-08-01", freq="MS")
    ratio = of_edition(NAMED_WEEKLY.id).loc[months, "value"] / of_edition(ESTIMATED_WEEKLY.id).loc[months, "value"]
    assert (round(ratio.min(), 2), round(ratio.max(), 2)) == (1.05, 1.64)
    assert any("March to August 2022" in caveat for caveat in INDICATOR.caveats)


def test_totals_are_never_differenced_across_the_matching_of_registers() -> None:
    added = of(ADDED_WEEKLY.id)
    assert added["period_end"].max() == pd.Timestamp("2025-12-26")
    totals = bundled().of_series(TOTAL)
    after = set(totals.loc[totals["period_end"] >= pd.Timestamp("2026-02-01"), "observation_id"])
    assert len(after) == 3
    assert after.isdisjoint(part for cell in added["inputs"] for part in cell.split(";"))


def test_names_added_at_the_end_of_2025() -> None:
    # 155,368 to 12 Dec 2025, 158,143 to 26 Dec 2025: 2,775 names in 14 days.
    newest = of(ADDED_WEEKLY.id).sort_values("period_end").iloc[-1]
    assert newest["value"] == pytest.approx(2775 / 2)


def test_one_counters_list_is_not_differenced_against_anothers() -> None:
    # The first total is the BBC's own; the joint list starts with 4,515 on 8 July 2022.
    assert of(ADDED_WEEKLY.id)["period_start"].min() == pd.Timestamp("2022-07-09")
