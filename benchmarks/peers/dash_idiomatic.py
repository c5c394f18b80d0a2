"""Dash as its documentation suggests it: one callback from two sliders to four tiles and the figure."""

from __future__ import annotations

from dash import Dash, Input, Output, callback

from benchmarks.peers.dash_layout import page_layout, serve
from benchmarks.peers.figures import fan_figure, tile_texts
from benchmarks.peers.model import START_GROWTH, START_RATE, simulate

app = Dash(__name__)
app.layout = page_layout(simulate(START_RATE, START_GROWTH))


@callback(
    *(Output(f"tile{place}", "children") for place in range(4)),
    Output("fan", "figure"),
    Input("rate", "value"),
    Input("growth", "value"),
)
def update(rate: float, growth: float) -> tuple:
    outcome = simulate(rate, growth)
    return *tile_texts(rate, growth, outcome), fan_figure(outcome)


if __name__ == "__main__":
    serve(app)
