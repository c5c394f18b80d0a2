"""Reading CSV files: the fast reader gives what the strict one gives, or leaves the file to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.core.csv_text import read_plain, read_strictly
from indicators.core.observations import DATA_DIRECTORY

PIECES = st.sampled_from(['"', ",", "\n", "\r", "a", " ", "1", "é", '""', "a,b\n", "NA", "\0", "\ufeff"])


@given(st.lists(PIECES, max_size=14).map("".join))
@example('a,b\n1,x"y\n')
@example('a,b\n"1"x,2\n')
@example('a,b\n1,"2\n')
@example('a,b\n"1","2""3"\n')
@example("a,b\n\n1,2\n")
@example("a\n\n1\n")
@example("a,a\n1,2\n")
@example("a,b\n1,2\n3\n")
@example("a,\n1,2\n")
def test_whatever_is_read_fast_is_what_stands_there(text: str) -> None:
    content = text.encode()
    plain = read_plain(content)
    if plain is None:
        return
    header, *rows = read_strictly(content)
    assert list(plain.columns) == header
    assert plain.to_numpy().tolist() == rows


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), min_size=2, max_size=2)))
def test_what_was_written_is_read_back(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([["first", "second"], *rows])
    content = written.getvalue().encode()
    assert read_strictly(content)[1:] == rows
    plain = read_plain(content)
    if plain is not None:
        assert plain.to_numpy().tolist() == rows


@pytest.mark.parametrize("path", sorted(DATA_DIRECTORY.glob("*.csv")), ids=lambda path: path.stem)
def test_both_readers_give_the_same_tables_of_the_data(path: Path) -> None:
    content = path.read_bytes()
    header, *rows = read_strictly(content)
    plain = read_plain(content)
    assert plain is not None
    pd.testing.assert_frame_equal(plain, pd.DataFrame(rows, columns=header, dtype=str))
