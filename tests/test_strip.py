"""Strips of dated marks: one line per type, one symbol per status, nothing that looks like a trend."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.over_time.strip import LOOKS, draw_strip
from dashboard.charts.palette import resolve
from dashboard.shell.wording.figure_text import LINE_NAMES
from indicators.core.ledger.entries import dated_entries
from indicators.core.model import DATED_KINDS, Panel
from indicators.core.registry import all_indicators

PANEL = Panel(id="events", title="Events", unit="event", series=("mutiny", "law"), kind="events")


def entries(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return dated entries; any cell can be given."""
    base = {"line": "law", "date": "2023-01-10", "title": "T", "summary": "", "status": "confirmed", "claimant": "C"}
    filled = [base | row for row in rows]
    return pd.DataFrame([{"end_date": row["date"], **row} for row in filled], columns=[*base, "end_date"])


def marks(figure: dict[str, Any]) -> list[tuple[str, str, float]]:
    return [
        (trace["name"], x, y)
        for trace in figure["data"]
        if trace["mode"] == "markers"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def test_one_line_per_type_in_the_panels_order_and_none_for_empty_types() -> None:
    figure = draw_strip(entries({}, {"line": "mutiny"}), PANEL, {"mutiny": "Mutiny"})
    assert figure["layout"]["yaxis"]["ticktext"] == ["Mutiny", "Law"]
    assert figure["layout"]["yaxis"]["tickvals"] == [63, 21]
    alone = draw_strip(entries({}), PANEL, {})
    assert alone["layout"]["yaxis"]["ticktext"] == ["Law"]


def test_marks_are_never_joined() -> None:
    figure = draw_strip(entries({}, {"date": "2023-06-01"}), PANEL, {})
    assert [trace["mode"] for trace in figure["data"]] == ["markers"]


def test_an_event_of_several_days_is_underlined_for_their_length() -> None:
    figure = draw_strip(entries({"end_date": "2023-02-10"}), PANEL, {})
    spans = next(trace for trace in figure["data"] if trace["uid"] == "spans")
    assert spans["x"] == ["2023-01-10", "2023-02-10", None]


def test_every_status_has_a_look_of_its_own() -> None:
    looks = [(symbol, colour) for _, symbol, colour in LOOKS.values()]
    used_together = looks[:5], looks[5:]
    for group in used_together:
        assert len(set(group)) == len(group)


def test_nothing_to_show_is_a_state_of_its_own() -> None:
    assert draw_strip(entries({"line": "other"}), PANEL, {})["layout"]["meta"] == {"empty": True}


def test_a_hover_text_escapes_markup_and_does_not_repeat_itself() -> None:
    figure = draw_strip(entries({"title": "R&D", "summary": "R&D"}), PANEL, {})
    assert figure["data"][0]["hovertext"] == ["<b>R&amp;D</b><br>10 Jan 2023, confirmed<br>C"]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_close_marks_of_one_line_never_cover_each_other(offsets: list[int]) -> None:
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(offsets, unit="D")
    figure = draw_strip(entries(*({"date": f"{day:%Y-%m-%d}"} for day in days)), PANEL, {})
    places = [(x, y) for _, x, y in marks(figure)]
    assert len(set(places)) == len(offsets)
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(low < y < high for _, y in places)


@pytest.mark.parametrize("indicator", all_indicators(), ids=lambda indicator: indicator.id)
def test_every_strip_of_the_dashboard_is_a_valid_figure_with_all_its_marks(indicator: Any) -> None:
    panels = [panel for panel in indicator.panels if panel.kind in DATED_KINDS]
    for panel in panels:
        table = dated_entries(indicator.id, panel, bundled())
        figure = draw_strip(table, panel, LINE_NAMES)
        json.dumps(figure, allow_nan=False)
        go.Figure(resolve(figure, "dark"))
        assert len(marks(figure)) == len(table)
        assert set(panel.series) <= set(LINE_NAMES)
    assert all(panel.series for panel in panels)
