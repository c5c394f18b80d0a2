"""The page of the index: the same words and numbers in Python and in the browser, weights in the address, sections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from index_figures import latest
from test_component import in_node
from test_pages import open_page, texts

from dashboard.pressure.content import engine_model, index_figure
from dashboard.pressure.controls import address_of, control_values, controls, presets
from dashboard.pressure.text import month_table, tiles
from dashboard.shell.wording.index_wording import finding
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.parameters import DEFAULTS, IndexParameters, read_index_settings
from indicators.methods.index.robustness import Robustness

SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"refusal": 3.0},
    {"losses": 3.0, "mean": "arithmetic"},
    {"rear": 0.0, "mean": "harmonic"},
    {"refusal": 0.0},
    {"home": 10.0, "flight": 0.0},
)


def drawn(settings: dict[str, Any]) -> tuple[MoraleIndex, Robustness]:
    """Return the index for some settings, with its draws."""
    parameters = IndexParameters.model_validate(settings)
    return latest().index(parameters), latest().index_robustness(parameters)


def in_browser(model: dict[str, Any], settings: tuple[dict[str, Any], ...], folder: Path) -> list[dict[str, Any]]:
    """Return what the engine shows for some settings, with a model made for one of them."""
    values = [control_values(IndexParameters.model_validate(each)) for each in settings]
    script = f"""
      import {{ compute }} from "./panel/pressure.js";
      const model = {json.dumps(model)};
      const shown = {json.dumps(values)}.map((values) => {{
        const result = compute(values, {{}}, model);
        return {{ ...result, rows: result.rows() }};
      }});
      console.log(JSON.stringify(shown));
    """
    answer: list[dict[str, Any]] = in_node(script, folder)
    return answer


def test_the_browser_says_what_python_says_at_rest(tmp_path: Path) -> None:
    for settings in SETTINGS:
        index, draws = drawn(settings)
        model = engine_model(index, draws, dict(control_values(index.parameters)))
        (shown,) = in_browser(model, (settings,), tmp_path)
        assert shown["sentence"] == finding(index, draws)
        assert [tile["value"] for tile in shown["tiles"]] == [tile.value for tile in tiles(index, draws)]
        assert [tile["note"] for tile in shown["tiles"]] == [tile.note for tile in tiles(index, draws)]
        figure = {trace["uid"]: trace for trace in index_figure(index, draws)["data"]}
        assert set(shown["traces"]) == set(figure)
        for uid, trace in shown["traces"].items():
            assert trace["y"] == pytest.approx(figure[uid]["y"]), uid
            assert trace.get("x", figure[uid]["x"]) == figure[uid]["x"], uid
        expected = month_table(index, draws)
        assert [row[-1] for row in shown["rows"]] == expected["Refused because"].tolist()
        assert len(shown["rows"][0]) == len(expected.columns)


def test_the_line_moves_in_the_browser_before_the_bands_follow(tmp_path: Path) -> None:
    index, draws = drawn({})
    model = engine_model(index, draws, dict(control_values(DEFAULTS)))
    for settings, shown in zip(SETTINGS[1:], in_browser(model, SETTINGS[1:], tmp_path), strict=True):
        moved = latest().index(IndexParameters.model_validate(settings))
        values = [value for value in shown["traces"]["index"]["y"] if value is not None]
        assert values == pytest.approx(list(moved.value_of.values()))
        assert shown["traces"]["median"]["y"] == shown["traces"]["index"]["y"]
        assert shown["tiles"][1] is None
        assert "Other reasonable choices" not in shown["sentence"]


def test_some_weight_stays_above_nothing(tmp_path: Path) -> None:
    nothing = {control.name: 0.0 for control in controls() if control.kind == "slider"}
    script = f"""
      import {{ adjust }} from "./panel/pressure.js";
      console.log(JSON.stringify(adjust({json.dumps({**nothing, "mean": "geometric"})}, "rear")));
    """
    assert in_node(script, tmp_path) == {**nothing, "rear": 0.5, "mean": "geometric"}


def test_settings_survive_the_address() -> None:
    for settings in SETTINGS:
        parameters = IndexParameters.model_validate(settings)
        assert read_index_settings(address_of(parameters)) == (parameters, [])
    assert address_of(DEFAULTS) == {}


def test_there_are_presets_for_law_and_losses_and_for_leaving_out_each_pillar() -> None:
    labels = [preset.label for preset in presets()]
    assert labels[:3] == ["Equal weights", "Law-heavy", "Losses-heavy"]
    assert sum(label.startswith("Without ") for label in labels) == 5


def test_the_sections_open_and_lead_to_indicators_and_sources() -> None:
    page = open_page("index", month="2023-08")
    assert page.title[0].value == "Is pressure on morale rising?"
    refused = "It can't be told for Jul 2026: figures stand for 7 % of the weight, two thirds are needed. "
    stood = "In Jul 2025, the newest month with enough figures, pressure stood at 87 of 100 (57 to 100 by other "
    assert refused + stood in texts(page)
    for key in ("figures", "robust", "readings", "declared"):
        page.session_state[f"index_{key}_section"] = True
    page.run()
    assert not page.exception
    shown = texts(page)
    assert "Aug 2023: 84 of 100, on 90 % of the weight. Without Mediazona alone it would be refused." in shown
    tables = "\n".join(table.value.to_csv() for table in page.table)
    assert "/indicator?indicator=refusal_cases" in tables
    assert "https://" in tables
    assert "Deaths by name alone, in complete months" in tables
    assert "What the newest published month becomes without each part:" in shown


def test_a_refused_month_says_what_it_lacks() -> None:
    page = open_page("index", month="2022-10")
    page.session_state["index_figures_section"] = True
    page.run()
    refused = "Oct 2022 is refused: figures stand for 50 % of the weight, two thirds are needed. It lacks a figure for"
    assert refused in texts(page)


def test_weights_from_the_address_are_used_and_wrong_ones_said() -> None:
    page = open_page("index", refusal="3", losses="99")
    assert any("losses was 99; the largest value, 10, is used." in warning.value for warning in page.warning)
    assert page.query_params["refusal"] == "3"
    assert page.query_params["losses"] == "10"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "87 of 100 in Jul 2025, 57 to 100 by other reasonable choices. Too little was published since"),
        ("2022-12-31", "no month has enough figures for a value."),
    ],
)
def test_the_first_page_says_where_the_index_stands_or_that_it_has_no_value(day: str | None, sentence: str) -> None:
    page = open_page("overview", **({"as_of": day} if day else {}))
    shown = texts(page)
    assert "higher means worse: " in shown
    assert sentence in shown
