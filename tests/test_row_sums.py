"""Check sums over rows: equal rows give equal sums, and a single difference in a group names its row."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.citation.canonical import canonical_json, digest
from indicators.core.citation.row_sums import (
    MOST_GROUPS,
    PRIME,
    GroupSums,
    RowCode,
    RowId,
    difference,
    group_sums,
    read_sums,
    row_code,
    write_sums,
)

NUMBERS = st.integers(min_value=0, max_value=PRIME - 1)


def table(rows: int, value: int = 0) -> dict[RowId, RowCode]:
    """Return the codes of a table of numbered rows."""
    ids = (RowId("t", f"row{number}") for number in range(rows))
    return {row: row_code(row, {"value": value}) for row in ids}


@given(st.integers(min_value=1, max_value=400), st.data())
def test_the_one_row_that_changed_is_named(rows: int, data: st.DataObject) -> None:
    before = table(rows)
    changed = RowId("t", f"row{data.draw(st.integers(min_value=0, max_value=rows - 1))}")
    after = before | {changed: row_code(changed, {"value": 1})}
    found = difference(group_sums(before.values()), after, after)
    assert (found.named, found.unnamed) == ((changed,), 0)


@given(st.integers(min_value=1, max_value=400))
def test_equal_rows_differ_in_nothing_whatever_their_order(rows: int) -> None:
    codes = table(rows)
    turned = dict(reversed(codes.items()))
    found = difference(group_sums(codes.values()), turned, turned)
    assert (found.named, found.unnamed) == ((), 0)


def test_a_row_that_was_added_or_is_no_longer_used_is_named() -> None:
    few, more = table(20), table(21)
    extra = (RowId("t", "row20"),)
    assert difference(group_sums(few.values()), more, more).named == extra
    assert difference(group_sums(more.values()), few, more).named == extra


def test_a_row_that_is_gone_from_the_data_is_counted_and_not_guessed() -> None:
    few, more = table(20), table(21)
    found = difference(group_sums(more.values()), few, few)
    assert (found.named, found.unnamed) == ((), 1)


def test_two_changes_in_one_group_are_counted_and_not_guessed() -> None:
    before = {RowId("t", name): RowCode(number, 10) for name, number in (("a", 32), ("b", 64), ("c", 96))}
    after = before | {RowId("t", "a"): RowCode(32, 11), RowId("t", "b"): RowCode(64, 13)}
    found = difference(group_sums(before.values()), after, after)
    assert (found.named, found.unnamed) == ((), 1)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=100))
def test_sums_survive_the_address(pairs: list[tuple[int, int]]) -> None:
    sums = group_sums(RowCode(*pair) for pair in pairs)
    text = write_sums(sums)
    assert read_sums(text) == sums
    assert len(text) <= 12 * MOST_GROUPS


@pytest.mark.parametrize("text", ["", "AAAAAA", "A" * 36, "A" * 11 + "%", "A" * 12 * 64])
def test_other_text_is_no_sum(text: str) -> None:
    with pytest.raises(ValueError, match="12 letters each"):
        read_sums(text)


def test_a_worked_example() -> None:
    assert group_sums([RowCode(2, 5)]) == (GroupSums(5, 10),)
    assert group_sums([]) == (GroupSums(0, 0),)


def test_data_are_written_in_one_way() -> None:
    assert canonical_json({"z": np.array([1.0, math.nan]), "a": pd.Timestamp("2023-08-30")}) == (
        '{"a":"2023-08-30","z":["1",null]}'
    )
    assert canonical_json([pd.NaT, True, None, date(2023, 1, 2), np.int64(3)]) == '[null,true,null,"2023-01-02","3"]'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2.0, "a": 1.0})
    assert digest(0.1 + 0.2) == digest(0.3)
    assert digest(100) != digest(101)
    with pytest.raises(TypeError, match="got set"):
        canonical_json({1, 2})
