"""What a card shows: the newest figure of the headline series, the one before, the history and its origins."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from factories import Row, evidence_of, figure

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage, Status
from indicators.core.figures.derived import DerivedRow, DerivedSeries, derived_table
from indicators.core.figures.glance import SHARED_COLUMNS, figure_table, glance
from indicators.core.model import DERIVED_COLUMNS, Indicator

WEEKLY = DerivedSeries(id="weekly", label="Weekly", stage=Stage.CASE, unit="cases per week", method="divided")
INDICATOR = Indicator(
    id="sample", name="Sample", group="Refusal and law", question="How many?", unit="cases", direction=-1,
    direction_reason="more is worse", headline=("cases_total",), formula="x", caveats=("c",), references=("r",),
    panels=(), compute=lambda evidence: pd.DataFrame(columns=list(DERIVED_COLUMNS)),
)  # fmt: skip
NOTHING = derived_table([])


def month(number: int, **cells: object) -> Row:
    """Return an observation of one month of 2023, known on the first day of the next."""
    end = pd.Period(f"2023-{number:02d}").end_time.date()
    known = (pd.Timestamp(end) + pd.Timedelta(days=1)).date()
    row = {"observation_id": f"m{number}", "period_start": end.replace(day=1), "period_end": end, "known": known}
    return {**row, "value": 10 * number, **cells}


def evidence(*rows: Row) -> Evidence:
    """Return evidence with these observations, two claimants and two series."""
    return evidence_of(
        publishers=[{}, {"publisher": "Other"}],
        series=[{}, {"series": "second", "name": "Second"}],
        observations=list(rows),
    )


def test_nothing_known_is_a_state_of_its_own() -> None:
    at_a_glance = glance(INDICATOR, evidence(month(1, series="second")), NOTHING)
    assert at_a_glance.latest is None
    assert at_a_glance.previous is None
    assert at_a_glance.origins == 0
    assert at_a_glance.history.empty
    assert not at_a_glance.evenly_spaced


def test_the_newest_period_and_the_one_before() -> None:
    at_a_glance = glance(INDICATOR, evidence(month(3), month(1), month(2)), NOTHING)
    assert at_a_glance.latest is not None
    assert at_a_glance.previous is not None
    assert (at_a_glance.latest["value"], at_a_glance.previous["value"]) == (30, 20)
    assert at_a_glance.history["value"].tolist() == [10, 20, 30]
    assert at_a_glance.origins == 1


def test_of_two_editions_the_newest_known_counts_and_is_no_change() -> None:
    rows = evidence(month(1), month(2), month(2, observation_id="again", value=21, known="2023-09-01"))
    at_a_glance = glance(INDICATOR, rows, NOTHING)
    assert at_a_glance.latest is not None
    assert at_a_glance.previous is not None
    assert (at_a_glance.latest["value"], at_a_glance.previous["value"]) == (21, 10)


def test_the_one_before_is_by_the_same_claimant() -> None:
    at_a_glance = glance(INDICATOR, evidence(month(1), month(2, claimant="Other"), month(3)), NOTHING)
    assert at_a_glance.previous is not None
    assert at_a_glance.previous["value"] == 10
    assert set(at_a_glance.history["claimant"]) == {"Counter"}


def test_on_one_day_the_first_headline_series_wins() -> None:
    indicator = replace(INDICATOR, headline=("second", "cases_total"))
    rows = evidence(month(1), month(1, series="second", observation_id="s", value=99))
    at_a_glance = glance(indicator, rows, NOTHING)
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["series"] == "second"


def test_a_newer_period_wins_over_the_order_of_series() -> None:
    indicator = replace(INDICATOR, headline=("second", "cases_total"))
    at_a_glance = glance(indicator, evidence(month(2), month(1, series="second", observation_id="s")), NOTHING)
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["series"] == "cases_total"


def test_the_other_side_is_not_on_the_card() -> None:
    at_a_glance = glance(INDICATOR, evidence(month(1), month(2, side="UA")), NOTHING)
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["value"] == 10


@pytest.mark.parametrize(
    ("months", "expected"),
    [([1, 2, 3, 4, 5, 6], True), ([1, 2, 3, 4, 5], False), ([1, 2, 3, 4, 5, 7], False), (list(range(1, 13)), True)],
)
def test_six_unbroken_months_may_be_joined_by_a_line(months: list[int], expected: bool) -> None:
    assert glance(INDICATOR, evidence(*map(month, months)), NOTHING).evenly_spaced is expected


def test_derived_rows_stand_beside_observations_and_unreadable_ones_are_not_the_latest() -> None:
    indicator = replace(INDICATOR, headline=("weekly",))
    derived = derived_table(
        [
            DerivedRow(series=WEEKLY, figure=figure(2.3, "2023-01-31"), claimant="Counter"),
            DerivedRow(
                series=WEEKLY, figure=figure(9, "2023-02-28"), claimant="Counter", status=Status.NOT_INFORMATIVE
            ),
        ]
    )
    rows = evidence(month(1))
    table = figure_table(indicator, rows, derived)
    assert list(table.columns) == [*SHARED_COLUMNS, "status"]
    assert table["status"].tolist() == ["ok", "ok", "not_informative"]
    at_a_glance = glance(indicator, rows, derived)
    assert at_a_glance.latest is not None
    assert at_a_glance.latest["value"] == 2.3


def test_a_table_of_nothing_has_all_columns() -> None:
    table = figure_table(replace(INDICATOR, id="another"), evidence(month(1)), NOTHING)
    assert table.empty
    assert list(table.columns) == [*SHARED_COLUMNS, "status"]
