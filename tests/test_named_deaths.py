"""Named deaths by week of death, the incomplete newest months, and the break of February 2026."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from factories import bundled, figure

from indicators.core.latest import glance, incomplete_from, settled_rows
from indicators.named_deaths import (
    ADDED_WEEKLY,
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


def test_the_last_nine_months_before_the_edition_are_incomplete() -> None:
    named = of(NAMED_WEEKLY.id)
    incomplete = named.loc[named["status"] == "incomplete", "period_start"]
    assert incomplete.min() == pd.Timestamp("2025-08-01")
    assert len(incomplete) == 5


def test_the_card_shows_the_newest_complete_month() -> None:
    latest = glance(INDICATOR, bundled(), derived()).latest
    assert latest is not None
    assert latest["period_end"] == pd.Timestamp("2025-07-31")
    assert latest["value"] == pytest.approx(3617 / 5)


def test_the_chart_is_hatched_from_nine_months_before_the_edition() -> None:
    panel = INDICATOR.panels[0]
    rows = of(NAMED_WEEKLY.id)
    assert incomplete_from(panel, rows) == pd.Timestamp("2025-08-11")
    assert settled_rows(panel, rows)["period_end"].max() == pd.Timestamp("2025-07-31")


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
