"""Panel as its documentation suggests it: widgets bound to functions that update panes."""

from __future__ import annotations

import panel as pn

from benchmarks.peers.figures import LABELS, TITLE, fan_figure, history_figure, tile_texts
from benchmarks.peers.model import GROWTHS, RATES, START_GROWTH, START_RATE, simulate

pn.extension("plotly")

rate = pn.widgets.IntSlider(name="Weekly rate", start=RATES[0], end=RATES[1], value=START_RATE)
growth = pn.widgets.FloatSlider(
    name="Growth a week (%)", start=GROWTHS[0], end=GROWTHS[1], step=0.1, value=START_GROWTH
)
start = simulate(START_RATE, START_GROWTH)
tiles = [
    pn.pane.HTML(f"<small>{label}</small><h3 class='tile'>{text}</h3>")
    for label, text in zip(LABELS, tile_texts(START_RATE, START_GROWTH, start), strict=True)
]
fan = pn.pane.Plotly(fan_figure(start), sizing_mode="stretch_width")


def update(*_: object) -> None:
    outcome = simulate(rate.value, growth.value)
    for tile, label, text in zip(tiles, LABELS, tile_texts(rate.value, growth.value, outcome), strict=True):
        tile.object = f"<small>{label}</small><h3 class='tile'>{text}</h3>"
    fan.object = fan_figure(outcome)


rate.param.watch(update, "value")
growth.param.watch(update, "value")
history = pn.pane.Plotly(history_figure(), sizing_mode="stretch_width")
pn.Column(f"# {TITLE}", history, rate, growth, pn.Row(*tiles), fan, sizing_mode="stretch_width").servable(title=TITLE)
