"""Dash as an expert would write it: kept noise, sorted weeks, and a patch of seven rows instead of a figure."""

from __future__ import annotations

from dash import Dash, Input, Output, Patch, callback

from benchmarks.peers.dash_layout import page_layout, serve
from benchmarks.peers.figures import fan_values, tile_texts
from benchmarks.peers.model import START_GROWTH, START_RATE, simulate_fast

app = Dash(__name__)
app.layout = page_layout(simulate_fast(START_RATE, START_GROWTH))


@callback(
    *(Output(f"tile{place}", "children") for place in range(4)),
    Output("fan", "figure"),
    Input("rate", "value"),
    Input("growth", "value"),
)
def update(rate: float, growth: float) -> tuple:
    outcome = simulate_fast(rate, growth)
    patch = Patch()
    for place, values in enumerate(fan_values(outcome)):
        patch["data"][place]["y"] = values
    return *tile_texts(rate, growth, outcome), patch


if __name__ == "__main__":
    serve(app)
