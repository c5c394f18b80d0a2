"""What every indicator keeps, whoever wrote it: run once for each module that the registry finds."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from factories import bundled

import indicators
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.vocabulary import KnownBasis, Qualifier, Stage, Status
from indicators.core.figures.glance import figure_table, glance
from indicators.core.ledger.entries import dated_entries
from indicators.core.model import DATED_KINDS, DERIVED_COLUMNS, GROUPS, Dated, Indicator, as_known
from indicators.core.registry import all_indicators

FOLDER = Path(indicators.__file__).parent
EACH = pytest.mark.parametrize("indicator", all_indicators(), ids=lambda indicator: indicator.id)


@cache
def derived_of(indicator: Indicator) -> pd.DataFrame:
    """Return an indicator's derived rows from the bundled evidence."""
    return indicator.compute(bundled())


@cache
def values_of_inputs(indicator: Indicator) -> pd.DataFrame:
    """Return one line per derived row and observation it rests on."""
    inputs = derived_of(indicator)["inputs"].str.split(";").explode().rename("observation_id")
    return inputs.to_frame().join(bundled().observations.set_index("observation_id"), on="observation_id")


@EACH
def test_it_is_named_after_its_file(indicator: Indicator) -> None:
    assert (FOLDER / f"{indicator.id}.py").is_file()
    assert [other.id for other in all_indicators()].count(indicator.id) == 1


@EACH
def test_it_says_what_a_reader_needs(indicator: Indicator) -> None:
    texts = (indicator.name, indicator.question, indicator.unit, indicator.formula, indicator.direction_reason)
    assert all(text.strip() for text in texts)
    assert indicator.question.endswith("?")
    assert indicator.group in GROUPS
    assert indicator.direction in (1, -1, None)
    assert indicator.caveats
    assert indicator.references
    assert all(text.strip() for text in (*indicator.caveats, *indicator.references))


@EACH
def test_its_module_explains_itself(indicator: Indicator) -> None:
    text = sys.modules[f"indicators.{indicator.id}"].__doc__ or ""
    assert "Formula" in text
    assert "Reference" in text


@EACH
def test_its_panels_draw_series_that_exist_in_their_unit(indicator: Indicator) -> None:
    figures = figure_table(indicator, bundled(), derived_of(indicator))
    units = figures.groupby("series")["unit"].agg(set).to_dict()
    assert indicator.panels
    charts = [panel for panel in indicator.panels if panel.kind not in DATED_KINDS]
    assert {panel.id: {name for name in panel.series if name not in units} for panel in charts} == {
        panel.id: set() for panel in charts
    }
    for panel in charts:
        assert set().union(*(units[name] for name in panel.series)) == {panel.unit}, panel.id


@EACH
def test_its_strips_have_marks_on_every_line(indicator: Indicator) -> None:
    for panel in indicator.panels:
        if panel.kind in DATED_KINDS:
            assert set(dated_entries(indicator.id, panel, bundled())["line"]) == set(panel.series), panel.id


@EACH
def test_its_headline_has_a_figure_in_its_unit_or_an_event(indicator: Indicator) -> None:
    at_a_glance = glance(indicator, bundled(), derived_of(indicator))
    latest = at_a_glance.latest
    if not indicator.headline:
        assert latest is None
        assert at_a_glance.latest_event is not None
        assert at_a_glance.latest_event["source_id"] in set(bundled().sources["source_id"])
        return
    assert latest is not None
    assert latest["series"] in indicator.headline
    assert latest["unit"] == indicator.unit


@EACH
def test_its_table_has_the_agreed_columns_and_types(indicator: Indicator) -> None:
    table = derived_of(indicator)
    assert tuple(table.columns) == DERIVED_COLUMNS
    for column in ("value", "low", "high", "n"):
        assert table[column].dtype == "float64", column
    for column in ("period_start", "period_end", "known"):
        assert pd.api.types.is_datetime64_any_dtype(table[column]), column
    for column, words in (("stage", Stage), ("qualifier", Qualifier), ("known_basis", KnownBasis), ("status", Status)):
        assert set(table[column]) <= {word.value for word in words}, column
    required = ["series", "label", "period_start", "period_end", "value", "unit", "side", "claimant", "known", "method"]
    assert table[required].notna().all(axis=None)
    assert (table[["label", "unit", "claimant", "method"]] != "").all(axis=None)


@EACH
def test_its_bounds_hold_its_values_and_its_periods_run_forwards(indicator: Indicator) -> None:
    table = derived_of(indicator)
    assert not (table["low"] > table["value"]).any()
    assert not (table["high"] < table["value"]).any()
    assert (table["period_start"] <= table["period_end"]).all()


@EACH
def test_each_derived_series_has_one_unit_one_label_and_one_method(indicator: Indicator) -> None:
    distinct = derived_of(indicator).groupby("series")[["unit", "label", "method", "stage"]].nunique()
    assert (distinct == 1).all(axis=None)


@EACH
def test_a_derived_figure_rests_on_rows_that_exist_and_names_their_sources(indicator: Indicator) -> None:
    inputs = values_of_inputs(indicator)
    assert inputs["series"].notna().all()
    named = derived_of(indicator)["source_id"].map(split_ids)
    rested_on = inputs.groupby(level=0)["source_id"].agg(set)
    assert named.loc[rested_on.index].tolist() == rested_on.tolist()
    assert set().union(*named) <= set(bundled().sources["source_id"])


@EACH
def test_a_derived_figure_is_known_when_its_latest_input_is(indicator: Indicator) -> None:
    latest = values_of_inputs(indicator).groupby(level=0)["known"].max()
    assert derived_of(indicator)["known"].tolist() == latest.tolist()


@EACH
def test_no_derived_series_takes_the_name_of_a_published_one(indicator: Indicator) -> None:
    assert set(derived_of(indicator)["series"]).isdisjoint(bundled().series["series"])


@EACH
def test_without_evidence_it_is_an_empty_table(indicator: Indicator) -> None:
    nothing = as_of(bundled(), pd.Timestamp("1990-01-01").date())
    table = indicator.compute(nothing)
    assert table.empty
    assert tuple(table.columns) == DERIVED_COLUMNS
    assert glance(indicator, nothing, table).latest is None


@EACH
def test_it_is_computed_the_same_twice_and_leaves_the_evidence_alone(indicator: Indicator) -> None:
    before = bundled().observations.copy()
    pd.testing.assert_frame_equal(indicator.compute(bundled()), derived_of(indicator))
    pd.testing.assert_frame_equal(bundled().observations, before)


@EACH
def test_the_order_of_the_rows_does_not_matter(indicator: Indicator) -> None:
    turned = bundled().observations.iloc[::-1].reset_index(drop=True)
    table = indicator.compute(replace(bundled(), observations=turned))
    columns = ["series", "side", "claimant", "period_start", "period_end", "value"]
    expected = derived_of(indicator)[columns].sort_values(columns).reset_index(drop=True)
    pd.testing.assert_frame_equal(table[columns].sort_values(columns).reset_index(drop=True), expected)


def test_finding_and_computing_all_loads_no_interface() -> None:
    program = (
        "import sys; from indicators.core.evidence.load import load_evidence;"
        "from indicators.core.registry import all_indicators;"
        "evidence = load_evidence(); [indicator.compute(evidence) for indicator in all_indicators()];"
        "print({'streamlit', 'plotly', 'fastapi'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@EACH
def test_no_sentence_of_a_replayed_indicator_names_what_came_later(indicator: Indicator) -> None:
    then = as_known(indicator, date(2023, 8, 30))
    notes = [text for panel in then.panels for text in (panel.title, panel.note)]
    later = re.compile(r"202[4-6]|(?:September|October|November|December) 2023|\b(?:421|1,570|3,000)\b")
    assert [text for text in (*then.caveats, *then.references, *notes) if later.search(text)] == []
    assert as_known(indicator, None) is indicator
    before = {text.before for text in indicator.caveats if isinstance(text, Dated)}
    assert set(then.caveats) <= {*indicator.caveats, *before}
