"""Cases of absence, refusal and desertion: totals as published and the pace between them."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of

from indicators.core.evidence.as_of import as_of
from indicators.refusal_cases import ANNUAL, CUMULATIVE, PART_YEAR, compute

ART337 = CUMULATIVE["art337"][0]


@cache
def derived(day: date | None = None) -> pd.DataFrame:
    """Return the indicator's derived rows as known on a day."""
    return compute(as_of(bundled(), day))


def row_of(table: pd.DataFrame, series: str, start: str, end: str, claimant: str = "Mediazona") -> pd.Series:
    """Return the one row of a series, period and claimant; fails if there is not exactly one."""
    rows = table[
        (table["series"] == series)
        & (table["period_start"] == pd.Timestamp(start))
        & (table["period_end"] == pd.Timestamp(end))
        & (table["claimant"] == claimant)
    ]
    assert len(rows) == 1, table[table["series"] == series][["period_start", "period_end", "claimant", "value"]]
    return rows.iloc[0]


@pytest.mark.parametrize(("year", "value"), [(2021, 615), (2022, 1001)])
def test_cases_of_a_closed_year(year: int, value: int) -> None:
    rows = bundled().of_series(ANNUAL)
    assert rows.loc[rows["period_start"].dt.year == year, "value"].tolist() == [value]


def test_2023_stands_in_two_editions() -> None:
    rows = bundled().of_series(ANNUAL)
    rows = rows[rows["period_start"].dt.year == 2023].sort_values("known")
    assert rows["value"].tolist() == [5024, 5096]
    assert rows["known"].iloc[0] == pd.Timestamp("2023-12-29")
    assert rows["known"].iloc[1] > pd.Timestamp("2023-12-29")


def test_first_half_of_2023() -> None:
    row = row_of(derived(), "refusal_cases_weekly_art337_within_year", "2023-01-01", "2023-06-30")
    assert row["value"] == pytest.approx(2076 * 7 / 181)
    assert row["value"] == pytest.approx(80.287, abs=0.0005)
    assert row["status"] == "ok"


def test_second_half_of_2023_mixes_two_editions_and_says_so() -> None:
    row = row_of(derived(), "refusal_cases_weekly_art337_within_year", "2023-07-01", "2023-12-31")
    assert row["value"] == pytest.approx((5096 - 2076) * 7 / 184)
    assert row["value"] == pytest.approx(114.891, abs=0.0005)
    assert row["low"] == pytest.approx((5024 - 2076) * 7 / 182)
    assert row["low"] == pytest.approx(113.385, abs=0.0005)
    assert row["high"] == pytest.approx(row["value"])
    assert row["status"] == "mixed_vintages"
    assert "2,076" in row["note"]
    assert "5,096" in row["note"]
    assert "too high" in row["note"]


def test_the_mixed_value_names_every_row_it_rests_on() -> None:
    row = row_of(derived(), "refusal_cases_weekly_art337_within_year", "2023-07-01", "2023-12-31")
    observations = bundled().observations.set_index("observation_id")
    assert sorted(observations.loc[row["inputs"].split(";"), "value"]) == [2076, 5024, 5096]


def test_in_january_2024_the_second_half_had_one_edition() -> None:
    row = row_of(derived(date(2024, 1, 15)), "refusal_cases_weekly_art337_within_year", "2023-07-01", "2023-12-29")
    assert row["value"] == pytest.approx(2948 * 7 / 182)
    assert row["value"] == pytest.approx(113.385, abs=0.0005)
    assert row["status"] == "ok"
    assert row["known"] == pd.Timestamp("2023-12-29")


def test_june_2024_to_may_2025() -> None:
    row = row_of(derived(), "refusal_cases_weekly_art337", "2024-06-19", "2025-05-31")
    assert row["value"] == pytest.approx((18159 - 9059) * 7 / 347)
    assert row["value"] == pytest.approx(183.573, abs=0.0005)
    assert row["known"] == bundled().of_series(ART337).set_index("value").loc[18159, "known"]


def test_every_pace_between_totals_prints_both_totals_with_their_dates() -> None:
    observations = bundled().observations.set_index("observation_id")
    rows = derived()[derived()["series"].isin([f"refusal_cases_weekly_{key}" for key in CUMULATIVE])]
    assert len(rows) > 5
    for row in rows.to_dict("records"):
        for total in row["inputs"].split(";"):
            value, end = observations.loc[total, ["value", "period_end"]]
            assert f"{value:,.0f} to {end.day} {end:%b %Y}" in row["note"]


def test_the_radios_count_is_never_differenced_against_mediazonas() -> None:
    observations = bundled().observations.set_index("observation_id")
    for cell, claimant in derived()[["inputs", "claimant"]].itertuples(index=False):
        counts = observations.loc[cell.split(";")]
        counts = counts[counts["stage"] == "case"]
        assert set(counts["claimant"]) == {claimant}
    radio = bundled().of_series(ART337)
    radio = radio[radio["claimant"].str.contains("RFE")]
    assert radio["value"].tolist() == [2630]
    used = {row for cell in derived()["inputs"] for row in cell.split(";")}
    assert used.isdisjoint(radio["observation_id"])


def test_a_rate_per_thousand_names_its_force_estimate() -> None:
    rows = derived()[derived()["series"] == "refusal_cases_art337_per_1000_a_year"]
    assert not rows.empty
    observations = bundled().observations.set_index("observation_id")
    for row in rows.to_dict("records"):
        inputs = observations.loc[row["inputs"].split(";")]
        force = inputs.loc[inputs["series"] == "ru_force_in_ukraine"]
        assert len(force) == 1
        troops = force["value"].iloc[0]
        cases = inputs.loc[inputs["series"] == ART337].sort_values("period_end")
        days = (cases["period_end"].iloc[1] - cases["period_end"].iloc[0]).days
        weekly = (cases["value"].iloc[1] - cases["value"].iloc[0]) * 7 / days
        assert row["value"] == pytest.approx(weekly * 52.1775 * 1000 / troops)
        assert f"{troops:,.0f} troops" in row["note"]


def test_on_the_day_of_the_article_nothing_later_was_known() -> None:
    then = as_of(bundled(), date(2023, 8, 30))
    values = set(then.of_indicator("refusal_cases")["value"])
    assert 2076 in values
    assert values.isdisjoint({5024, 5096, 2630, 9059, 18159})
    text = derived(date(2023, 8, 30)).to_csv()
    for later in ("5024", "5,024", "5096", "5,096", "9,059", "18,159", "2,630"):
        assert later not in text


TOTALS: list[Row] = [
    {"series": ART337, "observation_id": "a", "value": 100, "period_start": "2022-09-21", "period_end": "2023-01-01"},
    {"series": ART337, "observation_id": "b", "value": 170, "period_start": "2022-09-21", "period_end": "2023-01-08"},
]


def paces(totals: list[Row], **series: object) -> list[float]:
    """Return the weekly paces computed from totals of absence cases."""
    evidence = evidence_of(
        publishers=[{}, {"publisher": "Radio"}],
        series=[{"series": ART337, **series}, {"series": ANNUAL}, {"series": PART_YEAR}],
        observations=totals,
    )
    table = compute(evidence)
    return table.loc[table["series"] == "refusal_cases_weekly_art337", "value"].tolist()


def test_two_totals_a_week_apart() -> None:
    assert paces(TOTALS) == [pytest.approx(70)]


def test_totals_of_two_claimants_have_no_pace() -> None:
    assert paces([TOTALS[0], {**TOTALS[1], "claimant": "Radio"}]) == []


def test_totals_of_two_sides_have_no_pace() -> None:
    assert paces([TOTALS[0], {**TOTALS[1], "side": "UA"}]) == []


def test_totals_with_another_first_day_have_no_pace() -> None:
    assert paces([TOTALS[0], {**TOTALS[1], "period_start": "2022-02-24"}]) == []


def test_totals_of_another_place_have_no_pace() -> None:
    assert paces([TOTALS[0], {**TOTALS[1], "geography": "Moscow"}]) == []


def test_totals_without_a_common_scope_are_never_differenced() -> None:
    assert paces(TOTALS, counter_scope="") == []


def test_the_newest_edition_of_a_days_total_counts() -> None:
    again = {**TOTALS[1], "observation_id": "c", "value": 184, "known": "2023-05-01"}
    assert paces([*TOTALS, again]) == [pytest.approx(84)]


def half_and_year(*years: Row, **half: object) -> pd.DataFrame:
    """Return within-year rows from one half-year's total and editions of the year's total."""
    first = {"series": PART_YEAR, "observation_id": "h", "value": 181, "period_end": "2023-06-30", **half}
    rows: list[Row] = [{"series": ANNUAL, "observation_id": f"y{place}", **year} for place, year in enumerate(years)]
    evidence = evidence_of(
        publishers=[{}, {"publisher": "Radio"}],
        series=[{"series": ANNUAL}, {"series": PART_YEAR}],
        observations=[first, *rows],
    )
    table = compute(evidence)
    return table[table["period_start"] == pd.Timestamp("2023-07-01")]


def test_one_edition_of_a_year_gives_one_second_half() -> None:
    rows = half_and_year({"value": 365, "period_end": "2023-12-31"})
    assert rows["value"].tolist() == [pytest.approx(184 * 7 / 184)]
    assert rows["status"].tolist() == ["ok"]


def test_of_two_editions_the_later_known_is_the_value_whatever_their_order() -> None:
    late = {"value": 549, "period_end": "2023-12-31", "known": "2024-10-01"}
    early = {"value": 365, "period_end": "2023-12-31", "known": "2024-01-01"}
    (row,) = half_and_year(late, early).to_dict("records")
    assert row["value"] == pytest.approx(14)
    assert (row["low"], row["high"]) == (pytest.approx(7), pytest.approx(14))
    assert row["status"] == "mixed_vintages"


def test_another_counters_half_year_is_not_taken_off() -> None:
    assert half_and_year({"value": 365, "period_end": "2023-12-31", "claimant": "Radio"}).empty
