"""The method page: computed from the registry, the tables and the code it names, and true to a replayed day."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_pages import open_page, texts

from dashboard.method.glossary import GLOSSARY
from dashboard.method.text import METHODS, Method, range_table, series_table
from dashboard.snapshots import snapshot_on
from indicators.core.registry import all_indicators

PACKAGE = Path(__file__).parent.parent / "indicators"


def test_every_indicator_stands_there_with_formula_caveats_and_references() -> None:
    words = texts(open_page("method"))
    for indicator in all_indicators():
        assert f"`{indicator.formula}`" in words
        assert all(text in words for text in (*indicator.caveats, *indicator.references))


def test_on_a_replayed_day_later_caveats_are_left_out() -> None:
    later = "Strict refusal of an order came to about 421 cases in 2023."
    assert later in texts(open_page("method"))
    assert later not in texts(open_page("method", as_of="2023-08-30"))


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_a_shared_computation_names_a_module_that_exists_and_a_limit(method: Method) -> None:
    assert (PACKAGE / method.module).is_file()
    assert method.limit.endswith(".")


def test_a_word_is_explained_once() -> None:
    words = [word for word, _ in GLOSSARY]
    assert len(words) == len(set(words))
    assert all(meaning.endswith(".") for _, meaning in GLOSSARY)


def test_tables_have_every_assumption_and_every_series_with_figures() -> None:
    evidence = snapshot_on(None).evidence
    assumptions = range_table(evidence)
    assert len(assumptions) == len(evidence.assumptions)
    weekly = assumptions.iloc[0]
    assert (weekly["Assumption"], weekly["Default"], weekly["Range"]) == ("Sentenced a week", "100", "0 to 500")
    assert str(weekly["Source"]).startswith("UK Ministry of Defence")
    sourced = evidence.assumptions["source_id"].ne("").tolist()
    assert [bool(source) for source in assumptions["Source"]] == sourced
    assert set(series_table(evidence)["Id"]) == set(evidence.observations["series"])
