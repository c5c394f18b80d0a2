"""Charts of the track record and of the sections below the projection."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.columns import Columns
from dashboard.charts.models.by_definition import draw_by_definition
from dashboard.charts.models.counts import draw_counts
from dashboard.charts.models.differences import draw_differences
from dashboard.charts.models.miss_split import draw_miss_split
from dashboard.charts.palette import resolve

LINE = [("2023-08-29", 0.0), ("2024-08-27", 5200.0)]


def counts(*labels: str) -> Columns:
    """Return one count of 5,477 by 18 June 2024 for each label."""
    row = {"day": "2024-06-18", "value": 5477.0, "low": 0.0, "high": 8234.0, "note": "known later"}
    return {"label": labels, **{name: [cell] * len(labels) for name, cell in row.items()}}


def definitions() -> pd.DataFrame:
    """Return one count as projected with bounds, and one of another definition without."""
    return pd.DataFrame(
        {
            "name": ["Sentences", "Cases <b>"],
            "by": ["A", "B"],
            "value": [7318.0, 8172.0],
            "low": [0.0, None],
            "high": [17361.0, None],
            "own": [True, False],
            "note": ["", ""],
        }
    )


FIGURES: list[dict[str, Any]] = [
    draw_by_definition(definitions(), projected=5200, unit="convictions"),
    draw_by_definition(definitions().iloc[:0], projected=5200, unit="convictions"),
    draw_counts(counts("Sentences", "Cases"), projected=LINE, unit="convictions", earlier=counts("Cases")),
    draw_counts(counts(), projected=[], unit="convictions"),
    draw_miss_split({"Rate": 0.3417, "Delay": None}, 0.3417),
    draw_differences(["Halved"], [{0.05: -9.0, 0.25: -5.0, 0.5: -4.0, 0.75: -3.0, 0.95: 0.0}], unit="persons"),
    draw_differences([], [], unit="persons"),
]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_valid_in_both_themes(figure: dict[str, Any]) -> None:
    light, dark = resolve(figure, "light"), resolve(figure, "dark")
    assert go.Figure(light).layout.height == go.Figure(dark).layout.height
    assert "@" not in str(light["layout"]["xaxis"])


def test_bounds_are_drawn_where_there_are_some_and_names_are_escaped() -> None:
    figure = draw_by_definition(definitions(), projected=5200, unit="convictions")
    own, other = figure["data"]
    assert own["error_x"]["arrayminus"] == [7318.0]
    assert own["error_x"]["array"] == pytest.approx([17361 - 7318])
    assert other["error_x"]["array"] == [0.0]
    texts = [name["text"] for name in figure["layout"]["annotations"]]
    assert texts == ["Sentences<br>by A: 1.4 times", "Cases &lt;b&gt;<br>by B: 1.6 times"]


def test_counts_start_where_the_projection_does_and_earlier_knowledge_is_dotted() -> None:
    figure = draw_counts(
        counts("Sentences"), projected=LINE, unit="u", earlier=counts("Sentences"), earlier_name="As known then"
    )
    now, then = figure["data"][-2:]
    assert (now["x"], now["y"]) == (["2023-08-29", "2024-06-18"], [0.0, 5477.0])
    assert (then["name"], then["line"]["dash"]) == ("As known then", "dot")


def test_parts_of_a_miss_are_lengths_on_the_log_scale() -> None:
    figure = draw_miss_split({"Definition": 0.0, "Rate": math.log(2), "Delay": None}, math.log(2))
    (bars,) = figure["data"]
    assert [name["text"] for name in figure["layout"]["annotations"]] == [
        "Definition: no change", "Rate: times 2", "Delay: not known", "Observed over projected: times 2",
    ]  # fmt: skip
    assert bars["x"] == pytest.approx([0, math.log(2), 0, math.log(2)])


def test_a_difference_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="got 1 for 0"):
        draw_differences([], [{}], unit="persons")
