"""The share of lost armour that was abandoned or captured, by month and over three trailing months."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of

from indicators.core.evidence.as_of import as_of
from indicators.core.figures.glance import glance
from indicators.core.model import Dated
from indicators.equipment_abandonment import INDICATOR, SIDES, compute


@cache
def derived() -> pd.DataFrame:
    """Return the indicator's derived rows from the bundled evidence."""
    return compute(bundled())


def share(side: str, span: str, start: str, end: str) -> pd.Series:
    """Return the one derived row of a side, span and period."""
    rows = derived()
    rows = rows[
        (rows["series"] == f"equipment_abandonment_share_{side}_{span}")
        & (rows["period_start"] == pd.Timestamp(start))
        & (rows["period_end"] == pd.Timestamp(end))
    ]
    assert len(rows) == 1
    return rows.iloc[0]


def test_september_2022() -> None:
    row = share("ru", "month", "2022-09-01", "2022-09-30")
    assert row["value"] == pytest.approx(362 / 651)
    assert row["value"] == pytest.approx(0.55607, abs=5e-6)
    assert (row["n"], row["unit"], row["status"]) == (651, "share", "ok")
    assert row["note"] == "362 of 651 vehicles"


def test_july_to_september_2022_hold_a_correction() -> None:
    row = share("ru", "three_months", "2022-07-01", "2022-09-30")
    assert row["value"] == pytest.approx(379 / 1061)
    assert row["value"] == pytest.approx(0.35721, abs=5e-6)
    assert (row["n"], row["status"]) == (1061, "not_informative")
    assert row["note"] == "379 of 1,061 vehicles: corrections are among them"
    assert row["known"] == pd.Timestamp("2022-10-01")
    assert len(row["inputs"].split(";")) == 6


def test_a_month_with_a_negative_correction_is_not_read_as_a_share() -> None:
    row = share("ru", "month", "2022-07-01", "2022-07-31")
    assert row["value"] < 0
    assert row["status"] == "not_informative"


def test_few_vehicles_in_three_months_are_not_informative() -> None:
    rows = derived()[derived()["series"].str.endswith("three_months")]
    few = rows[rows["n"] < 100]
    assert not few.empty
    assert set(few["status"]) == {"not_informative"}
    assert few["note"].str.contains("too few to read|corrections are among them").all()
    readable = rows[rows["status"] == "ok"]
    assert (readable["low"] <= readable["value"]).all()
    assert (readable["high"] >= readable["value"]).all()
    assert (readable["n"] >= 100).all()
    assert readable["value"].between(0, 1).all()


def test_every_share_is_the_quotient_of_its_rows() -> None:
    values = bundled().observations.set_index("observation_id")
    for row in derived().to_dict("records"):
        inputs = values.loc[row["inputs"].split(";")]
        lost = inputs.loc[inputs["series"].str.contains("_losses_"), "value"].sum()
        left = inputs.loc[inputs["series"].str.contains("_abandoned_captured_"), "value"].sum()
        assert row["value"] == pytest.approx(left / lost)
        assert row["n"] == lost


def test_both_sides_are_there() -> None:
    assert set(derived()["side"]) == {"RU", "UA"}
    assert (derived().groupby("side")["period_start"].min() <= pd.Timestamp("2022-03-01")).all()


LOSSES, ABANDONED, _ = SIDES["RU"]


def months(*counts: tuple[int, int, int], known: str = "2024-01-01") -> list[Row]:
    """Return losses and abandonments of months of 2023 from (month, lost, left)."""
    rows: list[Row] = []
    for number, lost, left in counts:
        end = pd.Period(f"2023-{number:02d}").end_time.date()
        period = {"period_start": end.replace(day=1), "period_end": end, "known": known}
        for series, value in ((LOSSES, lost), (ABANDONED, left)):
            rows.append({"observation_id": f"{series}{number}{known}", "series": series, "value": value, **period})
    return rows


def shares(rows: list[Row]) -> pd.DataFrame:
    """Return the derived rows from counts of vehicles."""
    series: list[Row] = [{"series": name, "kind": "net", "stage": "loss"} for name in (LOSSES, ABANDONED)]
    table = compute(evidence_of(series=series, observations=rows)) if rows else pd.DataFrame()
    return table.set_index("series").sort_values("period_end")


MONTH, THREE = "equipment_abandonment_share_ru_month", "equipment_abandonment_share_ru_three_months"


def test_three_months_are_summed_before_dividing() -> None:
    table = shares(months((1, 100, 10), (2, 200, 60), (3, 100, 10)))
    assert table.loc[[THREE], "value"].tolist() == [pytest.approx(80 / 400)]
    assert table.loc[[MONTH], "value"].tolist() == [pytest.approx(0.1), pytest.approx(0.3), pytest.approx(0.1)]


@pytest.mark.parametrize(("lost", "status"), [(34, "ok"), (33, "not_informative")])
def test_a_hundred_vehicles_in_three_months_are_the_limit(lost: int, status: str) -> None:
    table = shares(months((1, 33, 3), (2, 33, 3), (3, lost, 3)))
    assert table.loc[[THREE], "status"].tolist() == [status]


def test_three_months_with_a_negative_one_are_no_share() -> None:
    # + 1, - 3, + 3 of 51 + 73 + 34: the 1 of 158 of a spring, which is 4 of 85 without the corrected month.
    table = shares(months((2, 51, 1), (3, 73, -3), (4, 34, 3)))
    assert table.loc[[THREE], "status"].tolist() == ["not_informative"]
    assert table.loc[[THREE], "note"].tolist() == ["1 of 158 vehicles: corrections are among them"]


def test_the_card_never_shows_a_share_that_corrections_made() -> None:
    for day in (date(2026, 5, 10), date(2026, 8, 22)):
        then = as_of(bundled(), day)
        latest = glance(INDICATOR, then, compute(then)).latest
        assert latest is not None
        assert latest["value"] != pytest.approx(1 / 158)
        assert latest["low"] < latest["value"] < latest["high"]


def test_a_share_carries_wilsons_interval() -> None:
    table = shares(months((1, 158, 1)))
    assert table.loc[[MONTH], ["low", "high"]].to_numpy().tolist() == [
        [pytest.approx(0.0011, abs=1e-4), pytest.approx(0.0350, abs=1e-4)]
    ]


def test_more_left_behind_than_lost_is_not_read_as_a_share() -> None:
    table = shares(months((1, 120, 130)))
    assert table.loc[[MONTH], "status"].tolist() == ["not_informative"]


def test_a_month_without_losses_has_no_share() -> None:
    table = shares(months((1, 0, 0), (2, -5, 1), (3, 200, 20)))
    assert table.loc[[MONTH], "value"].tolist() == [pytest.approx(0.1)]


def test_three_months_with_a_gap_are_not_three_trailing_months() -> None:
    table = shares(months((1, 200, 20), (2, 200, 20), (4, 200, 20)))
    assert THREE not in table.index


def test_of_two_editions_of_a_month_the_newest_known_counts() -> None:
    revised, first = months((1, 200, 60), known="2024-06-01"), months((1, 100, 10), known="2024-01-01")
    table = shares([*revised, *first])
    assert table.loc[[MONTH], "value"].tolist() == [pytest.approx(60 / 200)]


def test_no_month_of_2026_reaches_a_hundred_russian_vehicles() -> None:
    rows = bundled().of_series(SIDES["RU"][0])
    months = rows[rows["period_start"] >= pd.Timestamp("2026-01-01")]
    assert months["value"].tolist() == [25, 51, 73, 34, 24, 32, 67, 32, 12]
    (caveat,) = (text for text in INDICATOR.caveats if "2026" in text)
    assert isinstance(caveat, Dated)
    assert caveat.known == months["known"].max().date()
