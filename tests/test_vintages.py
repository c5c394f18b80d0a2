"""Figures that changed after their publication."""

from __future__ import annotations

import pytest
from factories import Row, bundled, evidence_of

from indicators.core.evidence.load import Evidence
from indicators.methods.counts.vintages import most_editions, revisions


def evidence(*rows: Row, kind: str = "flow") -> Evidence:
    """Return observations of one series of a kind."""
    numbered = [{"observation_id": f"o{number}", **row} for number, row in enumerate(rows, start=1)]
    return evidence_of(series=[{"kind": kind}], observations=numbered)


YEAR = {"period_start": "2023-01-01", "period_end": "2023-12-31"}


def test_absence_cases_of_2023_in_two_editions() -> None:
    (row,) = revisions(bundled().of_indicator("refusal_cases")).to_dict("records")
    assert (row["first_value"], row["last_value"], row["editions"]) == (5024, 5096, 2)
    assert (f"{row['first_known']:%Y-%m-%d}", f"{row['last_known']:%Y-%m-%d}") == ("2023-12-29", "2024-10-17")
    assert row["change"] == pytest.approx(72 / 5024)


def test_the_same_figure_printed_again_is_no_revision() -> None:
    rows = evidence({**YEAR, "value": 10, "known": "2024-01-01"}, {**YEAR, "value": 10, "known": "2024-06-01"})
    assert revisions(rows.observations).empty


def test_two_figures_of_one_day_are_a_conflict_not_a_revision() -> None:
    rows = evidence_of(
        sources=[{}, {"source_id": "second"}],
        observations=[{**YEAR, "value": 10}, {**YEAR, "observation_id": "o2", "value": 11, "source_id": "second"}],
    )
    assert revisions(rows.observations).empty


def test_ends_more_than_three_days_apart_are_different_figures() -> None:
    first = {**YEAR, "period_end": "2023-12-27", "value": 10, "known": "2023-12-28"}
    rows = evidence(first, {**YEAR, "value": 11, "known": "2024-01-01"})
    assert revisions(rows.observations).empty


def test_running_totals_are_left_out() -> None:
    pair = ({**YEAR, "value": 10, "known": "2024-01-01"}, {**YEAR, "value": 12, "known": "2024-06-01"})
    assert revisions(evidence(*pair, kind="cumulative").observations).empty
    assert len(revisions(evidence(*pair).observations)) == 1


def test_editions_are_counted_by_period() -> None:
    pair = ({**YEAR, "value": 10, "known": "2024-01-01"}, {**YEAR, "value": 12, "known": "2024-06-01"})
    rows = evidence(*pair).observations
    assert most_editions(rows, ("cases_total",)) == 2
    assert most_editions(rows, ("another",)) == 0


def test_named_deaths_by_month_are_known_in_one_edition_only() -> None:
    assert most_editions(bundled().observations, ("mediazona_ru_named_deaths",)) == 1
