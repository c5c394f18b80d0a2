"""Rules between cells, rows and files."""

from __future__ import annotations

import pandas as pd
import pytest
from factories import Row, typed_tables

from indicators.core.evidence.consistency import check_consistency, split_ids
from indicators.core.evidence.parsing import Problem
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.evidence.vocabulary import Assumption


def problems(**rows: list[Row]) -> list[Problem]:
    """Return the broken rules of tiny tables."""
    return check_consistency(typed_tables(**rows))


def only(found: list[Problem]) -> tuple[str, int | None, str]:
    """Return where the one problem is; fails if there is not exactly one."""
    assert len(found) == 1, found
    return found[0].file, found[0].row, found[0].column


def test_valid_tables_break_no_rule() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("observations", {"period_start": "2023-02-01", "known": "2023-03-01"}, "period_end"),
        ("events", {"date": "2023-02-01", "known": "2023-03-01"}, "end_date"),
        ("published_projections", {"window_start": "2024-02-01"}, "window_end"),
        ("assumptions", {"default": "0"}, "default"),
        ("assumptions", {"default": "105"}, "maximum"),
        ("observations", {"low": "11"}, "low"),
        ("observations", {"high": "9"}, "high"),
        ("published_projections", {"low": "521"}, "low"),
        ("published_projections", {"high": "519"}, "high"),
        ("observations", {"value": "-1"}, "value"),
        ("observations", {"unit": "persons"}, "unit"),
        ("observations", {"series": "unknown"}, "series"),
        ("observations", {"claimant": "unknown"}, "claimant"),
        ("observations", {"source_id": "unknown"}, "source_id"),
        ("events", {"source_id": "unknown"}, "source_id"),
        ("mentions", {"source_id": "unknown"}, "source_id"),
        ("published_projections", {"source_id": "unknown"}, "source_id"),
        ("published_projections", {"series": "unknown"}, "series"),
        ("published_projections", {"reading_of": "unknown"}, "reading_of"),
        ("published_projections", {"outcome_series": "cases_total;unknown"}, "outcome_series"),
        ("assumptions", {"source_id": "unknown", "basis": "sourced", "known": "2023-02-01"}, "source_id"),
        ("sources", {"publisher": "unknown"}, "publisher"),
        ("sources", {"derived_from": "unknown"}, "derived_from"),
        ("sources", {"derived_from": "page"}, "derived_from"),
        ("series", {"kind": "rate"}, "per"),
        ("series", {"per": "week"}, "per"),
        ("observations", {"known": "2023-01-30"}, "known"),
        ("events", {"known": "2023-01-09", "end_date": "2023-01-10"}, "known"),
        ("mentions", {"known": "2023-01-11"}, "known"),
        ("published_projections", {"published": "2023-02-02"}, "known"),
        ("published_projections", {"unit": "furlongs"}, "unit"),
        ("published_projections", {"rate_value": ""}, "rate_value"),
        ("published_projections", {"rate_per": ""}, "rate_value"),
        ("assumptions", {"basis": "sourced"}, "known"),
        ("assumptions", {"assumption_id": "weekly"}, "known"),
        ("sources", {"published": "2023-01", "accessed": "2022-12-31"}, "accessed"),
        ("comparisons", {"indicator": "unknown", "ru_series": "cases_total"}, "indicator"),
        ("comparisons", {"ru_series": "unknown"}, "ru_series"),
        ("comparisons", {"ua_series": "unknown"}, "ua_series"),
        ("comparison_guards", {"comparison_id": "unknown"}, "comparison_id"),
        ("signposts", {"indicator": "unknown"}, "indicator"),
        ("signposts", {"series": "unknown"}, "series"),
        ("events", {"indicators": "sample;unknown"}, "indicators"),
        ("claims", {"indicators": "unknown"}, "indicators"),
        ("corrections", {"row_id": "unknown"}, "row_id"),
        ("corrections", {"field": "unknown"}, "field"),
    ],
)
def test_a_broken_rule_names_the_cell(table: str, row: Row, column: str) -> None:
    assert only(problems(**{table: [row]})) == (f"{table}.csv", 2, column)


def test_a_page_that_is_younger_than_what_rests_on_it_is_named() -> None:
    found = problems(
        sources=[{}, {"source_id": "later", "published": "2023-03"}], observations=[{"source_id": "later"}]
    )
    assert only(found) == ("observations.csv", 2, "known")
    assert "source was published" in found[0].reason


@pytest.mark.parametrize("published", ["", "2023", "2023-02", "2023-02-01"])
def test_a_page_is_as_young_as_it_can_be_by_its_date(published: str) -> None:
    assert (
        problems(
            sources=[{"published": published}], mentions=[{"known": "2023-02-01"}], events=[{"known": "2023-02-01"}]
        )
        == []
    )


def test_only_what_was_planned_may_be_known_before_its_period_ends() -> None:
    assert problems(observations=[{"known": "2023-01-30", "qualifier": "projection"}]) == []


def test_a_total_may_fall() -> None:
    rows: list[Row] = [{}, {"observation_id": "o2", "value": "5", "period_end": "2023-02-28"}]
    assert problems(observations=rows) == []


@pytest.mark.parametrize("missing", list(Assumption))
def test_an_input_without_its_row_is_named(missing: str) -> None:
    tables = typed_tables()
    assumptions = tables["assumptions"]
    found = check_consistency(tables | {"assumptions": assumptions[assumptions["assumption_id"] != missing]})
    assert only(found) == ("assumptions.csv", None, "assumption_id")
    assert missing in found[0].reason


@pytest.mark.parametrize("table", list(TABLES))
def test_an_id_that_stands_twice_is_named(table: str) -> None:
    tables = typed_tables()
    doubled = pd.concat([tables[table], tables[table].tail(1)], ignore_index=True)
    last = len(doubled) + 1
    assert (f"{table}.csv", last, KEYS[table]) in {
        (problem.file, problem.row, problem.column) for problem in check_consistency(tables | {table: doubled})
    }


def test_a_series_belongs_to_an_indicator_that_exists_or_to_a_context() -> None:
    assert only(check_consistency(typed_tables(), {"another"})) == ("series.csv", 2, "indicator")
    assert check_consistency(typed_tables(), {"sample"}) == []


def test_equal_bounds_and_one_day_periods_are_allowed() -> None:
    assert problems(observations=[{"low": "10", "high": "10", "period_start": "2023-01-31"}]) == []


def test_a_net_series_may_be_negative() -> None:
    assert problems(series=[{"kind": "net"}], observations=[{"value": "-3"}]) == []


def test_two_units_in_one_series_are_refused() -> None:
    rows: list[Row] = [{}, {"observation_id": "o2", "period_end": "2023-02-28", "unit": "persons"}]
    assert only(problems(observations=rows)) == ("observations.csv", 3, "unit")


def test_one_vintage_stands_once() -> None:
    rows: list[Row] = [{}, {"observation_id": "o2", "value": "11"}]
    assert only(problems(observations=rows)) == ("observations.csv", 3, "series")


@pytest.mark.parametrize(
    "difference",
    [
        {"known": "2023-03-01"},
        {"period_end": "2023-01-30"},
        {"side": "UA"},
        {"geography": "Moscow"},
        {"claimant": "Other"},
        {"source_id": "other"},
    ],
)
def test_another_vintage_side_place_claimant_or_source_is_another_row(difference: Row) -> None:
    found = problems(
        publishers=[{}, {"publisher": "Other"}],
        sources=[{}, {"source_id": "other"}],
        observations=[{}, {"observation_id": "o2", "value": "11", **difference}],
    )
    assert found == []


def test_sources_that_derive_from_each_other_are_refused() -> None:
    rows: list[Row] = [
        {},
        {"source_id": "a", "derived_from": "b"},
        {"source_id": "b", "derived_from": "c"},
        {"source_id": "c", "derived_from": "a"},
    ]
    found = problems(sources=rows)
    assert found
    assert {(problem.file, problem.column) for problem in found} == {("sources.csv", "derived_from")}


def test_two_branches_that_meet_are_no_circle() -> None:
    rows: list[Row] = [
        {},
        {"source_id": "left", "derived_from": "page"},
        {"source_id": "right", "derived_from": "page"},
        {"source_id": "top", "derived_from": "left;right"},
    ]
    assert problems(sources=rows) == []


@pytest.mark.parametrize(("cell", "expected"), [("", set()), ("a", {"a"}), ("a;b", {"a", "b"}), ("a;;b;", {"a", "b"})])
def test_ids_are_joined_by_semicolons(cell: str, expected: set[str]) -> None:
    assert split_ids(cell) == expected
